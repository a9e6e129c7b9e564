/** What adjustments tell of a purchase: whose they are, from when on, what was weighed and claimed, and what it would cost. */
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { type EarlierSpecs, type KnownAdjustment, assessedOf, isLighter } from '../../../src/core/ledger/assessed.ts';
import { DAY_MS } from '../../../src/core/units/day.ts';
import { AS_OF, aJudgeInput, anAdjustment } from '../../support/judge.ts';
import { aRatedLabel, shippedTables } from '../../support/rating.ts';

interface Case {
  label?: Partial<Label>;
  /** Purchases beside the label, in order of purchase. */
  before?: readonly Label[];
  after?: readonly Label[];
  asOf?: number;
}

function facts(
  adjustments: readonly KnownAdjustment[],
  { label: change = {}, before = [], after = [], asOf = AS_OF }: Case = {},
) {
  const label = aRatedLabel(change);
  const charges = { lines: [], adjustments: [...adjustments] };
  const built = buildFacts(aJudgeInput({ label, sales: [...before, label, ...after], charges, asOf }));
  return (name: string): FactValue | undefined => built.get(`adjustment.${name}`);
}

describe('which adjustments are of a purchase', () => {
  const duplicate = anAdjustment({ reason: 'duplicate' });
  const later = aRatedLabel({ saleKey: 'L2', labelId: 'L2', purchasedDay: '2026-11-15' });
  const rival = aRatedLabel({ vendor: 'other', saleKey: 'L2', purchasedDay: '2026-11-01' });

  test.each<[string, KnownAdjustment, Case, boolean]>([
    ['of its vendor, after it was bought', duplicate, {}, true],
    ['told after the clock of the audit', { ...duplicate, notifiedDay: '2026-12-05' }, {}, false],
    ['made after the clock of the audit', duplicate, { asOf: Date.UTC(2026, 10, 18) }, false],
    ['made before it was bought', { ...duplicate, assessedDay: '2026-10-01' }, {}, false],
    ['made on the day before, by a clock farther west', { ...duplicate, assessedDay: '2026-11-04' }, {}, true],
    ['the vendor sold the number again before it was made', duplicate, { after: [later] }, false],
    [
      'the vendor sold the number again after it was made',
      { ...duplicate, assessedDay: '2026-11-10' },
      { after: [later] },
      true,
    ],
    ['of another vendor, who sold the number, too', { ...duplicate, vendor: 'other' }, { before: [rival] }, false],
    ['told by a provider who sold no label', { ...duplicate, vendor: 'provider' }, { before: [rival] }, true],
  ])('%s', (_story, adjustment, known, expected) => {
    expect(facts([adjustment], known)('duplicate')).toBe(expected);
  });

  test('the latest for a reason is the one that is told of', () => {
    const fact = facts([
      anAdjustment({ reason: 'unmanifested', adjustmentId: 'B', assessedDay: '2026-11-21' }),
      anAdjustment({ reason: 'unmanifested', adjustmentId: 'A', assessedDay: '2026-11-20' }),
    ]);
    expect(fact('unmanifested_id')).toBe('B');
    expect(fact('unmanifested_day')).toBe('2026-11-21');
    expect(fact('unmanifested_at')).toBe(Date.UTC(2026, 10, 22));
    expect(fact('refunded_used')).toBe(false);
  });

  test.each<[string, readonly number[], boolean]>([
    ['asked for', [1500], true],
    ['for nothing, as a notice', [0], true],
    ['asked for and all given back', [1500, -1500], false],
    ['asked for and given back in part', [1500, -500], true],
    ['given back alone', [-1500], false],
  ])('an adjustment %s', (_story, amounts, expected) => {
    const adjustments = amounts.map((amountMills, index) =>
      anAdjustment({ reason: 'refunded_label_used', adjustmentId: `ADJ-${index}`, amountMills }),
    );
    expect(facts(adjustments)('refunded_used')).toBe(expected);
  });
});

