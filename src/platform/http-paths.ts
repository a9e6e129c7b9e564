/** Which paths are for programs and which for people, by the request alone: it may have met no route yet. */
import type { Request } from 'express';

const FOR_PROGRAMS = /^\/(api|health|metrics|webhooks)(\/|$)/i;
/** What stands behind the name of a webhook's sender is the secret it proves itself by. */
const WEBHOOK_SECRET = /(\/webhooks\/+[^/]+\/+).+$/i;

/** Whether the answer is read by a program: on its paths, or where it says that it wants JSON and no page. */
export function isForPrograms({ path, headers }: Pick<Request, 'path' | 'headers'>): boolean {
  if (FOR_PROGRAMS.test(path)) return true;
  const accept = headers.accept ?? '';
  return accept.includes('json') && !accept.includes('html');
}

/** The path as it may be told and logged. */
export function shownPath(path: string): string {
  return path.replace(WEBHOOK_SECRET, '$1***');
}

/** The path on this service that a text names, such as "/findings?rule=x"; the front page for anything else. */
export function localPath(text: unknown): string {
  if (typeof text !== 'string' || !text.startsWith('/')) return '/';
  const here = 'http://service.invalid';
  // "//elsewhere" and "/\elsewhere" are other hosts to a browser, and so they are to its parser of URLs.
  const url = URL.canParse(text, here) ? new URL(text, here) : null;
  if (url?.origin !== here) return '/';
  // "/..//elsewhere" has become "//elsewhere" by now.
  return `${url.pathname.replace(/^\/+/, '/')}${url.search}`;
}
