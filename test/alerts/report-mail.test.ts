/** The mail of a report, sent to a real mail server and read back as a recipient's program reads it. */
import { load } from 'cheerio';
import ExcelJS from 'exceljs';
import type { ParsedMail } from 'mailparser';
import { Delivery } from '../../src/alerts/delivery.service.ts';
import { ReportMail } from '../../src/alerts/report-mail.service.ts';
import { ReportArchive } from '../../src/reports/report-archive.service.ts';
import type { ReportDocument } from '../../src/reports/report-document.ts';
import { groupDigits } from '../../src/reports/number-text.ts';
import { Days, heldEvent, honestLabel, movedEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { MailServer } from '../support/mail-server.ts';

const database = useDatabase();
const server = new MailServer();
const days = new Days(database, () => ({
  SMTP_URL: server.url,
  REPORT_TO: 'finance@example.com, boss@example.com',
  OPERATOR_TO: 'operator@example.com',
  MAIL_FROM: 'Postage Auditor <auditor@example.com>',
  PUBLIC_URL: 'https://postage.example.com',
}));

beforeAll(async () => {
  await server.start();
  await days.open();
});
afterAll(async () => {
  await days.close();
  await server.stop();
});

async function send(day: string): Promise<void> {
  const { report } = await days.report(day);
  const mail = await days.get(ReportMail).queue(day, report.edition);
  await days.get(Delivery).deliver(mail?.id ?? '');
}

async function lastMail(): Promise<ParsedMail> {
  const mail = (await server.read()).at(-1);
  if (mail === undefined) throw new Error('no mail arrived');
  return mail;
}

describe('the first report', () => {
  let mail: ParsedMail;
  let document: ReportDocument;
  beforeAll(async () => {
    days.at('2026-11-10T05:00:00Z');
    await days.take('labels', [
      honestLabel(1, '2026-11-08'),
      honestLabel(2, '2026-11-08'),
      honestLabel(3, '2026-11-08', { charged: '2.10' }),
      honestLabel(4, '2026-11-08', { charged: '' }),
    ]);
    await days.take('tracking', [heldEvent(1, '2026-11-09T09:00:00Z'), movedEvent(2, '2026-11-09T09:00:00Z')]);
    days.at('2026-11-10T06:05:00Z');
    await send('2026-11-10');
    mail = await lastMail();
    document = await days.document('2026-11-10');
  });

  test('goes to every recipient, from us, under a Message-ID that names day and edition', async () => {
    const edition = (await days.get(ReportArchive).of('2026-11-10'))?.edition;
    expect(server.taken.at(-1)).toMatchObject({
      from: 'auditor@example.com',
      to: ['finance@example.com', 'boss@example.com'],
    });
    expect(mail.messageId).toBe(`<report.2026-11-10.${edition}@postage.example.com>`);
    expect(mail.from?.text).toContain('auditor@example.com');
    expect(mail.date).toEqual(new Date('2026-11-10T06:05:00Z'));
    expect(mail.headers.get('x-severity')).toBe(document.findings[0]?.severity);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.has('references')).toBe(false);
  });

  test('says in its subject how grave it is, and names no label', () => {
    expect(mail.subject).toMatch(/^\[(Critical|High|Medium)\] Postage audit 2026-11-10: /);
    expect(mail.subject).not.toMatch(/\d{12}/);
  });

  test('tells the totals of report.json in both parts', () => {
    const page = load(mail.html || '');
    expect(page('[data-figure="findings"]').text()).toBe(String(document.findings.length));
    for (const { currency, ...amounts } of document.totals) {
      for (const [name, value] of Object.entries(amounts)) {
        expect(page(`[data-figure="${currency}.${name}"]`).text()).toBe(groupDigits(value));
        expect(mail.text).toContain(` (${currency}): ${groupDigits(value)}\n`);
      }
    }
  });

  test.each(['text', 'html'] as const)(
    'says once in its %s part what each amount takes in, so that lists may add up to more',
    (part) => {
      const shown = part === 'text' ? (mail.text ?? '') : load(mail.html || '').text();
      expect(shown.split('The greatest finding of each label, never more than was charged for it')).toHaveLength(2);
      expect(shown).toContain('The part that can be claimed back');
    },
  );

  test.each(['text', 'html'] as const)('is complete in its %s part', (part) => {
    const shown = part === 'text' ? (mail.text ?? '') : load(mail.html || '').text();
    for (const { vendor, reasons } of document.vendors) expect(shown).toContain(reasons[0] ?? vendor);
    for (const { nextStep, message } of document.findings.slice(0, 1)) {
      expect(shown).toContain(nextStep);
      expect(shown).toContain(message);
    }
    // The page counts the rest of a long list; the text has it whole.
    const gaps = part === 'text' ? document.notChecked : document.notChecked.slice(0, 10);
    for (const { why } of gaps) expect(shown).toContain(why);
    for (const { file } of document.sources) expect(shown).toContain(file);
    expect(mail[part]).toContain('https://postage.example.com/reports/2026-11-10');
    expect(mail[part]).toContain(`https://postage.example.com/findings/${document.findings[0]?.id ?? ''}`);
  });

  test('loads and runs nothing, and stays readable where mail is shown dark', () => {
    const html = mail.html || '';
    expect(html).not.toMatch(/<(script|link|img|iframe|object)\b|url\(|@import|\bon\w+=/i);
    expect(html).toContain('<meta name="color-scheme" content="light only">');
    expect(html).toMatch(/<body bgcolor="#ffffff" style="[^"]*background:#ffffff;color:#1d1d1b/);
  });

  test('has workbook and tables attached, as they stand in the archive', async () => {
    expect(mail.attachments.map(({ filename }) => filename)).toEqual([
      'report.xlsx',
      'findings.csv',
      'rejected-rows.csv',
    ]);
    const archive = days.get(ReportArchive);
    for (const { filename = '', content } of mail.attachments) {
      expect((await archive.file('2026-11-10', filename))?.content.equals(content)).toBe(true);
    }
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Uint8Array.from(mail.attachments[0]?.content ?? []).buffer);
    expect(workbook.getWorksheet('Findings')?.rowCount).toBe(document.findings.length + 1);
    expect(mail.attachments[1]?.content.toString('utf8').trim().split('\n').length).toBe(document.findings.length + 1);
  });
});

