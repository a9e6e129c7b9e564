/** The frauds a vendor mixes into its honest labels: numbers, weights, zones, services, voids, addresses and values. */
import { DAY_MS, HOUR_MS, addDays, dayOf, formatInstant, startOfDay } from '../../src/core/units/day.ts';
import { roundToCents } from '../../src/core/units/money.ts';
import { acceptance, ordinary, said, step, tripOf, upTo, without } from './journey.ts';
import { impossible, packageNumber } from './number.ts';
import type { Parcel } from './parcel.ts';
import { pieceOf, published } from './prices.ts';
import { type Scheme, because, commit, unstated } from './scheme.ts';
import { type Shop, chargedMills, dollars, recode, tenths } from './shop.ts';
import { nextNumber, serviceCode } from './number.ts';

const everybody = (): boolean => true;

/** Speak of a number under which two parcels travelled. */
const TWO_PARCELS = [
  'tracking-number-reused',
  'scanned-before-purchase',
  'impossible-journey',
  'delivered-elsewhere',
  'off-route-acceptance',
  'duplicate-label-scan',
  'label-destination-not-order',
  'unmanifested-acceptance',
  'duplicate-charge',
  'order-labelled-twice',
  'label-not-invoiced',
  'charge-differs',
  'service-type-mismatch',
  'insurance-not-on-label',
];

/** The number of a parcel that was delivered long ago, sold again: the vendor's own, another vendor's, or a stranger's. */
const recycledNumbers: Scheme = {
  name: 'recycled-number',
  suits: everybody,
  share: [0.03, 0.08],
  wish: () => ({ abroad: false }),
  may: TWO_PARCELS,
  tell: (shop, parcel, earlier) => {
    const { chance } = shop;
    const { vendor } = parcel;
    const stolenMills = chargedMills(parcel);
    const from = chance.choose<readonly Parcel[]>([
      [earlier, 4],
      [shop.sold, 2],
      [[], 4],
    ]);
    const first = from.find((other) => isUsedUp(other, parcel));
    if (first) {
      parcel.number = first.number;
      share(parcel, first);
      commit(parcel, {
        scheme: 'recycled-number',
        rules: ['tracking-number-reused', 'scanned-before-purchase'],
        stolenMills,
      });
      return;
    }
    const before = { ...parcel, shipDay: addDays(parcel.shipDay, -chance.whole(16, 40)), to: shop.world.destination() };
    const purchasedAt = startOfDay(before.shipDay) - HOUR_MS;
    const theirs = ordinary(shop, { ...before, purchasedAt }, tripOf(shop, before));
    parcel.steps = [...theirs, ...without(parcel.steps, 'GX', 'MA')];
    const hidden = because([vendor.watching.refused, 'no_access'], [vendor.times !== 'instant', 'no_clock']);
    commit(parcel, { scheme: 'recycled-number', rules: ['scanned-before-purchase'], stolenMills, hidden });
  },
};

function isUsedUp(other: Parcel, parcel: Parcel): boolean {
  const plain = other.story === '' && other.cases.length === 0 && other.set['destination_country'] === undefined;
  return plain && other.steps.length > 0 && (other.steps.at(-1)?.at ?? Infinity) < parcel.purchasedAt - 6 * DAY_MS;
}

/** An honest parcel whose number was sold again: what is said of the number is said of its label, too. */
function share(parcel: Parcel, first: Parcel): void {
  first.story = `victim-of-${parcel.story}`;
  first.may = [...first.may, ...TWO_PARCELS];
  // Another vendor, whose number was sold again, did nothing.
  first.blame = first.vendor === parcel.vendor;
}

/** Numbers nobody ever issued: some cannot be, others the carrier has never heard of. */
const madeUpNumbers: Scheme = {
  name: 'made-up-number',
  suits: everybody,
  share: [0.03, 0.08],
  wish: () => ({ abroad: false }),
  may: [
    'invalid-barcode',
    'number-unknown-to-carrier',
    'never-accepted',
    'mailer-id-unknown',
    'refund-due',
    'label-not-invoiced',
    'charge-without-label',
  ],
  tell: ({ chance }, parcel) => {
    const cannotBe = chance.chance(0.5);
    const { vendor } = parcel;
    if (cannotBe) parcel.number = impossible(parcel.number);
    parcel.steps = [];
    parcel.answer = 'not_found';
    commit(parcel, {
      scheme: cannotBe ? 'impossible-number' : 'made-up-number',
      rules: cannotBe ? ['invalid-barcode'] : ['number-unknown-to-carrier'],
      stolenMills: chargedMills(parcel),
      hidden: because([vendor.watching.refused && !cannotBe, 'no_access']),
    });
  },
};

