/** Whether people keep dismissing what a rule finds: its false positives by those who looked at them. */
import { FALSE_POSITIVE_LIMITS } from './thresholds.ts';
import { wilsonInterval } from './wilson.ts';

/** What people decided of the findings of a rule as it reads now. */
export interface DecidedCounts {
  rule: string;
  /** Findings they dismissed, disputed, got money back for or wrote off; one that is only in hand is not decided. */
  decided: number;
  dismissed: number;
}

export interface DismissedShare extends DecidedCounts {
  /** dismissed / decided, 0 to 1. */
  share: number;
  /** The least that the true share can be, at 95 %. */
  atLeast: number;
  /** The rule is to be looked at. */
  flagged: boolean;
}

/** Null where nothing is decided: then nobody knows. */
export function dismissedShare({ rule, decided, dismissed }: DecidedCounts): DismissedShare | null {
  if (decided <= 0) return null;
  const atLeast = wilsonInterval({ hits: dismissed, cases: decided }).lower;
  const { decisionsToFlag, dismissedShareToFlag } = FALSE_POSITIVE_LIMITS;
  const flagged = decided >= decisionsToFlag && atLeast > dismissedShareToFlag;
  return { rule, decided, dismissed, share: dismissed / decided, atLeast, flagged };
}
