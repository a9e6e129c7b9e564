/** What is asked and said about the evidence of a number, and about letters, over HTTP. */
import { z } from 'zod';
import { LETTER_CASES, LETTER_RECIPIENTS } from '../core/finding/letter-case.ts';
import { LOCALES } from '../core/rules/answer.ts';
import { givenText, wholeQuery } from '../platform/given-text.ts';
import { localeShape } from './language.ts';

export const numberParam = z.object({
  trackingNumber: givenText(200).meta({
    description: 'As written on the label; spaces and a leading 420 with its ZIP do not matter.',
  }),
});

export const evidenceQuery = wholeQuery({
  ...localeShape,
  format: z
    .enum(['json', 'html'], 'must be json or html')
    .optional()
    .meta({ description: 'html = the page to print, as a file of its own; left out: by Accept, else json.' }),
});

export const letterQuery = wholeQuery({
  ...localeShape,
  to: z
    .enum(LETTER_RECIPIENTS, `must be ${LETTER_RECIPIENTS.join(' or ')}`)
    .meta({ description: `Who it is for: ${LETTER_RECIPIENTS.join(' or ')}.` }),
  format: z
    .enum(['json', 'text'], 'must be json or text')
    .optional()
    .meta({ description: 'text = as a text file, its subject in front; left out: by Accept, else json.' }),
});

export const letterAnswer = z.object({
  to: z.enum(LETTER_RECIPIENTS),
  case: z.enum(LETTER_CASES).meta({ description: 'What the finding comes to, by its verdict and attribution.' }),
  locale: z.enum(LOCALES),
  subject: z.string(),
  body: z.string().meta({ description: 'What only the sender knows stands in [brackets].' }),
});
export type LetterAnswer = z.infer<typeof letterAnswer>;
