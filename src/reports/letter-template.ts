/** The letters as templates/letters holds them: one file a recipient and case, in every language. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { parse } from 'yaml';
import { z } from 'zod';
import type { LetterCase, LetterRecipient } from '../core/finding/letter-case.ts';
import type { Locale } from '../core/rules/answer.ts';
import type { LetterFacts } from './letter-facts.ts';

const worded = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
const file = z.strictObject({ subject: worded, body: worded });

/** Fills in a letter; a name that its text uses and the facts lack throws. */
export type FillLetter = (facts: LetterFacts) => { subject: string; body: string };

/** Where the letter stands below the root. */
export function letterPath(to: LetterRecipient, letters: LetterCase): string {
  return join('templates', 'letters', `${to}-${letters}.yaml`);
}

/** Reads the letter under `root` in one language. Throws when the file is missing or not of the expected form. */
export function loadLetter(
  root: string,
  { to, letters, locale }: { to: LetterRecipient; letters: LetterCase; locale: Locale },
): FillLetter {
  const path = letterPath(to, letters);
  const parsed = file.safeParse(parse(readFileSync(join(root, path), 'utf8')));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  const { subject, body } = parsed.data;
  const engine = Handlebars.create();
  // Plain text: nothing is escaped, and nothing of it is ever read as HTML.
  const options = { strict: true, noEscape: true };
  const [fillSubject, fillBody] = [engine.compile(subject[locale], options), engine.compile(body[locale], options)];
  return (facts) => ({ subject: fillSubject(facts), body: fillBody(facts) });
}
