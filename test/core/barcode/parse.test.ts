import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, constantFrom, integer, property, string, stringMatching, tuple } from 'fast-check';
import { z } from 'zod';
import { loadBarcodeData } from '../../../src/catalog/barcode.ts';
import { mod10CheckDigit, s10CheckDigit } from '../../../src/core/barcode/check-digit.ts';
import { failsEveryReading, parseBarcode } from '../../../src/core/barcode/parse.ts';

const root = join(import.meta.dirname, '../../..');
const published = loadBarcodeData(root);
const parse = (input: string) => parseBarcode(input, published);

const vector = z.object({
  input: z.string(),
  definition: z.string(),
  /** Null where nobody has published a verdict: then the check digit decides. */
  expected: z.boolean().nullable(),
  canonical: z.string().optional(),
  destinationZip: z.string().nullish(),
  checkDigitRight: z.boolean().optional(),
});
const file = join(root, 'test/fixtures/barcode/vectors.json');
const { vectors } = z.object({ vectors: z.array(vector) }).parse(JSON.parse(readFileSync(file, 'utf8')));

describe('numbers others have published a verdict on', () => {
  test('are all there, each once', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(41);
    expect(new Set(vectors.map(({ input }) => input)).size).toBe(vectors.length);
    expect(new Set(vectors.map(({ definition }) => definition))).toEqual(
      new Set(['usps_20', 'usps_impb_n', 'usps_impb_c', 'usps_legacy', 's10', 'observed']),
    );
  });

  test.each(vectors)('$definition $input', ({ input, expected, checkDigitRight, ...parts }) => {
    const barcode = parse(input);
    expect(barcode.valid).toBe(expected ?? checkDigitRight);
    expect(barcode.valid).toBe(barcode.reason === null);
    const { canonical = barcode.canonical, destinationZip = barcode.destinationZip } = parts;
    expect(barcode).toMatchObject({ canonical, destinationZip });
  });
});

describe('parts of a number', () => {
  test.each([
    [
      'Ground Advantage bought online: source identifier, then mailer id',
      '9400109104250532908587',
      { kind: 'impb', channel: '94', serviceTypeCode: '001', sourceId: '09', mailerId: '104250', serial: '53290858' },
    ],
    [
      'an online number with a nine-digit mailer id',
      '9405511899561459253313',
      { channel: '94', sourceId: '11', mailerId: '899561', mailerIdAmbiguous: true, serial: '45925331' },
    ],
    [
      'a commercial mailer with a nine-digit mailer id',
      '9274890103422546330271',
      { channel: '92', serviceTypeCode: '748', mailerId: '901034225', mailerIdAmbiguous: false, serial: '4633027' },
    ],
    [
      'a commercial mailer with a six-digit mailer id',
      '9361289878700317633795',
      { channel: '93', serviceTypeCode: '612', mailerId: '898787', serial: '0031763379', checkDigit: '5' },
    ],
    ['26 digits', '92748931507708513018050063', { mailerId: '931507708', serial: '51301805006', length: 26 }],
    ['retail has no mailer id', '9505511069605048600624', { channel: '95', mailerId: null, serviceTypeCode: '055' }],
    [
      'legacy with its identifier',
      '9101026837331000039521',
      { channel: '91', serviceTypeCode: '01', mailerId: '026837331', serial: '00003952' },
    ],
    [
      'legacy without its identifier',
      '7196 9010 7560 0307 7385',
      { kind: 'impb', channel: '91', serviceTypeCode: '71', mailerId: '969010756' },
    ],
    [
      'twenty digits of the old kind',
      '0307 1790 0005 2348 3741',
      { kind: 'usps_20', channel: null, serviceTypeCode: '03', mailerId: '071790000', serial: '52348374' },
    ],
    ['international', 'RB123456785GB', { kind: 's10', serviceTypeCode: 'RB', serial: '12345678', checkDigit: '5' }],
  ])('%s', (_story, input, parts) => {
    expect(parse(input)).toMatchObject({ ...parts, valid: true, reason: null });
  });
});

