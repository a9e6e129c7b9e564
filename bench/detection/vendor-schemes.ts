/** The frauds that make up a vendor: one price for all, fakes among honest labels, one value for all, one weight for all. */
import { HOUR_MS, DAY_MS } from '../../src/core/units/day.ts';
import { roundToCents } from '../../src/core/units/money.ts';
import type { Chance } from './chance.ts';
import { acceptance, midway, said, upTo, without } from './journey.ts';
import type { Case, Parcel } from './parcel.ts';
import { asked, pieceOf, published } from './prices.ts';
import { type Hidden, because, commit, unstated } from './scheme.ts';
import { type Shop, chargedMills, dollars } from './shop.ts';
import { ABROAD, HEAVY_GOODS, ORDINARY, type Vendor } from './vendor.ts';

export interface WholeScheme {
  name: string;
  /** What the vendor must be like, drawn as any other beside that. */
  vendor: (chance: Chance) => Partial<Vendor>;
  /** What its honest labels are drawn with. */
  wish: object;
  may: readonly string[];
  /** Share of its labels that are as honest as anybody's. */
  honest: number;
  /** Settled once for the month: what `tell` then does to each of the other labels. */
  plan: (shop: Shop, vendor: Vendor) => (parcel: Parcel) => void;
  /** What is true of the vendor as a whole. */
  verdict: (vendor: Vendor, parcels: readonly Parcel[]) => Case | null;
}

const FAKE_SIGNS = [
  'counterfeit-postage-notice',
  'unmanifested-acceptance',
  'held-for-postage',
  'unpaid-piece-notice',
  'mailer-id-unknown',
  'below-floor-price',
  'seized-by-law-enforcement',
];

function caseOf(scheme: string, rules: readonly string[], hidden: Hidden | null): Case {
  return { scheme, subject: 'vendor', rules, stolenMills: 0, hidden };
}

/** Share of flat sellers whose price alone, label by label, could not be a lawful one. */
const PLAINLY_TOO_CHEAP = 0.75;
/** 20 % under the cheapest cell less a discount of 20 %: a suspect by any way to rate it (RULES.md, below-floor-price). */
const NO_WAY_LEFT = 0.64;

/** Fakes at one price, or two, whatever they weigh and wherever they go. */
const flatPrice: WholeScheme = {
  name: 'flat-price-seller',
  vendor: (chance) => ({
    trade: chance.pick([ORDINARY, HEAVY_GOODS]),
    pricing: { by: 'commercial' },
    watching: {
      source: chance.pick(['usps', '17track']),
      askedHours: chance.whole(2, 18),
      states: true,
      cityOnly: 0.05,
      refused: false,
    },
  }),
  wish: { abroad: false, insured: false },
  may: [
    ...FAKE_SIGNS,
    'overcharged',
    'surcharge-missing',
    'never-accepted',
    'weight-understated',
    'cheaper-service',
    'service-type-mismatch',
  ],
  honest: 0,
  plan: ({ chance, catalog }) => {
    const cheap = chance.chance(PLAINLY_TOO_CHEAP);
    const prices = cheap ? [10 * chance.whole(170, 310)] : [10 * chance.whole(420, 560)];
    if (chance.chance(0.4)) prices.push((prices[0] ?? 0) + 10 * chance.whole(30, 90));
    return (parcel) => {
      parcel.postageMills = parcel.weightOz > 48 ? (prices.at(-1) ?? 0) : (prices[0] ?? 0);
      parcel.surchargesMills = 0;
      const cheapest = published(pieceOf(parcel, { zone: 1, weightOz: 1, sides: [6, 5, 1] }), catalog.rating);
      const limit = NO_WAY_LEFT * (cheapest?.postageMills ?? 0);
      const hidden = because([parcel.postageMills >= limit, 'price_possible']);
      const stolenMills = chargedMills(parcel);
      commit(parcel, { scheme: 'flat-price-label', rules: ['below-floor-price'], stolenMills, hidden });
      sign(chance, parcel, [
        ['none', 58],
        ['unannounced', 22],
        ['notice', 9],
        ['improper', 3],
        ['held', 4],
        ['unpaid', 4],
      ]);
    };
  },
  verdict: (vendor, parcels) =>
    caseOf(
      'flat-price-seller',
      ['flat-price-vendor', 'vendor-discount-outlier'],
      because([parcels.length < 60, 'too_few_signs'], unstated(vendor, 'weight_oz')),
    ),
};

type Sign = 'none' | 'unannounced' | 'notice' | 'improper' | 'held' | 'unpaid';

