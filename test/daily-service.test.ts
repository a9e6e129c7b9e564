/** Two services on one database when the day's report falls due: one audit, one report, one mail. */
import { Days, heldEvent, honestLabel } from './support/daily.ts';
import { useDatabase } from './support/database.ts';
import { MailServer } from './support/mail-server.ts';
import { type Program, startProgram } from './support/program.ts';
import { until } from './support/until.ts';

const database = useDatabase();
const server = new MailServer();
const running: Program[] = [];
const DEADLINE = { withinMs: 45_000 };

beforeAll(() => server.start());
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});
afterAll(() => server.stop());

/** A minute ago, so that today's report is due when the services start. */
function aMinuteAgo(): string {
  return new Date(Date.now() - 60_000).toISOString().slice(11, 16);
}

async function count(table: string): Promise<number> {
  const [row] = await database.dataSource().query<{ rows: number }[]>(`SELECT count(*)::int AS rows FROM ${table}`);
  return row?.rows ?? 0;
}

test('both see that it is due; it is made and mailed once, and again the next time they look', async () => {
  const days = new Days(database);
  await days.open();
  days.at(new Date().toISOString());
  await days.take('labels', [honestLabel(1, '2026-11-08')]);
  await days.take('tracking', [heldEvent(1, '2026-11-09T09:00:00Z')]);
  await days.close();
  const variables = {
    DATABASE_URL: database.url(),
    PORT: '0',
    REPORT_AT: aMinuteAgo(),
    SMTP_URL: server.url,
    REPORT_TO: 'finance@example.com',
  };
  running.push(startProgram(null, variables), startProgram(null, variables));
  await until(() => server.taken.length > 0, DEADLINE);
  const answers = () => running.every((service) => service.output().includes('http://'));
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