describe('the weight the carrier found', () => {
  const found = anAdjustment({ assessed: { weightMilliOz: 100_000 } });

  test('is priced beside the least weight that was stated, everything else being the same', () => {
    const fact = facts([found], { label: { weightMilliOz: 32_000, scaleWeightMilliOz: 48_000 } });
    expect(fact('weight_found_milli_oz')).toBe(100_000);
    expect(fact('weight_least_milli_oz')).toBe(32_000);
    expect(fact('weight_bought_milli_oz')).toBe(32_000);
    expect(Number(fact('price_found_mills'))).toBeGreaterThan(Number(fact('price_scale_mills')));
    expect(Number(fact('price_scale_mills'))).toBeGreaterThan(Number(fact('price_least_mills')));
  });

  test('what was claimed at the carrier goes before what the vendor billed', () => {
    const fact = facts([{ ...found, claimed: { ...found.claimed, weightMilliOz: 16_000 } }]);
    expect(fact('weight_bought_milli_oz')).toBe(16_000);
    expect(fact('weight_least_milli_oz')).toBe(16_000);
  });

  test('a weight of zero is a field that nobody filled in', () => {
    const fact = facts([found], { label: { weightMilliOz: 0 } });
    expect(fact('weight_least_milli_oz')).toBeUndefined();
    expect(fact('price_least_mills')).toBeUndefined();
  });

  test.each<[string, Partial<Label>]>([
    [
      'a flat-rate box',
      {
        service: 'priority_mail',
        packaging: 'medium_flat_rate_box',
        rateType: 'flat_rate',
        purchasedDay: '2025-11-05',
      },
    ],
    [
      'a cubic price',
      { rateType: 'cubic', lengthMilliIn: 8000, widthMilliIn: 6000, heightMilliIn: 4000, purchasedDay: '2025-11-05' },
    ],
  ])('does not change the price of %s', (_story, label) => {
    const fact = facts([anAdjustment({ assessed: { weightMilliOz: 100_000 } })], { label });
    expect(fact('price_found_mills')).toBeDefined();
    expect(fact('price_found_mills')).toBe(fact('price_least_mills'));
  });

  test.each<[string, KnownAdjustment, Partial<Label>, boolean | undefined]>([
    ['the parcel has no size on file', found, {}, false],
    ['the size is small', found, { lengthMilliIn: 10_000, widthMilliIn: 8000, heightMilliIn: 4000 }, false],
    ['the size is billed as more', found, { lengthMilliIn: 20_000, widthMilliIn: 16_000, heightMilliIn: 12_000 }, true],
    [
      'the sides the carrier found are billed as more',
      { ...found, assessed: { ...found.assessed, lengthMilliIn: 20_000, widthMilliIn: 16_000, heightMilliIn: 12_000 } },
      { lengthMilliIn: 10_000, widthMilliIn: 8000, heightMilliIn: 4000 },
      true,
    ],
    ['the carrier speaks of the size and states no sides', { ...found, reason: 'dimensions' }, {}, undefined],
  ])('may be that of the size: %s', (_story, adjustment, label, expected) => {
    expect(facts([adjustment], { label })('weight_of_size')).toBe(expected);
  });

  test('is unknown without an adjustment that states it', () => {
    for (const fact of [facts([]), facts([anAdjustment()])]) {
      expect(fact('weight_found_milli_oz')).toBeUndefined();
      expect(fact('weight_of_size')).toBeUndefined();
      expect(fact('price_found_mills')).toBeUndefined();
    }
  });
});

