/** The sender dies at each step of sending (kill -9 of a real process): one mail, or the same mail again. */
import { simpleParser } from 'mailparser';
import { ReportMail } from '../../src/alerts/report-mail.service.ts';
import { Days, heldEvent, honestLabel } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { MailServer } from '../support/mail-server.ts';
import { type Program, launch } from '../support/program.ts';

const database = useDatabase();
const server = new MailServer();
const DAY = '2026-11-10';

const variables = (): Record<string, string> => ({
  DATABASE_URL: database.url(),
  SMTP_URL: server.url,
  REPORT_TO: 'a@example.com,b@example.com',
});
const days = new Days(database, variables);

beforeAll(async () => {
  await server.start();
  await days.open();
  days.at('2026-11-10T05:00:00Z');
  await days.take('labels', [honestLabel(1, '2026-11-08')]);
  await days.take('tracking', [heldEvent(1, '2026-11-09T09:00:00Z')]);
  await days.at('2026-11-10T06:05:00Z').report(DAY);
});
afterAll(async () => {
  await days.close();
  await server.stop();
});
beforeEach(async () => {
  server.answers = {};
  server.taken.length = 0;
  server.handed = 0;
  await database.dataSource().query('DELETE FROM mail');
});

const send = (): Program => launch(['report', '--date', DAY, '--send'], variables());
const stored = async (): Promise<{ state: string; raw: Buffer }[]> =>
  database.dataSource().query('SELECT state, raw FROM mail');

async function sendAgain(): Promise<string> {
  server.answers = {};
  const program = send();
  expect([await program.ended, program.said().stdout]).toEqual([0, expect.stringContaining('Mail: sent')]);
  return program.said().stdout;
}

test('dead before the mail was handed over: the next run sends it, once', async () => {
  const victim = send();
  server.answers.recipient = () => {
    void victim.end('SIGKILL');
    return null;
  };
  expect(await victim.ended).toBe('SIGKILL');
  expect((await stored()).map(({ state }) => state)).toEqual(['ready']);
  await sendAgain();
  expect(server.taken).toHaveLength(1);
  expect(server.taken[0]?.to).toEqual(['a@example.com', 'b@example.com']);
});

test('dead while the server looks through the bytes, which it then takes: the same bytes come again', async () => {
  const victim = send();
  server.answers.beforeAnswer = async () => {
    void victim.end('SIGKILL');
    await victim.ended;
  };
  expect(await victim.ended).toBe('SIGKILL');
  await sendAgain();
  const [first, second, ...others] = server.taken;
  expect(others).toEqual([]);
  // The server kept what the dead sender gave it: its recipients may see the mail twice, and know it for the same.
  expect(second?.raw.equals(first?.raw ?? Buffer.alloc(0))).toBe(true);
  const ids = await Promise.all(server.taken.map(async ({ raw }) => (await simpleParser(raw)).messageId));
  expect(new Set(ids).size).toBe(1);
});

test('dead right after the server has said yes: one mail, or the same one again', async () => {
  const victim = send();
  server.answers.data = () => {
    setImmediate(() => void victim.end('SIGKILL'));
    return null;
  };
  await victim.ended;
  const [mail] = await stored();
  await sendAgain();
  expect(server.taken.length).toBeLessThanOrEqual(2);
  for (const { raw } of server.taken) expect(raw.equals(mail?.raw ?? Buffer.alloc(0))).toBe(true);
});

test('sent and recorded: nothing is sent again, and the command says so', async () => {
  await sendAgain();
  expect(await sendAgain()).toContain('not sent again');
  expect(server.taken).toHaveLength(1);
});

test('dead after the report, before its mail was composed: the service finds the report without a mail', async () => {
  expect(await days.get(ReportMail).forgotten(new Date('2026-11-10T07:00:00Z'))).toMatchObject({ day: DAY });
});
