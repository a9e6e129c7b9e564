/** The lives of a parcel's number that its journey has to be told apart by, and the journey over them. */
import type { JourneyDigest } from '../core/journey/digest.ts';
import { type Life, haveSeveralLives, livesOf } from '../core/journey/lives.ts';
import { type ParcelJudgement, type ParcelKnown, purchasedFrom } from '../core/finding/parcel.ts';
import type { Instant } from '../core/units/day.ts';
import type { ParcelRows } from './parcel-row.ts';

/** Empty where one journey over all time does. `firstAt` = when the first of all that was told of the number happened. */
export function livesApart(
  { sales }: Pick<ParcelRows, 'sales'>,
  { asOf, firstAt, uniqueDays }: { asOf: Instant; firstAt: Instant | null; uniqueDays: number },
): Life[] {
  // A purchase still to come begins no life yet.
  const purchases = sales.map(purchasedFrom).filter((at) => at <= asOf);
  const lives = livesOf(purchases, uniqueDays);
  return haveSeveralLives(lives, firstAt) ? lives : [];
}

/** The journey over those lives, from what was folded for each of them, or for all time where there are none. */
export function journeyOver(lives: readonly Life[], folded: readonly (JourneyDigest | null)[]): ParcelKnown['journey'] {
  if (lives.length === 0) return folded[0] ?? null;
  return lives.map((life, at) => ({ ...life, journey: folded[at] ?? null }));
}

/** Whether the journey as it is stored goes on after as-of. */
export function goesOn({ journey }: ParcelRows, asOf: Instant): boolean {
  return journey !== null && journey.latestAt !== null && journey.latestAt > asOf;
}

/** Such a parcel has to be judged again by any audit that looks later: only the last of its events is told by its journey. */
export function withReview(judgement: ParcelJudgement, asOf: Instant): ParcelJudgement {
  return { ...judgement, nextReviewAt: Math.min(judgement.nextReviewAt ?? Infinity, asOf + 1) };
}
