/** How far a source of tracking is trusted with an event that several sources bring. */
import { SOURCE_KINDS, type TrackingCodes } from '../journey/codes.ts';
import { Speakers } from '../journey/speaker.ts';

/** A function from a source's name to its place by trust: 0 = the carrier itself, greater = trusted less. */
export function sourceRanker({ sources }: Pick<TrackingCodes, 'sources'>): (source: string | null) => number {
  const speakers = new Speakers(sources);
  return (source) => SOURCE_KINDS.indexOf(speakers.kindOf(source));
}
