/** Whether sources of tracking have stopped answering for a vendor's parcels from one day to the next. */
import { type Day, daysBetween } from '../units/day.ts';
import { wilsonInterval } from './wilson.ts';

/** On fewer questions than these a day's share is chance. */
const ENOUGH_ASKED = 20;
/** Days farther apart than these, with too few questions between them, say nothing of a single day. */
const MOST_DAYS_APART = 7;

/** How sources answered on one day about parcels that were due to be known. */
export interface AskedDay {
  day: Day;
  asked: number;
  /** Shown, or refused for its postage. */
  answered: number;
  /** Not answered for want of access alone. */
  noAccess: number;
}

export interface AnswerLoss {
  /** The last day before the fall, and the day of the fall. */
  before: AskedDay;
  after: AskedDay;
  /** By how much the answered share fell within the day and has not come back since; 0 = it did not fall. */
  fall: number;
  beforeShare: number;
  /** On the best day since. */
  afterShare: number;
  /** What the true shares are surely above and under (95 %). */
  beforeAtLeast: number;
  afterAtMost: number;
}

/**
 * The greatest fall within a day from which the share has not come back, one that chance does not explain before any that it
 * may; null where no two days that follow each other had enough questions. Days with few questions, such as Sundays, are
 * passed over. From a day on which the carrier closed its tracking to everybody, refusals for want of access are no loss of
 * this vendor's.
 */
export function lossOf(days: readonly AskedDay[], accessClosedOn: readonly Day[]): AnswerLoss | null {
  const counted = days.filter(({ asked }) => asked >= ENOUGH_ASKED).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const losses = counted.flatMap((before, index): AnswerLoss[] => {
    const since = counted.slice(index + 1).map((day) => withoutClosed(day, { since: before.day, accessClosedOn }));
    const enough = since.filter(({ asked }) => asked >= ENOUGH_ASKED);
    const [after] = enough;
    if (after === undefined || daysBetween(before.day, after.day) > MOST_DAYS_APART) return [];
    return [lossBetween(before, after, enough)];
  });
  return losses.toSorted((a, b) => Number(isSure(b)) - Number(isSure(a)) || b.fall - a.fall)[0] ?? null;
}

/** Whether the true shares differ for sure, not those alone that were seen. */
function isSure({ beforeAtLeast, afterAtMost }: AnswerLoss): boolean {
  return beforeAtLeast > afterAtMost;
}

function withoutClosed(
  day: AskedDay,
  { since, accessClosedOn }: { since: Day; accessClosedOn: readonly Day[] },
): AskedDay {
  const closed = accessClosedOn.some((closedOn) => since < closedOn && closedOn <= day.day);
  return closed ? { ...day, asked: day.asked - day.noAccess, noAccess: 0 } : day;
}

function lossBetween(before: AskedDay, after: AskedDay, since: readonly AskedDay[]): AnswerLoss {
  const best = since.reduce((most, day) => (shareOf(day) > shareOf(most) ? day : most), after);
  return {
    before,
    after,
    fall: Math.max(0, shareOf(before) - shareOf(best)),
    beforeShare: shareOf(before),
    afterShare: shareOf(best),
    beforeAtLeast: boundsOf(before).lower,
    afterAtMost: boundsOf(best).upper,
  };
}

function shareOf({ asked, answered }: AskedDay): number {
  return answered / asked;
}

function boundsOf({ asked, answered }: AskedDay): { lower: number; upper: number } {
  return wilsonInterval({ hits: answered, cases: asked });
}

/** The answered share of the other vendors on a day; null without enough questions about them. */
export function peersOn(day: Day, others: readonly AskedDay[]): number | null {
  const sums = { asked: 0, answered: 0 };
  for (const other of others) {
    if (other.day !== day) continue;
    sums.asked += other.asked;
    sums.answered += other.answered;
  }
  return sums.asked < ENOUGH_ASKED ? null : sums.answered / sums.asked;
}