/** What the carrier makes of a fake: nothing, most of the time. */
function sign(chance: Chance, parcel: Parcel, odds: readonly (readonly [Sign, number])[]): void {
  const stopped = midway({ chance }, parcel, [9, 60]);
  const seen = (): Parcel['steps'] => (chance.chance(0.5) ? upTo(parcel.steps, stopped - HOUR_MS) : []);
  const tell = (scheme: string, rules: readonly string[], steps: Parcel['steps']): void => {
    parcel.steps = steps;
    commit(parcel, { scheme, rules, stolenMills: 0 });
  };
  switch (chance.choose(odds)) {
    case 'none':
      return;
    case 'unannounced':
      return tell('unannounced-fake', ['unmanifested-acceptance'], without(parcel.steps, 'GX', 'MA', 'TM'));
    case 'notice':
      return tell('noticed-fake', ['counterfeit-postage-notice'], [...seen(), said(stopped, 'notice')]);
    case 'improper':
      return tell('noticed-fake', ['counterfeit-postage-notice'], [...seen(), said(stopped, 'improper', parcel.from)]);
    case 'held':
      return tell('held-fake', ['held-for-postage'], [...upTo(parcel.steps, stopped - HOUR_MS), said(stopped, 'held')]);
    case 'unpaid':
      return tell(
        'unpaid-fake',
        ['unpaid-piece-notice'],
        [...upTo(parcel.steps, stopped - HOUR_MS), said(stopped, 'unpaid')],
      );
  }
}

/** One fake in twenty, at honest prices and announced like any label; of a hundred fakes three ever bear a notice. */
const slowBurn: WholeScheme = {
  name: 'slow-burn',
  vendor: () => ({}),
  wish: {},
  may: FAKE_SIGNS,
  honest: 0.95,
  plan: ({ chance }) => {
    return (parcel) => {
      const noticed = chance.chance(0.03) && parcel.steps.length > 0;
      const hidden = because([!noticed, 'no_sign']);
      const rules = ['counterfeit-postage-notice'];
      commit(parcel, { scheme: 'slow-burn-fake', rules, stolenMills: chargedMills(parcel), hidden });
      if (noticed) parcel.steps = [said(midway({ chance }, parcel, [10, 50]), 'notice')];
    };
  },
  verdict: (_, parcels) => {
    const noticed = parcels.filter(({ cases }) =>
      cases.some(({ scheme, hidden }) => scheme === 'slow-burn-fake' && hidden === null),
    );
    return caseOf('slow-burn', ['vendor-counterfeit-rate'], because([noticed.length < 3, 'too_few_signs']));
  },
};

/** One declared value on nearly all labels, whatever the orders were worth. */
const constantValue: WholeScheme = {
  name: 'constant-declared-value',
  vendor: (chance) => ({ trade: chance.pick([ORDINARY, ABROAD]) }),
  wish: {},
  may: ['declared-below-order', 'customs-value-mismatch', 'insured-over-declared'],
  honest: 0.12,
  plan: ({ chance }) => {
    const value = dollars(10 * chance.pick([500, 800, 999, 1000, 1200, 1999]));
    return (parcel) => {
      parcel.set = { ...parcel.set, declared_value: value };
      if (parcel.set['customs_value'] !== undefined) parcel.set = { ...parcel.set, customs_value: value };
      parcel.may.push('declared-below-order', 'customs-value-mismatch', 'insured-over-declared');
      parcel.blame = true;
    };
  },
  verdict: (vendor) =>
    caseOf(
      'constant-declared-value',
      ['declared-value-repeated'],
      because(unstated(vendor, 'declared_value', 'order_value')),
    ),
};

/** Every label bought for the lightest weight there is, so that the carrier's measuring comes to us. */
const lightestWeight: WholeScheme = {
  name: 'lightest-weight',
  vendor: (chance) => ({ trade: chance.pick([ORDINARY, HEAVY_GOODS]), adjusts: true }),
  wish: { abroad: false },
  may: [
    'weight-understated',
    'overcharged',
    'surcharge-missing',
    'below-floor-price',
    'charge-differs',
    'adjustment-disputable',
    'service-not-eligible',
  ],
  honest: 0.05,
  plan: ({ chance, catalog }, vendor) => {
    const lightOz = chance.pick([1, 2, 3, 4]);
    return (parcel) => {
      const trueOz = parcel.weightOz;
      const light = published(pieceOf(parcel, { weightOz: lightOz }), catalog.rating);
      const full = parcel.publishedMills;
      if (light === null) return;
      parcel.weightOz = lightOz;
      parcel.publishedMills = light.postageMills;
      parcel.postageMills = asked(chance, vendor.pricing, {
        commercial: light.postageMills,
        retail: light.postageMills,
      });
      parcel.may.push(...lightestWeight.may);
      parcel.blame = true;
      parcel.story = 'bought-too-light';
      const measured = chance.chance(0.15) && parcel.steps.length > 0 && full > light.postageMills;
      if (!measured) return;
      const at = { zone: parcel.zone, service: parcel.service };
      const mills = roundToCents(full - light.postageMills);
      const assessedAt = acceptance(parcel) + chance.whole(4, 12) * DAY_MS;
      const claimed = { ...at, weightOz: lightOz, mills: light.postageMills };
      parcel.adjusted = [
        {
          reason: 'weight',
          assessedAt,
          mills,
          feeMills: 0,
          claimed,
          assessed: { ...at, weightOz: trueOz, mills: full },
        },
      ];
    };
  },
  verdict: (vendor, parcels) =>
    caseOf(
      'lightest-weight',
      ['vendor-min-specs'],
      because(unstated(vendor, 'scale_weight_oz', 'weight_oz'), [parcels.length < 60, 'too_few_signs']),
    ),
};

export const WHOLE_SCHEMES: readonly WholeScheme[] = [flatPrice, slowBurn, constantValue, lightestWeight];
