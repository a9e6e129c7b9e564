/** What people keep about a finding beside its state, and how one change of it is told from what stood before. */
import type { Day } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import type { FindingState } from './lifecycle.ts';

/** How a finding is dealt with. Audits change none of it but the state. */
export interface Handling {
  state: FindingState;
  /** Whose work it is; null = nobody's yet. */
  assignee: string | null;
  /** The day people set themselves, beside the one its rule names. */
  ownDeadline: Day | null;
  /** What the vendor or the carrier calls the dispute. */
  disputeReference: string | null;
  /** What came back so far, all of it together; less than the amount is a partial recovery. */
  recovered: Money | null;
}

export const HANDLING_FIELDS = ['state', 'assignee', 'ownDeadline', 'disputeReference', 'recovered'] as const;
export type HandlingField = (typeof HANDLING_FIELDS)[number];

/** What a person wants it to be; a field left out stays as it is. */
export type WantedHandling = Partial<Handling>;

/** Of each field that changed what it was and what it became: the history keeps it so. */
export type HandlingChanges = { [Field in HandlingField]?: [before: Handling[Field], after: Handling[Field]] };

export const UNHANDLED: Handling = {
  state: 'open',
  assignee: null,
  ownDeadline: null,
  disputeReference: null,
  recovered: null,
};

/** The fields in which what is wanted differs from what stands; none when it all stands already. */
export function changesOf(standing: Handling, wanted: WantedHandling): HandlingChanges {
  const changes: Record<string, [unknown, unknown]> = {};
  for (const field of HANDLING_FIELDS) {
    const after = wanted[field];
    if (after === undefined || isSame(standing[field], after)) continue;
    changes[field] = [standing[field], after];
  }
  return changes;
}

/** One change as a history keeps it: the state after it, and what a person changed (null for an audit). */
export interface HandlingStep {
  state: FindingState;
  changes: HandlingChanges | null;
}

/**
 * How a finding stands after its whole history, the earliest step first.
 * @throws RangeError when a step starts from something else than the steps before it led to
 */
export function replayHandling(steps: readonly HandlingStep[]): Handling {
  let standing = UNHANDLED;
  for (const { state, changes } of steps) {
    for (const field of HANDLING_FIELDS) {
      const change = changes?.[field];
      if (change === undefined) continue;
      if (!isSame(standing[field], change[0])) throw new RangeError(`the history of ${field} does not follow`);
      standing = { ...standing, [field]: change[1] };
    }
    standing = { ...standing, state };
  }
  return standing;
}

/** What of an amount is still to come back; null where nothing of its currency is known to have come back. */
export function stillOut(amount: Money | null, recovered: Money | null): Money | null {
  if (amount === null || recovered === null || amount.currency !== recovered.currency) return null;
  return { mills: Math.max(0, amount.mills - recovered.mills), currency: amount.currency };
}

function isSame(a: Handling[HandlingField], b: Handling[HandlingField]): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  return a.mills === b.mills && a.currency === b.currency;
}
