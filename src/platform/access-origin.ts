/** Where a request comes from: this very machine or not, one of our own pages or not. */
import type { IncomingMessage } from 'node:http';

/** Set by proxies: who sent such a request sits behind one, wherever the connection itself comes from. */
const PROXY_HEADER = /^(forwarded|x-forwarded-.*|x-real-ip|via)$/;
const LOOPBACK_ADDRESS = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Whether the method only reads. */
export function isSafe(method: string | undefined): boolean {
  return SAFE_METHODS.includes(method ?? '');
}

/**
 * Whether the request was made on this machine, to this machine. The Host is looked at as well: a page from elsewhere
 * can have its own name resolve to 127.0.0.1 and would then be taken for ours by the browser.
 */
export function isFromThisMachine({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): boolean {
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) return false;
  if (Object.keys(headers).some((name) => PROXY_HEADER.test(name))) return false;
  return LOOPBACK_HOST.test(headers.host ?? '');
}

/** Whether the URL leads to this machine only. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_HOST.test(new URL(url).host);
}

/**
 * Whose page made the request, by what browsers say of it: `own`, `foreign`, or `unsaid` where no browser, or an old
 * one, made it.
 */
export function pageOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  publicUrl: string | null,
): 'own' | 'foreign' | 'unsaid' {
  const site = headers['sec-fetch-site'];
  // `none`: typed into the address bar, or a bookmark.
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign';
  const { origin, host } = headers;
  if (origin === undefined) return 'unsaid';
  if (!URL.canParse(origin)) return 'foreign';
  const ours = new URL(origin).host === host || (publicUrl !== null && new URL(publicUrl).origin === origin);
  return ours ? 'own' : 'foreign';
}
