/** A month of labels from a seed: its vendors, honest and crooked, their parcels, and what is true of each. */
import type { Catalog } from '../../src/catalog/catalog.ts';
import { DAY_MS, HOUR_MS, dayOf, startOfDay } from '../../src/core/units/day.ts';
import { BILLING_SCHEMES } from './billing-schemes.ts';
import { CARRIER_STORIES } from './carrier-stories.ts';
import { Chance } from './chance.ts';
import { SENTENCES, atFacility, said, step, without } from './journey.ts';
import { nextNumber, serviceCode } from './number.ts';
import { OUR_STORIES } from './our-stories.ts';
import type { Parcel, VendorTruth } from './parcel.ts';
import type { Scheme } from './scheme.ts';
import { LABEL_SCHEMES } from './schemes.ts';
import { type Shop, drawParcel } from './shop.ts';
import type { Story } from './story.ts';
import { FULL_EXPORT, LIGHT_GOODS, ORDINARY, type Vendor, drawVendor } from './vendor.ts';
import { WHOLE_SCHEMES, type WholeScheme } from './vendor-schemes.ts';
import { type World, worldOf } from './world.ts';

export interface MonthOptions {
  seed: number;
  /** About so many labels. */
  labels: number;
  /** Only honest vendors. */
  clean: boolean;
  /** How much of every scheme there is, beside what is usual. */
  intensity: number;
}

export interface MadeMonth {
  world: World;
  vendors: readonly Vendor[];
  parcels: readonly Parcel[];
  vendorTruths: readonly VendorTruth[];
}

/** A vendor with what it does to its labels. */
interface Seat {
  vendor: Vendor;
  whole: WholeScheme | null;
  schemes: Scheme[];
}

export function makeMonth(options: MonthOptions, { root, catalog }: { root: string; catalog: Catalog }): MadeMonth {
  const chance = new Chance(options.seed);
  const world = worldOf(chance, root, catalog);
  const seats = seatsOf(chance, options);
  const vendors = seats.map(({ vendor }) => vendor);
  const parcels: Parcel[][] = [];
  const shop = (): Shop => ({ chance, catalog, world, victims: vendors, sold: parcels.flat() });
  for (const seat of seats) parcels.push(sell(shop(), seat, options));
  holdEverybody(shop(), parcels.flat());
  const vendorTruths = seats.flatMap(({ vendor, whole }, at) => {
    if (whole === null) return [];
    const found = whole.verdict(vendor, parcels[at] ?? []);
    return [{ vendor, story: whole.name, may: WHOLE_RULES, case: found }];
  });
  return { world, vendors, parcels: parcels.flat(), vendorTruths };
}

/** Rules about vendors that may speak of one whose whole trade is a fraud. */
const WHOLE_RULES = [
  'flat-price-vendor',
  'vendor-discount-outlier',
  'vendor-min-specs',
  'vendor-counterfeit-rate',
  'declared-value-repeated',
  'mailer-id-shared',
];

/** Shares of the month's labels. */
const HONEST_SHARES = [0.16, 0.1, 0.08, 0.07, 0.06, 0.05, 0.05];
const CROOKED_SHARES = [0.07, 0.06, 0.05, 0.05];
/** Vendors whose whole trade is one of the schemes. */
const WHOLE_SHARE = 0.045;
const SLOW_BURN_SHARE = 0.08;

function seatsOf(chance: Chance, options: MonthOptions): Seat[] {
  const seats: Seat[] = [];
  const names = chance.shuffled(Array.from({ length: 24 }, (_, index) => index));
  const scale = options.clean ? options.labels / 0.75 : options.labels;
  const take = (share: number, changes: Partial<Vendor> = {}): Vendor => {
    const index = names[seats.length] ?? seats.length;
    return drawVendor(chance, { index, labels: Math.max(12, Math.round(scale * share)) }, changes);
  };
  const honest = (share: number, changes?: Partial<Vendor>): void => {
    seats.push({ vendor: take(share, changes), whole: null, schemes: [] });
  };
  const [first = 0, second = 0, third = 0, fourth = 0, ...others] = HONEST_SHARES;
  honest(first, { adjusts: true });
  honest(second, {
    own: true,
    channel: '92',
    columns: FULL_EXPORT,
    times: 'instant',
    pricing: { by: 'commercial' },
    scanForms: true,
  });
  honest(third, { pricing: { by: 'contract', off: 0.25 + chance.between(0, 0.08) } });
  honest(fourth, { trade: LIGHT_GOODS });
  for (const share of others) honest(share);
  honest(0.03, { partner: true });
  honest(0.03, { watching: { source: 'usps', askedHours: 5, states: true, cityOnly: 0, refused: true } });
  for (let small = 0; small < 3; small += 1) honest(chance.whole(12, 45) / scale);
  if (options.clean) return seats;
  for (const whole of WHOLE_SCHEMES) {
    const share = whole.name === 'slow-burn' ? SLOW_BURN_SHARE : WHOLE_SHARE;
    seats.push({ vendor: take(share, whole.vendor(chance)), whole, schemes: [] });
  }
  const crooked: Seat[] = [];
  for (const share of CROOKED_SHARES) {
    const seat: Seat = {
      vendor: take(share, { trade: chance.pick([ORDINARY, { ...ORDINARY, abroad: 0.1, insured: 0.12 }]) }),
      whole: null,
      schemes: [],
    };
    seats.push(seat);
    crooked.push(seat);
  }
  giveOut(chance, crooked);
  return seats;
}

