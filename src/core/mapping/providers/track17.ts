/** What 17TRACK answers and pushes (API v2.4): what USPS told it, without the codes of USPS. */
import { z } from 'zod';
import type { Instant } from '../../units/day.ts';
import { type Result, bad, ok } from '../../units/result.ts';
import type { ToldParcel } from '../told.ts';
import { anything, excerpt, fieldsOf, isRecord, jsonOf, list, words } from './payload.ts';
import { isStated, placeIn, placeOf } from './place.ts';
import type { Published } from './published.ts';
import { type Step, readParcel } from './steps.ts';
import { bareTimeOf, instantOf } from './written-time.ts';

const SENDER = '17TRACK';

/** A number that 17TRACK did not take; data/tracking/provider-errors.yaml says what its codes mean. */
export interface Rejection {
  number: string;
  /** Zero where it told none. */
  code: number;
  message: string;
}

/** An answer about several numbers. */
export interface Track17Answer {
  /** Those that it took; one that it tells nothing of, as when it was only registered, has neither events nor an outcome. */
  parcels: ToldParcel[];
  rejected: Rejection[];
}

const envelope = z.object({ code: anything, data: anything });
const envelopeData = z.object({ accepted: list, rejected: list, errors: list });
const errorFields = z.object({ code: anything, message: words });
const rejection = z.object({ number: words, error: anything });

/**
 * Reads what register, gettrackinfo and their like answer. A number that it knows nothing of yet is not found, one that is
 * registered already is taken. Not ok where the whole call was refused.
 */
export function readTrack17Answer(body: string, published: Published): Result<Track17Answer> {
  const json = jsonOf(body, SENDER);
  if (!json.ok) return json;
  const { code, data } = fieldsOf(envelope, json.value);
  const { accepted, rejected, errors } = fieldsOf(envelopeData, data);
  const failed = errors.map((error) => fieldsOf(errorFields, error));
  if (codeOf(code) !== 0 || (failed.length > 0 && accepted.length + rejected.length === 0)) {
    const said = failed.map((error) => `${codeOf(error.code) ?? ''} ${error.message ?? ''}`.trim());
    return bad('code', `${SENDER} refused the call`, said.length > 0 ? said.join(', ') : excerpt(body));
  }
  const answer: Track17Answer = { parcels: accepted.flatMap((item) => parcelOf(item, published)), rejected: [] };
  for (const item of rejected) takeRejected(answer, item, published);
  return ok(answer);
}

/**
 * Reads a webhook: TRACKING_UPDATED brings one number with its history, TRACKING_STOPPED names one that is followed no
 * longer, which says nothing of the parcel.
 */
export function readTrack17Push(body: string, published: Published): Result<ToldParcel[]> {
  const json = jsonOf(body, SENDER);
  if (!json.ok) return json;
  if (!isRecord(json.value) || !('event' in json.value)) {
    return bad('event', `${SENDER} pushed something without an event`, excerpt(body));
  }
  const { data } = fieldsOf(pushed, json.value);
  return ok(data.flatMap((item) => parcelOf(item, published)));
}

const pushed = z.object({ data: list });

function takeRejected(answer: Track17Answer, item: unknown, { errors }: Published): void {
  const { number, error } = fieldsOf(rejection, item);
  if (number === null) return;
  const { code, message } = fieldsOf(errorFields, error);
  const meaning = errors.track17.codes.get(codeOf(code) ?? 0);
  if (meaning === 'not_found') answer.parcels.push({ trackingNumber: number, outcome: 'not_found', events: [] });
  else if (meaning === 'registered') answer.parcels.push({ trackingNumber: number, outcome: null, events: [] });
  else answer.rejected.push({ number, code: codeOf(code) ?? 0, message: message ?? '' });
}