describe('why a number is refused', () => {
  test.each([
    ['nothing', '  ', 'empty', 'unknown'],
    ['words', 'see attachment', 'not_a_number', 'unknown'],
    ['too short', '940010910425', 'length', 'unknown'],
    ['no known beginning', '2334611206206407667222', 'structure', 'unknown'],
    ['a nine-digit mailer id that does not begin with 9', '9261212345678900019478', 'structure', 'impb'],
    [
      'a six-digit mailer id that begins with 9',
      `930559000000000000001${mod10CheckDigit('930559000000000000001')}`,
      'structure',
      'impb',
    ],
    ['a wrong check digit', '9434611206206407667131', 'check_digit', 'impb'],
    ['a wrong check digit behind 420 and ZIP', '420123459405509898644824249889', 'check_digit', 'impb'],
    ['an international number with a wrong check digit', 'EA123456784US', 'check_digit', 's10'],
    ['a country that does not exist', 'RB123456785XX', 'unknown_country', 's10'],
    ['an all-zero body', '9200000000000000000000', 'blank_body', 'impb'],
    ['an all-zero body behind a service code', '9400100000000000000000', 'blank_body', 'impb'],
    ['an all-zero body behind 420 and ZIP', '420000009200000000000000000000', 'blank_body', 'impb'],
    ['zeros all the way', '420000000000000000000000000000', 'blank_body', 'unknown'],
    ['an international number of zeros', 'RB000000005US', 'blank_body', 's10'],
    ['a spreadsheet exponent', '9.4001E+21', 'spreadsheet_damage', 'unknown'],
    ['a spreadsheet exponent in a comma country', '9,40011E+21', 'spreadsheet_damage', 'unknown'],
    ['digits lost behind the fifteenth', '9400111206206400000000', 'spreadsheet_damage', 'impb'],
    ['lost digits that happen to have a right check digit', '9400109104250530000000', 'spreadsheet_damage', 'impb'],
    ['lost digits of a routed number', '420902459261290000000000000000', 'spreadsheet_damage', 'impb'],
    ['five zeros on a wrong number', '9434611206206407600000', 'spreadsheet_damage', 'impb'],
    ['UPS', '1Z5R89390357567127', 'other_carrier', 'other_carrier'],
    ['FedEx Express', '9865 7878 8855', 'other_carrier', 'other_carrier'],
    ['FedEx Express, 34 digits', '1001921334250001000300779017972697', 'other_carrier', 'other_carrier'],
    ['FedEx Ground', '0414 4176 0228 964', 'other_carrier', 'other_carrier'],
    ['FedEx Ground, 22 digits', '9611020987654312345672', 'other_carrier', 'other_carrier'],
    ['FedEx Ground, 34 digits', '9622001900000000000000776632517510', 'other_carrier', 'other_carrier'],
    ['FedEx Ground Economy without 92', '61299998820821171811', 'other_carrier', 'other_carrier'],
    ['DHL', '3318810025', 'other_carrier', 'other_carrier'],
    ['Amazon', 'TBA502887274000', 'other_carrier', 'other_carrier'],
    ['YunExpress', 'YT2229521272164446', 'other_carrier', 'other_carrier'],
    ['GOFO', 'GFUS01011884214464', 'other_carrier', 'other_carrier'],
    ['OnTrac', 'C11031500001879', 'other_carrier', 'other_carrier'],
    ['LaserShip', '1LS717793482164', 'other_carrier', 'other_carrier'],
    ['LaserShip, 18 places', '1LS7119013618127-1', 'other_carrier', 'other_carrier'],
    ['DHL piece', 'JJD0099999999', 'other_carrier', 'other_carrier'],
    ['DHL eCommerce', 'GM2951173225174494', 'other_carrier', 'other_carrier'],
    ['an Amazon shape nobody has published', 'TBB000000000000', 'not_a_number', 'unknown'],
  ])('%s: %s is %s', (_story, input, reason, kind) => {
    expect(parse(input)).toMatchObject({ valid: false, reason, kind });
  });

  test('only 20 or more complete digits that no reading accepts are an accusation', () => {
    const accused = ['9434611206206407667131', '2334611206206407667222', '9200000000000000000000'];
    const spared = [
      '9400109104250532908587',
      '9.4001E+21',
      '9400111206206400000000',
      '61299998820821171811',
      '94001091042505329',
      'RB123456786US',
      'pending',
    ];
    expect(accused.map((input) => failsEveryReading(parse(input)))).toEqual(accused.map(() => true));
    expect(spared.map((input) => failsEveryReading(parse(input)))).toEqual(spared.map(() => false));
  });
});

const serials = (length: number) => stringMatching(new RegExp(`^[1-9]\\d{${length - 2}}[1-9]$`));

