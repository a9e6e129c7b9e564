/** One event as USPS writes it: in answers of its Tracking API, in the older wrapper of summaries, and in what it pushes. */
import { z } from 'zod';
import type { Instant } from '../../units/day.ts';
import { type LocalTime, wallClock } from '../../units/local-time.ts';
import { fieldsOf, lowerKeys, plainText, words } from './payload.ts';
import { placeOf } from './place.ts';
import type { Step } from './steps.ts';
import { bareTimeOf, instantOf, localTimeOf, spokenIn } from './written-time.ts';

/**
 * The fields, in lower case: spellings of them vary. Booleans come as text, and none of them is needed; names of people and
 * firms are not taken.
 */
const eventFields = z.object({
  eventtype: words,
  event: words,
  eventcode: words,
  gmttimestamp: words,
  gmtoffset: words,
  eventtimestamp: words,
  eventdate: words,
  eventtime: words,
  eventcity: words,
  eventstate: words,
  eventzip: words,
  eventzipcode: words,
  eventcountry: words,
});

/** The keys by one of which an event is known, in lower case. */
export const EVENT_KEYS = ['eventtype', 'eventcode', 'eventtimestamp', 'gmttimestamp'] as const;

/** The step of an event, or of a sentence that stands for one. */
export function uspsStep(value: unknown, mailpieceId: string | null): Step {
  if (typeof value === 'string') return sentenceStep(value, mailpieceId);
  const event = fieldsOf(eventFields, lowerKeys(value));
  const stamp = event.eventtimestamp ?? dateAndTime(event.eventdate, event.eventtime);
  const local = bareTimeOf(stamp) ?? localTimeOf(stamp);
  return {
    at: greenwich(event.gmttimestamp) ?? instantOf(stamp) ?? offsetBy(local, event.gmtoffset),
    local,
    code: event.eventcode,
    text: event.eventtype ?? event.event,
    ...placeOf({
      city: event.eventcity,
      state: event.eventstate,
      zip: event.eventzip ?? event.eventzipcode,
      country: event.eventcountry,
    }),
    mailpieceId,
  };
}

/** "Your item was delivered at 1:58 pm on November 22, 2024 in HERNANDO, FL 34442." */
function sentenceStep(sentence: string, mailpieceId: string | null): Step {
  const text = plainText(sentence);
  const { local, place } = spokenIn(text ?? '');
  return { at: null, local, code: null, text, ...place, mailpieceId };
}

function dateAndTime(date: string | null, time: string | null): string | null {
  return date === null ? null : [date, time].filter((part) => part !== null).join(', ');
}

/** The time of Greenwich, by the name of its field, with or without its zone behind it. */
function greenwich(stamp: string | null): Instant | null {
  return instantOf(stamp) ?? (stamp !== null && stamp.length > 'YYYY-MM-DD'.length ? instantOf(`${stamp}Z`) : null);
}

/** The instant of a local time whose distance from Greenwich is told. */
function offsetBy(local: LocalTime | null, offset: string | null): Instant | null {
  const wall = local === null || local.length === 'YYYY-MM-DD'.length ? null : wallClock(local);
  const minutes = offset === null ? null : offsetMinutes(offset);
  return wall === null || minutes === null ? null : wall - minutes * 60_000;
}

const MOST_HOURS = 14;

/** Specified in minutes ("-420"), sent as hours and minutes ("-05:00"); a number too small for minutes is hours. */
function offsetMinutes(offset: string): number | null {
  const clock = /^([+-]?)(\d{1,2}):(\d{2})$/.exec(offset) ?? /^([+-]?)(\d{2})(\d{2})$/.exec(offset);
  const [, sign, hours, rest] = clock ?? [];
  const number = /^[+-]?\d{1,3}$/.test(offset) ? Number(offset) : Number.NaN;
  const plain = Math.abs(number) <= MOST_HOURS ? number * 60 : number;
  const minutes = clock === null ? plain : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest));
  return Math.abs(minutes) <= MOST_HOURS * 60 ? minutes : null;
}
