/** What is asked and said about findings over HTTP. */
import { z } from 'zod';
import { type Decision, MOST_AT_ONCE } from '../audit/finding.service.ts';
import { FINDING_STATES, SETTABLE_STATES } from '../core/finding/lifecycle.ts';
import { SEVERITIES } from '../core/rules/answer.ts';
import { parseDay } from '../core/units/day.ts';
import { parseMills } from '../core/units/money.ts';
import { ListedFindingSchema } from '../reports/finding-detail.ts';
import { NO_TEXT_SENTENCE, givenText, isText, wholeBody, wholeQuery } from '../platform/given-text.ts';
import { idParam } from './id-param.ts';
import { localeShape } from './language.ts';
import { anyOf, listShape, texts } from './list-query.ts';

/** `?rule=&vendor=&severity=&state=&assignee=&dueBy=&trackingNumber=`; the rules there are come with the catalog. */
const findingsShape = {
  rule: texts().meta({
    description: 'Ids of rules; several with commas or repeated, as all of these; a comma inside a name is written \\,',
  }),
  vendor: texts().meta({ description: 'Names of vendors.' }),
  severity: anyOf(SEVERITIES).meta({ description: `Any of ${SEVERITIES.join(', ')}.` }),
  state: anyOf(FINDING_STATES).meta({
    description: `Any of ${FINDING_STATES.join(', ')}; left out: those that are somebody’s work.`,
  }),
  assignee: texts().meta({ description: 'Names of those whose work it is; `nobody` for findings without one.' }),
  dueBy: day('as YYYY-MM-DD')
    .optional()
    .meta({ description: 'The rule’s deadline or your own is on this day or before it.' }),
  suppressed: z
    .enum(['no', 'only', 'any'], 'must be no, only or any')
    .default('no')
    .meta({ description: 'Findings that a suppression hides: left out, alone, or among the others.' }),
  trackingNumber: givenText(200)
    .optional()
    .meta({ description: 'As written on the label; spaces and a leading 420 with its ZIP do not matter.' }),
};

export const findingsQuery = wholeQuery({ ...listShape, ...localeShape, ...findingsShape });
export type FindingsQuery = z.infer<typeof findingsQuery>;

const LONGEST_NOTE = 2000;
const SAY_WHY = `must say why, in 3 to ${LONGEST_NOTE} characters`;
const NOT_A_COMMENT = `must have 1 to ${LONGEST_NOTE} characters`;
const EXAMPLE = '{"state": "acknowledged", "reason": "asked the vendor for proof"}';
const POSITIVE_AMOUNT = 'must be a positive decimal such as "12.34", with 3 decimals at most';

/** What a person may change; what is left out stays as it is, and null takes back what was set. */
const decisionShape = {
  state: z
    .enum(SETTABLE_STATES, `must be one of ${SETTABLE_STATES.join(', ')}`)
    .optional()
    .meta({ description: 'Asks for a reason.' }),
  reason: z
    .string(SAY_WHY)
    .trim()
    .min(3, SAY_WHY)
    .max(LONGEST_NOTE, SAY_WHY)
    .refine(isText, NO_TEXT_SENTENCE)
    .optional()
    .meta({ description: 'Why; it is kept in the history with the name of the access key.' }),
  comment: z
    .string(NOT_A_COMMENT)
    .trim()
    .min(1, NOT_A_COMMENT)
    .max(LONGEST_NOTE, NOT_A_COMMENT)
    .refine(isText, NO_TEXT_SENTENCE)
    .optional()
    .meta({ description: 'Words for those who read this later, where no state is set.' }),
  assignee: givenText(200).nullable().optional().meta({ description: 'Whose work it is.' }),
  ownDeadline: day('as YYYY-MM-DD, or null')
    .nullable()
    .optional()
    .meta({ description: 'A day of your own, beside the deadline of the rule.' }),
  disputeReference: givenText(200)
    .nullable()
    .optional()
    .meta({ description: 'What the vendor or the carrier calls the dispute.' }),
  recovered: z
    .strictObject(
      {
        value: z.string(POSITIVE_AMOUNT).refine((text) => (parseMills(text) ?? 0) > 0, POSITIVE_AMOUNT),
        currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD'),
      },
      'must be null or an object such as {"value": "12.34", "currency": "USD"}',
    )
    .transform(({ value, currency }) => ({ mills: parseMills(value) ?? 0, currency }))
    .nullable()
    .optional()
    .meta({ description: 'All that came back so far; less than the amount is a partial recovery.' }),
};

