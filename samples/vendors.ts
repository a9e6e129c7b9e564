/** The three vendors of the made-up month: one honest, one careless, one that sells fakes at a flat price. */
import { HOUR_MS, addDays, formatInstant, startOfDay, type Day } from '../src/core/units/day.ts';
import { formatMills, roundToCents } from '../src/core/units/money.ts';
import { MILLI_OZ_PER_OZ } from '../src/core/units/measure.ts';
import { priceOf } from '../src/core/rating/price.ts';
import { zoneOf } from '../src/core/rating/zone.ts';
import type { RateTables } from '../src/core/rating/tables.ts';
import type { Dice } from './dice.ts';
import { type Parcel, type Row, answer, damaged, event, impb, known, shippingDay, travel } from './parcel.ts';
import { TOWNS, WAREHOUSES, type Town } from './places.ts';

type RatedService = 'ground_advantage' | 'priority_mail';

interface Draft {
  vendor: string;
  mailerId: string;
  serial: number;
  service: RatedService;
  from: Town;
  to: Town;
  weightOz: number;
  /** Whole cents under the published commercial price, in per cent. */
  discount: number;
  shipDate: Day;
}

/** Everything a vendor's parcels are made from. */
export interface Workshop {
  dice: Dice;
  tables: RateTables;
}

/** The published commercial price in mills for the day, between the towns. */
function published({ tables }: Workshop, draft: Draft, zone?: number): { mills: number; zone: number } {
  const answer = priceOf(
    {
      service: draft.service,
      packaging: 'package',
      priceList: 'commercial',
      originZip: draft.from.zip,
      destinationZip: draft.to.zip,
      ...(zone === undefined ? {} : { zone }),
      weightMilliOz: draft.weightOz * MILLI_OZ_PER_OZ,
      dimensions: null,
      day: draft.shipDate,
    },
    tables,
  );
  if (!answer.known || answer.zone === null) throw new Error(`no price for ${draft.vendor} ${draft.serial}`);
  return { mills: answer.mills, zone: answer.zone };
}

function draftOf(shop: Workshop, vendor: string, mailerId: string, serial: number): Draft {
  const { dice } = shop;
  const service: RatedService = dice.chance(0.7) ? 'ground_advantage' : 'priority_mail';
  const from = dice.pick(WAREHOUSES);
  const to = dice.pick(TOWNS.filter((town) => town.zip.slice(0, 3) !== from.zip.slice(0, 3)));
  const weightOz =
    service === 'ground_advantage'
      ? dice.pick([3, 5, 7, 9, 11, 14, 20, 28, 44, 70])
      : dice.pick([12, 24, 40, 60, 90, 140]);
  return {
    vendor,
    mailerId,
    serial,
    service,
    from,
    to,
    weightOz,
    discount: dice.whole(7, 18),
    shipDate: shippingDay('2026-11-02', dice.whole(0, 25)),
  };
}

/** A label as an orderly vendor sells it: rated by weight, itemised, and an order of its own declared at its value. */
function labelOf(shop: Workshop, draft: Draft, number: string): Row {
  const { mills, zone } = published(shop, draft);
  const postage = roundToCents(Math.ceil((mills * (100 - draft.discount)) / 100));
  const bought = startOfDay(draft.shipDate) - shop.dice.whole(3, 20) * HOUR_MS;
  const value = formatMills(shop.dice.whole(12, 140) * 1000 + 990);
  return {
    tracking_number: number,
    vendor: draft.vendor,
    label_id: `${draft.vendor.slice(0, 2).toUpperCase()}-${String(draft.serial).padStart(5, '0')}`,
    kind: 'outbound',
    purchased_at: formatInstant(bought),
    ship_date: draft.shipDate,
    service: draft.service,
    packaging: 'package',
    rate_type: 'weight',
    weight_oz: String(draft.weightOz),
    origin_zip: draft.from.zip,
    destination_zip: draft.to.zip,
    zone: String(zone),
    charged: formatMills(postage),
    postage: formatMills(postage),
    currency: 'USD',
    declared_value: value,
    order_id: `SO-${draft.vendor.slice(0, 2).toUpperCase()}${String(draft.serial).padStart(5, '0')}`,
    order_value: value,
    order_currency: 'USD',
    order_destination_zip: draft.to.zip,
    order_parcels: '1',
    status: 'purchased',
  };
}

