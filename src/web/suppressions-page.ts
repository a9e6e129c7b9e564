/** What the page of suppressions shows: each with what it hides, and the form to make one. */
import { z } from 'zod';
import { SUPPRESSION_STATES } from '../audit/suppression.query.ts';
import type { SuppressionView, SuppressionWish } from '../audit/suppression.service.ts';
import { USUAL_SUPPRESSION_DAYS } from '../core/finding/suppression.ts';
import { type Day, addDays, parseDay } from '../core/units/day.ts';
import { givenText, onlyText } from '../platform/given-text.ts';
import { describeSuppression, scopeText, suppressionWarnings } from '../reports/suppressions.ts';
import { millsText } from '../reports/number-text.ts';
import type { PageWords } from './page.ts';

const optional = (max: number) =>
  z.preprocess((text) => (text === '' ? undefined : text), givenText(max).optional()).catch(undefined);

/** `?state=all`, and what the form is filled in with: the page of a finding sends people here. */
export const suppressionsQuery = z.object({
  state: z.enum(['active', 'all']).catch('active'),
  rule: optional(200),
  vendor: optional(200),
  trackingNumber: optional(200),
  cursor: optional(200),
});
export type SuppressionsQuery = z.infer<typeof suppressionsQuery>;

/** A field that is not sent is one that was left empty. */
const text = z.string().default('').transform(onlyText).pipe(z.string().trim());
const criterion = text.pipe(z.string().max(200)).transform((given) => (given === '' ? null : given));

/** The form is checked here and not at the door: who filled it in wrongly gets it back as it was. */
export const suppressionForm = z
  .object({
    rule: criterion,
    vendor: criterion,
    trackingNumber: criterion,
    labelId: criterion,
    orderId: criterion,
    expression: text.pipe(z.string().max(1000)).transform((given) => (given === '' ? null : given)),
    reason: text.pipe(z.string().min(3).max(2000)),
    owner: text.pipe(z.string().min(1).max(200)),
    expiresOn: text.refine((day) => parseDay(day) !== null),
  })
  .transform((wish): SuppressionWish => wish);

const typedText = z.string().catch('');
const typedForm = z.object({
  rule: typedText,
  vendor: typedText,
  trackingNumber: typedText,
  labelId: typedText,
  orderId: typedText,
  expression: typedText,
  reason: typedText,
  owner: typedText,
  expiresOn: typedText,
});
type TypedSuppression = z.infer<typeof typedForm>;

/** What was typed, whatever it was. */
export function typedSuppression(form: unknown): TypedSuppression {
  return typedForm.parse(typeof form === 'object' && form !== null ? form : {});
}

export interface SuppressionsPageInput {
  query: SuppressionsQuery;
  suppressions: readonly SuppressionView[];
  nextCursor: string | null;
  rules: readonly { id: string; title: string }[];
  /** Whether the reader may make and end them, and by what name. */
  mayDecide: boolean;
  callerName: string;
  today: Day;
  refused: { problem: string; typed: TypedSuppression } | null;
}

/** The whole page. */
export function suppressionsPage(input: SuppressionsPageInput, words: PageWords) {
  const { query, suppressions, nextCursor, rules, mayDecide, refused } = input;
  const { wording } = words;
  const ruleTitles = new Map(rules.map(({ id, title }) => [id, title]));
  return {
    title: wording.say('suppression.page_title'),
    other:
      query.state === 'all'
        ? { href: '/suppressions', text: wording.say('suppression.shown_active') }
        : { href: '/suppressions?state=all', text: wording.say('suppression.shown_all') },
    suppressions: suppressions.map((view) => rowOf(view, { ruleTitles, mayDecide, words })),
    next:
      nextCursor === null
        ? null
        : `/suppressions?${new URLSearchParams({ state: query.state, cursor: nextCursor }).toString()}`,
    form: mayDecide ? formView(input, refused) : null,
  };
}

function formView(
  { query, rules, callerName, today }: SuppressionsPageInput,
  refused: SuppressionsPageInput['refused'],
) {
  const typed = refused?.typed ?? {
    ...typedSuppression({}),
    rule: query.rule ?? '',
    vendor: query.vendor ?? '',
    trackingNumber: query.trackingNumber ?? '',
    owner: callerName,
    expiresOn: addDays(today, USUAL_SUPPRESSION_DAYS),
  };
  return {
    ...typed,
    problem: refused?.problem ?? null,
    rules: rules.map(({ id, title }) => ({ id, title, chosen: id === typed.rule })),
  };
}

function rowOf(
  view: SuppressionView,
  { ruleTitles, mayDecide, words }: { ruleTitles: ReadonlyMap<string, string>; mayDecide: boolean; words: PageWords },
) {
  const { wording, instantText } = words;
  const { id, state, reason, owner, createdAt, createdBy, endedAt, endedBy, endReason, problem } = view;
  const at = (date: Date): string => instantText(date.getTime());
  return {
    id,
    what: scopeText(view, { wording, ruleTitles }),
    reason,
    owner,
    until: wording.say('suppression.until', { day: view.expiresOn }),
    made: wording.say('suppression.made_by', { by: createdBy, at: at(createdAt) }),
    ended: endedAt === null ? null : wording.say('suppression.ended_by', { by: endedBy ?? '', at: at(endedAt) }),
    endReason,
    state: wording.say(`suppression.state_${state}`),
    warnings: [
      ...suppressionWarnings(describeSuppression(view), wording),
      ...(problem === null ? [] : [wording.say('suppression.broken', { problem })]),
    ],
    count: view.hides,
    amounts: view.amounts.map(({ mills, currency }) => millsText(mills, currency)),
    mayEnd: mayDecide && state === 'active',
  };
}

/** The states a page asks for. */
export function statesOf({ state }: SuppressionsQuery): readonly (typeof SUPPRESSION_STATES)[number][] {
  return state === 'all' ? SUPPRESSION_STATES : ['active'];
}
