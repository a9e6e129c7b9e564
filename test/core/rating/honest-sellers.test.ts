/**
 * Sellers judged by the shipped rules about prices: whoever sells at a lawful price is not accused, whatever the file
 * leaves out; whoever sells everything at one small price is found.
 */
import fc from 'fast-check';
import { judgeLabel } from '../../../src/core/finding/judge.ts';
import type { Label, Packaging } from '../../../src/core/label/label.ts';
import { priceOf } from '../../../src/core/rating/price.ts';
import { ruleBookInForce } from '../../../src/core/rules/book.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { aJudgeInput, shippedBook } from '../../support/judge.ts';
import { aParcel, shippedTables } from '../../support/rating.ts';

const MONEY_RULES = ['below-floor-price', 'overcharged', 'zone-mismatch', 'surcharge-not-due', 'surcharge-missing'];
const inForce = ruleBookInForce(shippedBook, '2026-12-01', sha256Hex);
const book = { ...inForce, rules: inForce.rules.filter(({ id }) => MONEY_RULES.includes(id)) };

/** "rule severity" of what the rules about prices find on a label. */
function found(label: Partial<Label>): string[] {
  return judgeLabel(aJudgeInput({}, label), book, sha256Hex).outcomes.flatMap((outcome) =>
    outcome.answer === 'fires' ? [`${outcome.finding.rule} ${outcome.finding.severity}`] : [],
  );
}

function answer(label: Partial<Label>, rule: string): string {
  const index = book.rules.findIndex(({ id }) => id === rule);
  return judgeLabel(aJudgeInput({}, label), book, sha256Hex).outcomes[index]?.answer ?? 'no such rule';
}

const sides = (length: number, width: number, height: number) => ({
  lengthMilliIn: length * 1000,
  widthMilliIn: width * 1000,
  heightMilliIn: height * 1000,
});

/** A label sold at a share of a published price; the price comes from the tables, the columns from the vendor. */
function soldAt(share: number, mills: number, columns: Partial<Label>): Partial<Label> {
  return { ...columns, chargedMills: Math.ceil((mills * share) / 10) * 10 };
}

function published(over: Parameters<typeof aParcel>[0]): number {
  const price = priceOf(aParcel(over), shippedTables);
  if (!price.known) throw new Error(price.message);
  return price.mills;
}

/** In the season of 2025, before and in the season of 2026. */
const DAYS = ['2025-10-10', '2026-08-03', '2026-11-05'];
const HONEST = [0.93, 0.88, 0.82];

describe.each(DAYS)('on %s', (day) => {
  test.each(['ground_advantage', 'priority_mail'] as const)(
    'a seller at 7 to 18 percent under commercial %s is not accused, whichever columns the file has',
    (service) => {
      const accused = [3000, 7000, 11_000, 15_999, 20_000, 32_000].flatMap((weightMilliOz) => {
        const mills = published({ service, day, weightMilliOz });
        return HONEST.flatMap((share) =>
          [
            { packaging: 'package', rateType: 'weight' },
            { packaging: 'package', rateType: null },
            { packaging: null, rateType: 'weight' },
            { packaging: null, rateType: null },
            { packaging: 'soft_pack', rateType: null, ...sides(10, 8, 1) },
            { packaging: null, rateType: null, ...sides(10, 8, 4) },
          ].flatMap((columns) =>
            found(soldAt(share, mills, { service, purchasedDay: day, weightMilliOz, ...(columns as Partial<Label>) })),
          ),
        );
      });
      expect(accused).toEqual([]);
    },
  );

  test.each(['ground_advantage', 'priority_mail'] as const)(
    'a seller of %s at $2.40 whatever the parcel is found, and the more columns the surer',
    (service) => {
      const columns: Partial<Label>[] = [
        { packaging: 'package', rateType: 'weight' },
        { packaging: null, rateType: null },
        { packaging: null, rateType: null, weightMilliOz: null, destinationZip: null },
        { packaging: 'package', rateType: 'contract' },
      ];
      const answers = columns.map((each) => found({ service, purchasedDay: day, chargedMills: 2400, ...each }));
      expect(answers).toEqual(columns.map(() => ['below-floor-price high']));
    },
  );

  test('a seller of letters and flats at the metered price is not accused', () => {
    const pieces: [Packaging, number][] = [
      ['letter', 1000],
      ['letter', 3500],
      ['flat', 4000],
      ['postcard', 1000],
    ];
    const accused = pieces.flatMap(([packaging, weightMilliOz]) => {
      const mills = published({ service: 'first_class_mail', packaging, weightMilliOz, day });
      const label = { service: 'first_class_mail', weightMilliOz, purchasedDay: day } as const;
      return [
        ...found(soldAt(1, mills, { ...label, packaging, rateType: null })),
        ...found(soldAt(0.95, mills, { ...label, packaging: null, rateType: null })),
      ];
    });
    expect(accused).toEqual([]);
  });

  test('a seller of Media Mail at the retail price is not accused', () => {
    const mills = published({ service: 'media_mail', priceList: 'retail', day });
    expect(found(soldAt(1, mills, { service: 'media_mail', purchasedDay: day }))).toEqual([]);
    expect(found(soldAt(0.85, mills, { service: 'media_mail', purchasedDay: day, rateType: null }))).toEqual([]);
  });

  test('a user of flat-rate boxes is not accused: the box costs the same at 20 lb across the country', () => {
    // In the season of 2026 the box's increase is not published; sellers ask some.
    const base = published({
      service: 'priority_mail',
      packaging: 'medium_flat_rate_box',
      day: day < '2026' ? day : '2026-08-03',
    });
    const box = { service: 'priority_mail', purchasedDay: day, weightMilliOz: 320_000 } as const;
    expect(found(soldAt(0.9, base, { ...box, packaging: 'medium_flat_rate_box', rateType: 'flat_rate' }))).toEqual([]);
    expect(found(soldAt(1.08, base, { ...box, packaging: 'medium_flat_rate_box', rateType: null }))).not.toContain(
      'below-floor-price high',
    );
    expect(found(soldAt(0.9, base, { ...box, packaging: null, rateType: 'flat_rate' }))).toEqual([]);
    expect(found(soldAt(0.9, base, { ...box, packaging: null, rateType: null }))).toEqual([]);
  });
});

