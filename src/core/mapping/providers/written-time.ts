/** Times as people read them on pages and in sentences, such as "February 1, 2024, 12:26 am", and as providers pack them. */
import { type Instant, dayOf, parseDay, parseWrittenTime } from '../../units/day.ts';
import { type LocalTime, wallClock } from '../../units/local-time.ts';
import { isBelievable } from '../instant.ts';
import { type Place, placeIn } from './place.ts';

const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december';
const MONTH_NAMES = MONTHS.split('|');
const DAY = `(?<month>${MONTHS}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?) (?<day>\\d{1,2}),? (?<year>\\d{4})`;
const CLOCK = '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))? ?(?<half>[ap])\\.?m\\.?';
const written = new RegExp(`^${DAY}(?: ?,| at)?(?: ?${CLOCK})?$`, 'i');
const spoken = [new RegExp(`\\bat ${CLOCK} on ${DAY}`, 'i'), new RegExp(`\\bon ${DAY},? at ${CLOCK}`, 'i')];

/** The local time of "February 1, 2024, 12:26 am"; a day alone where no time of day is written; null for anything else. */
export function localTimeOf(text: string | null): LocalTime | null {
  const found = text === null ? null : written.exec(text);
  return found?.groups === undefined ? null : assembled(found.groups);
}

/** No sentence of a carrier is longer, and matching stays quick. */
const LONGEST_SENTENCE = 1000;

/** When and where, of a sentence such as "Your item was delivered at 1:58 pm on November 22, 2024 in HERNANDO, FL 34442." */
export function spokenIn(text: string): { local: LocalTime | null; place: Place } {
  const sentence = text.slice(0, LONGEST_SENTENCE);
  const found = spoken.map((pattern) => pattern.exec(sentence)).find((match) => match !== null);
  const local = found?.groups === undefined ? null : assembled(found.groups);
  const where = /\bin (?<place>[^.;]+?, [A-Z]{2}(?: \d{5})?)(?:-\d{4})?\b/.exec(sentence)?.groups?.['place'];
  return { local, place: placeIn(where?.split(/\bin /).at(-1) ?? null) };
}

/** An instant written with its zone; null for anything else, and for years that cannot be meant. */
export function instantOf(text: string | null): Instant | null {
  const time = text === null ? null : parseWrittenTime(text);
  return time?.instant === undefined || time.instant === null || !isMeant(time.instant) ? null : time.instant;
}

/** A day, or a day and its time, written as in ISO 8601 and without a zone; null for anything else. */
export function bareTimeOf(text: string | null): LocalTime | null {
  const bare = text?.replace(' ', 'T') ?? null;
  return bare !== null && wallClock(bare) !== null ? bare : null;
}

/** Whether the instant lies in years that an event can be of. */
export function isMeant(instant: Instant): boolean {
  return Number.isFinite(instant) && Math.abs(instant) < 8e15 && isBelievable(dayOf(instant));
}

function assembled(parts: Readonly<Record<string, string | undefined>>): LocalTime | null {
  const { month = '', day = '', year = '', hour, minute = '', second = '00', half = '' } = parts;
  const number = MONTH_NAMES.findIndex((name) => name.startsWith(month.toLowerCase().slice(0, 3))) + 1;
  const date = parseDay(`${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`);
  if (date === null || hour === undefined) return date;
  if (Number(hour) < 1 || Number(hour) > 12) return null;
  const hours = (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const time = `${date}T${String(hours).padStart(2, '0')}:${minute}:${second}`;
  return wallClock(time) === null ? null : time;
}
