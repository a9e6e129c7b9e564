/** How a finding's state changes when it is judged again: one table, read by the audit. */

export const FINDING_STATES = ['open', 'resolved', 'reopened'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What a new judgement says of a finding: its rule still fires, or no longer does. */
export type Judgement = 'fires' | 'gone';

const TRANSITIONS: Record<FindingState | 'none', Record<Judgement, FindingState | null>> = {
  none: { fires: 'open', gone: null },
  open: { fires: 'open', gone: 'resolved' },
  resolved: { fires: 'reopened', gone: 'resolved' },
  reopened: { fires: 'reopened', gone: 'resolved' },
};

/** The state after a judgement; `none` is a finding never seen before, null that there is nothing to keep. */
export function nextState(state: FindingState | 'none', judgement: Judgement): FindingState | null {
  return TRANSITIONS[state][judgement];
}

/** Whether somebody still has to act on the finding. */
export function isOpen(state: FindingState): boolean {
  return state !== 'resolved';
}
