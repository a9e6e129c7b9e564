/** Which language a page is shown in: the reader's own choice, else the browser's, else that of the report. */
import type { NextFunction, Request, Response } from 'express';
import { Injectable, type NestMiddleware } from '@nestjs/common';
import { type Locale, LOCALES } from '../core/rules/answer.ts';
import { localPath } from '../platform/http-paths.ts';

const COOKIE = 'pa_lang';
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** The language of the request; `fallback` where it names none that we speak. */
export function localeOf(request: Request, fallback: Locale): Locale {
  const chosen = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(request.get('cookie') ?? '')?.[1];
  const kept = LOCALES.find((locale) => locale === chosen);
  if (kept !== undefined) return kept;
  // "zh" alone, or another kind of Chinese, is nearer to ours than English is.
  const accepted = request.acceptsLanguages([fallback, ...LOCALES, 'zh']);
  return accepted === 'zh' ? 'zh-CN' : (LOCALES.find((locale) => locale === accepted) ?? fallback);
}

/** The address of the same page that makes its reader's choice of a language known. */
export function languageUrl(request: Request, locale: Locale): string {
  const url = localUrl(request);
  url.searchParams.set('lang', locale);
  return `${url.pathname}${url.search}`;
}

/** Takes `?lang=` from an address: remembers the choice and leads to the same page without it. */
@Injectable()
export class LanguageChoice implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    const url = localUrl(request);
    const chosen = LOCALES.find((locale) => locale === url.searchParams.get('lang'));
    if (chosen === undefined || request.method !== 'GET' || url.pathname.startsWith('/api')) return next();
    url.searchParams.delete('lang');
    response.cookie(COOKIE, chosen, { httpOnly: true, sameSite: 'lax', path: '/', maxAge: YEAR_MS });
    response.redirect(303, `${url.pathname}${url.search}`);
  }
}

/** Only its path and query are ever used. */
function localUrl({ originalUrl }: Request): URL {
  return new URL(localPath(originalUrl), 'http://page');
}
