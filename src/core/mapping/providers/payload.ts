/** Reads what strangers send: unknown fields are ignored, and what has another shape than expected counts as not told. */
import { z } from 'zod';
import { type Result, bad, ok } from '../../units/result.ts';

/** Of an unreadable payload, so much is shown. */
const SHOWN_LENGTH = 80;

/** The body as JSON; a problem that says what came instead. `sender` stands at the head of its message. */
export function jsonOf(body: string, sender: string): Result<unknown> {
  try {
    return ok(JSON.parse(body.replace(/^\uFEFF/, '')) as unknown);
  } catch {
    const what = body.trim() === '' ? 'nothing' : /^\s*</.test(body) ? 'a web page' : 'what is no whole JSON document';
    return bad('body', `${sender} sent ${what}`, excerpt(body));
  }
}

/** The beginning of a payload, for people. */
export function excerpt(body: string): string {
  const start = plainText(body.slice(0, 4 * SHOWN_LENGTH)) ?? '';
  return start.length > SHOWN_LENGTH ? `${start.slice(0, SHOWN_LENGTH - 1)}…` : start;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" };

/**
 * Text, or a number as text, in one line: without tags, entities, what prints nothing, and repeated spaces. Null for
 * everything else and for what is empty then.
 */
export function plainText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const text = value
    .replaceAll(/<\/?[a-z][^<>]*>/gi, ' ')
    .replaceAll(/&(#?\w+);/g, (_, name: string) => ENTITIES[name.toLowerCase()] ?? ' ')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  return text === '' ? null : text;
}

/** A field of plain text. */
export const words = z.unknown().optional().transform(plainText);

/** A field that is read by other means. */
export const anything = z.unknown().optional();

/** A field that is a list; a single thing is a list of one, and nothing an empty one. */
export const list = z
  .unknown()
  .optional()
  .transform((value): unknown[] =>
    Array.isArray(value) ? value : value === null || value === undefined ? [] : [value],
  );

/** Whether the value is an object with fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object with its keys in lower case, for senders who spell them now so and now so; anything else as it is. */
export function lowerKeys(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toLowerCase(), each]));
}

/** The fields that the schema names; none of them told where the value is no object. */
export function fieldsOf<T>(schema: z.ZodType<T>, value: unknown): T {
  return schema.parse(isRecord(value) ? value : {});
}
