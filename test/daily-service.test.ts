/** The day's report falls due in real services: one audit, one report, one mail; and what happens when it cannot be made. */
import { Days, honestLabel } from './support/daily.ts';
import { type TestDatabase, useDatabase } from './support/database.ts';
import { MailServer } from './support/mail-server.ts';
import { type Program, launch } from './support/program.ts';
import { until } from './support/until.ts';

const server = new MailServer();
const running: Program[] = [];
const DEADLINE = { withinMs: 45_000 };

beforeAll(() => server.start());
afterEach(async () => {
  server.taken.length = 0;
  for (const service of running.splice(0)) await service.end();
});
afterAll(() => server.stop());

/** A minute ago, so that today's report is due when the services start. */
function aMinuteAgo(): string {
  return new Date(Date.now() - 60_000).toISOString().slice(11, 16);
}

async function takeFiles(database: TestDatabase): Promise<void> {
  const days = new Days(database);
  await days.open();
  days.at(new Date().toISOString());
  // Worth a report, and nothing that is told at once.
  await days.take('labels', [honestLabel(1, '2026-11-08', { charged: '2.10' })]);
  await days.close();
}

const settings = (database: TestDatabase): Record<string, string> => ({
  DATABASE_URL: database.url(),
  PORT: '0',
  REPORT_AT: aMinuteAgo(),
  SMTP_URL: server.url,
  REPORT_TO: 'finance@example.com',
  OPERATOR_TO: 'operator@example.com',
});

describe('two services on one database', () => {
  const database = useDatabase();

  async function count(table: string): Promise<number> {
    const [row] = await database.dataSource().query<{ rows: number }[]>(`SELECT count(*)::int AS rows FROM ${table}`);
    return row?.rows ?? 0;
  }

  test('both see that it is due; it is made and mailed once', async () => {
    await takeFiles(database);
    const variables = settings(database);
    running.push(launch(null, variables), launch(null, variables));
    await until(() => server.taken.length > 0, DEADLINE);
    const answers = () => running.every((service) => service.said().stderr.includes('http://'));
    await until(answers, DEADLINE);
    const jobs = `SELECT count(*)::int AS jobs FROM pgboss.job WHERE state < 'completed'`;
    // No bell is left to be heard.
    await until(async () => {
      const [row] = await database.dataSource().query<{ jobs: number }[]>(jobs);
      return row?.jobs === 0;
    }, DEADLINE);
    expect([await count('run'), await count('report'), await count('mail'), server.taken.length]).toEqual([1, 1, 1, 1]);
    const [mail] = await server.read();
    expect(mail?.subject).toContain('Postage audit');
  });
});

describe('a service whose report cannot be made', () => {
  const database = useDatabase();

  test('the operator is told once, and finance gets the report as soon as it can be made', async () => {
    await takeFiles(database);
    const sql = (text: string): Promise<unknown> => database.dataSource().query(text);
    const sentTo = (address: string): number => server.taken.filter(({ to }) => to.includes(address)).length;
    await sql('ALTER TABLE reported_import RENAME TO taken_away');
    running.push(launch(null, settings(database)));
    await until(() => sentTo('operator@example.com') > 0, DEADLINE);
    expect(sentTo('finance@example.com')).toBe(0);
    await sql('ALTER TABLE taken_away RENAME TO reported_import');
    await until(() => sentTo('finance@example.com') > 0, { withinMs: 90_000 });
    expect([sentTo('operator@example.com'), sentTo('finance@example.com')]).toEqual([1, 1]);
  }, 150_000);
});
