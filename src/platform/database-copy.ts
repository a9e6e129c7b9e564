/** COPY in and out of PostgreSQL in its text format: the fast way for many rows, with backpressure both ways. */
import { StringDecoder } from 'node:string_decoder';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** What a field of COPY text can be written from; an instant is written as ISO text by the caller. */
export type CopyValue = string | number | boolean | null;

/** One row read by COPY, every field as PostgreSQL writes it in text. */
export type CopyRow = (string | null)[];

/** Long enough to keep the socket busy, short enough to stay in the young generation. */
const CHUNK_LENGTH = 65_536;

const special = /[\\\t\n\r]/;
const specials = /[\\\t\n\r]/g;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const unescapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** One field in COPY text format. The text must hold no NUL, which PostgreSQL cannot store. */
export function copyField(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return special.test(value) ? value.replace(specials, (found) => escapes[found] ?? found) : value;
}

/** One row in COPY text format, its line end included. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let i = 0; i < values.length; i += 1) line += (i === 0 ? '' : '\t') + copyField(values[i] ?? null);
  return `${line}\n`;
}

/** Rows as chunks of COPY text for `copyIn`, about 64 kB each. */
export function* copyChunks(rows: Iterable<readonly CopyValue[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += copyLine(row);
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/**
 * Runs `COPY ... FROM STDIN` and answers the number of rows taken. When the chunks' source throws, the COPY fails and
 * the source's own error is thrown; when the server refuses, the server's.
 */
export async function copyIn(
  client: PoolClient,
  sql: string,
  chunks: AsyncIterable<string | Buffer> | Iterable<string | Buffer>,
): Promise<number> {
  const stream = client.query(copyFrom(sql));
  const source: { error?: unknown; failed: boolean } = { failed: false };
  async function* watched(): AsyncGenerator<string | Buffer> {
    try {
      yield* chunks;
    } catch (error) {
      source.failed = true;
      source.error = error;
      throw error;
    }
  }
  try {
    await pipeline(watched, stream);
  } catch (error) {
    throw source.failed ? source.error : error;
  }
  return stream.rowCount;
}

/** Runs `COPY ... TO STDOUT` and gives its rows in batches of one network chunk. */
export async function* copyOutRows(client: PoolClient, sql: string): AsyncGenerator<CopyRow[]> {
  const stream = client.query(copyTo(sql));
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const text = rest + decoder.write(chunk);
    const end = text.lastIndexOf('\n');
    rest = text.slice(end + 1);
    if (end >= 0) yield parseCopyText(text.slice(0, end));
  }
}

/** The rows of whole lines of COPY text, the last line end left out. */
export function parseCopyText(text: string): CopyRow[] {
  const escaped = text.includes('\\');
  return text.split('\n').map((line) => {
    const fields: CopyRow = line.split('\t');
    if (!escaped || !line.includes('\\')) return fields;
    return fields.map((field) => (field === null || !field.includes('\\') ? field : unescapeField(field)));
  });
}

function unescapeField(field: string): string | null {
  if (field === '\\N') return null;
  return field.replace(/\\(.)/gs, (_, letter: string) => unescapes[letter] ?? letter);
}