/** Every scheme goes to a vendor that could try it; whichever has the fewest so far, of those two that were drawn. */
function giveOut(chance: Chance, crooked: readonly Seat[]): void {
  for (const scheme of chance.shuffled([...LABEL_SCHEMES, ...BILLING_SCHEMES])) {
    const suited = chance.shuffled(crooked.filter(({ vendor }) => scheme.suits(vendor)));
    const [seat] = suited.slice(0, 2).toSorted((a, b) => a.schemes.length - b.schemes.length);
    seat?.schemes.push(scheme);
  }
}

/** Orders that need more than one parcel. */
const SHARED_ORDERS = 0.025;
/** Least labels of a scheme, where the vendor has that many. */
const LEAST_CASES = 6;

function sell(shop: Shop, { vendor, whole, schemes }: Seat, { intensity, clean }: MonthOptions): Parcel[] {
  const { chance } = shop;
  const parcels: Parcel[] = [];
  const cheat = whole?.plan(shop, vendor);
  const planned = chance.shuffled([...plansOf(chance, vendor, { schemes, intensity })]);
  for (let at = 0; at < vendor.labels; at += 1) {
    const scheme = planned[at];
    const parcel = drawParcel(shop, vendor, { ...whole?.wish, ...scheme?.wish?.(shop, vendor) });
    if (vendor.partner) induct(shop, parcel);
    if (scheme) {
      parcel.story = scheme.name;
      parcel.blame = true;
      parcel.may.push(...(scheme.may ?? []));
      scheme.tell(shop, parcel, parcels);
    } else if (cheat !== undefined && !chance.chance(whole?.honest ?? 1)) {
      parcel.story = whole?.name ?? '';
      parcel.blame = true;
      parcel.may.push(...(whole?.may ?? []));
      cheat(parcel);
    } else if (chance.chance(SHARED_ORDERS) && shareOrder(shop, parcel, parcels.at(-1))) {
      parcel.story = 'order-in-parcels';
    } else {
      tellStories(shop, parcel, clean);
    }
    parcels.push(parcel);
  }
  return parcels;
}

/** Which scheme each of the vendor's labels is for, undefined = none, in no order yet. */
function plansOf(
  chance: Chance,
  vendor: Vendor,
  { schemes, intensity }: { schemes: readonly Scheme[]; intensity: number },
): (Scheme | undefined)[] {
  const plans: (Scheme | undefined)[] = [];
  for (const scheme of schemes) {
    const [least, most] = scheme.share;
    const count = Math.max(LEAST_CASES, Math.round(vendor.labels * intensity * chance.between(least, most)));
    for (let nth = 0; nth < count; nth += 1) plans.push(scheme);
  }
  while (plans.length < vendor.labels) plans.push(undefined);
  return plans.slice(0, vendor.labels);
}

/** Stories that change no more than a price or a value, so that the carrier may have one of its own besides. */
const QUIET = new Set([
  '',
  'cubic',
  'flat-rate',
  'zone-of-another-chart',
  'declared-nearly',
  'declared-blank',
  'code-nobody-knows',
  'better-class-printed',
  'booked-late',
]);

function tellStories(shop: Shop, parcel: Parcel, clean: boolean): void {
  const told = (stories: readonly Story[]): Story | undefined =>
    stories.find(({ fits, share, incident }) => shop.chance.chance(share) && !(clean && incident) && fits(parcel));
  const ours = told(OUR_STORIES);
  if (ours) tellOne(shop, parcel, ours);
  if (!QUIET.has(ours?.name ?? '')) return;
  const carriers = told(CARRIER_STORIES);
  if (carriers) tellOne(shop, parcel, carriers);
}

