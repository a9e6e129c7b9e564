/** Texts that come in with a request, with a sentence for everything they cannot be. */
import { z } from 'zod';

/** JSON and URLs can carry both, a database of text can keep neither: U+0000, and halves of characters. */
const NO_TEXT = /[\0\p{Surrogate}]/u;
const NO_TEXTS = new RegExp(NO_TEXT, 'gu');
export const NO_TEXT_SENTENCE = 'holds a character that is no text, such as U+0000: leave it out';

/** Whether every character of it can be kept. */
export function isText(given: string): boolean {
  return !NO_TEXT.test(given);
}

/** The text without what cannot be kept of it: for forms, whose senders do not see it either. */
export function onlyText(given: string): string {
  return given.replaceAll(NO_TEXTS, '');
}

/** The words of a list with commas between them; a comma inside a word stands behind a backslash. */
export function wordsIn(list: string): string[] {
  const words = list.match(/(?:\\[\\,]|[^,])+/g) ?? [];
  return words.map((word) => word.replaceAll(/\\([\\,])/g, '$1').trim()).filter((word) => word !== '');
}

/** The list that `wordsIn` reads as these words. */
export function listOf(words: readonly string[]): string {
  return words.map((word) => word.replaceAll(/[\\,]/g, '\\$&')).join(',');
}

/** A text of one to `max` characters, given once; spaces around it do not count. */
export function givenText(max: number) {
  return z
    .string('must be a text, given once')
    .trim()
    .min(1, 'must not be empty: leave it out instead')
    .max(max, `must have ${max} characters at most`)
    .refine(isText, NO_TEXT_SENTENCE);
}

/**
 * The whole query of a route: a name it does not know is refused, since a filter that is misspelt would otherwise answer
 * everything as if it had been narrowed.
 */
export function wholeQuery<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape);
  const known = names.length === 0 ? 'this address takes none' : `it takes ${names.join(', ')}`;
  return z.strictObject(shape, `is no parameter here: ${known}`);
}

/** The whole body of a request, a JSON object; `example` says how one looks where something else came. */
export function wholeBody<Shape extends z.ZodRawShape>(shape: Shape, example: string) {
  const unknown = `is no field of this body: it takes ${Object.keys(shape).join(', ')}`;
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? unknown : `the body must be a JSON object such as ${example}`),
  });
}
