import { mod10CheckDigit } from '../../../src/core/barcode/check-digit.ts';
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { impb } from '../../support/month/parcel.ts';
import { aJudgeInput } from '../../support/judge.ts';

const fact = (name: string, change: Partial<Label> = {}): FactValue | undefined =>
  buildFacts(aJudgeInput({}, change)).get(name);

const numbered = (number: string, over: Partial<Label> = {}): Partial<Label> => ({
  trackingNumber: number,
  trackingRaw: number,
  ...over,
});
const coded = (code: string, over: Partial<Label> = {}): Partial<Label> => numbered(impb(code, '900000011', 1), over);

describe('the class of mail a number names', () => {
  test.each<[string, Partial<Label>, string | undefined]>([
    ['by the code of today', coded('001'), 'ground_advantage'],
    ['by the mailing day, not the day of purchase', coded('001', { shipDate: '2023-07-08' }), 'first_class_mail'],
    ['by a code that was only worked out', coded('346'), 'ground_advantage'],
    ['not of a code whose class is no longer known', coded('021'), undefined],
    ['not of a code that sells none of our classes', coded('702'), undefined],
    ['not of a code nobody has published', coded('475'), undefined],
    ['not of a refused number', numbered('9200190000001100000018'), undefined],
    [
      'not of a code of two digits',
      numbered('7190123456700000012' + mod10CheckDigit('7190123456700000012')),
      undefined,
    ],
    ['not of an international number', numbered('EA123456785US'), undefined],
  ])('%s', (_story, change, expected) => {
    expect(fact('barcode.service', change)).toBe(expected);
  });

  test.each<[string, boolean | undefined]>([
    ['001', true],
    ['612', true],
    ['346', undefined],
    ['021', undefined],
    ['475', undefined],
  ])('code %s is sure, or nobody can tell', (code, expected) => {
    expect(fact('barcode.service_sure', coded(code))).toBe(expected);
  });

  test('has its published price for the same parcel, where it is another class than was sold', () => {
    const sold = { service: 'priority_mail', weightMilliOz: 32_000 } as const;
    const printed = fact('price.as_printed_mills', coded('001', sold));
    expect(printed).toBe(fact('price.expected_mills', coded('001', { ...sold, service: 'ground_advantage' })));
    expect(printed).toBeLessThan(Number(fact('price.expected_mills', coded('001', sold))));
    expect(fact('price.as_printed_mills', coded('055', sold))).toBeUndefined();
  });

  test('has no price where none is published: abroad, in packaging of its own, of a class that is not sold singly', () => {
    const sold = { service: 'priority_mail' } as const;
    expect(fact('price.as_printed_mills', coded('001', { ...sold, destinationCountry: 'CA' }))).toBeUndefined();
    const boxed = { ...sold, packaging: 'medium_flat_rate_box' } as const;
    expect(fact('price.as_printed_mills', coded('001', boxed))).toBeUndefined();
    expect(fact('price.as_printed_mills', coded('612', sold))).toBeUndefined();
  });
});

describe('the mailer id', () => {
  test('is told where it is sure, none where there is none, and unknown where it reads in two ways', () => {
    expect(fact('barcode.mailer_id', coded('001'))).toBe('900000011');
    expect(fact('barcode.mailer_id', numbered('EA123456785US'))).toBe('none');
    expect(fact('barcode.mailer_id')).toBeUndefined();
  });

  test("of the vendor's first label under it says how many there were before", () => {
    const vendor = { labelsUnderHalfCheapestCell: 0, labelsBeforeMailerId: 600, labelsClaimedLower: 0 };
    const first = buildFacts(aJudgeInput({ vendor }, coded('001')));
    expect(first.get('label.first_of_mailer_id')).toBe(true);
    expect(first.askedAboutOthers()).toBe(false);
    expect(first.get('vendor.labels_before_mailer_id')).toBe(600);
    expect(first.askedAboutOthers()).toBe(true);
    expect(fact('label.first_of_mailer_id', coded('001'))).toBe(false);
    expect(fact('vendor.labels_before_mailer_id', coded('001'))).toBeUndefined();
    expect(fact('label.first_of_mailer_id')).toBeUndefined();
  });
});

describe('the ZIP behind 420', () => {
  test.each<[string, string | null, string, string]>([
    ['five digits', '85004', '85004', '850'],
    ['nine digits', '850041234', '85004', '850'],
    ['left out, as most files do', null, 'none', 'none'],
  ])('%s', (_story, routingZip, zip, zip3) => {
    expect(fact('barcode.destination_zip', { routingZip })).toBe(zip);
    expect(fact('barcode.destination_zip3', { routingZip })).toBe(zip3);
  });
});
