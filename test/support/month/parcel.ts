/** One made-up parcel: its label row, its tracking rows, and what an auditor must find about it. */
import {
  DAY_MS,
  HOUR_MS,
  type Day,
  type Instant,
  addDays,
  formatInstant,
  startOfDay,
} from '../../../src/core/units/day.ts';
import type { Town } from './places.ts';

export type Row = Record<string, string>;

export interface Parcel {
  number: string;
  from: Town;
  to: Town;
  shipDate: Day;
  label: Row;
  tracking: Row[];
  /** Rules that must fire for its number. */
  truth: string[];
}

/** When every source was asked, an hour before the audit the samples are made for. */
export const ASKED_AT = '2026-12-01T05:00:00Z';
const ASKED = Date.parse(ASKED_AT);

/** A valid 22-digit number: channel 92, a service type code, a nine-digit mailer id and a serial. */
export function impb(serviceTypeCode: string, mailerId: string, serial: number): string {
  const body = `92${serviceTypeCode}${mailerId}${String(serial).padStart(7, '0')}`;
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    sum += Number(body[body.length - 1 - index]) * (index % 2 === 0 ? 3 : 1);
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** The same number with a check digit that cannot be right. */
export function damaged(number: string): string {
  return number.slice(0, -1) + String((Number(number.at(-1)) + 5) % 10);
}

/** What happened at a place. */
export interface Happening {
  code: string;
  text: string;
  place: Town | null;
}

/** One tracking row of the carrier. */
export function event(parcel: Pick<Parcel, 'number'>, at: Instant, { code, text, place }: Happening): Row {
  return {
    tracking_number: parcel.number,
    event_time: formatInstant(at),
    event_code: code,
    event_text: text,
    city: place?.city ?? '',
    state: place?.state ?? '',
    zip: place?.zip ?? '',
    country: 'US',
    source: 'usps',
    retrieved_at: ASKED_AT,
    outcome: 'answered',
  };
}

/** A row that only says how a source answered. */
export function answer(parcel: Pick<Parcel, 'number'>, outcome: string): Row {
  return { tracking_number: parcel.number, source: 'usps', retrieved_at: ASKED_AT, outcome };
}

/** Keeps what had happened by the time of asking. */
export function known(rows: Row[]): Row[] {
  return rows.filter((row) => row['event_time'] === undefined || Date.parse(row['event_time']) <= ASKED);
}

export interface Trip {
  /** Hours from midnight UTC of the ship date to the acceptance scan; the announcement is an hour before unless late. */
  acceptedAfterHours: number;
  transitDays: number;
  announcedLate?: boolean;
  /** Leaves the trip after the acceptance and one facility. */
  stopsAtFacility?: boolean;
}

/** An ordinary journey: announced, accepted at the origin, through two facilities, out for delivery, delivered. */
export function travel(parcel: Pick<Parcel, 'number' | 'from' | 'to' | 'shipDate'>, trip: Trip): Row[] {
  const accepted = startOfDay(parcel.shipDate) + trip.acceptedAfterHours * HOUR_MS;
  const arrives = accepted + trip.transitDays * DAY_MS;
  const announced = trip.announcedLate ? accepted + 5 * HOUR_MS : accepted - HOUR_MS;
  const { from, to } = parcel;
  const steps: [Instant, string, string, Town][] = [
    [announced, 'MA', 'Shipping Label Created, USPS Awaiting Item', from],
    [accepted, '03', 'USPS in possession of item', from],
    [accepted + 7 * HOUR_MS, '10', 'Arrived at USPS Regional Origin Facility', facilityOf(from)],
    [arrives - 16 * HOUR_MS, 'A1', 'Arrived at USPS Regional Destination Facility', facilityOf(to)],
    [arrives - 6 * HOUR_MS, '07', 'Arrived at Post Office', to],
    [arrives - 4 * HOUR_MS, 'OF', 'Out for Delivery', to],
    [arrives, '01', 'Delivered, Front Door/Porch', to],
  ];
  const taken = trip.stopsAtFacility ? steps.slice(0, 3) : steps;
  return known(taken.map(([at, code, text, place]) => event(parcel, at, { code, text, place })));
}

/** Facilities are named, without a ZIP, as carriers' events do. */
function facilityOf({ city, state }: Town): Town {
  return { city: `${city} DISTRIBUTION CENTER`, state, zip: '' };
}

/** A weekday of November 2026 on which the seller ships; the 26th is Thanksgiving. */
export function shippingDay(from: Day, offset: number): Day {
  let day = addDays(from, offset);
  while (new Date(startOfDay(day)).getUTCDay() % 6 === 0 || day === '2026-11-26') day = addDays(day, -1);
  return day;
}
