/** Whether less could be looked at than by the report before: then finding nothing says less than it did. */
import { type Day, daysBetween } from '../units/day.ts';
import type { ScoreReason } from './score.ts';
import { COVERAGE_LIMITS } from './thresholds.ts';

/** Purchases of the days before a report (see `COVERAGE_LIMITS.recentDays`), and how many of them could be looked at. */
export interface Coverage {
  labels: number;
  /** Tracking showed events or a refusal. */
  answered: number;
  /** With a published price to compare with. */
  rated: number;
}

/** The same as a report of an earlier day had it. */
export interface CoverageThen extends Coverage {
  day: Day;
}

/** What the report before says: its own coverage, and the one its coverage had fallen from, if it had. */
export interface CoverageBefore {
  earlier: CoverageThen;
  fellFrom: CoverageThen | null;
}

export interface CoverageFall {
  share: 'answered' | 'rated';
  now: Coverage;
  earlier: CoverageThen;
}

/** A kind of file, or a vendor's labels, that came until lately and is late now. */
export interface MissedSource {
  kind: 'labels' | 'tracking';
  /** Whole hours since the last one. */
  hours: number;
  /** Whether it is this vendor's alone that is missed. */
  ofVendor: boolean;
}

/**
 * Which shares fell by more than the limit. Compared is with the report before; where coverage had fallen by then already,
 * with what it fell from, so that a source that stays away does not become the measure. A few labels tell no share: they
 * establish no fall, and end none.
 */
export function coverageFalls(
  now: Coverage,
  { before, day }: { before: CoverageBefore | null; day: Day },
): { falls: CoverageFall[]; fellFrom: CoverageThen | null } {
  if (before === null) return { falls: [], fellFrom: null };
  const held = before.fellFrom !== null && daysBetween(before.fellFrom.day, day) <= COVERAGE_LIMITS.rememberDays;
  const earlier = held && before.fellFrom !== null ? before.fellFrom : before.earlier;
  if (!held && Math.min(now.labels, earlier.labels) < COVERAGE_LIMITS.labelsToCompare)
    return { falls: [], fellFrom: null };
  const falls = (['answered', 'rated'] as const)
    .filter((share) => hasFallen(share, { earlier, now }))
    .map((share) => ({ share, now, earlier }));
  return { falls, fellFrom: falls.length > 0 ? earlier : null };
}

/** By more than the limit, in whole numbers: a fall of exactly so much is none. Of no labels nothing was looked at. */
function hasFallen(share: CoverageFall['share'], { earlier, now }: { earlier: Coverage; now: Coverage }): boolean {
  const labels = Math.max(1, now.labels);
  const lost = earlier[share] * labels - now[share] * earlier.labels;
  return 100 * lost > COVERAGE_LIMITS.pointsToFall * earlier.labels * labels;
}

/** Share of the labels, 0 to 1; of none nothing was looked at. */
export function shareOf(coverage: Coverage, share: CoverageFall['share']): number {
  return coverage.labels === 0 ? 0 : coverage[share] / coverage.labels;
}

/** What keeps a vendor from being bought from without a look: falls of its own, else those of all vendors together; sources missed. */
export function coverageReasons({
  own,
  all,
  missed,
}: {
  own: { now: Coverage; falls: readonly CoverageFall[] };
  /** Of all vendors together: counts for a vendor whose own labels are too few to tell. */
  all: readonly CoverageFall[];
  missed: readonly MissedSource[];
}): ScoreReason[] {
  const few = own.now.labels < COVERAGE_LIMITS.labelsToCompare;
  return [
    ...missed.map(missedReason),
    ...own.falls.map((fall) => fallReason(fall, 'fell')),
    ...(few && own.falls.length === 0 ? all.map((fall) => fallReason(fall, 'fell_overall')) : []),
  ];
}

/** Why, as the reason of one vendor or of all together. */
export function fallReason({ share, now, earlier }: CoverageFall, how: 'fell' | 'fell_overall'): ScoreReason {
  const values = {
    count: now[share],
    labels: now.labels,
    days: COVERAGE_LIMITS.recentDays,
    share: shareOf(now, share),
    before: shareOf(earlier, share),
    day: earlier.day,
  };
  return { code: `${share}_${how}`, values };
}

function missedReason({ kind, hours, ofVendor }: MissedSource): ScoreReason {
  const code = ofVendor ? 'missed_vendor' : kind === 'labels' ? 'missed_labels' : 'missed_tracking';
  return { code, values: { hours } };
}
