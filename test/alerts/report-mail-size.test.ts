/** However large a report is, and whatever its names hold, its mail stays readable and tells its figures. */
import { simpleParser } from 'mailparser';
import { subjectLine } from '../../src/alerts/compose.ts';
import { differencesIn } from '../../src/alerts/self-check.ts';
import type { OpenFinding } from '../../src/reports/report-rows.ts';
import { openFinding } from '../support/report.ts';
import { composed, madeMail } from '../support/report-mail.ts';

const LIMIT = 100_000;
const NASTY = 'Evil\r\nCritical: 0 <b>\u202Ex</b> {{say}} ';

function findings(count: number, over: (index: number) => Partial<OpenFinding>): OpenFinding[] {
  return Array.from({ length: count }, (_, index) =>
    openFinding({ id: index.toString(16).padStart(32, '0'), saleKey: String(index), ...over(index) }),
  );
}

test('a month of 20,000 findings: the page under 100 KB, every figure right, all findings attached', async () => {
  const mail = await madeMail({ rows: { findings: findings(20_000, () => ({})), charged: [] } });
  const raw = await composed(mail);
  const { html, text, attachments } = await simpleParser(raw, { skipTextToHtml: true });
  expect(Buffer.byteLength(html || '')).toBeLessThan(LIMIT);
  expect(text).toContain('Critical: 20,000\n');
  expect(text).toContain('more; the attached files list everything.');
  expect(attachments.map(({ filename }) => filename)).toEqual(['report.xlsx', 'findings.csv']);
  expect(await differencesIn(raw, mail.checked)).toBeNull();
});

test('hundreds of rules, vendors, currencies and files, each with texts as long as a page', async () => {
  const long = 'x'.repeat(3_000);
  const many = findings(300, (index) => ({
    rule: `rule-${index}`,
    vendor: `${NASTY}${index} ${long}`,
    message: { en: `${NASTY}${long}`, 'zh-CN': long },
    nextStep: { en: `${NASTY}${index}${long}`, 'zh-CN': long },
    currency: `X${String.fromCharCode(65 + (index % 26))}${String.fromCharCode(65 + Math.floor((index % 676) / 26))}`,
  }));
  const mail = await madeMail({ rows: { findings: many, charged: [] } });
  const raw = await composed(mail);
  const { html, text } = await simpleParser(raw, { skipTextToHtml: true });
  expect(Buffer.byteLength(html || '')).toBeLessThan(LIMIT);
  expect(Buffer.byteLength(text ?? '')).toBeLessThan(300_000);
  expect(html).not.toContain('<b>\u202E');
  expect(text).not.toMatch(/^Critical: 0/m);
  expect(await differencesIn(raw, mail.checked)).toBeNull();
});

test.each([
  { story: 'ends of lines', subject: 'a\r\nBcc: x@example.com', is: 'a Bcc: x@example.com' },
  { story: 'tracking numbers', subject: 'Label 9400 1118 9922 3344 5566 77 held', is: 'Label ***66 77 held' },
  { story: 'marks that turn a line round', subject: 'Stop \u202Eevil', is: 'Stop evil' },
])('a subject has no $story', ({ subject, is }) => {
  expect(subjectLine(subject)).toBe(is);
});

test('a subject is cut where readers would cut it', () => {
  expect(subjectLine('é'.repeat(500))).toHaveLength(140);
});
