/** The tables as the migrations make them are the tables the code describes, and fit to be spread over a cluster. */
import { schema } from '../src/schema.ts';
import { useDatabase } from './support/database.ts';

const database = useDatabase();

/** Tables that are about no parcel: few rows, copied to every node of a cluster. */
const small = [
  'access_key',
  'answer_body',
  'idempotency',
  'import',
  'judged_coverage',
  'mail',
  'mailer',
  'provider_call',
  'provider_rest',
  'rejected_row',
  'report',
  'report_file',
  'reported_finding',
  'reported_import',
  'rule_version',
  'run',
  'suppression',
  'suspected_vendor',
  'upload',
  'upload_chunk',
  'vendor',
  'vendor_name',
  'warehouse',
  'webhook_delivery',
];
const aboutParcels = schema.entities
  .map((entity) => entity.options.name)
  .filter((name) => !small.includes(name))
  .sort();

test('the migrations leave nothing to change: run migration:generate when this fails', async () => {
  const drift = await database.dataSource().driver.createSchemaBuilder().log();
  expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
});

test.each(aboutParcels)('%s can be spread by tracking number: it is in every unique index', async (table) => {
  const indexes: { name: string; columns: string[] }[] = await database.dataSource().query(
    `SELECT i.indexrelid::regclass::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
      WHERE i.indrelid = $1::text::regclass AND i.indisunique GROUP BY 1`,
    [`"${table}"`],
  );
  expect(indexes.length).toBeGreaterThan(0);
  for (const index of indexes) expect(index).toMatchObject({ columns: expect.arrayContaining(['tracking_number']) });
});

test('text in keys sorts by its bytes, the same on every machine', async () => {
  const others: unknown[] = await database.dataSource().query(
    `SELECT i.indrelid::regclass::text AS table, a.attname AS column, c.collname AS collation
       FROM pg_index i
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
       JOIN pg_collation c ON c.oid = a.attcollation
       JOIN pg_class t ON t.oid = i.indrelid
      WHERE i.indisprimary AND t.relnamespace = 'public'::regnamespace AND c.collname <> 'C'`,
  );
  expect(others).toEqual([]);
});

test('the migrations can be taken back', async () => {
  const dataSource = database.dataSource();
  for (const _ of schema.migrations) await dataSource.undoLastMigration({ transaction: 'each' });
  const left: unknown[] = await dataSource.query(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migration'`,
  );
  expect(left).toEqual([]);
});