/** Numbers under the mailer id of somebody else. */
const clonedMailerId: Scheme = {
  name: 'cloned-mailer-id',
  suits: ({ own }) => !own,
  share: [0.03, 0.07],
  wish: () => ({ abroad: false, insured: false }),
  may: [
    'own-mailer-id-abused',
    'mailer-id-unknown',
    'unmanifested-acceptance',
    'counterfeit-postage-notice',
    'unpaid-piece-notice',
  ],
  tell: ({ chance, victims }, parcel) => {
    const ours = chance.chance(0.6);
    const victim = chance.pick(victims.filter(({ own }) => own === ours));
    const mailerId = chance.pick(victim.mailerIds);
    const code = serviceCode(parcel.service, false);
    parcel.mailerId = mailerId;
    parcel.number = packageNumber({ channel: victim.channel, code, mailerId, serial: chance.whole(500_000, 990_000) });
    const hidden = because([!ours, 'no_sign']);
    commit(parcel, {
      scheme: 'cloned-mailer-id',
      rules: ['own-mailer-id-abused'],
      stolenMills: chargedMills(parcel),
      hidden,
    });
  },
};

/** Bought by its weight, told to the carrier as lighter; seen where the carrier measures and says what was claimed. */
const washedWeights: Scheme = {
  name: 'washed-weight',
  suits: ({ adjusts }) => adjusts,
  share: [0.05, 0.1],
  wish: () => ({ minOz: 20, abroad: false, insured: false }),
  may: [
    'label-specs-altered',
    'weight-understated',
    'adjustment-disputable',
    'adjustment-marked-up',
    'below-floor-price',
  ],
  tell: ({ chance, catalog }, parcel) => {
    const claimedOz = tenths(parcel.weightOz * chance.between(0.1, 0.45));
    const claimed = published(pieceOf(parcel, { weightOz: claimedOz }), catalog.rating);
    const stolenMills = parcel.postageMills - (claimed?.postageMills ?? parcel.postageMills);
    const measured = chance.chance(0.45) && stolenMills > 0;
    const hidden = because([!measured, 'never_measured'], unstated(parcel.vendor, 'weight_oz'));
    commit(parcel, {
      scheme: 'washed-weight',
      rules: ['label-specs-altered'],
      stolenMills: Math.max(0, stolenMills),
      hidden,
    });
    if (!measured) return;
    const assessedAt = acceptance(parcel) + chance.whole(4, 11) * DAY_MS;
    const at = { zone: parcel.zone, service: parcel.service };
    parcel.adjusted = [
      {
        reason: 'weight',
        assessedAt,
        mills: roundToCents(stolenMills),
        feeMills: 0,
        claimed: { ...at, weightOz: claimedOz, mills: parcel.postageMills - stolenMills },
        assessed: { ...at, weightOz: parcel.weightOz, mills: parcel.postageMills },
      },
    ];
    const line = { type: 'adjustment' as const, mills: roundToCents(stolenMills), day: dayOf(assessedAt + DAY_MS) };
    parcel.rebill.push((bills) => [...bills, { ...line, code: 'APV', description: 'Carrier adjustment: weight' }]);
  },
};

/** Billed as farther than it travels. */
const zonePadding: Scheme = {
  name: 'zone-padding',
  suits: ({ pricing }) => pricing.by !== 'contract',
  share: [0.05, 0.12],
  wish: () => ({ abroad: false, service: 'ground_advantage' }),
  may: ['overcharged', 'charge-differs'],
  tell: ({ chance, catalog }, parcel) => {
    const zone = Math.min(
      8,
      parcel.zone +
        chance.choose([
          [1, 3],
          [2, 4],
          [3, 2],
        ]),
    );
    const there = published(pieceOf(parcel, { zone }), catalog.rating);
    if (zone === parcel.zone || there === null || parcel.publishedMills === 0) return;
    const padded = roundToCents(Math.round((parcel.postageMills * there.postageMills) / parcel.publishedMills));
    const stolenMills = padded - parcel.postageMills;
    parcel.postageMills = padded;
    parcel.set = { ...parcel.set, zone: String(zone) };
    const near: boolean = parcel.nearEdge;
    const hidden = because(unstated(parcel.vendor, 'zone', 'origin_zip', 'destination_zip'), [near, 'edge_of_chart']);
    commit(parcel, { scheme: 'zone-padding', rules: ['zone-mismatch', 'overcharged'], stolenMills, hidden });
  },
};

