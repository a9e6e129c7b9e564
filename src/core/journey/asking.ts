/**
 * When a source is to be asked about a parcel again, and how pressing that is. How often is nobody's to publish: every span
 * here is our own judgement of what an early answer is worth beside the few calls there are.
 */
import type { LabelKind } from '../label/label.ts';
import { DAY_MS, type Day, HOUR_MS, type Instant, startOfDay } from '../units/day.ts';
import type { JourneyDigest } from './digest.ts';
import type { AskOutcome } from './event.ts';

/** What a label on file says of a parcel that is watched. */
export interface Watched {
  kind: LabelKind;
  /** Neither voided nor refunded. */
  live: boolean;
  mailingDay: Day;
  /** Its vendor is under suspicion. */
  suspected: boolean;
}

/** What is known of the parcel's way. */
export type Way = Pick<
  JourneyDigest,
  'announcedAt' | 'lastScan' | 'delivered' | 'returnedAt' | 'notice' | 'hold' | 'seized' | 'lastOutcome' | 'lastAskedAt'
>;

/** The last time a source was asked about the parcel. */
export interface LastAsk {
  at: Instant;
  outcome: AskOutcome;
  /** Errors in a row, that one included. */
  failures: number;
}

/** When to ask, and its place among others whose time has come: 1 goes first. */
export interface Asking {
  at: Instant;
  priority: number;
}

/** What somebody waits for at this moment. */
export const BY_HAND = 1;
/** A parcel of a suspected vendor goes before those of others in the same state. */
const PRIORITIES = { stopped: 3, first: 5, silent: 7, moving: 9, quiet: 11 } as const;

/** Every place there is, in order. */
export const PLACES: readonly number[] = [
  BY_HAND,
  ...Object.values(PRIORITIES).flatMap((priority) => [priority - 1, priority]),
];

/** On the evening of the ship date most pieces have been handed over: 02:00 UTC is six to nine o'clock across the mainland. */
const FIRST_LOOK_MS = 26 * HOUR_MS;
/** An old label that is looked at for the first time must not keep a new one waiting. */
const FRESH_MS = 7 * DAY_MS;
/** Of a suspected vendor already at noon. */
const FIRST_LOOK_SUSPECTED_MS = 18 * HOUR_MS;
/** Whether a hold is lifted is worth hours, at first: most are within days. */
const STOPPED_MS = 4 * HOUR_MS;
const STOPPED_FOR_LONG_MS = DAY_MS;
const LONG_STOPPED_MS = 4 * DAY_MS;
/** Announced and not scanned, or not known at all: every day, since that silence is what fraud and refunds are seen by. */
const SILENT_MS = DAY_MS;
const SILENT_FOR_LONG_MS = 3 * DAY_MS;
const LONG_SILENT_MS = 14 * DAY_MS;
/** A parcel on its way stays in hand until something is said against it; most arrive within days. */
const MOVING_MS = 36 * HOUR_MS;
const MOVING_SLOWLY_MS = 3 * DAY_MS;
const SLOW_MS = 5 * DAY_MS;
/** Labels that may lie unused, and labels taken back: only a scan would be news. */
const QUIET_MS = 7 * DAY_MS;
/** A source that gives no access to a number will give none tomorrow. */
const REFUSED_MS = 30 * DAY_MS;
/** After an error, doubled by every further one. */
const FAILED_MS = HOUR_MS;
const FAILED_AT_MOST_MS = DAY_MS;
/** So many errors in a row, and another source is asked instead. */
const FAILURES_TO_TURN = 3;
/** A source whose turn it is not may get it: when another is no longer configured. */
const NOT_ITS_TURN_MS = 3 * DAY_MS;
/** Nothing new for so long, or so long after the mailing day: nothing more will come. */
const DEAD_AFTER_NEWS_MS = 45 * DAY_MS;
const DEAD_AFTER_MAILING_MS = 120 * DAY_MS;
/** Of a vendor under suspicion everything is asked so many times as often. */
const SUSPICION = 2;

/** The mailing day before which no label is watched any more. */
export const WATCHED_DAYS = DEAD_AFTER_MAILING_MS / DAY_MS;

/** When a label is looked at for the first time, and its place then, as far as its row alone tells. */
export const FIRST_LOOK = {
  /** After the beginning of the mailing day. */
  afterMs: FIRST_LOOK_MS,
  /** Of a label mailed so long ago that its place is `later`. */
  freshMs: FRESH_MS,
  priority: PRIORITIES.first,
  later: PRIORITIES.silent,
  /** Of one that may lie unused. */
  unused: PRIORITIES.quiet,
} as const;

/** The place of a label whose vendor has come under suspicion, until it is looked at again. */
export const NEWLY_SUSPECTED = PRIORITIES.first - 1;

/** The place of a number nobody has a label for: it waits for one, and is in nobody's way. */
export const UNLABELLED = 99;

/** Who is asked first of several sources, and when each of them is to be asked next; null = never again. */
export interface Turns<Source> {
  /** Null where every one refuses the number or keeps failing. */
  first: Source | null;
  next: ReadonlyMap<Source, Asking | null>;
}

