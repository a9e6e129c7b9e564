/** Rows of labels files: what becomes a label, and what is said about a row that does not. */
import fc from 'fast-check';
import { problemsOf, readLabel, valueOf } from './reading.ts';

const NUMBER = '9200190164917312345670';
const row = {
  tracking_number: NUMBER,
  vendor: 'Alpha',
  purchased_at: '2026-11-05T23:30:00-05:00',
  service: 'Ground Advantage',
  charged: '7.85',
};

describe('a row with only the required columns', () => {
  test('is a label in dollars, outbound, purchased, to the United States', () => {
    expect(valueOf(readLabel(row))).toMatchObject({
      trackingNumber: NUMBER,
      trackingRaw: NUMBER,
      routingZip: null,
      vendor: 'Alpha',
      saleKey: '?["2026-11-05T23:30:00-05:00","7.85"]',
      kind: 'outbound',
      service: 'ground_advantage',
      currency: 'USD',
      chargedMills: 7850,
      status: 'purchased',
      destinationCountry: 'US',
      extraServices: [],
      extra: null,
    });
  });

  test('keeps the day of purchase as written, not as it is in UTC', () => {
    const label = valueOf(readLabel(row));
    expect(label.purchasedDay).toBe('2026-11-05');
    expect(label.purchasedAt).toBe(Date.parse('2026-11-06T04:30:00Z'));
  });

  test.each(['2026-11-05', '2026-11-05T23:30:00', '2026-11-05 23:30'])(
    '%s is a day, and no instant',
    (purchased_at) => {
      expect(valueOf(readLabel({ ...row, purchased_at }))).toMatchObject({
        purchasedDay: '2026-11-05',
        purchasedAt: null,
      });
    },
  );

  test.each(Object.keys(row))('without %s it is refused, and the column named', (column) => {
    expect(problemsOf(readLabel({ ...row, [column]: '  ' }))).toEqual([`${column}: is required and empty`]);
  });
});

describe('what tells two sales of one number apart', () => {
  test.each<[string, Record<string, string>, string]>([
    ['the vendor’s label id', { label_id: 'L-1', order_id: 'O-1' }, 'L-1'],
    ['else order, time and amount', { order_id: 'O-1' }, '["O-1","2026-11-06T04:30:00Z",7850]'],
    [
      'the day where no instant is written',
      { order_id: 'O-1', purchased_at: '2026-11-05' },
      '["O-1","2026-11-05",7850]',
    ],
    [
      'else a guess from what is written of time and amount',
      { purchased_at: '2026-11-05', charged: '7.850' },
      '?["2026-11-05","7.850"]',
    ],
  ])('%s', (_, columns, saleKey) => {
    expect(valueOf(readLabel({ ...row, ...columns })).saleKey).toBe(saleKey);
  });
});

test('every stated column arrives in its unit', () => {
  const stated = {
    currency: 'eur',
    kind: 'RETURN',
    ship_date: '2026-11-06T00:00:00Z',
    packaging: 'parcel',
    weight_oz: '15.9991',
    length_in: '10.5',
    width_in: '0',
    origin_zip: '60601-1234',
    destination_zip: '941050001',
    zone: '08',
    rate_type: 'weight',
    postage: '7.00',
    declared_value: '25',
    extra_services: 'Signature; tracking;tracking',
    order_parcels: '2',
    voided_at: '2026-11-07T10:00:00Z',
    voided_by: 'us',
    refunded_amount: '7.85',
  };
  expect(valueOf(readLabel({ ...row, ...stated }))).toMatchObject({
    currency: 'EUR',
    kind: 'return',
    shipDate: '2026-11-06',
    packaging: 'package',
    weightMilliOz: 16_000,
    lengthMilliIn: 10_500,
    widthMilliIn: null,
    originZip: '60601',
    destinationZip: '94105',
    zone: 8,
    rateType: 'weight',
    postageMills: 7000,
    declaredMills: 25_000,
    extraServices: ['tracking', 'signature_confirmation'],
    orderParcels: 2,
    voidedAt: Date.parse('2026-11-07T10:00:00Z'),
    voidedBy: 'us',
    refundedMills: 7850,
  });
});