describe('cubic sellers', () => {
  // Notice 123 of 2025-10-05, cubic, 0.10 cubic feet.
  const small = sides(6, 5, 4);
  const in2025 = (service: 'ground_advantage' | 'priority_mail'): number =>
    published({
      service,
      packaging: 'cubic',
      dimensions: { lengthMilliIn: 6000, widthMilliIn: 5000, heightMilliIn: 4000 },
      day: '2025-10-10',
    });

  test.each(['ground_advantage', 'priority_mail'] as const)(
    'of %s are not accused in 2025, with sides or without',
    (service) => {
      const heavy = { service, purchasedDay: '2025-10-10', weightMilliOz: 15 * 16_000 } as const;
      const mills = in2025(service);
      for (const columns of [
        { rateType: 'cubic', ...small },
        { rateType: 'cubic' },
        { rateType: null },
        { rateType: null, packaging: null },
        { packaging: 'cubic', rateType: null },
        { packaging: 'soft_pack', rateType: 'cubic', ...sides(10, 8, 1) },
      ] as Partial<Label>[]) {
        expect(found(soldAt(0.85, mills, { ...heavy, ...columns }))).toEqual([]);
      }
    },
  );

  test.each(['ground_advantage', 'priority_mail'] as const)(
    'of %s are left open in 2026, whose cubic prices nobody published',
    (service) => {
      const label = soldAt(0.9, in2025(service), { service, weightMilliOz: 15 * 16_000, rateType: 'cubic', ...small });
      expect(found(label)).toEqual([]);
      expect(answer(label, 'below-floor-price')).toBe('unknown');
    },
  );

  test('are found where the sides were known and the price is no cubic one either', () => {
    const label = {
      purchasedDay: '2025-10-10',
      weightMilliOz: 32_000,
      rateType: 'cubic',
      ...small,
      chargedMills: 2400,
    } as const;
    expect(found(label)).toEqual(['below-floor-price high']);
  });
});

describe('heavy parcels in the season, whose increase is not published', () => {
  const heavy = { service: 'priority_mail', weightMilliOz: 30 * 16_000 } as const;
  const base = published({ ...heavy, day: '2026-08-03' });

  test('are not accused at an honest price', () => {
    expect(found(soldAt(0.85, base, heavy))).toEqual([]);
  });

  test('are found far under the price without any increase', () => {
    expect(found(soldAt(0.3, base, heavy))).toEqual(['below-floor-price high']);
  });

  test('are neither found nor cleared in between', () => {
    expect(answer(soldAt(0.85, base, heavy), 'below-floor-price')).toBe('unknown');
  });
});

