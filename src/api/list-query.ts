/** The parts of a query that every list takes, and lists of words in one. */
import { z } from 'zod';
import { NO_TEXT_SENTENCE, givenText, isText, wholeQuery, wordsIn } from '../platform/given-text.ts';

const MOST_ITEMS = 500;
const DEFAULT_ITEMS = 50;
const MOST_WORDS = 100;

/** `?cursor=&limit=`, for lists that take more besides. */
export const listShape = {
  cursor: givenText(500)
    .optional()
    .meta({ description: 'What `nextCursor` of the page before said; left out for the first page.' }),
  limit: z.coerce
    .number(`must be a whole number from 1 to ${MOST_ITEMS}`)
    .int(`must be a whole number from 1 to ${MOST_ITEMS}`)
    .min(1, `must be from 1 to ${MOST_ITEMS}`)
    .max(MOST_ITEMS, `must be from 1 to ${MOST_ITEMS}`)
    .default(DEFAULT_ITEMS)
    .meta({ description: 'Items a page.' }),
};

/** `?cursor=&limit=` and nothing else. */
export const listQuery = wholeQuery(listShape);

/** `?name=a,b&name=c`: any of the words; absent = undefined. */
export function anyOf<Word extends string>(allowed: readonly Word[]) {
  return texts().transform((given, context): Word[] | undefined => {
    const words = given?.map((text) => ({ text, word: allowed.find((known) => known === text) }));
    const wrong = words?.find(({ word }) => word === undefined);
    if (wrong !== undefined) context.addIssue(`"${wrong.text}" is none of ${allowed.join(', ')}`);
    return words?.flatMap(({ word }) => word ?? []);
  });
}

/** `?name=a,b&name=c` of any texts; a comma inside one is written `\\,`. */
export function texts() {
  return z
    .union([z.string(), z.array(z.string())], 'must be given once, or several times')
    .optional()
    .transform((given) => {
      const words = [given ?? []].flat().flatMap(wordsIn);
      return words.length === 0 ? undefined : [...new Set(words)];
    })
    .refine((words) => words?.every(isText) ?? true, NO_TEXT_SENTENCE)
    .refine((words) => (words?.length ?? 0) <= MOST_WORDS, `takes ${MOST_WORDS} words at most`);
}
