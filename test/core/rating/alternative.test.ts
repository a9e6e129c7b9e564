/** The cheapest lawful way to send a parcel, and when none may be proposed. */
import fc from 'fast-check';
import { type Dimensions, PACKAGINGS, SERVICES } from '../../../src/core/label/label.ts';
import { type Alternative, cheapestAlternative } from '../../../src/core/rating/alternative.ts';
import type { PostalPiece } from '../../../src/core/rating/postage.ts';
import { priceInZone } from '../../../src/core/rating/price.ts';
import { shippedTables } from '../../support/rating.ts';

/** Two pounds of Priority Mail in a small box, in November 2025, unless said otherwise. */
function aPiece(over: Partial<PostalPiece> = {}): PostalPiece {
  return {
    service: 'priority_mail',
    packaging: 'package',
    priceList: 'retail',
    weightMilliOz: 32_000,
    dimensions: null,
    day: '2025-11-05',
    ...over,
  };
}

const inches = (length: number, width: number, height: number): Dimensions => ({
  lengthMilliIn: Math.round(length * 1000),
  widthMilliIn: Math.round(width * 1000),
  heightMilliIn: Math.round(height * 1000),
});
const inZone =
  (zone: number): ((service: PostalPiece['service']) => { known: true; zone: number }) =>
  () => ({ known: true, zone });
const alternative = (over: Partial<PostalPiece>, zone = 8): Alternative | null =>
  cheapestAlternative(aPiece(over), { zoneBy: inZone(zone), military: false }, shippedTables);
const way = (over: Partial<PostalPiece>, zone = 8): string => {
  const found = alternative(over, zone);
  return found ? `${found.service} ${found.packaging}` : 'none';
};
const price = (over: Partial<PostalPiece>, zone = 8): number => {
  const answer = priceInZone(aPiece({ priceList: 'commercial', ...over }), { known: true, zone }, shippedTables);
  if (!answer.known) throw new Error(answer.message);
  return answer.mills;
};

test('what it says: service, packaging, price, the saving against the own price, and that it takes longer', () => {
  const mills = price({ service: 'ground_advantage' });
  expect(alternative({})).toEqual({
    service: 'ground_advantage',
    packaging: 'package',
    mills,
    savingMills: price({}) - mills,
    slower: true,
  });
});

describe('the cheapest way', () => {
  test.each<[string, Partial<PostalPiece>, string]>([
    ['is Ground Advantage by weight for a parcel without sides', {}, 'ground_advantage package'],
    [
      'is by volume for a small heavy box',
      { weightMilliOz: 160_000, dimensions: inches(6, 4, 4) },
      'ground_advantage cubic',
    ],
    [
      'is the item for something heavy and thin',
      { day: '2026-08-05', weightMilliOz: 480_000, dimensions: inches(8, 5, 1.5) },
      'priority_mail flat_rate_envelope',
    ],
    [
      'is Ground Advantage for Express, two steps slower',
      { service: 'priority_mail_express' },
      'ground_advantage package',
    ],
    ['keeps the soft pack a soft pack', { packaging: 'soft_pack' }, 'ground_advantage soft_pack'],
    ['of Ground Advantage by weight is none, when the sides are not stated', { service: 'ground_advantage' }, 'none'],
  ])('%s', (_, over, expected) => {
    expect(way(over)).toBe(expected);
  });

  test('is not slower within the service that was sold', () => {
    const found = alternative({ day: '2026-08-05', weightMilliOz: 480_000, dimensions: inches(8, 5, 1.5) });
    expect(found).toMatchObject({ service: 'priority_mail', slower: false });
  });
});

describe('nothing is proposed', () => {
  test.each<[string, Partial<PostalPiece>]>([
    ['in place of a letter', { service: 'first_class_mail', packaging: 'letter', weightMilliOz: 3000 }],
    ['for a flat-rate box whose contents nobody measured', { packaging: 'large_flat_rate_box' }],
    ['for some flat-rate item whose contents nobody measured', { packaging: 'flat_rate' }],
    ['where the own price is not known', { weightMilliOz: null }],
    ['on a day without a price list', { day: '2026-06-01' }],
  ])('%s', (_, over) => {
    expect(alternative(over)).toBeNull();
  });

  test('at a price that is not known: the peak increase of 40 lb by Ground Advantage is not published', () => {
    const own = { service: 'media_mail', weightMilliOz: 640_000, day: '2026-11-05' } as const;
    expect(way(own)).toBe('none');
  });

  test('in an item that the parcel might go into, but not surely', () => {
    const found = alternative({ day: '2026-08-05', weightMilliOz: 480_000, dimensions: inches(8.7, 5.5, 1.75) });
    expect(found?.packaging).not.toBe('small_flat_rate_box');
  });
});

test('a measured parcel in a flat-rate box may go cheaper in a box of its own', () => {
  expect(way({ packaging: 'large_flat_rate_box', weightMilliOz: 240_000, dimensions: inches(12, 12, 5) }, 1)).toBe(
    'ground_advantage cubic',
  );
});

test('the box for military post offices is proposed to nobody else', () => {
  const large = aPiece({
    day: '2025-11-05',
    packaging: 'large_flat_rate_box',
    weightMilliOz: 960_000,
    dimensions: inches(12, 12, 5.5),
  });
  const found = (military: boolean | null): string | undefined =>
    cheapestAlternative(large, { zoneBy: inZone(8), military }, shippedTables)?.packaging;
  expect(found(true)).toBe('apo_large_flat_rate_box');
  expect(found(false)).not.toBe('apo_large_flat_rate_box');
  expect(found(null)).not.toBe('apo_large_flat_rate_box');
});

test('each service is priced in its own zone, which for military mail differ', () => {
  const zoneBy = (service: PostalPiece['service']): { known: true; zone: number } => ({
    known: true,
    zone: service === 'ground_advantage' ? 2 : 6,
  });
  const mills = price({ service: 'ground_advantage' }, 2);
  expect(cheapestAlternative(aPiece(), { zoneBy, military: true }, shippedTables)).toMatchObject({
    service: 'ground_advantage',
    mills,
    savingMills: price({}, 6) - mills,
  });
});

test('for any piece the alternative costs less than the piece, by what it says', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 1_200_000 }), fc.double(), fc.constant(null));
  const side = fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.double());
  const anyPiece: fc.Arbitrary<PostalPiece> = fc.record({
    service: fc.constantFrom(...SERVICES),
    packaging: fc.constantFrom(...PACKAGINGS, 'flat_rate' as const),
    priceList: fc.constant('retail' as const),
    weightMilliOz: number,
    dimensions: fc.option(fc.record({ lengthMilliIn: side, widthMilliIn: side, heightMilliIn: side })),
    day: fc.constantFrom('2025-10-05', '2026-02-01', '2026-08-05', '2026-11-05', 'someday'),
  });
  fc.assert(
    fc.property(anyPiece, fc.integer({ min: 1, max: 9 }), (piece, zone) => {
      const found = cheapestAlternative(piece, { zoneBy: inZone(zone), military: null }, shippedTables);
      if (found === null) return;
      expect(found.savingMills).toBeGreaterThan(0);
      expect(found.mills + found.savingMills).toBe(price({ ...piece, priceList: 'commercial' }, zone));
      expect(found.mills).toBe(
        price({ ...piece, service: found.service, packaging: found.packaging, priceList: 'commercial' }, zone),
      );
    }),
    { numRuns: 2000 },
  );
});
