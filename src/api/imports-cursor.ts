/** Cursors of the lists of imports: opaque to callers, a place in the list to us. */
import { UsageError } from '../platform/errors.ts';
import type { ImportPlace, RejectedPlace } from '../ingest/imports.query.ts';

export function importCursor({ receivedAt, id }: ImportPlace): string {
  return encode(`${receivedAt.getTime()} ${id}`);
}

/** Throws a UsageError for a text that is no cursor. */
export function importPlace(cursor: string | undefined): ImportPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, time, id] = decoded(cursor, /^(\d{1,15}) ([0-9a-f]{32,64})$/);
  return { receivedAt: new Date(Number(time)), id: id ?? '' };
}

export function rejectedCursor({ row, position }: RejectedPlace): string {
  return encode(`${row} ${position}`);
}

/** Throws a UsageError for a text that is no cursor. */
export function rejectedPlace(cursor: string | undefined): RejectedPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, row, position] = decoded(cursor, /^(\d{1,9}) (\d{1,9})$/);
  return { row: Number(row), position: Number(position) };
}

function encode(place: string): string {
  return Buffer.from(place, 'utf8').toString('base64url');
}

function decoded(cursor: string, shape: RegExp): RegExpExecArray {
  const place = shape.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (place !== null) return place;
  throw new UsageError('cursor is not one this list has answered: leave it out to start anew');
}
