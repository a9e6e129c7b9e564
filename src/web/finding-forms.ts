/** The forms about findings: what they send, and what of it a page shows again when it was refused. */
import { z } from 'zod';
import type { Decision } from '../audit/finding.service.ts';
import { SETTABLE_STATES } from '../core/finding/lifecycle.ts';
import { parseDay } from '../core/units/day.ts';
import { parseMills } from '../core/units/money.ts';
import { onlyText } from '../platform/given-text.ts';

const LONGEST_NOTE = 2000;
const LONGEST_NAME = 200;

const text = z.string().transform(onlyText).pipe(z.string().trim());
const note = text.pipe(z.string().max(LONGEST_NOTE));
const name = text.pipe(z.string().max(LONGEST_NAME)).transform((given) => (given === '' ? null : given));
/** A form of an earlier release, or of somebody's own, may lack it: then the finding is taken as it stands. */
const version = z.coerce.number().int().min(0).nullable().catch(null);

/** What one of the forms wants; `version` is that of the finding the form was made for. */
export interface FormDecision {
  decision: Decision;
  version: number | null;
}

export const stateForm = z
  .object({ state: z.enum(SETTABLE_STATES), reason: note.pipe(z.string().min(3)), version })
  .transform(({ state, reason, version: seen }): FormDecision => ({
    decision: { state, note: reason },
    version: seen,
  }));

const commentForm = z
  .object({ comment: note.pipe(z.string().min(1)), version })
  // Words of one do not contradict those of another: they need no version.
  .transform(({ comment }): FormDecision => ({ decision: { note: comment }, version: null }));

const handlingForm = z
  .object({
    assignee: name,
    ownDeadline: name.refine((day) => day === null || parseDay(day) !== null),
    disputeReference: name,
    recovered: name.refine((amount) => amount === null || (parseMills(amount) ?? 0) > 0),
    currency: text.pipe(
      z
        .string()
        .toUpperCase()
        .regex(/^[A-Z]{3}$/),
    ),
    version,
  })
  .transform(({ assignee, ownDeadline, disputeReference, recovered, currency, version: seen }): FormDecision => {
    const back = recovered === null ? null : { mills: parseMills(recovered) ?? 0, currency };
    return { decision: { assignee, ownDeadline, disputeReference, recovered: back, note: null }, version: seen };
  });

/** By the last part of the address it is sent to; the wording says what is wrong with one that is not filled in. */
export const FINDING_FORMS = {
  state: { schema: stateForm, incomplete: 'finding.decide_incomplete' },
  handling: { schema: handlingForm, incomplete: 'finding.handling_incomplete' },
  comments: { schema: commentForm, incomplete: 'finding.comment_incomplete' },
} as const;
export type FindingForm = keyof typeof FINDING_FORMS;

const typedText = z.string().catch('');
const typedForm = z.object({
  state: typedText,
  /** The state, where the form has a filter by state beside. */
  set: typedText,
  reason: typedText,
  assignee: typedText,
  ownDeadline: typedText,
  disputeReference: typedText,
  recovered: typedText,
  currency: typedText,
  comment: typedText,
});
export type TypedForm = z.infer<typeof typedForm>;

/** What was typed, whatever it was. */
export function typedIn(form: unknown): TypedForm {
  return typedForm.parse(typeof form === 'object' && form !== null ? form : {});
}