function tellOne(shop: Shop, parcel: Parcel, story: Story): void {
  story.tell(shop, parcel);
  parcel.story = parcel.story === '' ? story.name : `${parcel.story}+${story.name}`;
  parcel.may.push(...story.may);
}

/** The parcel goes with the last one, for the same order; each declared at its part. False where the last one cannot. */
function shareOrder(shop: Shop, parcel: Parcel, other: Parcel | undefined): boolean {
  const plain = other?.story === '' && other.set['destination_country'] === undefined;
  if (other === undefined || !plain || parcel.set['destination_country'] !== undefined) return false;
  Object.assign(parcel, { orderId: other.orderId, shipDay: other.shipDay, purchasedAt: other.purchasedAt });
  const worth = other.orderMills + parcel.orderMills;
  const order = { order_parcels: '2', order_value: String(worth / 1000), order_destination_zip: other.to.zip };
  const twin = drawTwin(shop, parcel, other);
  for (const each of [other, twin]) each.set = { ...each.set, ...order };
  other.story = 'order-in-parcels';
  return true;
}

/** Gives the parcel the route, the price and the way of the other one. */
function drawTwin({ chance }: Shop, parcel: Parcel, other: Parcel): Parcel {
  const { from, to, zone, nearEdge, service, weightOz, sides, publishedMills, postageMills, surchargesMills } = other;
  const same = { from, to, zone, nearEdge, service, weightOz, sides, publishedMills, postageMills, surchargesMills };
  const code = serviceCode(service, false);
  const number = nextNumber(parcel.vendor, { code, mailerId: parcel.mailerId, gap: 1 });
  Object.assign(parcel, { ...same, insuranceMills: 0, scaleOz: other.scaleOz, number });
  parcel.set = {};
  const shift = chance.whole(1, 9) * 60_000;
  parcel.steps = other.steps.map((each) => ({ ...each, at: each.at + shift }));
  return parcel;
}

/** A shipping partner collects the parcels and hands them over near their destinations; announcing is its affair. */
function induct({ chance }: Shop, parcel: Parcel): void {
  if (parcel.set['destination_country'] !== undefined) return;
  const delivered = parcel.steps.at(-1)?.at ?? startOfDay(parcel.shipDay);
  const handed = delivered - chance.whole(26, 44) * HOUR_MS;
  const picked = Math.min(startOfDay(parcel.shipDay) + 22 * HOUR_MS, handed - 20 * HOUR_MS);
  const steps = [
    step(picked, '80', parcel.from),
    step(picked + 6 * HOUR_MS, '81', parcel.from.hub),
    step(picked + 14 * HOUR_MS, '82', parcel.from.hub),
    atFacility(handed, 'A1', parcel.to),
    ...parcel.steps.filter(({ code }) => ['07', 'OF', '01'].includes(code)),
  ];
  const announced = chance.chance(0.6) ? [step(picked - HOUR_MS, 'MA', parcel.from)] : [];
  parcel.steps = [...announced, ...steps];
  parcel.story = 'partner-induction';
}

/** A day on which the carrier holds parcels of everybody for assessment, and lets them go within two days. */
function holdEverybody({ chance, world }: Shop, parcels: readonly Parcel[]): void {
  if (!chance.chance(0.5)) return;
  const day = chance.pick(world.shipDays.slice(6, -6));
  const at = startOfDay(day) + 15 * HOUR_MS;
  for (const parcel of parcels) {
    hideAmong(parcel, day);
    const under =
      parcel.steps.some((each) => each.at < at) && parcel.steps.some((each) => each.code === '01' && each.at > at);
    const scanned = parcel.steps.some((each) => each.at < at && ['03', '10'].includes(each.code));
    if (!under || !scanned || parcel.story !== '' || !chance.chance(0.12)) continue;
    const released = at + chance.whole(14, 46) * HOUR_MS;
    const later = parcel.steps.map((each) => (each.at > at ? { ...each, at: each.at + 2 * DAY_MS } : each));
    parcel.steps = [
      ...without(later, 'TL'),
      said(at + chance.whole(0, 300) * 60_000, 'held'),
      atFacility(released, 'T1', parcel.from),
    ];
    parcel.story = 'held-with-everybody';
    parcel.may.push('held-for-postage');
  }
}

/** A fake that is held on such a day is one of many: the day is told of, and nobody is asked about single parcels. */
function hideAmong(parcel: Parcel, day: string): void {
  if (!parcel.steps.some(({ at, text }) => text === SENTENCES.held && dayOf(at) === day)) return;
  parcel.cases = parcel.cases.map((each) =>
    each.scheme === 'held-fake' ? { ...each, hidden: 'held_with_everybody' } : each,
  );
}
