/** An ordinary parcel of a vendor: drawn, priced, sent on its way and billed; stories change it afterwards. */
import type { Catalog } from '../../src/catalog/catalog.ts';
import type { Service } from '../../src/core/label/label.ts';
import { type Day, HOUR_MS, addDays, startOfDay } from '../../src/core/units/day.ts';
import { roundToCents } from '../../src/core/units/money.ts';
import type { Chance } from './chance.ts';
import { ordinary, transitDays, tripOf } from './journey.ts';
import { internationalNumber, nextNumber, packageNumber, serviceCode } from './number.ts';
import type { Bill, Parcel } from './parcel.ts';
import {
  type Piece,
  type Published,
  asked,
  insuranceFee,
  likelyPrice,
  pieceOf,
  published,
  zoneBetween,
} from './prices.ts';
import type { Vendor } from './vendor.ts';
import type { World } from './world.ts';

/** Everything parcels are made from. */
export interface Shop {
  chance: Chance;
  /** Vendors whose mailer ids others may copy. */
  victims: readonly Vendor[];
  /** What the vendors before this one sold. */
  sold: readonly Parcel[];
  catalog: Catalog;
  world: World;
}

/** What is settled before a parcel is drawn. */
export interface Wish {
  /** Where the vendor is one that sells abroad; left out = as its trade says. */
  abroad?: boolean;
  insured?: boolean;
  service?: Service;
  minOz?: number;
  shipBy?: Day;
}

const COUNTRIES = ['CA', 'GB', 'DE', 'AU', 'JP', 'FR', 'MX'];

export function drawParcel(shop: Shop, vendor: Vendor, wish: Wish = {}): Parcel {
  const { chance, world, catalog } = shop;
  const { trade } = vendor;
  const weightOz = Math.max(wish.minOz ?? 0, tenths(chance.of(trade.weightsOz)));
  const wanted = wish.service ?? chance.choose(weightOz < 15.9 ? trade.light : trade.heavy);
  const from = chance.pick(world.warehouses);
  const to = destinationFrom(shop, from.zip);
  const days = wish.shipBy === undefined ? world.shipDays : world.shipDays.filter((day) => day <= (wish.shipBy ?? ''));
  const shipDay = chance.pick(days);
  const purchasedAt = purchaseTime(shop, shipDay);
  const wantedSides = sidesOf(chance, weightOz, trade.long);
  const abroad = wish.abroad ?? chance.chance(trade.abroad);
  // Who sells insurance shows it: of a fee inside one sum, for a cover that no column tells, nobody could know.
  const sellsCover = vendor.columns.has('insured_value');
  const insured = !abroad && sellsCover && (wish.insured ?? chance.chance(trade.insured));
  const route = {
    packaging: 'package',
    fromZip: from.zip,
    toZip: to.zip,
    weightOz,
    sides: wantedSides,
    day: shipDay,
  } as const;
  const { piece, likely } = priced(shop, { ...route, service: wanted, priceList: 'commercial' });
  const { service, sides } = piece;
  const { zone, nearEdge } = zoneBetween(piece, catalog.rating);
  const counter = published({ ...piece, priceList: 'retail' }, catalog.rating)?.postageMills ?? likely.postageMills;
  // Where the season's list tells only the price at the counter, nobody honest asks for more.
  const commercial = { ...likely, postageMills: Math.min(likely.postageMills, counter) };
  const postageMills = asked(chance, vendor.pricing, { commercial: commercial.postageMills, retail: counter });
  const orderMills = Math.floor(chance.of(trade.orderDollars)) * 1000 + chance.pick([0, 490, 950, 990]);
  const mailerId = chance.pick(vendor.mailerIds);
  const number = nextNumber(vendor, { code: serviceCode(service, false), mailerId, gap: chance.whole(1, 35) });
  const labelId = `${vendor.code}${chance.whole(10, 99)}${String(vendor.serial).padStart(7, '0')}`;
  const parcel: Parcel = {
    vendor,
    labelId,
    number,
    mailerId,
    service,
    packaging: 'package',
    rateType: vendor.pricing.by === 'contract' ? 'contract' : 'weight',
    weightOz,
    scaleOz: tenths(weightOz * chance.between(0.97, 1)),
    sides,
    from,
    to,
    zone,
    nearEdge,
    shipDay,
    purchasedAt,
    publishedMills: commercial.postageMills,
    postageMills,
    surchargesMills: commercial.surchargesMills,
    insuranceMills: 0,
    orderMills,
    orderId: `SO${labelId}`,
    transitDays: transitDays(shop, { zone, service }),
    set: {},
    copies: [],
    steps: [],
    answer: null,
    rebill: [],
    adjusted: [],
    story: '',
    may: [],
    blame: false,
    cases: [],
  };
  if (insured) insure(shop, parcel);
  if (abroad) sendAbroad(shop, parcel);
  else parcel.steps = ordinary(shop, parcel, tripOf(shop, parcel));
  return parcel;
}

/** The parcel and its price; without its length, or by Ground Advantage, where no list of the season has what was wanted. */
function priced({ catalog }: Shop, piece: Piece): { piece: Piece; likely: Published } {
  const [length, width, height] = piece.sides;
  const short: Piece = { ...piece, sides: [Math.min(length, 20), width, height] };
  for (const tried of [piece, short]) {
    const known = published(tried, catalog.rating);
    if (known) return { piece: tried, likely: known };
  }
  for (const tried of [short, { ...short, service: 'ground_advantage' as const }]) {
    const likely = likelyPrice(tried, catalog.rating);
    if (likely) return { piece: tried, likely };
  }
  throw new Error(`no list has a price for ${JSON.stringify(piece)}`);
}

