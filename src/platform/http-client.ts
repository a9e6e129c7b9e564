/** One call to another machine: bounded in time and size, to the host named and no other, and never throwing for what happens out there. */
import type { AxiosError, AxiosResponse } from 'axios';
import { isLoopbackUrl } from './access-origin.ts';
import { errorCodeOf } from './errors.ts';

export interface HttpCall {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** After which it is given up, whatever has come by then. */
  timeoutMs: number;
  /** The longest answer that is read. */
  mostBytes: number;
}

/** What came back, whatever its status. */
export interface HttpAnswer {
  answered: true;
  status: number;
  /** As it came, unpacked. */
  body: Buffer;
  /** Header fields by their names in lower case; null = not sent. */
  header: (name: string) => string | null;
}

/** Why nothing came back, or not all of it. */
export interface HttpFault {
  answered: false;
  kind: 'name' | 'refused' | 'certificate' | 'late' | 'broken' | 'long';
  /** In words, without anything secret. */
  why: string;
}

/** Makes the call. A redirect is an answer like any other: it is not followed. */
export async function callHttp(call: HttpCall): Promise<HttpAnswer | HttpFault> {
  const { method, url, headers, body, timeoutMs, mostBytes } = call;
  // Loaded by those who call: a command that calls nobody starts without it.
  const { default: axios, isAxiosError } = await import('axios');
  try {
    const answer = await axios.request<Buffer>({
      method,
      url,
      headers,
      ...(body === undefined ? {} : { data: body }),
      responseType: 'arraybuffer',
      validateStatus: null,
      maxRedirects: 0,
      maxContentLength: mostBytes,
      // Text is sent as it is given, and nothing is parsed: answers are kept byte for byte.
      transformRequest: [],
      transformResponse: [],
      timeout: timeoutMs,
      // The other counts from the last sign of life; this one from the start.
      signal: AbortSignal.timeout(timeoutMs),
      // No proxy reaches this machine's own loopback.
      ...(isLoopbackUrl(url) ? { proxy: false as const } : {}),
    });
    return answerOf(answer);
  } catch (error) {
    if (isAxiosError(error)) return faultOf(error, call);
    throw error;
  }
}

function answerOf({ status, data, headers }: AxiosResponse<Buffer>): HttpAnswer {
  const header = (name: string): string | null => {
    const value: unknown = headers[name];
    return typeof value === 'string' ? value : null;
  };
  return { answered: true, status, body: Buffer.from(data), header };
}

const REFUSED = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES'];
const LATE = ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'];

/** An error of the library repeats the call with its secrets: only its code is looked at, and a few of its words. */
function faultOf(error: AxiosError, { url, timeoutMs, mostBytes }: HttpCall): HttpFault {
  const { host, hostname } = new URL(url);
  const code = errorCodeOf(error.cause) ?? error.code ?? '';
  const fault = (kind: HttpFault['kind'], why: string): HttpFault => ({ answered: false, kind, why });
  if (error.message.startsWith('maxContentLength')) {
    return fault('long', `${host} answered with more than ${mostBytes} bytes`);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return fault('name', `the name ${hostname} cannot be resolved`);
  if (REFUSED.includes(code)) return fault('refused', `${host} takes no connection (${code})`);
  if (LATE.includes(code)) return fault('late', `${host} did not answer within ${timeoutMs / 1000} seconds`);
  if (/CERT|SIGNATURE|ALTNAME|TLS|SSL/.test(code))
    return fault('certificate', `${host} has no valid certificate (${code})`);
  return fault('broken', `the connection to ${host} broke (${code || 'no reason given'})`);
}
