/** How far a source of tracking is trusted with an event that several sources bring. */
import { Classifier } from '../journey/classify.ts';
import { SOURCE_KINDS, type TrackingCodes } from '../journey/codes.ts';

/** A function from a source's name to its place by trust: 0 = the carrier itself, greater = trusted less. */
export function sourceRanker(codes: TrackingCodes): (source: string | null) => number {
  const classifier = new Classifier(codes);
  return (source) => SOURCE_KINDS.indexOf(classifier.kindOf(source));
}