describe('a price by weight', () => {
  const sides = { lengthMilliIn: 10_000, widthMilliIn: 8000, heightMilliIn: 4000 };
  const unasked = anAdjustment({
    reason: 'service',
    assessed: { weightMilliOz: 100_000 },
    claimed: { weightMilliOz: 8000 },
  });

  test.each<[string, KnownAdjustment, Partial<Label>, boolean]>([
    ['the carrier charged for the weight', { ...unasked, reason: 'weight' }, { rateType: null }, true],
    [
      'the carrier gave money back for the weight',
      { ...unasked, reason: 'weight', amountMills: -100 },
      { rateType: null },
      false,
    ],
    ['nobody states how the label is rated: it may be cubic', unasked, { rateType: null, ...sides }, false],
    ['by weight, and the sides may make it billed by its size', unasked, { rateType: 'weight' }, false],
    ['by weight, with its sides', unasked, { rateType: 'weight', ...sides }, true],
    [
      'a flat-rate box',
      unasked,
      { service: 'priority_mail', packaging: 'medium_flat_rate_box', rateType: null, purchasedDay: '2025-11-05' },
      true,
    ],
  ])('is sure or not: %s', (_story, adjustment, label, expected) => {
    const fact = facts([adjustment], { label });
    expect(fact('price_found_mills') !== undefined).toBe(expected);
    expect(fact('price_claimed_mills') !== undefined).toBe(expected);
  });
});

describe('what was claimed at the carrier', () => {
  const claim = (claimed: EarlierSpecs) => anAdjustment({ claimed });
  const row = { weightMilliOz: 32_000, zone: 8 };

  test.each<[string, EarlierSpecs, Partial<Label>, boolean | undefined]>([
    ['the same', row, row, false],
    ['less weight', { weightMilliOz: 4000, zone: 8 }, row, true],
    ['less weight, and no zone is stated', { weightMilliOz: 4000, zone: null }, row, true],
    ['a nearer zone', { weightMilliOz: 32_000, zone: 1 }, row, true],
    ['more weight and a farther zone', { weightMilliOz: 40_000, zone: 9 }, row, false],
    ['a weight that rounds up to the billed pound', { weightMilliOz: 19_200, zone: 8 }, row, false],
    [
      'a weight that rounds up to the billed ounce',
      { weightMilliOz: 8200, zone: 8 },
      { weightMilliOz: 9000, zone: 8 },
      false,
    ],
    ['the same weight, and no zone is stated', { weightMilliOz: 32_000, zone: null }, row, undefined],
    [
      'a weight, and the row states none',
      { weightMilliOz: 4000, zone: null },
      { weightMilliOz: null, zone: 8 },
      undefined,
    ],
  ])('%s', (_story, claimed, label, expected) => {
    expect(facts([claim(claimed)], { label })('claimed_lower')).toBe(expected);
  });

  test('is priced beside the row, by weight and by zone', () => {
    const lighter = facts([claim({ weightMilliOz: 4000, zone: null })], { label: row });
    expect(Number(lighter('price_row_mills'))).toBeGreaterThan(Number(lighter('price_claimed_mills')));
    const nearer = facts([claim({ weightMilliOz: null, zone: 1 })], { label: row });
    expect(Number(nearer('price_row_mills'))).toBeGreaterThan(Number(nearer('price_claimed_mills')));
  });

  test('a row that said so before it was corrected claimed nothing else', () => {
    const label = aRatedLabel(row);
    const lower = (earlier: readonly EarlierSpecs[]): boolean | null | undefined =>
      assessedOf(
        label,
        {
          sales: [label],
          charges: { lines: [], adjustments: [claim({ weightMilliOz: 4000, zone: 8 })] },
          earlier,
          asOf: AS_OF + DAY_MS,
        },
        shippedTables,
      ).claimed?.lower;
    expect(lower([])).toBe(true);
    expect(lower([{ weightMilliOz: 4000, zone: 8 }])).toBe(false);
    expect(lower([{ weightMilliOz: 24_000, zone: 8 }])).toBe(true);
    expect(lower([{ weightMilliOz: null, zone: null }])).toBe(true);
  });

  test('one weight is lighter than another beyond rounding', () => {
    expect(isLighter(8000, 8000)).toBe(false);
    expect(isLighter(7500, 8000)).toBe(false);
    expect(isLighter(7000, 8000)).toBe(true);
    expect(isLighter(7000, 16_000)).toBe(false);
    expect(isLighter(7000, 32_000)).toBe(true);
  });
});
