/** How large a share of a vendor's labels the carrier refused as unpaid, beside that of the other vendors in the same weeks. */
import { type Day, addDays } from '../units/day.ts';
import { wilsonInterval } from './wilson.ts';

/** A month shows a change soon; of a vendor with too few answers in it a quarter is looked at. */
const WEEKS = { recent: 4, long: 13 } as const;
/** So many answers are wanted before the recent weeks are enough. */
const ENOUGH_ANSWERS = 200;

/** The labels of a vendor bought in the week that begins on the Monday. */
export interface AnsweredWeek {
  vendor: string;
  week: Day;
  /** Labels that the carrier had in hand or refused, by its own word or a relay's, whatever became of them since. */
  answers: number;
  /** Those with a notice of counterfeit or unpaid postage that is the vendor's to answer for. */
  noticed: number;
}

export interface NoticeRate {
  /** The Monday of the first week. */
  from: Day;
  weeks: number;
  answers: number;
  noticed: number;
  /** 0 to 1; null without an answer. */
  share: number | null;
  /** What the true share is surely above (95 %). */
  shareAtLeast: number;
  /** Of all other vendors in the same weeks. */
  peerAnswers: number;
  /** Null without an answer about any of them. */
  peerShare: number | null;
}

/** The rate of each vendor, over the weeks up to that of its latest label. The same weeks in any order give the same. */
export function noticeRates(weeks: readonly AnsweredWeek[]): Map<string, NoticeRate> {
  const latest = new Map<string, Day>();
  for (const { vendor, week } of weeks) if (week > (latest.get(vendor) ?? '')) latest.set(vendor, week);
  return new Map(
    [...latest]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([vendor, last]): [string, NoticeRate] => {
        const recent = rateOver(weeks, { vendor, last, count: WEEKS.recent });
        const enough = recent.answers >= ENOUGH_ANSWERS;
        return [vendor, enough ? recent : rateOver(weeks, { vendor, last, count: WEEKS.long })];
      }),
  );
}

function rateOver(
  weeks: readonly AnsweredWeek[],
  { vendor, last, count }: { vendor: string; last: Day; count: number },
): NoticeRate {
  const from = addDays(last, -7 * (count - 1));
  const own = { answers: 0, noticed: 0 };
  const peers = { answers: 0, noticed: 0 };
  for (const each of weeks) {
    if (each.week < from || each.week > last) continue;
    const sums = each.vendor === vendor ? own : peers;
    sums.answers += each.answers;
    sums.noticed += each.noticed;
  }
  return {
    from,
    weeks: count,
    ...own,
    share: own.answers === 0 ? null : own.noticed / own.answers,
    shareAtLeast: wilsonInterval({ hits: own.noticed, cases: own.answers }).lower,
    peerAnswers: peers.answers,
    peerShare: peers.answers === 0 ? null : peers.noticed / peers.answers,
  };
}
