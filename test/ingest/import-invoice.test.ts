/** Invoice files into the database, and their sums a parcel. */
import { useDatabase } from '../support/database.ts';
import { column, csv, dump, importBytes } from './importing.ts';

const HEADER = ['invoice_number', 'vendor', 'charge_type', 'amount', 'tracking_number', 'line_number'];
const A = '9200190164917312345670';
const line = (type: string, amount: string, number: string, at = '') => ['INV-1', 'Alpha', type, amount, number, at];

describe('lines of an invoice', () => {
  const database = useDatabase();
  const file = csv(
    HEADER,
    line('postage', '7.85', A, '1'),
    line('refund', '-7.85', A, '2'),
    line('postage', '1.15', A, '3'),
    line('fee', '10.00', '', '4'),
    line('postage', '7.85', A, '1'),
  );

  test('are stored under their number, those about no parcel under the invoice', async () => {
    expect(await importBytes(database.dataSource(), file)).toMatchObject({
      kind: 'invoice',
      vendor: 'Alpha',
      accepted: 4,
      repeated: 1,
    });
    const numbers = 'SELECT DISTINCT tracking_number FROM charge ORDER BY 1';
    expect(await column(database.dataSource(), numbers)).toEqual([A, '@Alpha/INV-1']);
  });

  test('are gathered a parcel, line by line', async () => {
    const { charge_digest: digests } = await dump(database.dataSource());
    expect(digests).toMatchObject([
      {
        tracking_number: A,
        digest: {
          lines: [
            { vendor: 'Alpha', chargeType: 'postage', trackingNumber: A, currency: 'USD' },
            { vendor: 'Alpha', chargeType: 'refund', amountMills: -7850 },
            { vendor: 'Alpha', chargeType: 'postage', amountMills: 1150 },
          ],
          adjustments: [],
        },
      },
      { tracking_number: '@Alpha/INV-1', digest: { lines: [{ trackingNumber: null }] } },
    ]);
  });

  test('that are corrected are gathered again', async () => {
    const paid = `SELECT sum((line ->> 'amountMills')::int) FROM charge_digest, jsonb_array_elements(digest -> 'lines') line
      WHERE tracking_number = '${A}' AND line ->> 'chargeType' = 'postage'`;
    expect(await column(database.dataSource(), paid)).toEqual([9000]);
    await importBytes(database.dataSource(), csv(HEADER, line('postage', '2.00', A, '3')));
    expect(await column(database.dataSource(), paid)).toEqual([9850]);
  });
});

describe('a line that names another parcel than before', () => {
  const database = useDatabase();
  const B = '9200190164917312345687';
  const C = '9200190164917312345694';
  const lines = 'SELECT tracking_number || line_number FROM charge ORDER BY line_number, 1';
  const revisions = 'SELECT tracking_number || revision FROM parcel ORDER BY tracking_number';
  const digests = 'SELECT tracking_number FROM charge_digest ORDER BY tracking_number';

  test('has moved: the parcel it left loses it, and is judged again', async () => {
    const first = csv(
      HEADER,
      line('postage', '7.85', A, '1'),
      line('fee', '1.00', C, '2'),
      line('fee', '2.00', '', '3'),
    );
    await importBytes(database.dataSource(), first);
    const second = csv(HEADER, line('postage', '7.85', B, '1'), line('fee', '1.00', C, '2'));
    expect(await importBytes(database.dataSource(), second)).toMatchObject({ accepted: 1, repeated: 1 });
    expect(await column(database.dataSource(), lines)).toEqual([`${B}1`, `${C}2`, '@Alpha/INV-13']);
    expect(await column(database.dataSource(), digests)).toEqual([B, C, '@Alpha/INV-1']);
    expect(await column(database.dataSource(), revisions)).toEqual([`${A}2`, `${B}1`, `${C}1`, '@Alpha/INV-11']);
  });

  test('twice in one file belongs to the parcel named last', async () => {
    const twice = csv(HEADER, line('fee', '4.00', A, '9'), line('fee', '4.00', C, '9'));
    expect(await importBytes(database.dataSource(), twice)).toMatchObject({ accepted: 2, repeated: 0 });
    expect(await column(database.dataSource(), lines)).toEqual([`${B}1`, `${C}2`, '@Alpha/INV-13', `${C}9`]);
  });

  test('found its parcel at last', async () => {
    const named = csv(HEADER, line('fee', '2.00', B, '3'));
    expect(await importBytes(database.dataSource(), named)).toMatchObject({ accepted: 1 });
    expect(await column(database.dataSource(), digests)).toEqual([B, C]);
  });
});

describe('equal lines without line numbers', () => {
  const database = useDatabase();

  test('are two charges, and still the same two when they come again', async () => {
    const twice = csv(HEADER, line('postage', '7.85', A), line('postage', '7.85', A));
    expect(await importBytes(database.dataSource(), twice)).toMatchObject({ accepted: 2, repeated: 0 });
    const again = csv(HEADER, line('postage', '7.85', A), line('postage', '7.85', A), line('fee', '1.00', A));
    expect(await importBytes(database.dataSource(), again)).toMatchObject({ accepted: 1, repeated: 2 });
  });
});
