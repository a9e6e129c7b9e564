/**
 * How a finding's state changes, by audits and by people: two tables, read by everybody who changes or counts findings.
 *
 * An audit never overrules a person by what the person knew: a finding somebody closed stays closed while it says the
 * same. It opens again only when it grew, since then it is no longer what was decided on.
 */

/** States in which a finding is still somebody's work. Reports count these and no others. */
export const OPEN_STATES = ['open', 'reopened', 'acknowledged', 'disputed'] as const;
/** States in which a person closed it, whether its rule still fires or not. */
export const CLOSED_STATES = ['recovered', 'written_off', 'dismissed'] as const;

export const FINDING_STATES = [...OPEN_STATES, ...CLOSED_STATES, 'resolved'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What a person may set; `open` takes back an earlier decision. */
export const SETTABLE_STATES = ['open', 'acknowledged', 'disputed', ...CLOSED_STATES] as const;
export type SettableState = (typeof SETTABLE_STATES)[number];

/**
 * What a new judgement says of a finding: its rule still fires, fires with a greater severity or amount than was decided
 * on, or no longer fires.
 */
export type Judgement = 'fires' | 'grown' | 'gone';

const BY_AUDIT: Record<FindingState | 'none', Record<Judgement, FindingState | null>> = {
  none: { fires: 'open', grown: 'open', gone: null },
  open: { fires: 'open', grown: 'open', gone: 'resolved' },
  reopened: { fires: 'reopened', grown: 'reopened', gone: 'resolved' },
  acknowledged: { fires: 'acknowledged', grown: 'acknowledged', gone: 'resolved' },
  disputed: { fires: 'disputed', grown: 'disputed', gone: 'resolved' },
  recovered: { fires: 'recovered', grown: 'reopened', gone: 'recovered' },
  written_off: { fires: 'written_off', grown: 'reopened', gone: 'written_off' },
  dismissed: { fires: 'dismissed', grown: 'reopened', gone: 'dismissed' },
  resolved: { fires: 'reopened', grown: 'reopened', gone: 'resolved' },
};

/** Money may come back after its cause is gone or was given up; any other decision is taken back before another is made. */
const BY_PEOPLE: Record<FindingState, readonly SettableState[]> = {
  open: ['acknowledged', 'disputed', ...CLOSED_STATES],
  reopened: ['acknowledged', 'disputed', ...CLOSED_STATES],
  acknowledged: ['open', 'disputed', ...CLOSED_STATES],
  disputed: ['open', 'acknowledged', ...CLOSED_STATES],
  recovered: ['open'],
  written_off: ['open', 'recovered'],
  dismissed: ['open'],
  resolved: ['recovered'],
};

/** The state after a judgement; `none` is a finding never seen before, null that there is nothing to keep. */
export function nextState(state: FindingState | 'none', judgement: Judgement): FindingState | null {
  return BY_AUDIT[state][judgement];
}

/** The states a person may move the finding to. Setting the state it is in only adds a note. */
export function settableFrom(state: FindingState): readonly SettableState[] {
  return BY_PEOPLE[state];
}

/** Whether a person closed it, so that an audit has to compare what it finds with what was decided on. */
export function isClosedByPerson(state: FindingState): boolean {
  return CLOSED_STATES.some((closed) => closed === state);
}
