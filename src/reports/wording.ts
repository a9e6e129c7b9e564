/** The words of a report in one language: reads templates/locales, fills in values, knows singular and plural. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Locale } from '../core/rules/answer.ts';
import { groupDigits } from './number-text.ts';

const plural = z.strictObject({ one: z.string(), other: z.string() });
const words = z.record(z.string(), z.record(z.string(), z.union([z.string(), plural])));

/** Values a sentence may take; numbers are written with their thousands grouped. */
export type WordValues = Readonly<Record<string, string | number>>;

export interface Wording {
  locale: Locale;
  /** The sentence `section.name` with its values filled in; `count` chooses between singular and plural. */
  say(key: string, values?: WordValues): string;
  /** Whether the locale has the sentence. */
  knows(key: string): boolean;
  /** Every key, sorted. */
  keys(): string[];
}

/** Reads `templates/locales/<locale>.yaml` under `root`. Throws when the file is missing or not of the expected form. */
export function loadWording(root: string, locale: Locale): Wording {
  const file = join(root, 'templates', 'locales', `${locale}.yaml`);
  const parsed = words.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const entries = new Map<string, string | z.infer<typeof plural>>(
    Object.entries(parsed.data).flatMap(([section, names]) =>
      Object.entries(names).map(([name, text]) => [`${section}.${name}`, text] as const),
    ),
  );
  return {
    locale,
    say: (key, values = {}) => fill(choose(entries.get(key), key, values), key, values),
    knows: (key) => entries.has(key),
    keys: () => [...entries.keys()].sort(),
  };
}

function choose(text: string | z.infer<typeof plural> | undefined, key: string, values: WordValues): string {
  if (text === undefined) throw new Error(`No wording for ${key}.`);
  if (typeof text === 'string') return text;
  return values['count'] === 1 ? text.one : text.other;
}

function fill(text: string, key: string, values: WordValues): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The wording of ${key} needs a value for ${name}.`);
    return typeof value === 'number' ? groupDigits(value) : value;
  });
}
