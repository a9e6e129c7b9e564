/** A service that may hold the fewest connections there can be: work that needs several at once ends beside requests. */
import { honestLabel, movedEvent } from './support/daily.ts';
import { Api } from './support/api.ts';
import { Auditing } from './support/auditing.ts';
import { useDatabase } from './support/database.ts';
import { until } from './support/until.ts';

// Before the database goes.
afterAll(() => api.stop());
const database = useDatabase();
const story = new Auditing(database.dataSource);
const api = new Api(database, { DATABASE_POOL_SIZE: '4' });
const SERIALS = Array.from({ length: 300 }, (_, index) => index + 1);

beforeAll(async () => {
  const labels = SERIALS.map((serial) => honestLabel(serial, '2026-11-10', { charged: '1.00' }));
  await story.take('labels', labels);
  // Later than the audit looks: it folds these journeys again, on a connection beside its own two.
  await story.take(
    'tracking',
    SERIALS.map((serial) => movedEvent(serial, '2026-11-19T09:00:00Z')),
  );
  await api.start();
});

const labelsFile = (from: number): string => {
  const rows = SERIALS.map((serial) => honestLabel(from + serial, '2026-11-11'));
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.join(','))
    .join('\n');
};

async function send(from: number): Promise<string> {
  const answer = await fetch(`${api.url}/api/v1/imports`, { method: 'POST', body: labelsFile(from) });
  const { id }: { id: string } = JSON.parse(await answer.text());
  return id;
}

test('audits, imports, arrays and readers all come to an end', async () => {
  const audits = ['2026-11-15T06:00:00Z', '2026-11-16T06:00:00Z', '2026-11-17T06:00:00Z'];
  const [runs, imports] = await Promise.all([
    Promise.all(audits.map(async (asOf) => (await api.ask('POST', '/api/v1/audits', { body: { asOf } })).body.id)),
    Promise.all([1000, 2000, 3000].map(send)),
  ]);
  const paths = [...runs.map((id) => `/api/v1/audits/${id}`), ...imports.map((id) => `/api/v1/imports/${id}`)];
  await until(async () => {
    const busy = SERIALS.slice(0, 30).map((serial) =>
      serial % 3 === 0
        ? api.ask('POST', '/api/v1/labels', { body: [honestLabel(9000 + serial, '2026-11-12')] })
        : api.get('/api/v1/findings?limit=5'),
    );
    const answers = await Promise.all([...busy, ...paths.map((path) => api.get(path))]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    return answers.slice(busy.length).every(({ body }) => body.state === 'done');
  });
});