/**
 * The turns of the sources, which are given in the order in which they are preferred. One is asked at a time: the first that
 * neither refuses the number nor keeps failing.
 */
export function turnsOf<Source>(
  sources: readonly Source[],
  parcel: { watched: Watched; way: Way; asked: ReadonlyMap<Source, LastAsk> },
  now: Instant,
): Turns<Source> {
  const { watched, way, asked } = parcel;
  const first = firstOf(sources, asked);
  const next = sources.map((source) => {
    const last = asked.get(source) ?? null;
    const isIdle = source !== first && answers(last);
    const turn = isIdle
      ? { at: now + NOT_ITS_TURN_MS, priority: PRIORITIES.quiet }
      : nextAsking(watched, way, last, now);
    return [source, isOver(way) ? null : turn && unlessDead(turn, watched, way)] as const;
  });
  return { first, next: new Map(next) };
}

/** The first source that neither refuses the number nor keeps failing. */
export function firstOf<Source>(sources: readonly Source[], asked: ReadonlyMap<Source, LastAsk>): Source | null {
  return sources.find((source) => answers(asked.get(source) ?? null)) ?? null;
}

function answers(last: LastAsk | null): boolean {
  return last === null || (last.outcome !== 'no_access' && last.failures < FAILURES_TO_TURN);
}

/** When one source is to be asked about the parcel next, never before now; null = never again. */
export function nextAsking(watched: Watched, way: Way, last: LastAsk | null, now: Instant): Asking | null {
  if (isOver(way)) return null;
  const { at, priority } = asking(watched, way, last, now);
  return unlessDead({ at: Math.max(at, now), priority }, watched, way);
}

/** Nothing that could still come would be news. */
function isOver({ delivered, returnedAt, seized }: Way): boolean {
  return delivered !== null || returnedAt !== null || seized !== null;
}

function asking(watched: Watched, way: Way, last: LastAsk | null, now: Instant): Asking {
  const earlier = watched.suspected ? 1 : 0;
  if (last?.outcome === 'no_access') return { at: last.at + REFUSED_MS, priority: PRIORITIES.quiet - earlier };
  const state = stateOf(watched, way, last);
  if (last?.outcome === 'error')
    return { at: last.at + pauseAfter(last.failures), priority: PRIORITIES[state] - earlier };
  const heardAt = lastHeard(way, last);
  const first = startOfDay(watched.mailingDay) + (watched.suspected ? FIRST_LOOK_SUSPECTED_MS : FIRST_LOOK_MS);
  if (heardAt === null) {
    const place = state === 'silent' && now - first < FRESH_MS ? PRIORITIES.first : PRIORITIES[state];
    return { at: first, priority: place - earlier };
  }
  const every = spanOf(state, watched, way, now) / (watched.suspected ? SUSPICION : 1);
  const at = heardAt + every;
  return { at: last === null ? Math.max(at, first) : at, priority: PRIORITIES[state] - earlier };
}

type State = 'stopped' | 'moving' | 'silent' | 'quiet';

function stateOf({ kind, live }: Watched, way: Way, last: LastAsk | null): State {
  if (way.hold !== null || way.notice !== null || last?.outcome === 'withheld') return 'stopped';
  if (!live) return 'quiet';
  if (way.lastScan !== null) return 'moving';
  return kind === 'outbound' ? 'silent' : 'quiet';
}

/** Another source that told all it knows has answered the question as well. */
function lastHeard({ lastOutcome, lastAskedAt }: Way, last: LastAsk | null): Instant | null {
  const told = lastOutcome === 'answered' || lastOutcome === 'withheld' ? lastAskedAt : null;
  return last === null ? told : Math.max(last.at, told ?? last.at);
}

function spanOf(state: State, { mailingDay }: Watched, way: Way, now: Instant): number {
  if (state === 'quiet') return QUIET_MS;
  if (state === 'stopped') {
    const since = Math.max(way.hold?.at ?? 0, way.notice?.at ?? 0);
    return now - since < LONG_STOPPED_MS ? STOPPED_MS : STOPPED_FOR_LONG_MS;
  }
  if (state === 'moving') return now - (way.lastScan?.at ?? now) < SLOW_MS ? MOVING_MS : MOVING_SLOWLY_MS;
  return now - startOfDay(mailingDay) < LONG_SILENT_MS ? SILENT_MS : SILENT_FOR_LONG_MS;
}

function pauseAfter(failures: number): number {
  return Math.min(FAILED_MS * 2 ** Math.max(0, failures - 1), FAILED_AT_MOST_MS);
}

function unlessDead(asked: Asking, { mailingDay }: Watched, way: Way): Asking | null {
  const mailed = startOfDay(mailingDay);
  const news = [way.announcedAt, way.lastScan?.at, way.notice?.at, way.hold?.at].map((at) => at ?? mailed);
  const dead = Math.min(Math.max(mailed, ...news) + DEAD_AFTER_NEWS_MS, mailed + DEAD_AFTER_MAILING_MS);
  return asked.at < dead ? asked : null;
}
