/** The three vendors of the made-up month: one honest, one careless, one that sells fakes at a flat price. */
import { atlasOf } from '../../../src/core/rating/distance.ts';
import { priceOf } from '../../../src/core/rating/price.ts';
import type { RateTables } from '../../../src/core/rating/tables.ts';
import { type Calendar, businessDaysAfter } from '../../../src/core/units/calendar.ts';
import { HOUR_MS, type Day, addDays, formatInstant, startOfDay } from '../../../src/core/units/day.ts';
import { MILLI_OZ_PER_OZ } from '../../../src/core/units/measure.ts';
import { formatMills, roundToCents } from '../../../src/core/units/money.ts';
import type { Dice } from './dice.ts';
import { ASKED_AT, type Parcel, type Row, answer, damaged, event, impb, known, shippingDay, travel } from './parcel.ts';
import { TOWNS, type Town, WAREHOUSES, town } from './places.ts';

/** Everything a vendor's parcels are made from. */
export interface Workshop {
  dice: Dice;
  tables: RateTables;
  calendar: Calendar;
}

type RatedService = 'ground_advantage' | 'priority_mail';

interface Draft {
  vendor: string;
  mailerId: string;
  serial: number;
  service: RatedService;
  from: Town;
  to: Town;
  weightOz: number;
  /** Per cent under the published commercial price. */
  discount: number;
  shipDate: Day;
}

const WEIGHTS_OZ: Record<RatedService, readonly number[]> = {
  ground_advantage: [3, 5, 7, 9, 11, 14, 20, 28, 44, 70],
  priority_mail: [12, 24, 40, 60, 90, 140],
};

/** The published commercial price of a draft on its ship date; `overZones` more than the parcel travels when given. */
function published({ tables }: Workshop, draft: Draft, overZones = 0): { mills: number; zone: number } {
  const parcel = {
    service: draft.service,
    packaging: 'package',
    priceList: 'commercial',
    originZip: draft.from.zip,
    destinationZip: draft.to.zip,
    weightMilliOz: draft.weightOz * MILLI_OZ_PER_OZ,
    dimensions: null,
    day: draft.shipDate,
  } as const;
  const price = priceOf(parcel, tables);
  if (!price.known || price.zone === null) throw new Error(`no published price for serial ${draft.serial}`);
  if (overZones === 0) return { mills: price.mills, zone: price.zone };
  const zone = price.zone + overZones;
  const farther = priceOf({ ...parcel, zone }, tables);
  if (!farther.known) throw new Error(`no published price for serial ${draft.serial} in zone ${zone}`);
  return { mills: farther.mills, zone };
}

/** A cent price so many per cent under a published one. */
function discounted(mills: number, percent: number): string {
  return formatMills(roundToCents(Math.ceil((mills * (100 - percent)) / 100)));
}

function draftOf({ dice }: Workshop, of: { vendor: string; mailerId: string; serial: number }): Draft {
  const service: RatedService = dice.chance(0.7) ? 'ground_advantage' : 'priority_mail';
  const from = dice.pick(WAREHOUSES);
  return {
    ...of,
    service,
    from,
    to: dice.pick(TOWNS.filter(({ zip }) => zip.slice(0, 3) !== from.zip.slice(0, 3))),
    weightOz: dice.pick(WEIGHTS_OZ[service]),
    discount: dice.whole(7, 18),
    shipDate: shippingDay('2026-11-02', dice.whole(0, 25)),
  };
}