describe('whatever is written', () => {
  const code = stringMatching(/^\d{3}$/);
  const commercial9 = tuple(code, stringMatching(/^9\d{8}$/), constantFrom(7, 11).chain(serials)).map(
    ([serviceTypeCode, mailerId, serial]) => ({ channel: '92', serviceTypeCode, sourceId: '', mailerId, serial }),
  );
  const commercial6 = tuple(code, stringMatching(/^[0-8]\d{5}$/), constantFrom(10, 14).chain(serials)).map(
    ([serviceTypeCode, mailerId, serial]) => ({ channel: '93', serviceTypeCode, sourceId: '', mailerId, serial }),
  );
  const online = tuple(code, stringMatching(/^\d{2}$/), stringMatching(/^[0-8]\d{5}$/), serials(8)).map(
    ([serviceTypeCode, sourceId, mailerId, serial]) => ({ channel: '94', serviceTypeCode, sourceId, mailerId, serial }),
  );
  const online9 = tuple(code, stringMatching(/^\d{2}$/), stringMatching(/^9\d{8}$/), serials(5)).map(
    ([serviceTypeCode, sourceId, mailerId, serial]) => ({ channel: '94', serviceTypeCode, sourceId, mailerId, serial }),
  );
  const parts = constantFrom(commercial9, commercial6, online, online9).chain((construct) => construct);
  const number = parts.map((part) => {
    const data = part.channel + part.serviceTypeCode + part.sourceId + part.mailerId + part.serial;
    return { ...part, digits: `${data}${mod10CheckDigit(data)}` };
  });
  const zip = constantFrom('', '42090210', '420902101234');

  test('a number made of parts is read back into the same parts', () => {
    assert(
      property(number, zip, ({ digits, channel, serviceTypeCode, mailerId, serial }, routing) => {
        // Behind a ZIP the first four of 26 digits may be the rest of a longer ZIP, and the others a number of 22.
        const twoReadings = digits.length === 26 && (routing.length === 12 || digits[4] === '9');
        const routed = twoReadings ? digits : routing + digits;
        expect(parse(routed)).toMatchObject({
          valid: true,
          canonical: digits,
          channel,
          serviceTypeCode,
          mailerId,
          serial,
          destinationZip: routed === digits ? null : routing.slice(3),
        });
      }),
    );
  });

  test('so is one of retail, which has no mailer id', () => {
    assert(
      property(code, serials(16), zip, (serviceTypeCode, serial, routing) => {
        const data = `95${serviceTypeCode}${serial}`;
        expect(parse(`${routing}${data}${mod10CheckDigit(data)}`)).toMatchObject({
          valid: true,
          kind: 'impb',
          channel: '95',
          serviceTypeCode,
          mailerId: null,
          serial,
          destinationZip: routing === '' ? null : routing.slice(3),
        });
      }),
    );
  });

  const twoDigits = stringMatching(/^\d{2}$/);
  const nineDigits = stringMatching(/^\d{9}$/);

  test('so is one of twenty digits', () => {
    assert(
      property(twoDigits, nineDigits, serials(8), (serviceTypeCode, mailerId, serial) => {
        const data = serviceTypeCode + mailerId + serial;
        const checkDigit = String(mod10CheckDigit(data));
        expect(parse(data + checkDigit)).toMatchObject({
          valid: true,
          kind: 'usps_20',
          channel: null,
          serviceTypeCode,
          mailerId,
          serial,
          checkDigit,
        });
      }),
    );
  });

  test('so is a legacy one, with its identifier and without, behind a ZIP and alone', () => {
    assert(
      property(twoDigits, nineDigits, serials(8), (serviceTypeCode, mailerId, serial) => {
        const data = serviceTypeCode + mailerId + serial;
        const checkDigit = String(mod10CheckDigit(`91${data}`));
        const legacy = { valid: true, kind: 'impb', channel: '91', serviceTypeCode, mailerId, serial, checkDigit };
        expect(parse(data + checkDigit)).toMatchObject(legacy);
        expect(parse(`91${data}${checkDigit}`)).toMatchObject(legacy);
        expect(parse(`42090210 91${data}${checkDigit}`)).toMatchObject({ ...legacy, destinationZip: '90210' });
      }),
    );
  });

  test('so is an international one, whatever its country and however it is written', () => {
    const letters = stringMatching(/^[A-Z]{2}$/);
    const country = constantFrom(...published.countries);
    assert(
      property(letters, stringMatching(/^[1-9]\d{7}$/), country, (serviceTypeCode, serial, origin) => {
        const checkDigit = String(s10CheckDigit(serial));
        const written = `${serviceTypeCode}${serial}${checkDigit}${origin}`;
        const read = { valid: true, kind: 's10', canonical: written, serviceTypeCode, serial, checkDigit };
        expect(parse(written)).toMatchObject(read);
        expect(parse(`${written.slice(0, 2)} ${written.slice(2, 11)} ${origin}`.toLowerCase())).toMatchObject(read);
      }),
    );
  });

  test('one wrong digit is always noticed', () => {
    assert(
      property(number, integer({ min: 2, max: 25 }), integer({ min: 1, max: 9 }), ({ digits }, at, by) => {
        const place = at % digits.length;
        const wrong = (Number(digits[place]) + by) % 10;
        expect(parse(digits.slice(0, place) + wrong + digits.slice(place + 1)).valid).toBe(false);
      }),
    );
  });

  test('a wrong check digit of an international number is always noticed', () => {
    assert(
      property(stringMatching(/^[1-9]\d{7}$/), integer({ min: 1, max: 9 }), (serial, by) => {
        const right = s10CheckDigit(serial);
        expect(parse(`LZ${serial}${right}US`).valid).toBe(true);
        expect(parse(`LZ${serial}${(right + by) % 10}US`).reason).toBe('check_digit');
      }),
    );
  });

  test('it is read without failing, and refused with a reason', () => {
    const anything = constantFrom(
      string({ unit: 'binary' }),
      stringMatching(/^[0-9A-Z+. -]{0,40}$/),
      stringMatching(/^\d{0,40}$/),
    );
    assert(
      property(
        anything.chain((text) => text),
        (input) => {
          const barcode = parse(input);
          expect(barcode.valid).toBe(barcode.reason === null);
          expect(parse(barcode.canonical).canonical).toBe(barcode.canonical);
        },
      ),
    );
  });
});
