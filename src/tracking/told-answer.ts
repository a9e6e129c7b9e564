/** What an answer as it came tells of the numbers that were asked about; the reading itself is in core/mapping/providers. */
import type { Askable } from '../catalog/providers.ts';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import type { AskOutcome } from '../core/journey/event.ts';
import type { Published } from '../core/mapping/providers/published.ts';
import { readTrack17Answer } from '../core/mapping/providers/track17.ts';
import { readUspsAnswer } from '../core/mapping/providers/usps-tracking.ts';
import type { ToldEvent, ToldParcel } from '../core/mapping/told.ts';
import type { Instant } from '../core/units/day.ts';

/** What one number was told about. */
export interface Told {
  /** Null where the source answered and its answer proves no silence. */
  outcome: AskOutcome | null;
  events: readonly ToldEvent[];
  /** Until when the source had looked itself; null = until it was asked. */
  lookedAt: Instant | null;
  /** Why there is nothing to tell, in words. */
  why: string | null;
  /** `nothing` = answered without a word about the number; `unfollowed` = 17TRACK does not follow it. */
  state: 'told' | 'nothing' | 'unfollowed' | 'failed';
}

/** The bytes that came, and with which status; no bytes = no answer came. */
export interface CameBack {
  status: number | null;
  bytes: Buffer | null;
}

/** What each of the numbers was told about; one that the answer does not name was not answered. */
export function toldBy(
  provider: Askable,
  numbers: readonly string[],
  { status, bytes }: CameBack,
  published: Published,
): Map<string, Told> {
  if (bytes === null) return ofAll(numbers, failure('no answer came'));
  const body = bytes.toString('utf8');
  if (provider === '17track') return toldByTrack17(numbers, body, published);
  return new Map(numbers.map((number) => [number, toldByUsps(number, { status: status ?? 0, body }, published)]));
}

function toldByUsps(number: string, answer: { status: number; body: string }, published: Published): Told {
  const read = readUspsAnswer(number, answer, published);
  return read.ok ? told(read.value) : failure(read.problems.map(({ message }) => message).join('; '));
}

function toldByTrack17(numbers: readonly string[], body: string, published: Published): Map<string, Told> {
  const read = readTrack17Answer(body, published);
  if (!read.ok) return ofAll(numbers, failure(read.problems.map(({ message }) => message).join('; ')));
  const { parcels, rejected } = read.value;
  const all = ofAll(numbers, failure('17TRACK said nothing of the number', 'nothing'));
  const put = (number: string, each: Told): void => {
    const { canonical } = canonicalNumber(number);
    if (all.has(canonical)) all.set(canonical, each);
  };
  for (const { number, code, message } of rejected) {
    const unfollowed = published.errors.track17.codes.get(code) === 'not_registered';
    put(number, failure(`17TRACK: ${message} (${code})`, unfollowed ? 'unfollowed' : 'failed'));
  }
  for (const parcel of parcels) put(parcel.trackingNumber, told(parcel));
  return all;
}

/** An answer without an event and without an outcome was none. */
function told({ outcome, events, lookedAt = null }: Omit<ToldParcel, 'trackingNumber'>): Told {
  if (outcome === null && events.length === 0) return failure('the answer tells nothing of the number', 'nothing');
  return { outcome, events, lookedAt, why: null, state: 'told' };
}

function failure(why: string, state: Told['state'] = 'failed'): Told {
  return { outcome: 'error', events: [], lookedAt: null, why, state };
}

function ofAll(numbers: readonly string[], each: Told): Map<string, Told> {
  return new Map(numbers.map((number) => [number, each]));
}
