/** Arrays that come while a large import holds the tables wait, but no more of them than a process can hold. */
import { Client } from 'pg';
import { Api } from '../support/api.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const api = new Api(database);
beforeAll(() => api.start());
afterAll(() => api.stop());

/** The lock imports take for their merge. */
const MERGE_LOCK = 7_420_919_206;
/** In all more than may wait, each less than a request may be. */
const ARRAYS = 10;
const REMARK = 'x'.repeat(5_000_000);

const send = (at: number) =>
  api.ask('POST', '/api/v1/labels', {
    body: [
      {
        tracking_number: `94001118992231${String(at).padStart(8, '0')}`,
        vendor: 'Alpha',
        purchased_at: '2026-11-05T10:00:00Z',
        service: 'ground_advantage',
        charged: '5.10',
        label_id: `L${at}`,
        remark: REMARK,
      },
    ],
  });

test('behind a long merge arrays are refused once many wait, those that wait are stored, and the refused come again', async () => {
  const merge = new Client({ connectionString: database.url() });
  await merge.connect();
  await merge.query('SELECT pg_advisory_lock($1)', [MERGE_LOCK]);
  let settled = 0;
  const sent = Array.from({ length: ARRAYS }, (_, at) => send(at).finally(() => (settled += 1)));
  try {
    await until(async () => settled > 0, { withinMs: 20_000 });
  } finally {
    await merge.end();
  }
  const answers = await Promise.all(sent);
  const refused = answers.flatMap(({ status }, at) => (status === 503 ? [at] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(ARRAYS - refused.length);
  const one = answers[refused[0] ?? 0];
  expect(one?.body.detail).toMatch(/^so many records wait to be stored/);
  expect(Number(one?.headers.get('retry-after'))).toBeGreaterThan(0);

  for (const at of refused) expect(await send(at)).toMatchObject({ status: 200, body: { accepted: 1 } });
  const rows: { n: number }[] = await database.dataSource().query('SELECT count(*)::int AS n FROM label');
  expect(rows).toEqual([{ n: ARRAYS }]);
}, 60_000);