/** A label as an orderly vendor sells it: rated by weight, itemised, for an order of its own declared at its value. */
function labelOf(shop: Workshop, draft: Draft, number: string): Row {
  const { mills, zone } = published(shop, draft);
  const postage = discounted(mills, draft.discount);
  const value = formatMills(shop.dice.whole(12, 140) * 1000 + 990);
  const serial = `${draft.vendor.slice(0, 2).toUpperCase()}${String(draft.serial).padStart(5, '0')}`;
  return {
    tracking_number: number,
    vendor: draft.vendor,
    label_id: serial,
    kind: 'outbound',
    purchased_at: formatInstant(startOfDay(draft.shipDate) - shop.dice.whole(3, 20) * HOUR_MS),
    ship_date: draft.shipDate,
    service: draft.service,
    packaging: 'package',
    rate_type: 'weight',
    weight_oz: String(draft.weightOz),
    origin_zip: draft.from.zip,
    destination_zip: draft.to.zip,
    zone: String(zone),
    charged: postage,
    postage,
    currency: 'USD',
    declared_value: value,
    order_id: `SO-${serial}`,
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

/** Honest: 7 to 18 % under commercial, with the noise of ordinary business, of which nothing may be accused. */
export function honest(shop: Workshop, vendor: string, count: number): Parcel[] {
  const parcels = Array.from({ length: count }, (_, index) =>
    orderly(shop, draftOf(shop, { vendor, mailerId: '900000011', serial: 1000 + index })),
  );
  parcels.forEach((parcel, index) => {
    if (index % 20 === 3) announceLate(parcel);
    if (index % 20 === 7) sellCubic(shop, parcel);
    if (index % 20 === 11) declareNearly(parcel);
    if (index % 40 === 15) voidUnused(parcel);
    if (index % 40 === 19) holdAndLetGo(parcel);
    if (index % 40 === 23) shareOrder(parcel, parcels[index + 1]);
    if (parcel.label['service'] === 'priority_mail') promiseDay(parcel);
  });
  return parcels;
}

/** The shipping data reached the carrier five hours after the parcel did. */
function announceLate(parcel: Parcel): void {
  parcel.tracking = travel(parcel, { acceptedAfterHours: 20, transitDays: 4, announcedLate: true });
}

/** Cubic, at a price under that by weight, while no cubic list of the season is published to compare it with. */
function sellCubic({ dice }: Workshop, { label }: Parcel): void {
  const price = formatMills(6_650 + 10 * dice.whole(0, 40));
  const size = { length_in: '6', width_in: '5', height_in: '4' };
  Object.assign(label, { packaging: 'cubic', rate_type: 'cubic', ...size, zone: '', charged: price, postage: price });
}

/** Declared five per cent under the order: discounts and shipping explain as much. */
function declareNearly({ label }: Parcel): void {
  label['declared_value'] = formatMills(Math.round(Number(label['order_value']) * 950));
}

/** The shop sells Priority Mail with a promised day, so that no slower service would do. */
function promiseDay({ label, shipDate }: Parcel): void {
  label['deliver_by'] = addDays(shipDate, 3);
}

function voidUnused(parcel: Parcel): void {
  const voidedAt = formatInstant(startOfDay(parcel.shipDate) + 30 * HOUR_MS);
  Object.assign(parcel.label, { status: 'voided', voided_by: 'us', voided_at: voidedAt });
  parcel.tracking = [answer(parcel, 'answered')];
}

/** Held for an assessment and on its way again the next day, as honest parcels are. */
function holdAndLetGo(parcel: Parcel): void {
  const heldAt = startOfDay(parcel.shipDate) + 48 * HOUR_MS;
  parcel.tracking = known([
    ...travel(parcel, { acceptedAfterHours: 20, transitDays: 6 }),
    event(parcel, heldAt, HELD),
    event(parcel, heldAt + 20 * HOUR_MS, { code: 'T1', text: 'Departed USPS Regional Facility', place: parcel.from }),
  ]);
}

/** One order in two parcels, each declared at its half; a present for two, so that each row names a place of its own. */
function shareOrder(parcel: Parcel, other: Parcel | undefined): void {
  if (!other) return;
  const order = {
    order_id: parcel.label['order_id'] ?? '',
    order_value: '120.00',
    order_parcels: '2',
    declared_value: '60.00',
  };
  Object.assign(parcel.label, order);
  Object.assign(other.label, order);
}

const HELD = { code: '', text: 'Package delayed for postage assessment and held awaiting payment', place: null };

/**
 * Careless: honest prices, but zones billed too high, parcels left behind, values declared short and parcels held. Nothing
 * says whether its Priority Mail was promised, so that nobody knows whether the slower, cheaper service would have done.
 */
export function careless(shop: Workshop, vendor: string, count: number): Parcel[] {
  return Array.from({ length: count }, (_, index) => {
    const draft = draftOf(shop, { vendor, mailerId: '900000022', serial: 2000 + index });
    if (index < 5) return billedTooFar(shop, draft);
    if (index < 9) return leftBehind(shop, draft);
    if (index < 14) return declaredShort(shop, draft, { insured: index % 2 === 0 });
    if (index === 14) return held(shop, { ...draft, shipDate: '2026-11-18' }, '2026-11-20T15:00:00Z');
    if (index === 15) return held(shop, { ...draft, shipDate: '2026-11-27' }, '2026-11-29T15:00:00Z');
    if (index === 16) return cloned(shop, draft);
    return orderly(shop, draft);
  });
}

/** Billed two zones farther than the parcel travels, far from any band edge. */
function billedTooFar(shop: Workshop, draft: Draft): Parcel {
  const route = { ...draft, from: town('90058'), to: town('85004') };
  const parcel = orderly(shop, route);
  const { mills, zone } = published(shop, route, 2);
  const postage = discounted(mills, 7);
  Object.assign(parcel.label, { zone: String(zone), charged: postage, postage });
  return { ...parcel, truth: ['zone-mismatch'] };
}

/** Bought and announced, never handed over, and the days have passed. */
function leftBehind(shop: Workshop, draft: Draft): Parcel {
  const parcel = orderly(shop, { ...draft, shipDate: '2026-11-05' });
  const announcedAt = startOfDay(parcel.shipDate) + 17 * HOUR_MS;
  const announced = { code: 'MA', text: 'Shipping Label Created, USPS Awaiting Item', place: parcel.from };
  return { ...parcel, tracking: [event(parcel, announcedAt, announced)], truth: ['never-accepted', 'refund-due'] };
}

function declaredShort(shop: Workshop, draft: Draft, { insured }: { insured: boolean }): Parcel {
  const parcel = orderly(shop, draft);
  Object.assign(parcel.label, { order_value: '89.90', declared_value: '20.00' });
  if (insured) Object.assign(parcel.label, { insured_value: '20.00', insurance_provider: 'third_party' });
  return { ...parcel, truth: ['declared-below-order'] };
}

function held(shop: Workshop, draft: Draft, since: string): Parcel {
  const parcel = orderly(shop, draft);
  const moved = travel(parcel, { acceptedAfterHours: 20, transitDays: 4, stopsAtFacility: true });
  return { ...parcel, tracking: [...moved, event(parcel, Date.parse(since), HELD)], truth: ['held-for-postage'] };
}

/** Delivered, and its number bears a notice: somebody else's parcel travelled under it. */
function cloned(shop: Workshop, draft: Draft): Parcel {
  const parcel = orderly(shop, { ...draft, shipDate: '2026-11-10' });
  const tracking = [...parcel.tracking, refusal(parcel, Date.parse('2026-11-24T12:00:00Z'))];
  return { ...parcel, tracking, truth: ['counterfeit-postage-notice'] };
}

/** The carrier's refusal to show a parcel, in its own words. */
function refusal(parcel: Pick<Parcel, 'number'>, at: number): Row {
  const text =
    'Tracking information will not be displayed because this package was shipped with fraudulent postage. Please contact the merchant or seller with any questions.';
  return { ...event(parcel, at, { code: '150012', text, place: null }), outcome: 'withheld', country: '' };
}

/** Fakes at one price for every weight and zone: some bear notices, some numbers cannot exist, some are sold twice. */
export function fake(shop: Workshop, vendor: string, count: number): Parcel[] {
  const parcels = Array.from({ length: count }, (_, index) => {
    const parcel = orderly(shop, draftOf(shop, { vendor, mailerId: '900000033', serial: 3000 + index }));
    Object.assign(parcel.label, { charged: '2.40', postage: '2.40', zone: '', rate_type: '' });
    parcel.truth = ['below-floor-price'];
    return parcel;
  });
  parcels.slice(0, 9).forEach(stopAsCounterfeit);
  parcels.slice(9, 12).forEach((parcel) => makeUp(shop, parcel));
  const early = parcels.slice(16).filter(({ shipDate }) => shipDate <= '2026-11-16');
  parcels.slice(12, 16).forEach((parcel, index) => {
    const first = early[index];
    if (first) sellAgain(shop, parcel, first);
  });
  return parcels;
}

function stopAsCounterfeit(parcel: Parcel): void {
  parcel.tracking = known([refusal(parcel, startOfDay(parcel.shipDate) + 75 * HOUR_MS)]);
  if (parcel.tracking.length > 0) parcel.truth.push('counterfeit-postage-notice');
}

/** A number that cannot be; the carrier, asked long enough after its day, has never heard of it. */
function makeUp({ calendar }: Workshop, parcel: Parcel): void {
  parcel.number = parcel.label['tracking_number'] = damaged(parcel.number);
  parcel.tracking = [answer(parcel, 'not_found')];
  parcel.truth.push('invalid-barcode');
  const heardAfter = businessDaysAfter(parcel.shipDate, addDays(ASKED_AT.slice(0, 10), -1), calendar);
  if ((heardAfter ?? 0) >= 5) parcel.truth.push('number-unknown-to-carrier');
}

/**
 * Sells the number of an earlier parcel, long since scanned, to another order nine days later: what is scanned under it begins
 * and ends where the first one did.
 */
function sellAgain({ tables }: Workshop, parcel: Parcel, first: Parcel): void {
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
  const { miles } = atlasOf(tables.zones);
  const ends = { apart: miles(first.to.zip, parcel.to.zip) ?? 0, begins: miles(first.from.zip, parcel.from.zip) ?? 0 };
  parcel.truth.push('tracking-number-reused', 'scanned-before-purchase');
  if (ends.apart > 75) parcel.truth.push('delivered-elsewhere');
  if (ends.begins > 150) parcel.truth.push('off-route-acceptance');
}
