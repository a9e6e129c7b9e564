/** A digest as it is stored: what is null is left out, which is most of it, and put back when it is read. */
import {
  EMPTY_DIGEST,
  type JourneyDigest,
  type Leap,
  type Mailpiece,
  type PhysicalScan,
  type Statement,
  type TwoDeliveries,
} from './digest.ts';

/** The JSON of a digest without its nulls. */
export function encodeDigest(digest: JourneyDigest): string {
  return jsonOf(digest);
}

/** Put together by hand, for it is done for every parcel: JSON.stringify with a replacer takes twice as long. */
function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (!hasParts(value)) return JSON.stringify(value);
  let json = '';
  for (const name in value) {
    const part = value[name];
    if (part === null) continue;
    json += json === '' ? `{"${name}":` : `,"${name}":`;
    json += typeof part === 'number' ? part : jsonOf(part);
  }
  return json === '' ? '{}' : `${json}}`;
}

function hasParts(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
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
    leap: filledLeap(stored.leap),
    twoDeliveries: filledDeliveries(stored.twoDeliveries),
    notice: filledStatement(stored.notice),
    hold: filledStatement(stored.hold),
    seized: filledStatement(stored.seized),
    unpaid: filledStatement(stored.unpaid),
    duplicate: filledStatement(stored.duplicate),
    pieces: stored.pieces?.map(filledPiece) ?? null,
  };
}

/** A scan with anything null left out. */
type StoredScan = Pick<PhysicalScan, 'at' | 'stage'> & Partial<PhysicalScan>;

function filledScan(scan: StoredScan | null | undefined): PhysicalScan | null {
  if (!scan) return null;
  // Field by field, for there are three of them on every parcel.
  const { at, code = null, city = null, state = null, zip = null, stage } = scan;
  return { at, code, city, state, zip, stage };
}

function filledStatement(statement: Statement | null | undefined): Statement | null {
  return statement ? { ...EMPTY_STATEMENT, ...statement } : null;
}

function filledLeap(leap: Leap | null | undefined): Leap | null {
  return leap ? { ...leap, from: { ...EMPTY_SCAN, ...leap.from }, to: { ...EMPTY_SCAN, ...leap.to } } : null;
}

function filledDeliveries(two: TwoDeliveries | null | undefined): TwoDeliveries | null {
  return two ? { ...two, first: { ...EMPTY_SCAN, ...two.first }, second: { ...EMPTY_SCAN, ...two.second } } : null;
}

function filledPiece(piece: Mailpiece): Mailpiece {
  return {
    ...EMPTY_PIECE,
    ...piece,
    firstScan: filledScan(piece.firstScan),
    lastScan: filledScan(piece.lastScan),
    delivered: filledScan(piece.delivered),
  };
}

const EMPTY_SCAN = { code: null, city: null, state: null, zip: null };
const EMPTY_STATEMENT = { code: null, text: null, source: null, mailpieceId: null };
const EMPTY_PIECE = { firstScan: null, lastScan: null, delivered: null, statedAt: null };
