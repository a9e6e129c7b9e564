/** A digest as it is stored: what is null is left out, which is most of it, and put back when it is read. */
import type { JourneyDigest, PhysicalScan, Statement } from './digest.ts';
import { EMPTY_DIGEST } from './fold.ts';

/** The JSON of a digest without its nulls. */
export function encodeDigest(digest: JourneyDigest): string {
  return JSON.stringify(withoutNulls(digest));
}

/** A digest as parsed, with anything null left out. */
export type StoredDigest = Partial<JourneyDigest>;

/** Puts back what `encodeDigest` left out; nulls that are there are read as well. */
export function fillDigest(stored: StoredDigest): JourneyDigest {
  return {
    ...EMPTY_DIGEST,
    ...stored,
    firstScan: filledScan(stored.firstScan),
    lastScan: filledScan(stored.lastScan),
    delivered: filledScan(stored.delivered),
    notice: filledStatement(stored.notice),
    hold: filledStatement(stored.hold),
    seized: filledStatement(stored.seized),
  };
}

function filledScan(scan: PhysicalScan | null | undefined): PhysicalScan | null {
  return scan ? { ...EMPTY_SCAN, ...scan } : null;
}

function filledStatement(statement: Statement | null | undefined): Statement | null {
  return statement ? { ...EMPTY_STATEMENT, ...statement } : null;
}

const EMPTY_SCAN = { code: null, city: null, state: null, zip: null };
const EMPTY_STATEMENT = { code: null, text: null, source: null };

function withoutNulls(value: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    if (part !== null) kept[key] = typeof part === 'object' ? withoutNulls(part) : part;
  }
  return kept;
}