/** The body of PATCH /findings/{id}. */
export const decision = wholeBody(decisionShape, EXAMPLE).superRefine(checkDecision);

const ONE_TO_CAP = `must name 1 to ${MOST_AT_ONCE} findings by their ids`;

/** The body of POST /findings/decisions. */
export const bulkDecision = wholeBody(
  {
    ids: z
      .array(idParam.shape.id, ONE_TO_CAP)
      .min(1, ONE_TO_CAP)
      .max(MOST_AT_ONCE, ONE_TO_CAP)
      .meta({ description: 'The findings; all of them are decided about, or none.' }),
    ...decisionShape,
  },
  `{"ids": ["..."], ${EXAMPLE.slice(1)}`,
).superRefine(checkDecision);

type GivenDecision = z.infer<z.ZodObject<typeof decisionShape>>;

/** The parts of a decision have to fit together. */
function checkDecision(given: GivenDecision, context: z.RefinementCtx): void {
  const refuse = (field: string, message: string): void => context.addIssue({ code: 'custom', path: [field], message });
  if (given.state !== undefined && given.reason === undefined) refuse('reason', SAY_WHY);
  if (given.reason !== undefined && given.comment !== undefined)
    refuse('comment', 'is one thing with reason: send one');
  if (DECISION_FIELDS.every((field) => given[field] === undefined)) {
    refuse('', `must change something or comment: it takes ${DECISION_FIELDS.join(', ')}`);
  }
}

const DECISION_FIELDS = [
  'state',
  'reason',
  'comment',
  'assignee',
  'ownDeadline',
  'disputeReference',
  'recovered',
] as const;

/** The decision as the room of audits takes it. */
export function decisionOf({
  state,
  reason,
  comment,
  assignee,
  ownDeadline,
  disputeReference,
  recovered,
}: GivenDecision): Decision {
  return {
    ...(state !== undefined && { state }),
    ...(assignee !== undefined && { assignee }),
    ...(ownDeadline !== undefined && { ownDeadline }),
    ...(disputeReference !== undefined && { disputeReference }),
    ...(recovered !== undefined && { recovered }),
    note: reason ?? comment ?? null,
  };
}

export const decided = z.object({ decided: z.int() });
export type Decided = z.infer<typeof decided>;

/** `?from=&to=&by=` of the history as CSV, beside the filters of the list. */
export const historyQuery = wholeQuery({
  ...findingsShape,
  from: day('as YYYY-MM-DD').optional().meta({ description: 'Changes of this day (UTC) and later.' }),
  to: day('as YYYY-MM-DD').optional().meta({ description: 'Changes of this day (UTC) and earlier.' }),
  by: z
    .enum(['people', 'audits', 'all'], 'must be people, audits or all')
    .default('all')
    .meta({ description: 'Whose changes.' }),
  suppressed: z
    .enum(['no', 'only', 'any'], 'must be no, only or any')
    .default('any')
    .meta({ description: 'Of findings that a suppression hides: left out, alone, or among the others.' }),
  finding: z
    .string('must be given once')
    .pipe(idParam.shape.id)
    .optional()
    .meta({ description: 'One finding by its id.' }),
});

/** A day; `form` says how it is written. */
function day(form: string) {
  return z.string(`must be a day ${form}`).refine((text) => parseDay(text) !== null, `must be a day ${form}`);
}

export const findingList = z.object({ items: z.array(ListedFindingSchema), nextCursor: z.string().nullable() });
export type FindingList = z.infer<typeof findingList>;
