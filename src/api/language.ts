/** The language an answer's sentences are written in. */
import type { Request } from 'express';
import { z } from 'zod';
import { type Locale, LOCALES } from '../core/rules/answer.ts';
import { wholeQuery } from '../platform/given-text.ts';

/** `?locale=` */
export const localeShape = {
  locale: z
    .enum(LOCALES, `must be ${LOCALES.join(' or ')}`)
    .optional()
    .meta({ description: 'Language of sentences; left out: by Accept-Language, else that of the reports.' }),
};
export const localeQuery = wholeQuery(localeShape);

/** The one asked for, else the one the caller prefers, else `fallback`. */
export function languageOf(request: Request, asked: Locale | undefined, fallback: Locale): Locale {
  if (asked !== undefined) return asked;
  const preferred = request.acceptsLanguages([fallback, ...LOCALES]);
  return LOCALES.find((locale) => locale === preferred) ?? fallback;
}