function orderly(shop: Workshop, draft: Draft): Parcel {
  const number = impb(draft.service === 'ground_advantage' ? '001' : '055', draft.mailerId, draft.serial);
  const parcel = { number, from: draft.from, to: draft.to, shipDate: draft.shipDate };
  return {
    ...parcel,
    label: labelOf(shop, draft, number),
    tracking: travel(parcel, { acceptedAfterHours: shop.dice.whole(18, 26), transitDays: shop.dice.whole(2, 6) }),
    truth: [],
  };
}

/** Honest: 7 to 18 % under commercial, with the noise of ordinary business that must not be accused. */
export function honest(shop: Workshop, vendor: string, count: number): Parcel[] {
  return Array.from({ length: count }, (_, index) => {
    const parcel = orderly(shop, draftOf(shop, vendor, '900000011', 1000 + index));
    const { label } = parcel;
    if (index % 20 === 3) {
      parcel.tracking = travel(parcel, { acceptedAfterHours: 20, transitDays: 4, announcedLate: true });
    }
    if (index % 20 === 7) {
      // Cubic: cheaper than weight, and no cubic list of this season is published to compare with.
      Object.assign(label, {
        packaging: 'cubic',
        rate_type: 'cubic',
        length_in: '6',
        width_in: '5',
        height_in: '4',
        zone: '',
      });
      label['charged'] = label['postage'] = formatMills(6_650 + 10 * shop.dice.whole(0, 40));
    }
    if (index % 20 === 11) {
      // An order of two parcels, each declared at its share; the second is the next purchase of the vendor.
      label['declared_value'] = formatMills(Math.round(Number(label['order_value']) * 950));
    }
    if (index % 40 === 15) {
      Object.assign(label, {
        status: 'voided',
        voided_by: 'us',
        voided_at: formatInstant(startOfDay(parcel.shipDate) + 30 * HOUR_MS),
      });
      parcel.tracking = [answer(parcel, 'answered')];
    }
    if (index % 40 === 19) {
      const hold = startOfDay(parcel.shipDate) + 48 * HOUR_MS;
      parcel.tracking = known([
        ...travel(parcel, { acceptedAfterHours: 20, transitDays: 6 }),
        event(parcel, hold, '', 'Package delayed for postage assessment and held awaiting payment', parcel.from),
        event(parcel, hold + 20 * HOUR_MS, 'T1', 'Departed USPS Regional Facility', parcel.from),
      ]);
    }
    return parcel;
  });
}

/** Careless: honest prices, but zones billed too high, parcels left behind, values declared short, two parcels held. */
export function careless(shop: Workshop, vendor: string, count: number): Parcel[] {
  return Array.from({ length: count }, (_, index) => {
    const draft = draftOf(shop, vendor, '900000022', 2000 + index);
    if (index < 5) return overZoned(shop, draft);
    if (index < 9) return leftBehind(shop, { ...draft, shipDate: '2026-11-05' });
    if (index < 14) return declaredShort(shop, draft, index % 2 === 0);
    if (index < 16) return held(shop, draft, index === 14 ? '2026-11-20T15:00:00Z' : '2026-11-29T15:00:00Z');
    if (index === 16) return cloned(shop, draft);
    return orderly(shop, draft);
  });
}

function overZoned(shop: Workshop, draft: Draft): Parcel {
  const near = { ...draft, from: WAREHOUSES[0] as Town, to: TOWNS[5] as Town };
  const parcel = orderly(shop, near);
  const { zone } = published(shop, near);
  const { mills } = published(shop, near, zone + 2);
  const postage = formatMills(roundToCents(Math.ceil((mills * 93) / 100)));
  Object.assign(parcel.label, { zone: String(zone + 2), charged: postage, postage });
  return { ...parcel, truth: ['zone-mismatch'] };
}

