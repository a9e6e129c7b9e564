/** What is asked and said about suppressions over HTTP. */
import { z } from 'zod';
import type { SuppressionView } from '../audit/suppression.service.ts';
import { SUPPRESSION_STATES } from '../audit/suppression.query.ts';
import { parseDay, formatInstant } from '../core/units/day.ts';
import { formatMills } from '../core/units/money.ts';
import { givenText, wholeBody, wholeQuery } from '../platform/given-text.ts';
import { anyOf, listShape } from './list-query.ts';

const DAY = 'must be a day as YYYY-MM-DD';
const LONGEST_REASON = 2000;
const LONGEST_EXPRESSION = 1000;
const SAY_WHY = 'must say why, in at least 3 characters';

const name = (description: string) => givenText(200).nullable().optional().meta({ description });

/** The body of POST /suppressions. */
export const newSuppression = wholeBody(
  {
    rule: name('Id of a rule.'),
    vendor: name('Name of a vendor, as its labels have it.'),
    trackingNumber: name('As written on the label.'),
    labelId: name('As the vendor calls the label; asks for the vendor.'),
    orderId: name('The order that labels were bought for.'),
    expression: givenText(LONGEST_EXPRESSION)
      .nullable()
      .optional()
      .meta({
        description:
          'In the language of rules, over the facts about the subject of the rule, or about a label where no rule is named. ' +
          'It is asked by the next audit.',
      }),
    reason: givenText(LONGEST_REASON).pipe(z.string().min(3, SAY_WHY)).meta({ description: 'Why.' }),
    owner: givenText(200).meta({ description: 'Who answers for it.' }),
    expiresOn: z
      .string(DAY)
      .refine((text) => parseDay(text) !== null, DAY)
      .nullable()
      .optional()
      .meta({ description: 'The last day it hides anything, within 366 days; left out: 90 days from now.' }),
  },
  '{"rule": "below-floor-price", "vendor": "Example Labels", "reason": "contract on file", "owner": "Ann"}',
);

/** `?reason=` of DELETE. */
export const endQuery = wholeQuery({
  reason: givenText(LONGEST_REASON).optional().meta({ description: 'Why it ends.' }),
});

export const suppressionsQuery = wholeQuery({
  ...listShape,
  state: anyOf(SUPPRESSION_STATES).meta({
    description: `Any of ${SUPPRESSION_STATES.join(', ')}; left out: those in force.`,
  }),
});

const text = z.string().nullable();
const instant = z.iso.datetime();
const money = z.object({ value: z.string(), currency: z.string().length(3) });

export const suppression = z.object({
  id: z.string(),
  state: z.enum(SUPPRESSION_STATES),
  rule: text,
  vendor: text,
  trackingNumber: text,
  labelId: text,
  orderId: text,
  expression: text,
  reason: z.string(),
  owner: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  /** The last day it hides anything, in UTC. */
  expiresOn: z.iso.date(),
  endedAt: instant.nullable(),
  endedBy: text,
  endReason: text,
  /** The clock of the last audit after which it hid something. */
  lastHidAt: instant.nullable(),
  /** Findings it hides now, and their amounts. */
  hides: z.int(),
  amounts: z.array(money),
  /** Findings it names and shows all the same: the postage is said to be counterfeit. */
  spares: z.int(),
  expiresSoon: z.boolean(),
  idle: z.boolean(),
  /** Why its expression hides nothing in this release. */
  problem: text,
});
export type Suppression = z.infer<typeof suppression>;

export const suppressionList = z.object({ items: z.array(suppression), nextCursor: z.string().nullable() });
export type SuppressionList = z.infer<typeof suppressionList>;

/** A suppression as it is answered. */
export function suppressionAnswer(view: SuppressionView): Suppression {
  return {
    ...view,
    createdAt: formatInstant(view.createdAt.getTime()),
    endedAt: written(view.endedAt),
    lastHidAt: written(view.lastHidAt),
    amounts: view.amounts.map(({ mills, currency }) => ({ value: formatMills(mills), currency })),
  };
}

function written(date: Date | null): string | null {
  return date === null ? null : formatInstant(date.getTime());
}
