/** The days of a backtest: what each of them is judged by, for the active rules and for the candidates. */
import type { BothSides } from '../core/finding/backtest.ts';
import { type DailyCount, wideHoldDays } from '../core/finding/carrier-wide.ts';
import type { MailerIdUse } from '../core/finding/mailer-id.ts';
import type { Bench } from '../core/finding/parcel.ts';
import type { JourneyHistory } from '../tracking/journey-history.ts';
import { type CoverageChange, coverageChanges } from '../core/ledger/coverage.ts';
import type { Label } from '../core/label/label.ts';
import { type LabelRating, rateLabel } from '../core/rating/rate-label.ts';
import type { RateTables } from '../core/rating/tables.ts';
import type { RuleBook } from '../core/rules/rule.ts';
import { ruleBookOf } from '../core/rules/book.ts';
import { DAY_MS, type Day, type Instant, addDays, daysBetween, startOfDay } from '../core/units/day.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { ParcelRows } from './parcel-row.ts';

export interface JudgedDay {
  day: Day;
  benches: BothSides<Bench>;
  mailerIds: readonly MailerIdUse[];
  holds: readonly DailyCount[];
  /** Numbers that others have decided about, on this day or the day before. */
  again: ReadonlySet<string>;
  /** How the coverage differs from the day before. */
  coverageChanges: readonly CoverageChange[];
}

export type Rate = NonNullable<Bench['rate']>;

/** Rates each label once, as long as it is in memory: its price does not depend on the day it is judged on. */
export function ratedOnce(tables: RateTables): Rate {
  const rated = new WeakMap<Label, LabelRating>();
  return (label) => {
    const rating = rated.get(label) ?? rateLabel(label, tables);
    rated.set(label, rating);
    return rating;
  };
}

/** The last instant of a day: what was known on the day was known by then. */
export function endOf(day: Day): Instant {
  return startOfDay(day) + DAY_MS - 1;
}

/** The day before the range, for what was told then is not first told in it, and every day of the range. */
export function daysAround({ from, to }: { from: Day; to: Day }): Day[] {
  const before = addDays(from, -1);
  return Array.from({ length: daysBetween(before, to) + 1 }, (_, place) => addDays(before, place));
}

/** What a day is judged by, given what was gathered for its end. */
export function judgedDay(
  gathered: { day: Day; bench: Bench; rate: Rate; holds: readonly DailyCount[]; mailerIds: readonly MailerIdUse[] },
  books: BothSides<RuleBook>,
  before: JudgedDay | null,
): JudgedDay {
  const { day, bench, rate, holds, mailerIds } = gathered;
  const last = before?.benches.active;
  // What rows said before they were corrected has no day of its own: it is the same on all.
  const shared = { ...bench, rate, suppressions: [], earlierSpecs: last?.earlierSpecs ?? bench.earlierSpecs };
  const sideOf = (book: RuleBook): Bench => ({
    ...shared,
    book,
    carrierWideHoldDays: new Set(wideHoldDays(holds, around(bench.book, books, book)).keys()),
  });
  const benches = { active: sideOf(books.active), candidate: sideOf(books.candidate) };
  const again = [...bench.firstsOfMailerIds.keys(), ...(last?.firstsOfMailerIds.keys() ?? [])];
  const changes = last === undefined ? [] : coverageChanges(last.coverages, bench.coverages);
  return { day, benches, mailerIds, holds, again: new Set(again), coverageChanges: changes };
}

/** The whole book with one side's rules in the place of all that are tested. */
function around(whole: RuleBook, books: BothSides<RuleBook>, side: RuleBook): RuleBook {
  const tested = new Set([...books.active.rules, ...books.candidate.rules].map(({ id }) => id));
  return ruleBookOf([...whole.rules.filter(({ id }) => !tested.has(id)), ...side.rules], sha256Hex);
}

/** A parcel as it was judged last. */
export interface LastJudged {
  asOf: Instant;
  /** When time alone may change a judgement of either side; null = never. */
  nextReviewAt: Instant | null;
  /** A judgement of either side depends on other parcels: it is made anew every day. */
  asksOthers: boolean;
}

/** Whether a parcel may be judged to be something else than it was: by what audits go by, with its events one by one. */
export function isDueOn(
  { again, coverageChanges: changes, benches }: JudgedDay,
  { parcel, history, last }: { parcel: ParcelRows; history: JourneyHistory | undefined; last: LastJudged },
): boolean {
  const { asOf } = benches.active;
  return (
    last.asksOthers ||
    (last.nextReviewAt !== null && last.nextReviewAt <= asOf) ||
    again.has(parcel.trackingNumber) ||
    (history?.changedBetween(last.asOf, asOf) ?? false) ||
    changes.some((change) => maySayMore(parcel, change))
  );
}

/** Whether a change of a vendor's coverage may change an answer about the parcel; see audit/coverage.store.ts. */
function maySayMore({ sales, charges }: ParcelRows, { vendor, periods, currencies }: CoverageChange): boolean {
  const own = sales.filter((sale) => sale.vendor === vendor);
  const lines = (charges?.lines ?? []).filter((line) => line.vendor === vendor);
  const adjusted = (charges?.adjustments ?? []).some((adjustment) => adjustment.vendor === vendor);
  if (own.length === 0) return lines.length > 0 || adjusted;
  const isWithin = (day: Day | null): boolean =>
    day !== null && periods.some((period) => period.from <= day && day <= period.to);
  return (
    currencies ||
    own.some((sale) => isWithin(sale.purchasedDay) || (periods.length > 0 && sale.kind !== 'outbound')) ||
    lines.some((line) => isWithin(line.chargedDay))
  );
}