/** Sold as Priority Mail, printed as Ground Advantage. */
const wrongService: Scheme = {
  name: 'wrong-service',
  suits: everybody,
  share: [0.03, 0.07],
  wish: () => ({ abroad: false, insured: false, service: 'priority_mail', minOz: 6 }),
  may: ['service-type-mismatch', 'cheaper-service', 'label-specs-altered'],
  tell: ({ chance, catalog }, parcel) => {
    const less = published(pieceOf(parcel, { service: 'ground_advantage' }), catalog.rating);
    const stolenMills = Math.max(0, parcel.postageMills - (less?.postageMills ?? parcel.postageMills));
    const code = chance.pick(['001', '001', '001', '612', '346']);
    recode(parcel, code);
    const hidden = because([code === '346', 'code_uncertain']);
    commit(parcel, { scheme: 'wrong-service', rules: ['service-type-mismatch'], stolenMills, hidden });
  },
};

/** Sold, printed, and then voided behind our back: the refund is the vendor's, the parcel travels unpaid. */
const vendorVoids: Scheme = {
  name: 'vendor-voids-after-printing',
  suits: everybody,
  share: [0.03, 0.07],
  wish: () => ({ abroad: false }),
  may: [
    'vendor-voided-label',
    'unpaid-piece-notice',
    'counterfeit-postage-notice',
    'held-for-postage',
    'unmanifested-acceptance',
    'charged-after-void',
    'adjustment-without-label',
    'refund-overdue',
  ],
  tell: ({ chance }, parcel) => {
    const { vendor } = parcel;
    const at = parcel.purchasedAt + chance.whole(2, 30) * HOUR_MS;
    const scanned = acceptance(parcel);
    const sign = chance.choose<'row' | 'adjustment' | 'unpaid' | 'none'>([
      ['row', 4],
      ['adjustment', vendor.adjusts ? 2 : 0],
      ['unpaid', 3],
      ['none', 2],
    ]);
    if (sign === 'row')
      parcel.set = { ...parcel.set, status: 'voided', voided_by: 'vendor', voided_at: formatInstant(at) };
    if (sign === 'unpaid')
      parcel.steps = [...upTo(parcel.steps, scanned + 8 * HOUR_MS), said(scanned + 9 * HOUR_MS, 'unpaid')];
    if (sign === 'adjustment') {
      const assessedAt = scanned + chance.whole(3, 12) * DAY_MS;
      const side = { weightOz: parcel.weightOz, zone: parcel.zone, service: parcel.service };
      const mills = parcel.publishedMills;
      parcel.adjusted = [
        { reason: 'refunded_label_used', assessedAt, mills, feeMills: 0, claimed: side, assessed: side },
      ];
    }
    commit(parcel, {
      scheme: 'vendor-voids-after-printing',
      rules: ['vendor-voided-label', 'unpaid-piece-notice'],
      stolenMills: chargedMills(parcel),
      hidden: because(
        [sign === 'none', 'no_sign'],
        sign === 'row' ? unstated(vendor, 'voided_by') : [false, 'no_sign'],
      ),
    });
  },
};

/** One number on two parcels of ours, or two numbers for one: the one shown travels elsewhere or not at all. */
const yinYang: Scheme = {
  name: 'yin-yang',
  suits: everybody,
  share: [0.03, 0.06],
  wish: () => ({ abroad: false }),
  may: [...TWO_PARCELS, 'never-accepted', 'refund-due'],
  tell: (shop, parcel, earlier) => {
    const { vendor } = parcel;
    const stolenMills = chargedMills(parcel);
    const twin = earlier.findLast(
      (other) =>
        other.story === '' &&
        other.cases.length === 0 &&
        other.steps.length > 0 &&
        other.set['destination_country'] === undefined,
    );
    if (twin === undefined) return;
    if (shop.chance.chance(0.5)) {
      parcel.number = twin.number;
      share(parcel, twin);
      commit(parcel, { scheme: 'one-number-two-parcels', rules: ['tracking-number-reused'], stolenMills });
      return;
    }
    twin.story = 'victim-of-yin-yang';
    twin.may = [...twin.may, ...TWO_PARCELS];
    followTwin(shop, parcel, twin);
    const hidden = because(unstated(vendor, 'order_parcels'));
    commit(parcel, {
      scheme: 'two-numbers-one-parcel',
      rules: ['order-labelled-twice'],
      also: [twin.number],
      stolenMills: chargedMills(parcel),
      hidden,
    });
  },
};