/** Null where none is told. */
function codeOf(code: unknown): number | null {
  const number = typeof code === 'number' || typeof code === 'string' ? Number(code) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

const itemFields = z.object({ number: words, track_info: anything });
const infoFields = z.object({ latest_status: anything, latest_event: anything, tracking: anything });
const statusFields = z.object({ status: words, sub_status_descr: words });
const trackingFields = z.object({ providers: list });
const sourceFields = z.object({
  provider: anything,
  latest_sync_status: words,
  latest_sync_time: words,
  provider_tips: anything,
  events: list,
});

function parcelOf(item: unknown, published: Published): ToldParcel[] {
  const { number: trackingNumber, track_info } = fieldsOf(itemFields, item);
  if (trackingNumber === null) return [];
  const { latest_status, latest_event, tracking } = fieldsOf(infoFields, track_info);
  const { status, sub_status_descr } = fieldsOf(statusFields, latest_status);
  const { providers } = fieldsOf(trackingFields, tracking);
  const sources = providers
    .map((source) => fieldsOf(sourceFields, source))
    .filter(({ provider }) => speaksForUsps(provider, published));
  const { notFound, synced } = published.errors.track17;
  const wasAsked = sources.some(({ latest_sync_status: sync }) => sync === null || synced.has(sync));
  const { parcel } = readParcel(
    {
      trackingNumber,
      steps: sources.flatMap(({ events }) => events.map(stepOf)),
      remarks: [
        sub_status_descr,
        stepOf(latest_event).text,
        ...sources.flatMap((source) => textsIn(source.provider_tips)),
      ],
      whole: wasAsked ? 'answered' : null,
      // A carrier that could not be asked, or another than USPS, is none that does not know the number.
      otherwise: notFound.has(status ?? '') && (wasAsked || providers.length === 0) ? 'not_found' : null,
      remarkedAt: latestOf(sources.map(({ latest_sync_time }) => instantOf(latest_sync_time))),
    },
    published,
  );
  const looked = sources.flatMap(({ latest_sync_time }) => instantOf(latest_sync_time) ?? []);
  return [looked.length === 0 ? parcel : { ...parcel, lookedAt: Math.min(...looked) }];
}

const providerFields = z.object({ key: anything });

/** Another carrier's scans under the number are not USPS's; where the carrier is not named, the number is enough. */
function speaksForUsps(provider: unknown, { errors }: Published): boolean {
  const { key } = fieldsOf(providerFields, provider);
  const code = codeOf(key);
  return code === null || code === 0 || errors.track17.carriers.has(code);
}

const eventFields = z.object({
  time_iso: words,
  time_utc: words,
  time_raw: anything,
  description: words,
  description_translation: anything,
  location: words,
  address: anything,
});
const rawTime = z.object({ date: words, time: words, timezone: words });
const translation = z.object({ description: words });
const addressFields = z.object({ city: words, state: words, postal_code: words, country: words });

/** Translations differ from day to day, so that the original is the event's text wherever there is one. */
function stepOf(value: unknown): Step {
  const event = fieldsOf(eventFields, value);
  const { date, time, timezone } = fieldsOf(rawTime, event.time_raw);
  const raw = [date, time].filter((part) => part !== null).join('T');
  const { city, state, postal_code: zip, country } = fieldsOf(addressFields, event.address);
  const place = placeOf({ city, state, zip, country });
  return {
    at: instantOf(event.time_iso) ?? instantOf(event.time_utc) ?? instantOf(`${raw}${timezone ?? ''}`),
    local: bareTimeOf(raw) ?? bareTimeOf(event.time_iso),
    code: null,
    text: event.description ?? fieldsOf(translation, event.description_translation).description,
    ...(isStated({ ...place, country: null }) ? place : { ...placeIn(event.location), country: place.country }),
    mailpieceId: null,
  };
}

/** Tips come as a text, and perhaps as more than one. */
function textsIn(tips: unknown): (string | null)[] {
  const parts: unknown[] = Array.isArray(tips) ? tips : isRecord(tips) ? Object.values(tips) : [tips];
  return parts.map((part) => words.parse(part));
}

function latestOf(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((latest, at) => (latest === null || (at !== null && at > latest) ? at : latest), null);
}
