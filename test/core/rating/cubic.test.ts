/** Which parcels qualify for cubic prices, and by which volume they are priced. */
import type { Label, Service } from '../../../src/core/label/label.ts';
import { type CubicRule, cubicPossible, cubicVolumeOf } from '../../../src/core/rating/cubic.ts';
import { priceOf } from '../../../src/core/rating/price.ts';
import { listOn } from '../../../src/core/rating/tables.ts';
import { aParcel, aRatedLabel, inches, shippedTables } from '../../support/rating.ts';

function ruleOn(day: string): CubicRule {
  const list = listOn(day, shippedTables.lists);
  if (!list) throw new Error(`no list on ${day}`);
  return list.limits.cubic;
}

interface Asked {
  service?: Service;
  day?: string;
  pounds?: number;
}

function boxVolume(
  sides: [number, number, number],
  { service = 'priority_mail', day = '2025-11-01', pounds = 5 }: Asked = {},
) {
  const parcel = { service, dimensions: inches(...sides), weightMilliOz: pounds * 16_000, softPack: false };
  const volume = cubicVolumeOf(parcel, ruleOn(day));
  return volume.known ? Math.ceil(volume.milliCuFt) : volume.reason;
}

describe('a box', () => {
  test.each<[string, [number, number, number], Asked, number | string]>([
    ['11 x 9 x 5.75 in is 0.329 cubic feet (worked example of Teapplix)', [11, 9, 5.75], {}, 330],
    ['each side goes down to the quarter inch: 12 3/8 is 12 1/4 (DMM 223.1.1)', [12.375, 9, 5], {}, 320],
    ['half a cubic foot is the largest Priority Mail', [12, 12, 6], {}, 500],
    ['a quarter inch more is too large', [12, 12, 6.25], {}, 'not_cubic'],
    ['and is not, for Ground Advantage', [12, 12, 6.25], { service: 'ground_advantage' }, 521],
    ['a cubic foot is the largest Ground Advantage', [12, 12, 12], { service: 'ground_advantage' }, 1000],
    ['a quarter inch more is too large there, too', [12, 12, 12.25], { service: 'ground_advantage' }, 'not_cubic'],
    ['18 in is the longest side to July 2026', [18, 6, 4], {}, 250],
    ['18.1 in is too long', [18.1, 6, 4], {}, 'not_cubic'],
    ['22 in is the longest side from 12 July 2026', [22, 6, 4], { day: '2026-07-12' }, 306],
    ['22.1 in is too long', [22.1, 6, 4], { day: '2026-07-12' }, 'not_cubic'],
    ['20 lb is the most', [12, 9, 4], { pounds: 20 }, 250],
    ['over 20 lb is too heavy', [12, 9, 4], { pounds: 20.001 }, 'not_cubic'],
    ['Media Mail has no cubic prices', [12, 9, 4], { service: 'media_mail' }, 'not_cubic'],
  ])('%s', (_, sides, asked, expected) => {
    expect(boxVolume(sides, asked)).toBe(expected);
  });
});

describe('a soft pack goes by length plus width (EasyPost, Pirate Ship, ShipStation)', () => {
  test.each<[[number, number], number | string]>([
    [[12, 9], 100],
    [[12.2, 9.2], 100],
    [[12.25, 9], 200],
    [[15, 12], 200],
    [[16, 15], 300],
    [[18, 16], 400],
    [[18, 18], 500],
    [[18.25, 10], 'not_cubic'],
  ])('%j in is priced as %s thousandths of a cubic foot', ([length, width], expected) => {
    const dimensions = inches(length, width, 1);
    const parcel = { service: 'priority_mail', dimensions, weightMilliOz: 16_000, softPack: true } as const;
    const volume = cubicVolumeOf(parcel, ruleOn('2025-11-01'));
    expect(volume.known ? volume.milliCuFt : volume.reason).toBe(expected);
  });

  test('is unknown for Ground Advantage before July 2026, whose steps nobody at hand prints', () => {
    const parcel = {
      service: 'ground_advantage',
      dimensions: inches(12, 9, 1),
      weightMilliOz: 16_000,
      softPack: true,
    } as const;
    expect(cubicVolumeOf(parcel, ruleOn('2025-11-01'))).toMatchObject({ known: false, reason: 'not_covered' });
    expect(cubicVolumeOf(parcel, ruleOn('2026-08-01'))).toEqual({ known: true, milliCuFt: 100 });
  });
});

describe('a cubic price', () => {
  const cubic = (over: Parameters<typeof aParcel>[0]) =>
    priceOf(aParcel({ packaging: 'cubic', day: '2025-11-01', zone: 5, ...over }), shippedTables);

  test('is the cell of its tier and zone', () => {
    expect(cubic({ dimensions: inches(11, 9, 5.75) })).toMatchObject({
      known: true,
      billedWeightMilliOz: null,
      items: [{ item: 'base', rule: 'Ground Advantage commercial cubic, zone 5, not over 0.40 cubic feet' }],
    });
  });

  test('does not depend on the weight, up to 20 lb', () => {
    const dimensions = inches(11, 9, 5.75);
    expect(cubic({ dimensions, weightMilliOz: 320_000 })).toEqual(cubic({ dimensions, weightMilliOz: 16_000 }));
    expect(cubic({ dimensions, weightMilliOz: 320_001 })).toMatchObject({ known: false, reason: 'not_cubic' });
  });

  test.each([
    ['without sides', { dimensions: null }, 'dimensions_missing'],
    ['with a side that is no number', { dimensions: inches(11, Number.NaN, 5) }, 'dimensions_missing'],
    ['on a list without cubic prices', { dimensions: inches(11, 9, 5), day: '2026-11-05' }, 'not_covered'],
    ['at retail', { dimensions: inches(11, 9, 5), priceList: 'retail' as const }, 'not_covered'],
  ])('is unknown %s', (_, over, reason) => {
    expect(cubic(over)).toMatchObject({ known: false, reason });
  });
});

describe('whether a label can have been cubic', () => {
  const sides = (length: number, width: number, height: number): Partial<Label> => inches(length, width, height);

  test.each<[string, Partial<Label>, boolean]>([
    ['yes, when nothing excludes it', {}, true],
    ['not when the vendor states a weight rate', { rateType: 'weight' }, false],
    ['not in a flat-rate box', { packaging: 'medium_flat_rate_box' }, false],
    ['not over 20 lb', { weightMilliOz: 320_001 }, false],
    ['yes, at 20 lb', { weightMilliOz: 320_000 }, true],
    ['yes, when the weight is not stated', { weightMilliOz: null }, true],
    ['not with a side over 22 in', sides(22.25, 4, 4), false],
    ['not over a cubic foot', sides(13, 12, 12), false],
    ['yes, as a soft pack whose steps are not known', { packaging: 'soft_pack', purchasedDay: '2025-11-01' }, true],
    ['not as Media Mail', { service: 'media_mail' }, false],
  ])('%s', (_, over, expected) => {
    const label = aRatedLabel({ rateType: null, ...over });
    expect(cubicPossible(label, { cubic: ruleOn(label.purchasedDay) })).toBe(expected);
  });
});