function leftBehind(shop: Workshop, draft: Draft): Parcel {
  const parcel = orderly(shop, draft);
  const announced = startOfDay(draft.shipDate) + 17 * HOUR_MS;
  const tracking = [event(parcel, announced, 'MA', 'Shipping Label Created, USPS Awaiting Item', parcel.from)];
  return { ...parcel, tracking, truth: ['never-accepted'] };
}

function declaredShort(shop: Workshop, draft: Draft, insured: boolean): Parcel {
  const parcel = orderly(shop, draft);
  Object.assign(parcel.label, { order_value: '89.90', declared_value: '20.00' });
  if (insured) Object.assign(parcel.label, { insured_value: '20.00', insurance_provider: 'third_party' });
  return { ...parcel, truth: ['declared-below-order'] };
}

function held(shop: Workshop, draft: Draft, since: string): Parcel {
  const shipDate = since < '2026-11-25' ? '2026-11-18' : '2026-11-27';
  const parcel = orderly(shop, { ...draft, shipDate });
  const tracking = [
    ...travel(parcel, { acceptedAfterHours: 20, transitDays: 4, stopsAtFacility: true }),
    event(
      parcel,
      Date.parse(since),
      '',
      'Package delayed for postage assessment and held awaiting payment',
      parcel.from,
    ),
  ];
  return { ...parcel, tracking, truth: ['held-for-postage'] };
}

/** Delivered, and its number bears a notice: somebody else's parcel travelled under it. */
function cloned(shop: Workshop, draft: Draft): Parcel {
  const parcel = orderly(shop, { ...draft, shipDate: '2026-11-10' });
  const tracking = [...parcel.tracking, refusal(parcel, '2026-11-24T12:00:00Z')];
  return { ...parcel, tracking, truth: ['counterfeit-postage-notice'] };
}

function refusal(parcel: Pick<Parcel, 'number'>, at: string): Row {
  const text =
    'Tracking information will not be displayed because this package was shipped with fraudulent postage. Please contact the merchant or seller with any questions.';
  return { ...event(parcel, Date.parse(at), '150012', text, null), outcome: 'withheld', country: '' };
}

/** Fakes at one price for every weight and zone: notices, recycled numbers, numbers that cannot exist. */
export function fake(shop: Workshop, vendor: string, count: number): Parcel[] {
  const parcels: Parcel[] = [];
  for (let index = 0; index < count; index += 1) {
    const parcel = orderly(shop, draftOf(shop, vendor, '900000033', 3000 + index));
    Object.assign(parcel.label, { charged: '2.40', postage: '2.40', zone: '', rate_type: '' });
    parcel.truth = ['below-floor-price'];
    if (index < 9) {
      const seen = formatInstant(startOfDay(parcel.shipDate) + 75 * HOUR_MS);
      parcel.tracking = [refusal(parcel, seen)];
      parcel.truth.push('counterfeit-postage-notice');
    } else if (index < 12) {
      parcel.number = parcel.label['tracking_number'] = damaged(parcel.number);
      parcel.tracking = [answer(parcel, 'not_found')];
      parcel.truth.push('invalid-barcode');
    } else if (index < 16) {
      // The number of an earlier sale, sold again to another order.
      const first = parcels[index - 4 + 8] ?? parcels[index - 4];
      if (first) recycle(parcel, first);
    }
    parcels.push(parcel);
  }
  return parcels;
}

/** Sells the earlier parcel's number again, nine days later. */
function recycle(parcel: Parcel, first: Parcel): void {
  const day = addDays(first.shipDate, 9);
  parcel.number = first.number;
  parcel.shipDate = day;
  parcel.tracking = [];
  Object.assign(parcel.label, {
    tracking_number: first.number,
    service: first.label['service'],
    ship_date: day,
    purchased_at: formatInstant(startOfDay(day) + 9 * HOUR_MS),
  });
  parcel.truth.push('tracking-number-reused');
}

/** The zone of a parcel, for readers of the truth. */
export function zoneBetween(
  shop: Workshop,
  from: Town,
  to: Town,
  service: RatedService,
  weightOz: number,
): number | null {
  const answer = zoneOf(
    { originZip: from.zip, destinationZip: to.zip, service, weightMilliOz: weightOz * MILLI_OZ_PER_OZ },
    shop.tables.zones,
  );
  return answer.known ? answer.zone : null;
}
