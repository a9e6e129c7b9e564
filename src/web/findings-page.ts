/** What the list of findings shows: the filters as they stand, the findings, and what they add up to. */
import { z } from 'zod';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { FINDING_STATES } from '../core/finding/lifecycle.ts';
import { SEVERITIES } from '../core/rules/answer.ts';
import { addDays, dayOf } from '../core/units/day.ts';
import { parseMills } from '../core/units/money.ts';
import { givenText, listOf } from '../platform/given-text.ts';
import type { ListedFinding } from '../reports/finding-detail.ts';
import type { FindingFilters } from '../reports/finding-list.query.ts';
import { millsText, moneyText } from '../reports/number-text.ts';
import type { Wording } from '../reports/wording.ts';

/** A field of the form that was left empty narrows nothing. */
const field = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((text) => (typeof text === 'string' && text.trim() === '' ? undefined : text), schema.optional());
const oneOf = <Word extends string>(words: readonly Word[]) =>
  field(z.enum(words, `must be one of ${words.join(', ')}`));

/** Deadlines, the rule's or one's own: those that have passed, and those of the next days. */
const DUE = ['overdue', '7', '30'] as const;

export const findingsQuery = z.object({
  severity: oneOf(SEVERITIES),
  state: oneOf([...FINDING_STATES, 'all']),
  rule: field(givenText(200)),
  vendor: field(givenText(200)),
  trackingNumber: field(givenText(100)),
  assignee: field(givenText(200)),
  due: oneOf(DUE),
  suppressed: oneOf(['only', 'any']),
  cursor: field(givenText(200)),
});
export type FindingsQuery = z.infer<typeof findingsQuery>;

/** What the list is narrowed to as of the instant; without a state, to what is still somebody's work. */
export function filtersOf(query: FindingsQuery, now: Date): FindingFilters {
  const { severity, state, rule, vendor, trackingNumber, assignee, due, suppressed } = query;
  const today = dayOf(now.getTime());
  return {
    ...(severity && { severities: [severity] }),
    ...(state && { states: state === 'all' ? FINDING_STATES : [state] }),
    ...(rule && { rules: [rule] }),
    ...(vendor && { vendors: [vendor] }),
    ...(trackingNumber && { trackingNumber: canonicalNumber(trackingNumber).canonical }),
    ...(assignee && { assignees: [assignee] }),
    ...(due && { dueBy: due === 'overdue' ? addDays(today, -1) : addDays(today, Number(due)) }),
    suppressed: suppressed === 'any' ? null : { at: now, are: suppressed === 'only' ? 'alone' : 'left out' },
  };
}

export interface FindingsPageInput {
  query: FindingsQuery;
  /** The same as the list was read by. */
  filters: FindingFilters;
  findings: readonly ListedFinding[];
  nextCursor: string | null;
  rules: readonly { id: string; title: string }[];
  /** Whether the reader may decide about what is listed. */
  mayDecide: boolean;
}

/** The whole page. */
export function findingsPage(
  { query, filters, findings, nextCursor, rules, mayDecide }: FindingsPageInput,
  wording: Wording,
) {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  return {
    title: wording.say('findings.title'),
    severities: SEVERITIES.toReversed().map((word) => option(word, wording.say(`severity.${word}`), query.severity)),
    states: [
      option('', wording.say('findings.state_work'), query.state ?? ''),
      ...FINDING_STATES.map((word) => option(word, wording.say(`state.${word}`), query.state)),
      option('all', wording.say('findings.state_all'), query.state),
    ],
    rules: rules.map(({ id, title }) => option(id, title, query.rule)),
    vendor: query.vendor ?? '',
    trackingNumber: query.trackingNumber ?? '',
    assignee: query.assignee ?? '',
    dues: DUE.map((word) => option(word, wording.say(`findings.due_${word}`), query.due)),
    decideHref: mayDecide && findings.length > 1 ? addressOf('/findings/decide', query) : null,
    historyHref: historyAddress(filters),
    /** Kept by the form, which has no field to see for it. */
    suppressed: query.suppressed ?? null,
    narrowed: Object.values(query).some((value) => value !== undefined),
    count: wording.say('findings.shown', { count: findings.length }),
    totals: totalsOf(findings).map(({ currency, mills }) => millsText(mills, currency)),
    findings: findings.map((finding) => row(finding, titles, wording)),
    next: nextCursor === null ? null : addressOf('/findings', { ...query, cursor: nextCursor }),
  };
}

function option(value: string, text: string, chosen: string | undefined) {
  return { value, text, chosen: value === chosen };
}

export function row(finding: ListedFinding, titles: ReadonlyMap<string, string>, wording: Wording) {
  const { id, rule, severity, subject, trackingNumber, vendor, amount, state, deadline, ownDeadline } = finding;
  const [day = null] = [deadline, ownDeadline].filter((each) => each !== null).sort();
  return {
    href: `/findings/${id}`,
    severity,
    severityText: wording.say(`severity.${severity}`),
    title: titles.get(rule) ?? rule,
    message: finding.message,
    deadline: day === null ? null : wording.say('page.deadline', { day }),
    assignee: finding.assignee,
    number: trackingNumber ?? wording.say(`page.about_${subject}`),
    vendor: vendor ?? '',
    vendorHref: vendor === null ? null : `/findings?${new URLSearchParams({ vendor }).toString()}`,
    amount: amount === null ? '' : moneyText(amount.value, amount.currency),
    state: wording.say(`state.${state}`),
  };
}

/** Sums by currency, in the order the currencies come first. */
export function totalsOf(findings: readonly ListedFinding[]): { currency: string; mills: number }[] {
  const sums = new Map<string, number>();
  for (const { amount, amountKind } of findings) {
    // What could have been spent less is neither lost nor at stake.
    if (amount && amountKind !== 'saving')
      sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + (parseMills(amount.value) ?? 0));
  }
  return [...sums].map(([currency, mills]) => ({ currency, mills }));
}

/** The address of a page about the same findings. */
export function addressOf(path: string, query: FindingsQuery): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value);
  return `${path}?${parameters.toString()}`;
}

/** The history of the findings of the list, by the words of the interface for programs. */
function historyAddress(filters: FindingFilters): string {
  const { severities, states, rules, vendors, trackingNumber, assignees, dueBy, suppressed } = filters;
  const lists = { severity: severities, state: states, rule: rules, vendor: vendors, assignee: assignees };
  const parameters = new URLSearchParams();
  for (const [name, words] of Object.entries(lists)) {
    if (words) parameters.set(name, listOf(words.flatMap((word) => word ?? [])));
  }
  if (trackingNumber !== undefined) parameters.set('trackingNumber', trackingNumber);
  if (dueBy !== undefined) parameters.set('dueBy', dueBy);
  parameters.set('suppressed', suppressed ? SUPPRESSED[suppressed.are] : 'any');
  return `/api/v1/findings/history?${parameters.toString()}`;
}

const SUPPRESSED = { 'left out': 'no', alone: 'only' } as const;
