/** Adjustments into the database, and gathered with the charges of their parcels. */
import { useDatabase } from '../support/database.ts';
import { column, csv, dump, importBytes } from './importing.ts';

const A = '9200190164917312345670';
const B = '9200190164917312345687';
const HEADER = ['adjustment_id', 'vendor', 'tracking_number', 'assessed_at', 'reason', 'amount', 'assessed_weight_oz'];
const adjustment = (id: string, number: string, amount: string, weight = '') => [
  id,
  'Alpha',
  number,
  '2026-11-05',
  'weight',
  amount,
  weight,
];
const INVOICE = csv(
  ['invoice_number', 'vendor', 'charge_type', 'amount', 'tracking_number', 'line_number'],
  ['INV-1', 'Alpha', 'postage', '7.85', A, '1'],
);

describe('adjustments', () => {
  const database = useDatabase();
  const first = csv(HEADER, adjustment('ADJ-2', A, '3.10', '17.5'), adjustment('ADJ-1', A, '-0.50'));
  const revisions = 'SELECT tracking_number || revision FROM parcel ORDER BY tracking_number';

  test('are recognised by their header and stored under their number', async () => {
    expect(await importBytes(database.dataSource(), first)).toMatchObject({
      kind: 'adjustments',
      vendor: 'Alpha',
      rows: 2,
      accepted: 2,
      rejected: 0,
    });
    expect(await column(database.dataSource(), revisions)).toEqual([`${A}1`]);
  });

  test('are gathered with the lines of invoices, by vendor and id', async () => {
    await importBytes(database.dataSource(), INVOICE);
    const { charge_digest: digests } = await dump(database.dataSource());
    expect(digests).toMatchObject([
      {
        tracking_number: A,
        digest: {
          lines: [{ invoiceNumber: 'INV-1', amountMills: 7850 }],
          adjustments: [
            { adjustmentId: 'ADJ-1', amountMills: -500, assessedDay: '2026-11-05', assessedAt: null },
            { adjustmentId: 'ADJ-2', trackingNumber: A, assessed: { weightMilliOz: 17_500, zone: null } },
          ],
        },
      },
    ]);
    expect(await column(database.dataSource(), revisions)).toEqual([`${A}2`]);
  });

  test('that come again change nothing', async () => {
    const before = await dump(database.dataSource());
    expect(await importBytes(database.dataSource(), first)).toMatchObject({ accepted: 0, repeated: 2 });
    const reordered = csv(HEADER, adjustment('ADJ-1', A, '-0.50'), adjustment('ADJ-2', A, '3.10', '17.5'));
    expect(await importBytes(database.dataSource(), reordered)).toMatchObject({ accepted: 0, repeated: 2 });
    expect((await dump(database.dataSource()))['parcel']).toEqual(before['parcel']);
  });

  test('that are corrected touch their parcel and are gathered again', async () => {
    const corrected = csv(HEADER, adjustment('ADJ-2', A, '2.60', '17.5'), adjustment('ADJ-1', A, '-0.50'));
    expect(await importBytes(database.dataSource(), corrected)).toMatchObject({ accepted: 1, repeated: 1 });
    const amounts = `SELECT (a ->> 'amountMills')::int FROM charge_digest, jsonb_array_elements(digest -> 'adjustments') a`;
    expect(await column(database.dataSource(), amounts)).toEqual([-500, 2600]);
    expect(await column(database.dataSource(), revisions)).toEqual([`${A}3`]);
  });

  test('that name another parcel than before have moved, and a parcel may lose its only one', async () => {
    await importBytes(database.dataSource(), csv(HEADER, adjustment('ADJ-9', B, '1.00')));
    expect(await importBytes(database.dataSource(), csv(HEADER, adjustment('ADJ-9', A, '1.00')))).toMatchObject({
      accepted: 1,
    });
    const digests = `SELECT tracking_number || jsonb_array_length(digest -> 'adjustments') FROM charge_digest`;
    expect(await column(database.dataSource(), digests)).toEqual([`${A}3`]);
    expect(await column(database.dataSource(), revisions)).toEqual([`${A}4`, `${B}2`]);
  });

  test('of one id for several parcels are several', async () => {
    const batch = csv(HEADER, adjustment('BATCH', A, '1.00'), adjustment('BATCH', B, '2.00'));
    await importBytes(database.dataSource(), batch);
    await importBytes(database.dataSource(), csv(HEADER, adjustment('BATCH', A, '1.50')));
    const stored = `SELECT tracking_number || amount_mills FROM adjustment WHERE adjustment_id = 'BATCH' ORDER BY 1`;
    expect(await column(database.dataSource(), stored)).toEqual([`${A}1500`, `${B}2000`]);
  });
});
