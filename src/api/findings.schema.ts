/** What is asked and said about findings over HTTP. */
import { z } from 'zod';
import { FINDING_STATES, SETTABLE_STATES } from '../core/finding/lifecycle.ts';
import { SEVERITIES } from '../core/rules/answer.ts';
import { ListedFindingSchema } from '../reports/finding-detail.ts';
import { localeQuery } from './language.ts';
import { anyOf, listQuery, texts } from './list-query.ts';

/** `?rule=&vendor=&severity=&state=&trackingNumber=`; the rules there are come with the catalog. */
export const findingsQuery = listQuery.extend(localeQuery.shape).extend({
  rule: texts().meta({ description: 'Ids of rules; several with commas or repeated, as all of these.' }),
  vendor: texts().meta({ description: 'Names of vendors.' }),
  severity: anyOf(SEVERITIES).meta({ description: `Any of ${SEVERITIES.join(', ')}.` }),
  state: anyOf(FINDING_STATES).meta({
    description: `Any of ${FINDING_STATES.join(', ')}; left out: those that are somebody’s work.`,
  }),
  trackingNumber: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'As written on the label; spaces and a leading 420 with its ZIP do not matter.' }),
});

const LONGEST_REASON = 2000;

/** The body of PATCH /findings/{id}. */
export const decision = z.object({
  state: z.enum(SETTABLE_STATES, `must be one of ${SETTABLE_STATES.join(', ')}`),
  reason: z
    .string('must say why, in 3 to 2000 characters')
    .trim()
    .min(3, 'must say why, in 3 to 2000 characters')
    .max(LONGEST_REASON, 'must say why, in 3 to 2000 characters')
    .meta({ description: 'Why; it is kept in the history with the name of the access key.' }),
});

export const findingList = z.object({ items: z.array(ListedFindingSchema), nextCursor: z.string().nullable() });
export type FindingList = z.infer<typeof findingList>;
