/** What is asked and said about findings over HTTP. */
import { z } from 'zod';
import { FINDING_STATES, SETTABLE_STATES } from '../core/finding/lifecycle.ts';
import { SEVERITIES } from '../core/rules/answer.ts';
import { ListedFindingSchema } from '../reports/finding-detail.ts';
import { NO_TEXT_SENTENCE, givenText, isText, wholeBody, wholeQuery } from '../platform/given-text.ts';
import { localeShape } from './language.ts';
import { anyOf, listShape, texts } from './list-query.ts';

/** `?rule=&vendor=&severity=&state=&trackingNumber=`; the rules there are come with the catalog. */
export const findingsQuery = wholeQuery({
  ...listShape,
  ...localeShape,
  rule: texts().meta({ description: 'Ids of rules; several with commas or repeated, as all of these.' }),
  vendor: texts().meta({ description: 'Names of vendors.' }),
  severity: anyOf(SEVERITIES).meta({ description: `Any of ${SEVERITIES.join(', ')}.` }),
  state: anyOf(FINDING_STATES).meta({
    description: `Any of ${FINDING_STATES.join(', ')}; left out: those that are somebody’s work.`,
  }),
  trackingNumber: givenText(200)
    .optional()
    .meta({ description: 'As written on the label; spaces and a leading 420 with its ZIP do not matter.' }),
});

const LONGEST_REASON = 2000;
const SAY_WHY = `must say why, in 3 to ${LONGEST_REASON} characters`;

/** The body of PATCH /findings/{id}. */
export const decision = wholeBody(
  {
    state: z.enum(SETTABLE_STATES, `must be one of ${SETTABLE_STATES.join(', ')}`),
    reason: z
      .string(SAY_WHY)
      .trim()
      .min(3, SAY_WHY)
      .max(LONGEST_REASON, SAY_WHY)
      .refine(isText, NO_TEXT_SENTENCE)
      .meta({ description: 'Why; it is kept in the history with the name of the access key.' }),
  },
  '{"state": "acknowledged", "reason": "asked the vendor for proof"}',
);

export const findingList = z.object({ items: z.array(ListedFindingSchema), nextCursor: z.string().nullable() });
export type FindingList = z.infer<typeof findingList>;