test('the same edition is mailed once, however often it is asked for', async () => {
  const before = server.taken.length;
  await send('2026-11-10');
  expect(server.taken.length).toBe(before);
});

test('another edition of the day is an update: it refers to the mail before', async () => {
  days.at('2026-11-10T08:00:00Z');
  await days.take('tracking', [heldEvent(2, '2026-11-10T05:30:00Z')], 'late.csv');
  const first = (await days.get(ReportArchive).of('2026-11-10'))?.edition;
  await send('2026-11-10');
  const mail = await lastMail();
  expect(mail.references).toContain(`<report.2026-11-10.${first}@postage.example.com>`);
  expect(mail.messageId).not.toContain(first);
});

test('the next day says first what changed', async () => {
  days.at('2026-11-10T12:00:00Z');
  await days.take('tracking', [movedEvent(1, '2026-11-10T11:00:00Z')], 'next.csv');
  days.at('2026-11-11T06:05:00Z');
  await send('2026-11-11');
  const mail = await lastMail();
  const { changes } = await days.get(ReportArchive).mustHave('2026-11-11');
  expect(mail.text).toContain('== Since 2026-11-10 ==');
  expect(mail.text).toContain(
    `${changes.new.length} new, ${changes.reopened.length} back again, ${changes.resolved.length} resolved`,
  );
  expect(changes.resolved.length).toBeGreaterThan(0);
});
