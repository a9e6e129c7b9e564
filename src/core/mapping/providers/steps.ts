/** The steps of a parcel as a provider lists them, brought to instants, and what is stated of its postage beside them. */
import { classifierOf } from '../../journey/fold.ts';
import type { Meaning } from '../../journey/classify.ts';
import type { AskOutcome } from '../../journey/event.ts';
import type { Instant } from '../../units/day.ts';
import { type LocalTime, localInstant, wallClock } from '../../units/local-time.ts';
import { type ToldEvent, type ToldParcel, UNTOLD } from '../told.ts';
import { type Place, isStated, zoneOf } from './place.ts';
import type { Published } from './published.ts';
import { isMeant } from './written-time.ts';

/** Something told that may lack an instant; one that says nothing at all is a step that could not be read. */
export interface Step extends Place {
  /** Where the provider tells the instant itself. */
  at: Instant | null;
  /** What the clocks at its place showed, or the day alone; null = not told. */
  local: LocalTime | null;
  code: string | null;
  text: string | null;
  mailpieceId: string | null;
}

/** Everything a provider told of one number. */
export interface Shown {
  trackingNumber: string;
  steps: readonly Step[];
  /** Sentences that stand beside the steps; only what they state of postage or law counts. */
  remarks: readonly (string | null)[];
  /** The outcome where all steps that it lists have their instant. */
  whole: AskOutcome | null;
  /** The outcome where no step is listed and nothing is stated. */
  otherwise: AskOutcome | null;
  /** The instant of remarks where no step has one; null = they have none. */
  remarkedAt?: Instant | null;
}

/** The parcel, and the steps that nobody can date. */
export interface ReadParcel {
  parcel: ToldParcel;
  undated: readonly Step[];
}

/**
 * The parcel as it is told. What a step without an instant states of the postage counts as a remark. A history that lacks
 * a step proves no silence, so it has no outcome; a refusal alone is one that withholds.
 */
export function readParcel(shown: Shown, published: Published): ReadParcel {
  const { trackingNumber, steps, remarks, whole, otherwise, remarkedAt = null } = shown;
  const { events, undated } = dateSteps(steps, published);
  const newest =
    events.reduce<Instant | null>((latest, { at }) => (latest === null || at > latest ? at : latest), null) ??
    remarkedAt;
  const beside = [...remarks, ...undated.map(({ text }) => text)];
  const stated = statementsIn(
    beside,
    events.filter(({ at }) => at === newest),
    published,
  );
  const told = [...events, ...stated.map((text) => ({ ...UNTOLD, at: newest, text }))];
  const refuses = stated.some((text) => meaningOf({ code: null, text }, published).notice);
  const bare = refuses ? 'withheld' : undated.length > 0 ? null : otherwise;
  const outcome = events.length === 0 ? bare : undated.length > 0 ? null : whole;
  return { parcel: { trackingNumber, outcome, events: inOrder(told) }, undated };
}

/** What a code and a text mean by the published lists. */
export function meaningOf(said: Pick<Step, 'code' | 'text'>, { codes }: Published): Meaning {
  return classifierOf(codes).meaningOf(said);
}

type Dated = ToldEvent & { at: Instant };

/**
 * Gives steps their instants. A local time is read by the clocks of its place; without any place, by those of the nearest
 * step in time that has one, the earlier of two; a place whose clocks are not known lends and borrows none. A day alone is
 * its first moment, so that whatever came that day may still end what is stated; a scan is judged by the hour, so that
 * what may be one is not dated by a day.
 */
function dateSteps(steps: readonly Step[], published: Published): { events: Dated[]; undated: Step[] } {
  const located = clocksOf(steps, published);
  const events: Dated[] = [];
  const undated: Step[] = [];
  for (const step of steps) {
    const at = step.at ?? localAt(step, located, published);
    const saysNothing = step.code === null && step.text === null;
    if (at === null || !isMeant(at) || saysNothing) undated.push(step);
    else events.push(eventOf(step, at));
  }
  return { events, undated };
}

interface Clock {
  zone: string;
  wall: number;
}

/** What clocks of known places showed, each once. */
function clocksOf(steps: readonly Step[], { zones }: Published): Clock[] {
  const clocks = new Map<string, Clock>();
  for (const step of steps) {
    const zone = zoneOf(step, zones);
    const wall = step.local === null ? null : wallClock(step.local);
    if (zone !== null && wall !== null) clocks.set(`${zone} ${wall}`, { zone, wall });
  }
  return [...clocks.values()];
}

function localAt(step: Step, located: readonly Clock[], published: Published): Instant | null {
  const wall = step.local === null ? null : wallClock(step.local);
  if (step.local === null || wall === null) return null;
  if (step.local.length === DAY_LENGTH && mayBeScan(step, published)) return null;
  const zone = zoneOf(step, published.zones) ?? (isStated(step) ? null : nearestZone(wall, located));
  return zone === null ? null : localInstant(step.local, zone);
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;

function mayBeScan(step: Step, published: Published): boolean {
  const { read, physical } = meaningOf(step, published);
  return physical || !read;
}

function nearestZone(wall: number, located: readonly Clock[]): string | null {
  let nearest: Clock | null = null;
  for (const one of located) if (nearest === null || isNearer(one, nearest, wall)) nearest = one;
  return nearest?.zone ?? null;
}

/** The order in which steps are listed must not matter, so that every tie is broken. */
function isNearer(one: Clock, other: Clock, wall: number): boolean {
  const [distance, distanceOfOther] = [Math.abs(one.wall - wall), Math.abs(other.wall - wall)];
  if (distance !== distanceOfOther) return distance < distanceOfOther;
  return one.wall === other.wall ? one.zone < other.zone : one.wall < other.wall;
}

/** The step as an event of that instant. */
export function eventOf<At extends Instant | null>(step: Step, at: At): ToldEvent & { at: At } {
  const { code, text, city, state, zip, country, mailpieceId } = step;
  return { at, code, text, city, state, zip, country, mailpieceId };
}

const SAYINGS = ['notice', 'hold', 'seized'] as const;

/**
 * The longest sentence of each kind of statement, unless the newest steps state it themselves: told again with the same
 * steps, it is the same event.
 */
function statementsIn(texts: readonly (string | null)[], newest: readonly ToldEvent[], published: Published): string[] {
  const found = new Set<string>();
  for (const saying of SAYINGS) {
    if (newest.some((event) => meaningOf(event, published)[saying])) continue;
    const stating = texts
      .filter((text) => text !== null)
      .filter((text) => meaningOf({ code: null, text }, published)[saying]);
    const [longest] = stating.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    if (longest !== undefined) found.add(longest);
  }
  return [...found];
}

/** Newest first, each once: however a provider sorts and repeats them, the same is told. */
function inOrder(events: readonly ToldEvent[]): ToldEvent[] {
  const byContent = new Map(events.map((event) => [JSON.stringify(event), event]));
  return [...byContent]
    .sort(([a, one], [b, other]) => (one.at === other.at ? (a < b ? -1 : 1) : newness(other) > newness(one) ? 1 : -1))
    .map(([, event]) => event);
}

function newness({ at }: ToldEvent): number {
  return at ?? Number.POSITIVE_INFINITY;
}