describe('dear sellers', () => {
  const label = { purchasedDay: '2026-08-03', chargedMills: 0, ...sides(10, 8, 4) };
  const retail = published({ priceList: 'retail', day: '2026-08-03' });

  test('over the price of the post office are found with the difference', () => {
    expect(found({ ...label, chargedMills: retail + 1000 })).toEqual(['overcharged medium']);
  });

  test('at the price of the post office are told of, no more', () => {
    expect(found({ ...label, chargedMills: retail })).toEqual(['overcharged info']);
  });

  test('on the day before a price change may ask the price of the day after it', () => {
    const after = published({ priceList: 'commercial', day: '2026-10-05' });
    expect(found({ purchasedDay: '2026-10-03', shipDate: '2026-10-05', chargedMills: after })).toEqual([]);
  });

  test('who add a fee for a signature inside one sum are compared with the fee', () => {
    const sum = published({ priceList: 'retail', day: '2025-10-10', extras: ['signature_confirmation'] });
    const bought: Partial<Label> = {
      ...sides(10, 8, 4),
      purchasedDay: '2025-10-10',
      extraServices: ['signature_confirmation'],
    };
    expect(found({ ...bought, chargedMills: sum + 500 })).toEqual(['overcharged medium']);
    expect(found({ ...bought, chargedMills: sum })).toEqual(['overcharged info']);
  });

  test('whose one sum may hold the fee of an insurer are left open', () => {
    const insured: Partial<Label> = {
      ...label,
      insuredMills: 500_000,
      insuranceProvider: 'third_party',
      chargedMills: retail + 9000,
    };
    expect(answer(insured, 'overcharged')).toBe('unknown');
    expect(found({ ...insured, insuranceFeeMills: 9000, chargedMills: retail + 9000 })).toEqual(['overcharged info']);
  });

  // Notice 123, 2025-10-05, Ground Advantage commercial: 8.40 for a longest side over 30 in.
  test('of a long parcel, whose one sum holds the surcharge, are not accused, sides on file or not', () => {
    const long = published({ day: '2025-10-10', dimensions: sides(31, 6, 4) });
    const bought: Partial<Label> = { purchasedDay: '2025-10-10', chargedMills: long };
    expect(long).toBeGreaterThan(published({ day: '2025-10-10', priceList: 'retail' }));
    expect(found({ ...bought, ...sides(31, 6, 4) })).toEqual([]);
    expect(found(bought)).toEqual(['overcharged info']);
    expect(found({ ...bought, surchargesMills: 0 })).toEqual(['overcharged medium']);
    expect(found({ ...bought, chargedMills: long + 3000 })).toEqual(['overcharged low']);
  });

  test('of half as much again as the post office are asked about without the sides, as an indication', () => {
    const charged = Math.round(published({ day: '2026-08-03', priceList: 'retail' }) * 1.5);
    expect(found({ purchasedDay: '2026-08-03', chargedMills: charged })).toEqual(['overcharged low']);
  });

  test('who sell in the evening before a price change in America, written as the next day in UTC, are not accused', () => {
    const evening = { purchasedDay: '2026-10-04', purchasedAt: Date.UTC(2026, 9, 4, 3) };
    const before = published({ priceList: 'commercial', day: '2026-10-03' });
    expect(found({ ...evening, chargedMills: Math.round(before * 0.81) })).toEqual([]);
  });

  test('of an oversized parcel, whose surcharges are itemised, are not accused without its sides', () => {
    const oversized = published({ day: '2025-10-10', dimensions: sides(48, 30, 4) });
    const surcharges = 8400 + 18_000;
    const postage = oversized - surcharges;
    const bought = { purchasedDay: '2025-10-10', postageMills: postage, chargedMills: oversized };
    expect(found({ ...bought, surchargesMills: surcharges })).toEqual(['overcharged info']);
    expect(found({ ...bought, surchargesMills: 0, chargedMills: postage })).toEqual(['overcharged medium']);
  });

  // Notice 123, 2025-10-05: 0.49 for a letter that no machine sorts; 4.00 for a Ground Advantage parcel of unusual shape.
  test.each<[string, Partial<Label>, number]>([
    ['a letter that no machine sorts', { service: 'first_class_mail', packaging: 'letter', weightMilliOz: 1000 }, 490],
    ['a tube', { ...sides(20, 4, 4), weightMilliOz: 8000 }, 4000],
  ])('of %s, with its fee in one sum, are not accused', (_, columns, fee) => {
    const bought: Partial<Label> = { ...columns, purchasedDay: '2025-10-10' };
    const at = (priceList: 'commercial' | 'retail'): number =>
      published({
        service: columns.service ?? 'ground_advantage',
        packaging: columns.packaging ?? 'package',
        weightMilliOz: columns.weightMilliOz ?? null,
        priceList,
        day: '2025-10-10',
      });
    expect(found({ ...bought, chargedMills: at('retail') + fee })).toEqual(['overcharged info']);
    expect(found({ ...bought, chargedMills: at('commercial') + fee })).toEqual(['overcharged info']);
    expect(found({ ...bought, chargedMills: at('retail') + fee + 100 })).toEqual(['overcharged medium']);
    expect(found({ ...bought, surchargesMills: 0, chargedMills: at('retail') + fee })).toEqual(['overcharged medium']);
  });

  test('of a flat-rate box, which owes no surcharge, are found without its sides', () => {
    const box = { service: 'priority_mail', packaging: 'small_flat_rate_box', rateType: 'flat_rate' } as const;
    const price = published({ ...box, day: '2025-10-10', priceList: 'retail' });
    expect(found({ ...box, purchasedDay: '2025-10-10', chargedMills: price + 1000 })).toEqual(['overcharged medium']);
  });

  test('who bill a zone too far are told of the zone, not of the price that follows from it', () => {
    const billed = published({ originZip: '90058', destinationZip: '85004', day: '2026-08-03', zone: 6 });
    expect(
      found({ purchasedDay: '2026-08-03', originZip: '90058', destinationZip: '85004', zone: 6, chargedMills: billed }),
    ).toEqual(['zone-mismatch low']);
  });
});

