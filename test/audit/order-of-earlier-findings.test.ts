/** Findings made before their order was kept get the order that findings get today. */
import { orderKey } from '../../src/core/finding/order-key.ts';
import { SEVERITIES } from '../../src/core/rules/answer.ts';
import { schema } from '../../src/schema.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

const earlier = SEVERITIES.flatMap((severity, index) => [
  { id: String(index).repeat(32), severity, amountMills: null, currency: null },
  { id: `a${index}`.repeat(16), severity, amountMills: index * 1234, currency: 'USD' },
]);

test('the migration gives them the key the audit would', async () => {
  const dataSource = database.dataSource();
  for (const _ of schema.migrations.slice(1)) await dataSource.undoLastMigration({ transaction: 'each' });
  for (const { id, severity, amountMills, currency } of earlier) {
    await dataSource.query(
      `INSERT INTO finding (tracking_number, id, rule, rule_version, data_version, digest_version, severity, verdict,
         attribution, confidence, subject, amount_mills, currency, message, next_step, evidence, state, first_seen_at,
         changed_at)
       VALUES ($1::text, $1::text, 'r', 'v', 'd', 2, $2, 'price_suspect', 'vendor', 'strong', 'label', $3, $4, '{}', '{}', '{}', 'open',
         '2026-11-20', '2026-11-20')`,
      [id, severity, amountMills, currency],
    );
  }
  await dataSource.runMigrations({ transaction: 'each' });
  const rows: { id: string; key: string }[] = await dataSource.query('SELECT id, order_key AS key FROM finding');
  expect(new Map(rows.map(({ id, key }) => [id, key]))).toEqual(
    new Map(earlier.map((finding) => [finding.id, orderKey(finding)])),
  );
});
