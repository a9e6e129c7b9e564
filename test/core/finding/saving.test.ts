import fc from 'fast-check';
import { type SavingChange, savingOf, sumSavings } from '../../../src/core/finding/saving.ts';
import { type Label, PACKAGINGS, SERVICES } from '../../../src/core/label/label.ts';
import { boundToService } from '../../../src/core/mapping/delivery-terms.ts';
import type { Alternative } from '../../../src/core/rating/alternative.ts';
import { aRatedLabel } from '../../support/rating.ts';

const isBound = boundToService({
  promised: ['Deliver by', '最迟送达时间'],
  hazardous: ['Hazmat', 'Lithium battery'],
  no: ['no', '否', '0'],
});

/** Priority Mail at 12.00, which Ground Advantage would have carried for 9.00. */
const ground: Alternative = {
  service: 'ground_advantage',
  packaging: 'package',
  mills: 9_000,
  savingMills: 3_000,
  slower: true,
};

function saving(change: Partial<Label> = {}, alternative: Alternative | null = ground): number | null {
  const label = aRatedLabel({ service: 'priority_mail', chargedMills: 12_000, ...change });
  return savingOf(label, alternative, isBound)?.savingMills ?? null;
}

describe('what a cheaper service would have saved on a label', () => {
  test.each<[string, Partial<Label>, number | null]>([
    ['bought at the published price, all of the difference', {}, 3_000],
    [
      'bought over the published price, still no more than the difference of the services',
      { chargedMills: 15_000 },
      3_000,
    ],
    ['bought at 12 % under it, what is certain beside the published price', { chargedMills: 10_560 }, 1_560],
    ["bought at the alternative's price, nothing", { chargedMills: 9_000 }, null],
    ['bought for next to nothing, nothing', { chargedMills: 2_400 }, null],
    ['with insurance itemised, by the postage part', { chargedMills: 13_000, postageMills: 12_000 }, 3_000],
    [
      'with a surcharge itemised, which the alternative has in its price too',
      { postageMills: 8_000, surchargesMills: 4_000 },
      3_000,
    ],
    ['a return', { kind: 'return' }, null],
    ['charged on use', { kind: 'pay_on_use' }, null],
    ['voided', { status: 'voided' }, null],
    ['refunded', { status: 'refunded' }, null],
    ['charged in another currency', { currency: 'CNY' }, null],
    [
      'registered, which not every service offers',
      { extraServices: ['tracking', 'registered_mail'], postageMills: 12_000 },
      null,
    ],
    ['insured, which every one does', { extraServices: ['tracking', 'insurance'], postageMills: 12_000 }, 3_000],
    ['insured in one undivided sum', { extraServices: ['insurance'] }, null],
    ['promised by a day', { extra: { 'DELIVER-BY': '2026-11-20' } }, null],
    ['promised by a day, in Chinese', { extra: { 最迟送达时间: '2026-11-20' } }, null],
    ['hazardous', { extra: { hazmat: 'ORM-D' } }, null],
    ['said not to be hazardous', { extra: { hazmat: 'No', 'Lithium Battery': '否' } }, 3_000],
    ['with other columns', { extra: { colour: 'red' } }, 3_000],
  ])('%s', (_story, change, expected) => {
    expect(saving(change)).toBe(expected);
  });

  test('none without an alternative', () => expect(saving({}, null)).toBeNull());

  test('belongs to the Monday of the week of purchase, whatever day it was shipped', () => {
    const of = (purchasedDay: string) =>
      savingOf(aRatedLabel({ purchasedDay, shipDate: '2026-12-09' }), ground, isBound);
    expect(of('2026-11-16')).toMatchObject({ week: '2026-11-16' });
    expect(of('2026-11-22')).toMatchObject({ week: '2026-11-16' });
    expect(of('2026-11-23')).toMatchObject({ week: '2026-11-23' });
    expect(of('2027-01-01')).toMatchObject({ week: '2026-12-28' });
  });

  test('is never more than the charge or the published difference, and never without a sign above zero', () => {
    fc.assert(
      fc.property(fc.nat(40_000), fc.nat(20_000), fc.integer({ min: 1, max: 20_000 }), (charged, mills, difference) => {
        const found = saving({ chargedMills: charged }, { ...ground, mills, savingMills: difference });
        if (found === null) expect(charged).toBeLessThanOrEqual(mills);
        else {
          expect(found).toBeGreaterThan(0);
          expect(found).toBeLessThanOrEqual(Math.min(charged, difference));
        }
      }),
    );
  });
});

describe('savings of a week', () => {
  const change = (over: Partial<SavingChange>): SavingChange => ({
    service: 'priority_mail',
    packaging: 'package',
    toService: 'ground_advantage',
    toPackaging: 'package',
    slower: true,
    labels: 1,
    savingMills: 1_000,
    ...over,
  });

  test('are kept apart by speed, with the change that concerns most labels', () => {
    const box = change({ toService: 'priority_mail', toPackaging: 'small_flat_rate_box', slower: false });
    const sums = sumSavings([change({ labels: 7, savingMills: 9_000 }), { ...box, labels: 3, savingMills: 20_000 }]);
    const bought = { service: 'priority_mail', packaging: 'package' };
    expect(sums).toEqual({
      labels: 10,
      sameSpeedLabels: 3,
      sameSpeedMills: 20_000,
      slowerMills: 9_000,
      commonest: { ...bought, toService: 'ground_advantage', toPackaging: 'package', labels: 7 },
      commonestSameSpeed: { ...bought, toService: 'priority_mail', toPackaging: 'small_flat_rate_box', labels: 3 },
    });
  });

  test('by slower services alone name no change that is as fast', () => {
    expect(sumSavings([change({ labels: 7, savingMills: 9_000 })])).toMatchObject({
      labels: 7,
      sameSpeedLabels: 0,
      sameSpeedMills: 0,
      slowerMills: 9_000,
      commonestSameSpeed: null,
    });
  });

  test('none is no saving', () => {
    expect(sumSavings([])).toEqual({
      labels: 0,
      sameSpeedLabels: 0,
      sameSpeedMills: 0,
      slowerMills: 0,
      commonest: null,
      commonestSameSpeed: null,
    });
  });

  test('add up to the same in whatever order they come', () => {
    const any = fc.record({
      service: fc.constantFrom(...SERVICES),
      packaging: fc.constantFrom(...PACKAGINGS),
      toService: fc.constantFrom(...SERVICES),
      toPackaging: fc.constantFrom(...PACKAGINGS),
      slower: fc.boolean(),
      labels: fc.integer({ min: 1, max: 3 }),
      savingMills: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(
        fc
          .array(any)
          .chain((changes) =>
            fc.tuple(fc.constant(changes), fc.shuffledSubarray(changes, { minLength: changes.length })),
          ),
        ([changes, shuffled]) => expect(sumSavings(shuffled)).toEqual(sumSavings(changes)),
      ),
    );
  });
});
