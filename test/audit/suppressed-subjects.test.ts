/** Suppressions by expression, of whatever a rule judges: labels, lines of invoices, invoices, numbers and vendors. */
import { jest } from '@jest/globals';
import { readHiddenIds } from '../../src/audit/suppression.query.ts';
import { SuppressionService, type SuppressionWish } from '../../src/audit/suppression.service.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { honestLabel } from '../support/told-audit.ts';

jest.setTimeout(180_000);

const database = useDatabase();
const story = new Auditing(database.dataSource);
const [ONE, TWO, THREE, FOUR] = [1, 2, 3, 4].map((serial) => impb('001', '900000099', serial)) as [
  string,
  string,
  string,
  string,
];
const AT = '2026-12-20T06:00:00Z';

const line = (place: number, number: string, over: Record<string, string> = {}): Record<string, string> => ({
  vendor: 'Story Labels',
  invoice_number: 'ST-11',
  line_number: String(place),
  charge_type: 'postage',
  amount: '7.31',
  invoice_date: '2026-12-01',
  period_from: '2026-11-01',
  period_to: '2026-11-30',
  charged_at: '2026-11-09',
  tracking_number: number,
  ...over,
});
const again = (invoice: string, over: Record<string, string>): Record<string, string>[] => [
  line(1, THREE, { invoice_number: invoice, amount: '7.31', ...over }),
  line(2, FOUR, { invoice_number: invoice, amount: '9.00', ...over }),
  line(3, TWO, { invoice_number: invoice, amount: '6.00', ...over }),
];

beforeAll(async () => {
  await story.take('labels', [
    honestLabel({ tracking_number: ONE, label_id: 'L1' }),
    honestLabel({ tracking_number: TWO, label_id: 'L2' }),
    honestLabel({ tracking_number: THREE, label_id: 'L3' }),
    // Another vendor's under the same mailer id.
    honestLabel({ tracking_number: FOUR, label_id: 'L4', vendor: 'Other Labels' }),
  ]);
  await story.take('mailers', [{ mailer_id: '900000099', owner: 'Harbor Works' }]);
  await story.take('invoice', [
    // Charged twice, for two different amounts.
    line(1, ONE),
    line(2, ONE),
    line(3, TWO, { amount: '20.00' }),
    line(4, TWO, { amount: '20.00' }),
    // Invoices that are told twice, a small and a large one.
    ...again('ST-12', {}),
    ...again('ST-13', {}),
    ...again('ST-14', { amount: '70.00' }),
    ...again('ST-15', { amount: '70.00' }),
  ]);
  await story.audit(AT);
});

/** Open findings of a rule, as their key, vendor and amount in mills, that are hidden, and those that are not. */
async function told(rule: string): Promise<{ hidden: string[]; shown: string[] }> {
  const hidden = new Set(await readHiddenIds(database.dataSource().manager, new Date(AT)));
  const rows: { id: string; line: string }[] = await database.dataSource().query(
    `SELECT id, concat_ws(' ', tracking_number, vendor, amount_mills) AS line FROM finding
      WHERE rule = $1 AND state IN ('open', 'reopened') ORDER BY 2`,
    [rule],
  );
  const lines = (isHidden: boolean): string[] =>
    rows.filter(({ id }) => hidden.has(id) === isHidden).map((row) => row.line);
  return { hidden: lines(true), shown: lines(false) };
}

const NOTHING = { rule: null, vendor: null, trackingNumber: null, labelId: null, orderId: null, expression: null };

/** Makes a suppression, audits, and answers what it hides and spares; then it is ended. */
async function suppressing(scope: Partial<SuppressionWish> & { rule: string; expression: string }) {
  const room = new SuppressionService(database.dataSource(), story.catalog);
  const now = new Date(Date.parse(AT) - 1000);
  const wish = { ...NOTHING, ...scope, reason: 'known and accepted', owner: 'Ann', expiresOn: null };
  const { id } = await room.add(wish, { by: 'Ada', now });
  await story.audit(AT);
  const [{ hides, spares }, findings] = [await room.one(id, new Date(AT)), await told(scope.rule)];
  await room.end(id, { reason: 'done', by: 'Ada', now: new Date(AT) });
  return { ...findings, hides, spares };
}

test.each<[rule: string, expression: string, hidden: (line: string) => boolean]>([
  ['duplicate-charge', 'charge.amount_mills > 10000.0', (found) => found.endsWith('0000')],
  ['duplicate-charge', 'purchase.known && purchase.label_id == "L1"', (found) => found.startsWith(ONE)],
  ['duplicate-invoice', 'invoice.total_mills < 100000.0', (found) => found.includes('ST-13')],
  ['mailer-id-shared', 'vendor.name == "Other Labels"', (found) => found.startsWith('@vendor/Other')],
])('%s where %s', async (rule, expression, isHidden) => {
  const { shown: before, hidden: none } = await told(rule);
  expect(none).toEqual([]);
  const [hidden, shown] = [before.filter(isHidden), before.filter((found) => !isHidden(found))];
  expect([hidden.length > 0, shown.length > 0]).toEqual([true, true]);
  expect(await suppressing({ rule, expression })).toEqual({ hidden, shown, hides: hidden.length, spares: 0 });
  await story.audit(AT);
  expect(await told(rule)).toEqual({ hidden: [], shown: before });
});

test('own-mailer-id-abused, which is about numbers, and spared where the number is not named beside the expression', async () => {
  const rule = 'own-mailer-id-abused';
  const expression = `number.tracking_number == "${ONE}" || number.tracking_number == "${TWO}"`;
  const { shown: before } = await told(rule);
  expect(await suppressing({ rule, expression })).toEqual({ hidden: [], shown: before, hides: 0, spares: 2 });
  const hidden = before.filter((found) => found.startsWith(ONE));
  const shown = before.filter((found) => !found.startsWith(ONE));
  expect(await suppressing({ rule, expression, trackingNumber: ONE })).toEqual({ hidden, shown, hides: 1, spares: 0 });
  expect(await suppressing({ rule, expression, trackingNumber: THREE })).toMatchObject({ hidden: [], hides: 0 });
});
