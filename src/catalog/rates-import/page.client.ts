/** Fetches a page of prices over the web: by https, or by http from this machine; a slow or endless answer is given up. */
import { UsageError } from '../../platform/errors.ts';

const PATIENCE_MS = 60_000;
/** The notice is a page of a few megabytes. */
export const MOST_BYTES = 32 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether the text names a page of the web, not a file. */
export function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** The bytes behind the URL. Throws UsageError saying why they cannot be had. */
export async function fetchPage(address: string): Promise<Buffer> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await takeBody(await follow(address, signal), address);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = signal.aborted
      ? `has not answered within ${PATIENCE_MS / 1000} s`
      : `cannot be fetched: ${reasonOf(error)}`;
    throw new UsageError(`${address} ${why}; save the page with a browser and name the file`);
  }
}

/** Follows redirects by hand: none may lead to where the first address must not. */
async function follow(address: string, signal: AbortSignal): Promise<Response> {
  let url = allowed(address);
  for (let count = 0; count <= MOST_REDIRECTS; count += 1) {
    const response = await fetch(url, { signal, redirect: 'manual', headers: { accept: 'text/html,text/csv' } });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    url = allowed(new URL(location, url).href);
  }
  throw new UsageError(`${address} leads on more than ${MOST_REDIRECTS} times`);
}

function allowed(address: string): URL {
  if (!URL.canParse(address)) throw new UsageError(`${address} is no address of the web`);
  const url = new URL(address);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))) return url;
  throw new UsageError(`${address} is not https; prices are fetched by https only`);
}

async function takeBody(response: Response, address: string): Promise<Buffer> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new UsageError(`${address} answers ${response.status}; save the page with a browser and name the file`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    const chunk = part.value;
    size += chunk.length;
    if (size > MOST_BYTES)
      throw new UsageError(`${address} is larger than ${MOST_BYTES >> 20} MB, so it is no price list`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