describe('surcharges', () => {
  const long: Partial<Label> = { purchasedDay: '2025-10-10', ...sides(25, 6, 4), surchargesMills: 4000 };
  const postage = published({ day: '2025-10-10' });

  test('that the length makes due are right', () => {
    expect(found({ ...long, postageMills: postage, chargedMills: postage + 4000 })).toEqual([]);
  });

  test('that are due and were not billed are missing', () => {
    const columns = { ...long, surchargesMills: 0, postageMills: postage, chargedMills: postage };
    expect(found(columns)).toEqual(['surcharge-missing low']);
  });

  test('inside a higher postage are not missing', () => {
    const columns = { ...long, surchargesMills: 0, postageMills: postage + 4000, chargedMills: postage + 4000 };
    expect(answer(columns, 'surcharge-missing')).toBe('clear');
  });

  test('in a season whose increase is inside the printed prices may be that increase', () => {
    const columns = {
      ...long,
      ...sides(10, 6, 4),
      surchargesMills: 4370,
      postageMills: postage,
      chargedMills: postage + 4370,
    };
    expect(answer(columns, 'surcharge-not-due')).toBe('unknown');
  });

  test('that are not itemised are left open', () => {
    expect(answer({ ...long, surchargesMills: null, chargedMills: postage }, 'surcharge-missing')).toBe('unknown');
    expect(answer({ ...long, surchargesMills: null, chargedMills: postage }, 'surcharge-not-due')).toBe('unknown');
  });
});

describe('whatever of an honest label a file leaves out', () => {
  const columns = [
    'packaging',
    'rateType',
    'weightMilliOz',
    'lengthMilliIn',
    'destinationZip',
    'originZip',
    'zone',
    'shipDate',
  ] as const;
  const label = fc.record({
    service: fc.constantFrom('ground_advantage' as const, 'priority_mail' as const),
    day: fc.constantFrom(...DAYS),
    weightMilliOz: fc.integer({ min: 500, max: 20 * 16_000 }),
    packaging: fc.constantFrom('package' as const, 'cubic' as const),
    share: fc.double({ min: 0.8, max: 1, noNaN: true }),
    originZip: fc.constantFrom('10001', '60607', '90058'),
    destinationZip: fc.constantFrom('94105', '33130', '60601', '10027', '96913', '09012'),
  });

  test('it is not accused of a low price', () => {
    fc.assert(
      fc.property(label, fc.subarray([...columns]), ({ share, day, packaging, ...route }, gone) => {
        const box = sides(6, 5, 4);
        const dimensions = { lengthMilliIn: 6000, widthMilliIn: 5000, heightMilliIn: 4000 };
        const price = priceOf(aParcel({ ...route, packaging, dimensions, day }), shippedTables);
        if (!price.known) return true;
        const sold = soldAt(share, price.mills, {
          ...route,
          ...box,
          packaging: 'package',
          rateType: packaging === 'cubic' ? 'cubic' : 'weight',
          zone: price.zone,
          purchasedDay: day,
          shipDate: day,
        });
        const stripped = { ...sold, ...Object.fromEntries(gone.map((column) => [column, null])) };
        return !found(stripped).some((finding) => finding.startsWith('below-floor-price'));
      }),
      { numRuns: 400 },
    );
  });

  test('the floor never rises when a column is taken away', () => {
    const floorMills = (columnsKept: Partial<Label>): number => {
      const { floor } = aJudgeInput({}, columnsKept).rating;
      return floor.known ? floor.mills : 0;
    };
    fc.assert(
      fc.property(
        label,
        fc.constantFrom(...columns),
        fc.constantFrom('weight', 'cubic', null),
        ({ day, ...given }, gone, rateType) => {
          // A file that says two things at once is no honest label.
          fc.pre(!(given.packaging === 'cubic' && rateType === 'weight'));
          const full: Partial<Label> = { ...given, ...sides(6, 5, 4), rateType, purchasedDay: day, shipDate: day };
          return floorMills({ ...full, [gone]: null }) <= floorMills(full) || floorMills(full) === 0;
        },
      ),
      { numRuns: 400 },
    );
  });
});
