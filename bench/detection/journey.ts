/** The ways of the month's parcels: an ordinary journey as steps, and what may come into it. */
import { isBusinessDay } from '../../src/core/units/calendar.ts';
import { DAY_MS, type Day, HOUR_MS, type Instant, addDays, startOfDay } from '../../src/core/units/day.ts';
import type { Town } from '../../test/support/month/places.ts';
import type { Parcel, Step } from './parcel.ts';
import type { Shop } from './shop.ts';
import type { Place } from './world.ts';

/** The words of a code, and of a sentence without one. */
const WORDS: Record<string, string> = {
  GX: 'Shipping Label Created, USPS Awaiting Item',
  MA: 'Pre-Shipment Info Sent to USPS, USPS Awaiting Item',
  TM: 'Shipment Received, Package Acceptance Pending',
  '03': 'USPS in possession of item',
  '10': 'Arrived at USPS Regional Origin Facility',
  T1: 'Departed USPS Regional Facility',
  A1: 'Arrived at USPS Regional Destination Facility',
  TL: 'In Transit to Next Facility',
  '07': 'Arrived at Post Office',
  OF: 'Out for Delivery',
  '01': 'Delivered, Front Door/Porch',
  '02': 'Notice Left (No Authorized Recipient Available)',
  '04': 'Refused',
  '06': 'Forwarded',
  '09': 'Return to Sender',
  '14': 'Available for Pickup',
  '21': 'No Such Number',
  '46': 'Duplicate Label ID',
  '57': 'Local Weather Delay',
  '58': 'Held at Post Office, At Customer Request',
  '80': 'Picked Up by Shipping Partner, USPS Awaiting Item',
  '81': 'Arrived Shipping Partner Facility, USPS Awaiting Item',
  '82': 'Departed Shipping Partner Facility, USPS Awaiting Item',
  HP: 'Held for Payment of Customs Charges',
};

/** What the carrier says of postage. */
export const SENTENCES = {
  notice:
    'Tracking information will not be displayed because this package was shipped with fraudulent postage. Please contact the merchant or seller with any questions.',
  improper:
    'The package associated with this tracking number did not have proper postage applied and will not be delivered',
  held: 'Package delayed for postage assessment and held awaiting payment',
  unpaid: 'Unpaid package: scanned without a payment record, at risk of intercept',
} as const;

/** A step at a place, with its ZIP. */
export function step(at: Instant, code: string, place: Town | null): Step {
  return {
    at,
    code,
    text: WORDS[code] ?? code,
    city: place?.city ?? '',
    state: place?.state ?? '',
    zip: place?.zip ?? '',
  };
}

/** A step at a facility: named, without a ZIP, as carriers' events do. */
export function atFacility(at: Instant, code: string, { hub }: Place): Step {
  return { ...step(at, code, null), city: `${hub.city.toUpperCase()} ${hub.state} DISTRIBUTION CENTER` };
}

/** A sentence about postage, with or without the code the carrier gives it. */
export function said(at: Instant, sentence: keyof typeof SENTENCES, place: Town | null = null): Step {
  const code = sentence === 'notice' ? '150012' : '';
  const outcome = sentence === 'notice' ? { outcome: 'withheld' } : {};
  return { ...step(at, code, place), text: SENTENCES[sentence], ...outcome };
}

/** The end of a business day of the carrier, so many of them after another day. */
export function businessDay({ catalog }: Shop, day: Day, after: number): Day {
  let current = day;
  for (let left = after; left > 0;) {
    current = addDays(current, 1);
    if (isBusinessDay(current, catalog.calendar) === true) left -= 1;
  }
  return current;
}

/** Business days on the way by zone and service. */
export function transitDays(shop: Shop, of: { zone: number; service: string }): number {
  const { chance } = shop;
  const quick = of.service.startsWith('priority');
  const least = quick ? 2 : 2 + Math.floor(of.zone / 4);
  const late = chance.choose([
    [0, 62],
    [1, 22],
    [2, 9],
    [3, 4],
    [5, 2],
    [8, 1],
  ]);
  return least + late;
}

/** When a parcel is accepted: in the evening of its ship date, at times of the origin's clock. */
export function acceptedAt({ chance }: Shop, day: Day): Instant {
  return startOfDay(day) + chance.whole(19 * 60, 27 * 60) * 60_000;
}

export interface Trip {
  accepted: Instant;
  /** The instant of the delivery. */
  delivered: Instant;
}

/** Acceptance and delivery of an ordinary parcel. */
export function tripOf(shop: Shop, parcel: Pick<Parcel, 'shipDay' | 'transitDays'>): Trip {
  const arrives = businessDay(shop, parcel.shipDay, parcel.transitDays);
  return {
    accepted: acceptedAt(shop, parcel.shipDay),
    delivered: startOfDay(arrives) + shop.chance.whole(15 * 60, 24 * 60) * 60_000,
  };
}

/** Announced, accepted at the origin, through two facilities, out for delivery, delivered. */
export function ordinary(shop: Shop, parcel: Pick<Parcel, 'from' | 'to' | 'purchasedAt'>, trip: Trip): Step[] {
  const { chance } = shop;
  const { accepted, delivered } = trip;
  const { from, to } = parcel;
  const minutes = (least: number, most: number): number => chance.whole(least, most) * 60_000;
  const announced = Math.max(parcel.purchasedAt + minutes(1, 90), accepted - minutes(30, 40 * 60));
  const atOrigin = accepted + minutes(150, 560);
  const left = atOrigin + minutes(60, 600);
  const nearby = delivered - minutes(14 * 60, 26 * 60);
  const steps = [
    step(Math.min(announced, accepted - 60_000), chance.chance(0.6) ? 'GX' : 'MA', from),
    step(accepted, '03', from),
    atFacility(atOrigin, '10', from),
    atFacility(left, 'T1', from),
  ];
  if (nearby - left > DAY_MS && chance.chance(0.5)) steps.push(step(left + (nearby - left) / 2, 'TL', null));
  if (nearby > left + 2 * HOUR_MS) steps.push(atFacility(nearby, 'A1', to));
  const local = delivered - minutes(300, 460);
  steps.push(step(local, '07', to), step(local + minutes(5, 60), 'OF', to), step(delivered, '01', to));
  return steps.map((each) => ({ ...each, at: Math.floor(each.at / 60_000) * 60_000 }));
}

/** An instant so many hours after the acceptance, and well before the delivery where there is one. */
export function midway(
  { chance }: Pick<Shop, 'chance'>,
  parcel: Parcel,
  [least, most]: readonly [number, number],
): Instant {
  const accepted = acceptance(parcel);
  const delivered = parcel.steps.find(({ code }) => code === '01')?.at ?? Infinity;
  const at = accepted + chance.whole(least, most) * HOUR_MS;
  return at < delivered - 10 * HOUR_MS ? at : accepted + Math.floor((delivered - accepted) / 120_000) * 60_000;
}

/** The steps without those of some codes. */
export function without(steps: readonly Step[], ...codes: string[]): Step[] {
  return steps.filter(({ code }) => !codes.includes(code));
}

/** The steps before an instant. */
export function upTo(steps: readonly Step[], at: Instant): Step[] {
  return steps.filter((each) => each.at <= at);
}

/** When the carrier first had the parcel in hand; the start of its ship date where it never had. */
export function acceptance({ steps, shipDay }: Pick<Parcel, 'steps' | 'shipDay'>): Instant {
  return steps.find(({ code }) => code === '03' || code === '10')?.at ?? startOfDay(shipDay);
}
