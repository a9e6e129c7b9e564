/** A thousand requests at once, some sent twice and some under keys that contradict each other: every row is counted once. */
import { Api } from '../support/api.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const api = new Api(database);
beforeAll(() => api.start());
afterAll(() => api.stop());

const REQUESTS = 1000;
const ROWS = 3;

/** One request: which array it brings, and under which key. */
interface Sent {
  array: number;
  key: string | null;
}

/**
 * Of every ten requests: five bring an array of their own, one of them brings it again without a key; two bring one
 * array under one key; two bring different arrays under one key, of which one must be refused.
 */
function requestOf(at: number): Sent {
  const group = Math.floor(at / 10) * 10;
  const place = at % 10;
  if (place === 5) return { array: group + 4, key: null };
  if (place === 6 || place === 7) return { array: group + 6, key: `same-${group}` };
  if (place >= 8) return { array: at, key: `clash-${group}` };
  return { array: at, key: null };
}

function arrayOf(array: number): Record<string, string>[] {
  return Array.from({ length: ROWS }, (_, row) => ({
    tracking_number: `94001118${String(array * ROWS + row).padStart(14, '0')}`,
    vendor: array % 2 === 0 ? 'Alpha' : 'Beta',
    purchased_at: '2026-11-05T10:00:00Z',
    service: 'ground_advantage',
    // The last row of every array cannot be taken.
    charged: row === ROWS - 1 ? 'unknown' : '5.10',
    label_id: `L${array}-${row}`,
  }));
}

async function count(sql: string): Promise<number> {
  const rows: { n: number }[] = await database.dataSource().query(`SELECT count(*) AS n FROM ${sql}`);
  return rows[0]?.n ?? 0;
}

test('1,000 at once, with repeats and conflicting keys, leave exact counts', async () => {
  const sent = Array.from({ length: REQUESTS }, (_, at) => requestOf(at));
  const answers = await Promise.all(
    sent.map(({ array, key }) =>
      api.ask('POST', '/api/v1/labels', {
        body: arrayOf(array),
        headers: key === null ? {} : { 'idempotency-key': key },
      }),
    ),
  );
  const groups = REQUESTS / 10;
  const taken = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 422);
  expect([taken.length, refused.length]).toEqual([REQUESTS - groups, groups]);
  for (const { body } of taken) expect(body).toMatchObject({ rows: ROWS, rejected: 1, problems: [{ row: ROWS - 1 }] });

  // Of ten requests seven bring an array nobody else brings; both of a shared key get the one answer.
  const arrays = groups * 7;
  const replayed = taken.filter(({ headers }) => headers.get('idempotent-replayed') === 'true');
  expect(replayed).toHaveLength(groups);
  const own = taken.filter((answer) => !replayed.includes(answer));
  const sum = (name: 'accepted' | 'repeated') => own.reduce((total, { body }) => total + Number(body[name]), 0);
  expect([sum('accepted'), sum('repeated')]).toEqual([arrays * (ROWS - 1), groups * (ROWS - 1)]);

  expect(await count('label')).toBe(arrays * (ROWS - 1));
  expect(await count('parcel WHERE revision = 1')).toBe(arrays * (ROWS - 1));
  expect(await count('import')).toBe(arrays);
  expect(await count('rejected_row')).toBe(arrays);
  expect(await count('label_history')).toBe(0);
  expect(await count('vendor_name')).toBe(2);
  const sums =
    'SELECT sum(rows)::int AS rows, sum(accepted)::int AS accepted, sum(rejected)::int AS rejected FROM import';
  expect(await database.dataSource().query(sums)).toEqual([
    { rows: arrays * ROWS, accepted: arrays * (ROWS - 1), rejected: arrays },
  ]);
}, 120_000);
