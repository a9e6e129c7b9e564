/** A mail that disagrees with its report is held and told of; without a mail server or recipients nothing is lost. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { Delivery } from '../../src/alerts/delivery.service.ts';
import { Outbox } from '../../src/alerts/outbox.service.ts';
import { ReportMail } from '../../src/alerts/report-mail.service.ts';
import { TestMail } from '../../src/alerts/test-mail.service.ts';
import { Days, heldEvent, honestLabel } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { MailServer } from '../support/mail-server.ts';

const database = useDatabase();
const server = new MailServer();
const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
const mailing = new Days(database, () => ({
  SMTP_URL: server.url,
  REPORT_TO: 'a@example.com',
  OPERATOR_TO: 'op@example.com',
}));
const filing = new Days(database, () => ({ DATA_DIR: folder }));
const silent = new Days(database, () => ({ SMTP_URL: server.url }));
const all = [mailing, filing, silent];

let edition = '';
beforeAll(async () => {
  await server.start();
  for (const days of all) await days.open();
  mailing.at('2026-11-10T05:00:00Z');
  await mailing.take('labels', [honestLabel(1, '2026-11-08')]);
  await mailing.take('tracking', [heldEvent(1, '2026-11-09T09:00:00Z')]);
  for (const days of all) days.at('2026-11-10T06:05:00Z');
  edition = (await mailing.report('2026-11-10')).report.edition;
});
afterAll(async () => {
  for (const days of all) await days.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => database.dataSource().query('DELETE FROM mail'));

test('with another count in the database the mail is held, never sent, and the operator told which figure it is', async () => {
  const sql = `UPDATE report SET checks = jsonb_set(checks, '{findings}', $1::jsonb)`;
  const [row] = await database.dataSource().query<{ checks: { findings: number } }[]>('SELECT checks FROM report');
  await database.dataSource().query(sql, ['77']);
  try {
    const mail = await mailing.get(ReportMail).queue('2026-11-10', edition);
    expect(mail).toMatchObject({ state: 'held', problem: expect.stringContaining('the database says findings is 77') });
    expect(await mailing.get(Delivery).deliver(mail?.id ?? '')).toMatchObject({ state: 'held', attempts: 0 });
    const told = await mailing.get(Outbox).of({ kind: 'operator', about: `mail/report/2026-11-10/${edition}` });
    await mailing.get(Delivery).deliver(told?.id ?? '');
  } finally {
    await database.dataSource().query(sql, [String(row?.checks.findings)]);
  }
  const [mail, ...others] = await server.read();
  expect(others).toEqual([]);
  expect(mail?.to).toMatchObject({ text: 'op@example.com' });
  expect(mail?.text).toContain('the database says findings is 77');
  expect(mail?.text).toContain('report --date DAY --send');
});

test('a mail to nobody does not stand in the way of the one to somebody', async () => {
  const now = new Date('2026-11-10T06:06:00Z');
  const file = await filing.get(ReportMail).queue('2026-11-10', edition);
  await filing.get(Delivery).deliver(file?.id ?? '');
  expect(await filing.get(ReportMail).queue('2026-11-10', edition)).toMatchObject({ id: file?.id, state: 'sent' });
  expect(await filing.get(ReportMail).forgotten(now)).toBeNull();
  expect(await mailing.get(ReportMail).forgotten(now)).toEqual({ day: '2026-11-10', edition });
  expect(await mailing.get(ReportMail).queue('2026-11-10', edition)).toMatchObject({
    state: 'ready',
    recipients: ['a@example.com'],
  });
  expect(await filing.get(ReportMail).queue('2026-11-10', edition)).toMatchObject({ recipients: ['a@example.com'] });
});

test('without a mail server the mail is one file in the outbox folder, the same at every try', async () => {
  const mail = await filing.get(ReportMail).queue('2026-11-10', edition);
  expect(await filing.get(Delivery).deliver(mail?.id ?? '')).toMatchObject({ state: 'sent' });
  await database.dataSource().query(`UPDATE mail SET state = 'ready'`);
  await filing.get(Delivery).deliver(mail?.id ?? '');
  const names = readdirSync(join(folder, 'outbox'));
  expect(names).toEqual([`report-2026-11-10-${edition}.eml`]);
  const read = await simpleParser(readFileSync(join(folder, 'outbox', names[0] ?? '')));
  expect(read.messageId).toBe(`<report.2026-11-10.${edition}@localhost>`);
  expect(read.attachments.map(({ filename }) => filename)).toContain('report.xlsx');
});

test('with a mail server and no recipient nothing is queued', async () => {
  expect(await silent.get(ReportMail).queue('2026-11-10', edition)).toBeNull();
  expect(await silent.get(ReportMail).forgotten(new Date('2026-11-10T06:06:00Z'))).toBeNull();
});

test('a report whose bell was lost is found until it is queued', async () => {
  const now = new Date('2026-11-10T06:06:00Z');
  expect(await mailing.get(ReportMail).forgotten(now)).toEqual({ day: '2026-11-10', edition });
  await mailing.get(ReportMail).queue('2026-11-10', edition);
  expect(await mailing.get(ReportMail).forgotten(now)).toBeNull();
});

test('a test mail goes to every configured role, and says what came of each', async () => {
  server.answers.recipient = (address) => (address === 'op@example.com' ? '550 unknown' : null);
  expect(await mailing.get(TestMail).sendAll()).toMatchObject([
    { variable: 'REPORT_TO', outcome: 'sent' },
    { variable: 'OPERATOR_TO', outcome: 'failed', problem: expect.stringContaining('unknown') },
    { variable: 'ALERT_TO', outcome: 'skipped' },
  ]);
});