/** A second label for the order of the other, sold with it and never seen: the number shown, or the one that pays. */
function followTwin({ chance }: Shop, parcel: Parcel, twin: Parcel): void {
  const { orderId, orderMills, from, to, zone, nearEdge, service, weightOz, scaleOz, sides, shipDay } = twin;
  const { publishedMills, postageMills, surchargesMills } = twin;
  const prices = { publishedMills, postageMills, surchargesMills, insuranceMills: 0 };
  const way = { from, to, zone, nearEdge, service, weightOz, scaleOz, sides, shipDay };
  const purchasedAt = twin.purchasedAt + chance.whole(1, 240) * 60_000;
  Object.assign(parcel, { orderId, orderMills, purchasedAt, ...way, ...prices, set: { order_parcels: '1' } });
  const code = serviceCode(service, false);
  parcel.number = nextNumber(parcel.vendor, { code, mailerId: parcel.mailerId, gap: 1 });
  parcel.steps = [step(purchasedAt + chance.whole(5, 90) * 60_000, 'GX', from)];
  parcel.answer = 'answered';
}

/** The label leads to another address than the order's. */
const otherAddress: Scheme = {
  name: 'label-to-another-address',
  suits: everybody,
  share: [0.02, 0.05],
  wish: () => ({ abroad: false }),
  may: ['label-destination-not-order', 'delivered-elsewhere'],
  tell: ({ world }, parcel) => {
    let order = world.destination();
    while (order.zip.slice(0, 3) === parcel.to.zip.slice(0, 3)) order = world.destination();
    parcel.set = { ...parcel.set, order_destination_zip: order.zip };
    const hidden = because(unstated(parcel.vendor, 'order_destination_zip', 'destination_zip'));
    const stolenMills = chargedMills(parcel);
    commit(parcel, { scheme: 'label-to-another-address', rules: ['label-destination-not-order'], stolenMills, hidden });
  },
};

/** A customs form for a part of what the order was worth. */
const undervaluedCustoms: Scheme = {
  name: 'undervalued-customs',
  suits: ({ trade }) => trade.abroad > 0,
  share: [0.03, 0.07],
  wish: () => ({ abroad: true }),
  may: ['customs-value-mismatch', 'declared-below-order'],
  tell: ({ chance }, parcel) => {
    parcel.orderMills = Math.max(parcel.orderMills, 30_000);
    const value = roundToCents(Math.round(parcel.orderMills * chance.between(0.08, 0.55)));
    parcel.set = { ...parcel.set, customs_value: dollars(value), declared_value: dollars(value) };
    const hidden = because(unstated(parcel.vendor, 'customs_value', 'order_value', 'destination_country'));
    commit(parcel, { scheme: 'undervalued-customs', rules: ['customs-value-mismatch'], stolenMills: 0, hidden });
  },
};

/** Insured for more than the parcel holds: a claim waiting for its loss. */
const overInsured: Scheme = {
  name: 'over-insured',
  suits: ({ columns }) => columns.has('insured_value'),
  share: [0.02, 0.05],
  wish: () => ({ abroad: false, insured: true }),
  may: ['insured-over-declared', 'insurance-redundant', 'overcharged', 'insurance-not-on-label'],
  tell: ({ chance }, parcel) => {
    const value = roundToCents(Math.round(parcel.orderMills * chance.between(1.5, 4)));
    parcel.set = {
      ...parcel.set,
      insured_value: dollars(value),
      insurance_provider: 'usps',
      extra_services: 'insurance',
    };
    recode(parcel, serviceCode(parcel.service, true));
    const hidden = because(unstated(parcel.vendor, 'insured_value', 'declared_value', 'insurance_provider'));
    commit(parcel, { scheme: 'over-insured', rules: ['insured-over-declared'], stolenMills: 0, hidden });
  },
};

export const LABEL_SCHEMES: readonly Scheme[] = [
  recycledNumbers,
  madeUpNumbers,
  clonedMailerId,
  washedWeights,
  zonePadding,
  wrongService,
  vendorVoids,
  yinYang,
  otherAddress,
  undervaluedCustoms,
  overInsured,
];