describe('the number', () => {
  test.each([
    ['spaces', '9200 1901 6491 7312 3456 70', NUMBER, null],
    ['420 and a ZIP', `42094105${NUMBER}`, NUMBER, '94105'],
    ['a spreadsheet’s damage stays as it is', '9.20019E+21', '9.20019E+21', null],
  ])('%s', (_, written, canonical, routingZip) => {
    const label = valueOf(readLabel({ ...row, tracking_number: written }));
    expect(label).toMatchObject({ trackingNumber: canonical, trackingRaw: written, routingZip });
  });

  test('must be something', () => {
    expect(problemsOf(readLabel({ ...row, tracking_number: '@' }))).toEqual([
      'tracking_number: holds neither a letter nor a digit',
    ]);
  });
});

describe('a cell that cannot be used is named with what to do', () => {
  test.each([
    ['charged', '$7.85', /plain decimal amount/],
    ['charged', '1,234.00', /plain decimal amount/],
    ['charged', '-1', /negative/],
    ['charged', '99999999999', /billion/],
    ['service', 'Pigeon', /a service this program knows/],
    ['purchased_at', '05/11/2026', /ISO 8601/],
    ['purchased_at', '2026-02-30', /ISO 8601/],
    ['purchased_at', '1026-11-05', /between 1990 and 2100/],
    ['printed_at', '2026-11-05T10:00:00', /lacks the time zone/],
    ['printed_at', '2026-11-05', /lacks the time of day and the time zone/],
    ['destination_zip', '2138', /write 02138 as text/],
    ['destination_zip', '94105-12', /five or nine digits/],
    ['weight_oz', '1 lb', /plain decimal number/],
    ['weight_oz', '9999999', /larger than any parcel/],
    ['zone', '10', /from 1 to 9/],
    ['currency', 'US$', /three-letter/],
    ['destination_country', 'Mars', /two-letter/],
    ['rate_type', 'volume', /one of: weight, cubic/],
    ['extra_services', 'tracking;hug', /extra service/],
    ['label_id', 'x'.repeat(201), /longer than 200/],
  ])('%s = %j', (column, text, message) => {
    const result = readLabel({ ...row, [column]: text });
    expect(problemsOf(result)).toEqual([expect.stringMatching(message)]);
    expect(problemsOf(result)[0]).toMatch(new RegExp(`^${column}: `));
  });

  test('all problems of a row are said at once, long values cut', () => {
    const result = readLabel({ ...row, charged: 'x'.repeat(500), zone: 'A' });
    expect(problemsOf(result)).toHaveLength(2);
    expect(result.ok ? '' : result.problems[0]?.value).toHaveLength(80);
  });
});

test('a postal code of another country is kept as it stands', () => {
  const label = valueOf(readLabel({ ...row, destination_country: 'CA', destination_zip: 'k1a 0b1' }));
  expect(label).toMatchObject({ destinationCountry: 'CA', destinationZip: 'K1A 0B1' });
});

describe('the vendor', () => {
  test('given for the file fills rows that name none', () => {
    expect(valueOf(readLabel({ ...row, vendor: '' }, 'Alpha')).vendor).toBe('Alpha');
    expect(valueOf(readLabel({ ...row, vendor: ' Ａlpha' }, 'ALPHA')).vendor).toBe('ALPHA');
  });

  test('of a row that names another is a conflict', () => {
    expect(problemsOf(readLabel({ ...row, vendor: 'Bravo' }, 'Alpha'))).toEqual([
      'vendor: names another vendor than the one given for the file, Alpha',
    ]);
  });
});

test('unknown columns are kept beside the label, people are not', () => {
  const label = valueOf(readLabel({ ...row, warehouse: 'W1', recipient: 'Jane Doe', shelf: ' ' }));
  expect(label.extra).toEqual({ warehouse: 'W1' });
});

test('no text in any column makes it throw', () => {
  const columns = [
    ...Object.keys(row),
    'zone',
    'weight_oz',
    'destination_zip',
    'printed_at',
    'extra_services',
    'order_id',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...columns), fc.string({ unit: 'binary' }), (column, text) => {
      expect(typeof readLabel({ ...row, [column]: text }).ok).toBe('boolean');
    }),
  );
});
