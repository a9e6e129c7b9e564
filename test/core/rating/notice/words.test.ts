/** The small readings of a published price list: days, zones, weights, volumes and prices as they are written. */
import fc from 'fast-check';
import { effectiveDays, parseWrittenDay } from '../../../../src/core/rating/notice/effective-day.ts';
import { names, namedIn, plainWords } from '../../../../src/core/rating/notice/notice-words.ts';
import { lastNumber, volumeStep, weightStep, weightUnit } from '../../../../src/core/rating/notice/step.ts';
import { writtenPrice } from '../../../../src/core/rating/notice/written-price.ts';
import { zonesOfHeading } from '../../../../src/core/rating/notice/zone-heading.ts';

describe('the day of effect', () => {
  test.each<[string, string[]]>([
    ['Notice 123 - Effective July 12, 2026', ['2026-07-12']],
    ['Price List Notice 123 • Effective: October 5 2025 Retail', ['2025-10-05']],
    ['NOTICE 123 — EFFECTIVE 12 July 2026', ['2026-07-12']],
    ['Notice 123 - Effective 07/12/2026', ['2026-07-12']],
    ['Prices effective Jan. 18, 2026', ['2026-01-18']],
    ['Effective date: 2026-07-12', ['2026-07-12']],
    ['Notice 123 - Effective July 12, 2026. Stamps: prices effective July 13, 2025.', ['2026-07-12']],
    ['Notice 123 - Effective July 12, 2026; Notice 123, effective July 19, 2026', ['2026-07-12', '2026-07-19']],
    ['Notice 123 - Effective February 30, 2026', []],
    ['effective immediately', []],
    ['', []],
  ])('of %j is %j', (text, days) => expect(effectiveDays(text)).toEqual(days));

  test.each([
    ['sept 1, 2026', '2026-09-01'],
    ['13/12/2026', null],
    ['ma 1, 2026', null],
    ['1 2026', null],
  ])('%j is %j', (text, day) => expect(parseWrittenDay(text)).toBe(day));
});

test.each<[string, number[] | null]>([
  ['1', [1]],
  ['Zone 5', [5]],
  ['Local, 1, 2', [1, 2]],
  ['L,1 & 2', [1, 2]],
  ['Zones 1 & 2', [1, 2]],
  ['1–3', [1, 2, 3]],
  ['zones 6 to 8', [6, 7, 8]],
  ['Zone', null],
  ['Local', null],
  ['10', null],
  ['Weight Not Over (lbs.)', null],
  ['5-Digit', null],
  ['0.10', null],
])('the heading %j stands for the zones %j', (heading, zones) => expect(zonesOfHeading(heading)).toEqual(zones));

describe('weights and volumes', () => {
  test.each<[string, 'oz' | 'lb', number | null]>([
    ['1', 'lb', 16_000],
    ['0.5', 'lb', 8000],
    ['½', 'lb', 8000],
    ['1 ½', 'lb', 24_000],
    ['1/2', 'lb', 8000],
    ['15.999 oz', 'oz', 15_999],
    ['3.5', 'oz', 3500],
    ['1–8 oz', 'oz', 8000],
    ['over 1 to 2', 'lb', 32_000],
    ['seven', 'lb', null],
  ])('%j in %s', (text, unit, step) => expect(weightStep(text, unit)).toBe(step));

  test.each<[string, 'oz' | 'lb' | null]>([
    ['Weight Not Over (lbs.)', 'lb'],
    ['Not over (oz.)', 'oz'],
    ['4 ounces', 'oz'],
    ['1 lb', 'lb'],
    ['oz. or lbs.', null],
    ['Weight Not Over', null],
  ])('%j names the unit %j', (text, unit) => expect(weightUnit(text)).toBe(unit));

  test('a volume is the last number of its tier', () => {
    expect(volumeStep('Tier 2: over 0.10 to 0.20')).toBe(200);
    expect(volumeStep('.30')).toBe(300);
    expect(volumeStep('small')).toBeNull();
    expect(lastNumber('none')).toBeNull();
  });
});

test.each([
  ['$11.02', { kind: 'price', mills: 11_020 }],
  ['11.02', { kind: 'price', mills: 11_020 }],
  ['$ 1,011.02', { kind: 'price', mills: 1_011_020 }],
  ['0.365', { kind: 'price', mills: 365 }],
  ['$9', { kind: 'price', mills: 9000 }],
  ['9', { kind: 'text' }],
  ['0.00', { kind: 'text' }],
  ['n/a', { kind: 'not_offered' }],
  ['N.A.', { kind: 'text' }],
  ['—', { kind: 'not_offered' }],
  ['-', { kind: 'not_offered' }],
  [' ', { kind: 'empty' }],
  ['12-1/2" x 9-1/2"', { kind: 'text' }],
])('the cell %j', (cell, price) => expect(writtenPrice(cell)).toEqual(price));

test('words are compared without what does not matter, and the longest phrase is meant', () => {
  expect(plainWords('USPS Ground Advantage®—Retail (TM)')).toBe('usps ground advantage retail');
  const things = [{ phrases: ['priority mail'] }, { phrases: ['priority mail express'] }];
  expect(namedIn('priority mail express commercial', things)).toBe(things[1]);
  expect(namedIn('priority mailing', things)).toBeNull();
  expect(names('large flat rate box', ['flat rate'])).toBe(true);
});

test('no text makes a reading throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-z$., /–½-]{0,30}$/)), (text) => {
      const zones = zonesOfHeading(text) ?? [];
      expect(zones.every((zone) => zone >= 1 && zone <= 9)).toBe(true);
      effectiveDays(text);
      weightStep(text, 'lb');
      writtenPrice(text);
      expect(plainWords(plainWords(text))).toBe(plainWords(text));
    }),
  );
});
