/** What a saved tracking page of tools.usps.com tells of the parcels on it. */
import type { Instant } from '../../units/day.ts';
import type { Problem } from '../../units/result.ts';
import type { ToldParcel } from '../told.ts';
import { plainText } from './payload.ts';
import { placeIn } from './place.ts';
import type { Published } from './published.ts';
import { type Step, readParcel } from './steps.ts';
import { bareTimeOf, localTimeOf } from './written-time.ts';

/** By the years in which the page looked so. */
export const PAGE_LAYOUTS = ['current', '2018-2022', '2017'] as const;
export type PageLayout = (typeof PAGE_LAYOUTS)[number];

/** A step as it stands on the page; null = not there. */
export interface PageStep {
  /** The headline of a group of steps, such as "On the Way". */
  status: string | null;
  /** What happened. */
  detail: string | null;
  location: string | null;
  /** "February 1, 2024, 12:26 am", by the clocks of the place. */
  date: string | null;
}

export interface PageParcel {
  number: string;
  /** Sentences above the steps. */
  banners: readonly string[];
  steps: readonly PageStep[];
  /** Whether its whole history stands there, and not the newest step alone. */
  isWhole: boolean;
}

/** A page as plain data. */
export interface UspsPage {
  layout: PageLayout;
  parcels: readonly PageParcel[];
  /** When it was saved, where it says so. */
  savedAt: Instant | null;
}

/** What a page tells, and which of its steps cannot be taken. */
export interface ReadPage {
  parcels: ToldParcel[];
  /** One a step without a usable time, and one a parcel of which the page says nothing that is understood. */
  problems: Problem[];
}

/**
 * Reads a page. Its times are local: a step is dated by the clocks of its state, one without any place by those of the nearest
 * step that has one. Where no step has a place, or the place is none of the known states, nothing is guessed.
 */
export function readUspsPage(page: UspsPage, published: Published): ReadPage {
  const read: ReadPage = { parcels: [], problems: [] };
  for (const parcel of page.parcels) readOne(parcel, published, read);
  return read;
}

function readOne({ number, banners, steps, isWhole }: PageParcel, published: Published, read: ReadPage): void {
  const trackingNumber = plainText(number);
  if (trackingNumber === null) return;
  const said = banners.map(plainText);
  // Steps that are still to come stand on the page without a date.
  const [dated, others] = parted(
    steps,
    ({ date, location }) => plainText(date) !== null || plainText(location) !== null,
  );
  const remarks = [
    ...said,
    ...steps.map(({ status }) => plainText(status)),
    ...others.map(({ detail }) => plainText(detail)),
  ];
  const isUnknown = remarks.some(
    (text) => text !== null && published.errors.page.notFound.some((known) => known.test(text)),
  );
  const { parcel, undated } = readParcel(
    {
      trackingNumber,
      steps: dated.map(stepOf),
      remarks,
      whole: isWhole ? 'answered' : null,
      otherwise: isUnknown ? 'not_found' : null,
    },
    published,
  );
  read.parcels.push(parcel);
  for (const step of undated) read.problems.push(problemOf(trackingNumber, step));
  if (parcel.outcome === null && parcel.events.length === 0 && undated.length === 0) {
    const message = `${trackingNumber}: the page shows neither steps nor a sentence that this program knows`;
    read.problems.push({ field: 'event_text', message, value: said.find((text) => text !== null) ?? '' });
  }
}

function stepOf({ status, detail, location, date }: PageStep): Step {
  const written = plainText(date);
  return {
    at: null,
    local: localTimeOf(written) ?? written,
    code: null,
    text: plainText(detail) ?? plainText(status),
    ...placeIn(plainText(location)),
    mailpieceId: null,
  };
}

function problemOf(trackingNumber: string, step: Step): Problem {
  const value = [step.local, step.text].filter((part) => part !== null).join(', ');
  return { field: 'event_time', message: `a step of ${trackingNumber} ${whyUndated(step)}`, value };
}

function whyUndated({ local, text, city, state }: Step): string {
  if (text === null) return 'does not say what happened';
  if (local === null) return 'has no time';
  if (bareTimeOf(local) === null) return 'has a time in a form that this program does not know';
  if (!local.includes('T')) return 'has a day without a time of day, by which no scan can be dated';
  const place = [city, state].filter((part) => part !== null).join(', ');
  return place === ''
    ? 'has a time without a zone, and no step of the parcel names a place to take the zone from'
    : `has a time without a zone, and the zone of ${place} is not known`;
}

function parted<T>(all: readonly T[], test: (each: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((each) => !test(each))];
}
