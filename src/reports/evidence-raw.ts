/** Raw documents as evidence: what came from a source, when, and whether its bytes are still those that came. */
import { formatInstant } from '../core/units/day.ts';
import { sha256HexOfBytes } from '../platform/hash.ts';
import type { CarrierAnswerRow } from '../tracking/answer.table.ts';
import type { RawBody, RawDocument } from './evidence-document.ts';
import { compareText } from './order.ts';
import type { BodyPlace, Delivery } from './evidence.query.ts';

/** So much of bodies is written into a document; the hashes of the rest stand in it all the same. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** The documents in order of time, each with the place of its bytes. */
export function rawDocuments(
  deliveries: readonly Delivery[],
  answers: readonly CarrierAnswerRow[],
): { document: RawDocument; place: BodyPlace | null }[] {
  const all = [...deliveries.map(pushed), ...answers.map(answered)];
  return all.sort((a, b) => compareText(orderOf(a.document), orderOf(b.document)));
}

/** Instants of one length compare as texts do. */
function orderOf({ at, kind, provider, body }: RawDocument): string {
  return [new Date(at).toISOString(), kind, provider, body ?? ''].join(' ');
}

function pushed({ provider, bodySha256, receivedAt, state, problem }: Delivery) {
  const place: BodyPlace = { kind: 'webhook', provider, sha256: bodySha256 };
  const document: RawDocument = {
    kind: 'webhook',
    provider,
    at: formatInstant(receivedAt.getTime()),
    httpStatus: null,
    outcome: null,
    state,
    problem,
    body: idOf(place),
  };
  return { document, place };
}

function answered({ provider, askedAt, httpStatus, outcome, bodySha256 }: CarrierAnswerRow) {
  const place: BodyPlace | null = bodySha256 === null ? null : { kind: 'answer', sha256: bodySha256 };
  const document: RawDocument = {
    kind: 'answer',
    provider,
    at: formatInstant(askedAt.getTime()),
    httpStatus,
    outcome,
    state: null,
    problem: null,
    body: place && idOf(place),
  };
  return { document, place };
}

function idOf(place: BodyPlace): string {
  return place.kind === 'webhook' ? `webhook/${place.provider}/${place.sha256}` : `answer/${place.sha256}`;
}

/**
 * Every body once, in order of its first document: read one after the other, hashed, and written as base64 until `most` bytes
 * have been. Answers also how many were left out.
 */
export async function rawBodies(
  places: readonly BodyPlace[],
  read: (place: BodyPlace) => Promise<Buffer | null>,
  most = MOST_BYTES,
): Promise<{ bodies: RawBody[]; leftOut: number }> {
  const bodies: RawBody[] = [];
  let [written, leftOut] = [0, 0];
  for (const [id, place] of new Map(places.map((each) => [idOf(each), each]))) {
    const bytes = await read(place);
    const fits = bytes !== null && written + bytes.length <= most;
    if (fits) written += bytes.length;
    else if (bytes !== null) leftOut += 1;
    bodies.push(bodyOf(id, place.sha256, { bytes, shown: fits }));
  }
  return { bodies, leftOut };
}

function bodyOf(id: string, sha256: string, { bytes, shown }: { bytes: Buffer | null; shown: boolean }): RawBody {
  const recomputedSha256 = bytes && sha256HexOfBytes(bytes);
  return {
    id,
    sha256,
    byteLength: bytes && bytes.length,
    recomputedSha256,
    hashHolds: recomputedSha256 === sha256,
    base64: bytes && shown ? bytes.toString('base64') : null,
    text: bytes && shown ? asText(bytes) : null,
  };
}

/** Null where the bytes are no UTF-8: they are not to be shown as something they are not. */
function asText(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