/** A place in another 3-digit area than the warehouse: nobody pays postage to a neighbour. */
function destinationFrom({ world }: Shop, zip: string) {
  let place = world.destination();
  while (place.zip.slice(0, 3) === zip.slice(0, 3)) place = world.destination();
  return place;
}

/** Bought on the day it ships, or up to two days before, mostly by day. */
function purchaseTime({ chance }: Shop, shipDay: Day): number {
  const before = chance.choose([
    [0, 6],
    [1, 3],
    [2, 1],
  ]);
  const minutes = before === 0 ? chance.whole(1 * 60, 18 * 60) : chance.whole(2 * 60, 30 * 60);
  return startOfDay(addDays(shipDay, -before)) + minutes * 60_000;
}

const half = (inches: number): number => Math.max(1, Math.round(inches * 2) / 2);

/** Sides that such a weight is packed in, in half inches; a long one now and then, which costs more. */
function sidesOf(chance: Chance, weightOz: number, long: number): [number, number, number] {
  const size = weightOz < 8 ? 5 : weightOz < 40 ? 7 : 9;
  const width = half(size * chance.between(0.8, 1.2));
  const height = half(size * chance.between(0.15, 0.7));
  if (chance.chance(long)) return [half(chance.between(22.6, 29.4)), half(width / 2), half(height / 2)];
  return [half(width * chance.between(1, 1.5)), width, Math.min(height, width)];
}

/** Insured for what it is worth: with the carrier where its fee is published and more than nothing, else with somebody else. */
function insure({ chance, catalog }: Shop, parcel: Parcel): void {
  const insuredMills = Math.min(parcel.orderMills, 500_000);
  const hasCode = serviceCode(parcel.service, true) !== serviceCode(parcel.service, false);
  const fee = hasCode && chance.chance(0.7) ? insuranceFee(pieceOf(parcel), insuredMills, catalog.rating) : null;
  const byCarrier = fee !== null && fee > 0;
  parcel.insuranceMills = byCarrier ? fee : roundToCents(800 + Math.round(insuredMills / 80));
  parcel.set = {
    ...parcel.set,
    insured_value: dollars(insuredMills),
    insurance_provider: byCarrier ? 'usps' : 'third_party',
    ...(byCarrier ? { extra_services: 'insurance' } : {}),
  };
  if (byCarrier) recode(parcel, serviceCode(parcel.service, true));
}

/** Sent abroad: an international number, no zone, a customs value, and events of two posts. */
function sendAbroad(shop: Shop, parcel: Parcel): void {
  const { chance, world } = shop;
  const country = chance.pick(COUNTRIES);
  parcel.number = internationalNumber(world.serialAbroad());
  parcel.service = 'priority_mail';
  parcel.postageMills = roundToCents(24_000 + Math.round(parcel.weightOz * 420));
  parcel.publishedMills = parcel.postageMills;
  parcel.surchargesMills = 0;
  parcel.transitDays = chance.whole(6, 14);
  const { accepted, delivered } = tripOf(shop, parcel);
  parcel.steps = ordinary(shop, parcel, { accepted, delivered })
    .slice(0, 4)
    .concat([
      { at: accepted + 60 * HOUR_MS, code: 'B2', text: 'Customs Clearance', city: '', state: '', zip: '', country },
      { at: delivered, code: '01', text: 'Delivered', city: '', state: '', zip: '', country },
    ])
    .filter(({ at }) => at <= world.season.asOf);
  parcel.set = {
    ...parcel.set,
    destination_country: country,
    destination_zip: '',
    order_destination_zip: '',
    zone: '',
    rate_type: '',
    customs_value: dollars(parcel.orderMills),
    customs_currency: 'USD',
  };
}

/** What the vendor charges for the label in all. */
export function chargedMills({ postageMills, surchargesMills, insuranceMills }: Parcel): number {
  return postageMills + surchargesMills + insuranceMills;
}

/** The lines an orderly invoice has for the label. */
export function orderlyBills(parcel: Parcel): Bill[] {
  const day = new Date(parcel.purchasedAt).toISOString().slice(0, 10);
  const line = (type: Bill['type'], mills: number, code: string, description: string): Bill => ({
    type,
    mills,
    day,
    code,
    description,
  });
  if (!parcel.vendor.billing.itemised) return [line('postage', chargedMills(parcel), '', 'USPS label')];
  return [
    line('postage', parcel.postageMills, 'POSTAGE', 'Postage'),
    line('surcharge', parcel.surchargesMills, 'NONSTD', 'Nonstandard size'),
    line('insurance', parcel.insuranceMills, 'INS', 'Insurance'),
  ].filter(({ mills }) => mills !== 0);
}

/** Mills as dollars and cents. */
export function dollars(mills: number): string {
  const sign = mills < 0 ? '-' : '';
  const cents = Math.round(Math.abs(mills) / 10);
  return `${sign}${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** To a tenth of an ounce. */
export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Gives the parcel's number another service type code. */
export function recode(parcel: Parcel, code: string): void {
  const { vendor, mailerId } = parcel;
  parcel.number = packageNumber({ channel: vendor.channel, code, mailerId, serial: vendor.serial });
}
