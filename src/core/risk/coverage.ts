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

export const COVERAGE_SHARES = ['answered', 'rated'] as const;
export type CoverageShare = (typeof COVERAGE_SHARES)[number];

/** What coverage fell from, and which of its shares were last seen fallen among enough labels. */
export interface FellFrom extends CoverageThen {
  shares: CoverageShare[];
}

/** What the report before says: its own coverage, and the one its coverage had fallen from, if it had. */
export interface CoverageBefore {
  earlier: CoverageThen;
  /** Earlier releases kept no shares: they are those that the report before shows fallen. */
  fellFrom: (CoverageThen & Partial<FellFrom>) | null;
}

export interface CoverageFall {
  share: CoverageShare;
  now: Coverage;
  earlier: CoverageThen;
  /** It fell before, and the few labels of now, which look better, do not show that it is back. */
  isHeld: boolean;
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
): { falls: CoverageFall[]; fellFrom: FellFrom | null } {
  if (before === null) return { falls: [], fellFrom: null };
  const remembered = rememberedFall(before, day);
  const { shares: held, ...earlier } = remembered ?? { ...before.earlier, shares: [] };
  const few = Math.min(now.labels, earlier.labels) < COVERAGE_LIMITS.labelsToCompare;
  if (remembered === null && few) return { falls: [], fellFrom: null };
  const fallen = COVERAGE_SHARES.filter((share) => hasFallen(share, { earlier, now }));
  const falls = COVERAGE_SHARES.filter((share) => fallen.includes(share) || (few && held.includes(share))).map(
    (share): CoverageFall => ({ share, now, earlier, isHeld: !fallen.includes(share) }),
  );
  const shares = few ? held : fallen;
  return { falls, fellFrom: shares.length > 0 ? { ...earlier, shares } : null };
}

/** The fall that the report before tells of, unless it is forgotten. */
function rememberedFall({ earlier, fellFrom }: CoverageBefore, day: Day): FellFrom | null {
  if (fellFrom === null || daysBetween(fellFrom.day, day) > COVERAGE_LIMITS.rememberDays) return null;
  const fallen = COVERAGE_SHARES.filter((share) => hasFallen(share, { earlier: fellFrom, now: earlier }));
  return { ...fellFrom, shares: fellFrom.shares ?? fallen };
}

/** By more than the limit, in whole numbers: a fall of exactly so much is none. Of no labels nothing was looked at. */
function hasFallen(share: CoverageShare, { earlier, now }: { earlier: Coverage; now: Coverage }): boolean {
  const labels = Math.max(1, now.labels);
  const lost = earlier[share] * labels - now[share] * earlier.labels;
  return 100 * lost > COVERAGE_LIMITS.pointsToFall * earlier.labels * labels;
}

/** Share of the labels, 0 to 1; of none nothing was looked at. */
export function shareOf(coverage: Coverage, share: CoverageShare): number {
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
    ...own.falls.map((fall) => fallReason(fall, 'vendor')),
    ...(few && own.falls.length === 0 ? all.map((fall) => fallReason(fall, 'overall')) : []),
  ];
}

/** Why, as the reason of one vendor or of all together. */
export function fallReason({ share, now, earlier, isHeld }: CoverageFall, of: 'vendor' | 'overall'): ScoreReason {
  const values = {
    count: now[share],
    labels: now.labels,
    days: COVERAGE_LIMITS.recentDays,
    share: shareOf(now, share),
    before: shareOf(earlier, share),
    day: earlier.day,
  };
  const code = `${share}_${isHeld ? 'held' : 'fell'}` as const;
  return { code: of === 'overall' ? `${code}_overall` : code, values };
}

function missedReason({ kind, hours, ofVendor }: MissedSource): ScoreReason {
  const code = ofVendor ? 'missed_vendor' : kind === 'labels' ? 'missed_labels' : 'missed_tracking';
  return { code, values: { hours } };
}
