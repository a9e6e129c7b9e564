/** What rules are told of a label's service, weight, sides and flat-rate item. */
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { aJudgeInput } from '../../support/judge.ts';

const fact = (name: string, change: Partial<Label>): FactValue | undefined =>
  buildFacts(aJudgeInput({}, { service: 'priority_mail', ...change })).get(name);
const sides = (length: number | null, width: number | null, height: number | null): Partial<Label> => ({
  lengthMilliIn: length,
  widthMilliIn: width,
  heightMilliIn: height,
});

const small = sides(10_000, 8000, 4000);

describe('the weight', () => {
  test.each<[string, Partial<Label>, number | undefined]>([
    ['within the limit', { weightMilliOz: 1_120_000 }, 0],
    ['billed over it, by no size', { weightMilliOz: 1_232_000, ...small }, 0.1],
    ['billed over it, perhaps by size', { weightMilliOz: 1_232_000 }, undefined],
    ['billed under it, and over it on our scale', { weightMilliOz: 16_000, scaleWeightMilliOz: 1_232_000 }, 0.1],
    ['billed by its size, and light on our scale', { weightMilliOz: 1_344_000, scaleWeightMilliOz: 320_000 }, 0],
    ['not billed, and weighed by us', { weightMilliOz: null, scaleWeightMilliOz: 16_000 }, 0],
    ['nowhere stated', { weightMilliOz: null }, undefined],
  ])('%s', (_, change, expected) => {
    const share = fact('eligibility.weight_over_share', change);
    if (expected === undefined) expect(share).toBeUndefined();
    else expect(share).toBeCloseTo(expected, 9);
  });

  test('that is too much is told with its limit', () => {
    const heavy = { weightMilliOz: 1_232_000, ...small };
    expect(fact('eligibility.weight_milli_oz', heavy)).toBe(1_232_000);
    expect(fact('eligibility.weight_limit_milli_oz', heavy)).toBe(1_120_000);
    expect(fact('eligibility.weight_limit_milli_oz', { weightMilliOz: 16_000 })).toBeUndefined();
  });
});

describe('the size', () => {
  test('of two excesses the greater is told', () => {
    const letter = { service: 'first_class_mail', packaging: 'letter', ...sides(12_500, 5000, 2000) } as const;
    expect(fact('eligibility.size_measure', letter)).toBe('shortest_side');
    expect(fact('eligibility.size_milli_in', letter)).toBe(2000);
    expect(fact('eligibility.size_limit_milli_in', letter)).toBe(250);
    expect(fact('eligibility.size_over_share', letter)).toBe(7);
  });

  test('without sides is unknown, and of a flat-rate box no question', () => {
    expect(fact('eligibility.size_over_share', sides(null, 5000, 2000))).toBeUndefined();
    expect(fact('eligibility.size_over_share', { packaging: 'small_flat_rate_box' })).toBe(0);
  });

  test('is told from the longest side to the shortest, however it was written', () => {
    const written = sides(2000, 9000, 5000);
    expect(fact('parcel.longest_side_milli_in', written)).toBe(9000);
    expect(fact('parcel.middle_side_milli_in', written)).toBe(5000);
    expect(fact('parcel.shortest_side_milli_in', written)).toBe(2000);
    expect(fact('parcel.longest_side_milli_in', sides(2000, 9000, null))).toBeUndefined();
  });
});

describe('the flat-rate item', () => {
  const shoeBox = sides(13_000, 8000, 5000);
  test.each<[string, Partial<Label>, string | undefined]>([
    ['by its packaging', { packaging: 'small_flat_rate_box' }, 'small_flat_rate_box'],
    ['by rate type alone', { packaging: null, rateType: 'flat_rate' }, 'flat_rate'],
    ['none', { packaging: 'package', rateType: 'weight' }, undefined],
    ['none for a cubic parcel', { packaging: 'cubic' }, undefined],
  ])('%s', (_, change, expected) => {
    expect(fact('fit.item', change)).toBe(expected);
  });

  test('is too small for a shoe box, a medium one is not', () => {
    expect(fact('fit.too_large_share', { packaging: 'small_flat_rate_box', ...shoeBox })).toBeGreaterThan(0.05);
    expect(fact('fit.too_large_share', { packaging: 'large_flat_rate_box', ...shoeBox })).toBe(0);
    expect(fact('fit.too_large_share', { packaging: null, rateType: 'flat_rate', ...shoeBox })).toBe(0);
  });

  test('without sides, or without an item, is not compared', () => {
    expect(fact('fit.too_large_share', { packaging: 'small_flat_rate_box' })).toBeUndefined();
    expect(fact('fit.too_large_share', { packaging: 'package', ...shoeBox })).toBeUndefined();
  });
});
