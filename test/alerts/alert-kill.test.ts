/** The teller dies at each step (kill -9 of a real process): no alert is lost, and none is told twice. */
import { simpleParser } from 'mailparser';
import { Alerting, attached, soldBy } from '../support/alerting.ts';
import { noticeEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { type Program, launch } from '../support/program.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const story = new Alerting(database);
const { server } = story;
const numbers = [1, 2, 3].map((serial) => impb('001', '900000044', serial));

beforeAll(async () => {
  await story.open();
  // The processes of this story go by the real clock.
  const now = new Date();
  story.days.at(now.toISOString());
  const purchase = { purchased_at: now.toISOString(), ship_date: now.toISOString().slice(0, 10) };
  await story.take(
    'labels',
    [1, 2, 3].map((serial) => soldBy('Harbor Postage', serial, purchase)),
  );
  await story.take(
    'tracking',
    [1, 2, 3].map((serial) => noticeEvent(serial, now.toISOString())),
  );
  await story.days.audit();
});
afterAll(() => story.close());
beforeEach(async () => {
  server.answers = {};
  server.taken.length = 0;
  await database.dataSource().query('DELETE FROM mail');
  await database.dataSource().query('DELETE FROM alert');
});

const tell = (): Program =>
  launch(['alerts', 'send'], {
    DATABASE_URL: database.url(),
    SMTP_URL: server.url,
    ALERT_TO: 'counsel@example.com',
    OPERATOR_TO: 'operator@example.com',
  });
const batches = async (): Promise<{ batch: string; outcome: string | null; count: number }[]> =>
  database.dataSource().query(`SELECT batch, outcome, count(*)::int AS count FROM alert GROUP BY batch, outcome`);

/** Lets a process die while a table is locked to it, at the step that `reached` tells. */
async function killAt(table: string, reached: () => Promise<boolean>): Promise<void> {
  const runner = database.dataSource().createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
    const victim = tell();
    await until(reached, { withinMs: 30_000 });
    expect(await victim.end('SIGKILL')).toBe('SIGKILL');
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

async function tellAgain(): Promise<void> {
  server.answers = {};
  const program = tell();
  expect([await program.ended, program.said().stderr]).toEqual([0, expect.any(String)]);
}

async function toldOnce(): Promise<void> {
  expect(server.taken).toHaveLength(1);
  const mail = await simpleParser(server.taken[0]?.raw ?? '');
  expect(attached(mail, 'labels.csv')?.map((row) => row['tracking_number'])).toEqual(expect.arrayContaining(numbers));
  expect(await batches()).toEqual([{ batch: expect.any(String), outcome: 'told', count: 3 }]);
  await tellAgain();
  expect(server.taken).toHaveLength(1);
}

test('dead between batch and mail: the next one composes the same batch, once', async () => {
  await killAt('mail', async () => {
    const [batch] = await batches();
    const waits = await database
      .dataSource()
      .query<unknown[]>(`SELECT FROM pg_locks WHERE relation = 'mail'::regclass AND NOT granted`);
    return batch?.batch !== null && batch !== undefined && waits.length > 0;
  });
  const [before] = await batches();
  expect(before).toMatchObject({ outcome: null, count: 3 });
  await tellAgain();
  expect(await batches()).toEqual([{ batch: before?.batch, outcome: 'told', count: 3 }]);
  await toldOnce();
});

test('dead before anything was put into a batch: the next one finds it', async () => {
  await killAt('alert', async () => {
    const waits = await database
      .dataSource()
      .query<unknown[]>(`SELECT FROM pg_locks WHERE relation = 'alert'::regclass AND NOT granted`);
    return waits.length > 0;
  });
  // The statement that waited may still be carried out by the server, who learns late that its client is dead.
  expect((await batches()).filter(({ batch }) => batch !== null)).toEqual([]);
  await tellAgain();
  await toldOnce();
});

test('dead between mail and sending: the same mail is sent, once', async () => {
  const victim = tell();
  server.answers.recipient = () => {
    void victim.end('SIGKILL');
    return null;
  };
  expect(await victim.ended).toBe('SIGKILL');
  expect(await batches()).toEqual([{ batch: expect.any(String), outcome: 'told', count: 3 }]);
  await tellAgain();
  await toldOnce();
});

test('a server that is away: the command says so, and the mail arrives once when it is back', async () => {
  server.answers.recipient = () => '421 too busy';
  const program = tell();
  expect([await program.ended, program.said().stdout]).toEqual([1, expect.stringContaining('not taken yet: counsel@')]);
  await tellAgain();
  await toldOnce();
});

test('two at once tell it once', async () => {
  const both = [tell(), tell()];
  for (const program of both) await program.ended;
  await toldOnce();
});
