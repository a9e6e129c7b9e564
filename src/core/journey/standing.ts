/** Where a parcel stands after each thing told of it. */
import type { Stage } from './codes.ts';
import type { Standing } from './digest.ts';

/** Null = the event says nothing of where the parcel stands. */
const STANDING_OF: Readonly<Record<Stage, Standing | null>> = {
  announcement: 'announced',
  receipt: 'announced',
  partner: 'announced',
  other: null,
  accepted: 'accepted',
  moving: 'moving',
  out_for_delivery: 'out_for_delivery',
  stopped: 'stopped',
  hold_other: 'held',
  forward: 'forwarded',
  return: 'returned',
  delivered: 'delivered',
  duplicate: null,
  unpaid: null,
  paid: null,
  hold_for_postage: 'held',
  notice: 'withheld',
  seized: 'seized',
};

/**
 * The standing after an event. An announcement that comes late takes nothing back, and what is on its way back stays so
 * until it is there: whatever is scanned then, the parcel returns.
 */
export function standingAfter(before: Standing | null, stage: Stage): Standing | null {
  const after = STANDING_OF[stage];
  if (after === null || (after === 'announced' && before !== null)) return before;
  return before === 'returned' && after !== 'withheld' && after !== 'seized' ? 'returned' : after;
}
