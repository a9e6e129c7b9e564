/** The hashes by which a later change of an evidence document shows, and the check of them. */
import { z } from 'zod';
import { canonicalJson } from '../platform/canonical-json.ts';
import { sha256Hex, sha256HexOfBytes } from '../platform/hash.ts';
import type { EvidenceDocument, EvidenceParts } from './evidence-document.ts';

const ALGORITHM = 'SHA-256';
const CANONICAL_FORM = 'RFC 8785';

/** The manifest over the parts. */
export function manifestOf(parts: EvidenceParts): EvidenceDocument['manifest'] {
  const hashes = hashesOf(parts);
  return {
    algorithm: ALGORITHM,
    canonicalForm: CANONICAL_FORM,
    parts: hashes,
    sha256: sha256Hex(canonicalJson(hashes)),
  };
}

/** What the check needs to find; the rest of a file is hashed as it stands, whatever is in it. */
const checked = z.looseObject({
  rawBodies: z.array(
    z.looseObject({ id: z.string(), base64: z.string().nullable(), recomputedSha256: z.string().nullable() }),
  ),
  // Nothing else in it is covered by a hash.
  manifest: z.strictObject({
    algorithm: z.literal(ALGORITHM),
    canonicalForm: z.literal(CANONICAL_FORM),
    parts: z.record(z.string(), z.string()),
    sha256: z.string(),
  }),
});

/**
 * What in a document, as parsed from its file, is not as it was when it was made, in words; empty when everything is. Null for
 * a value that is no such document.
 */
export function changesIn(document: unknown): string[] | null {
  const parsed = checked.safeParse(document);
  if (!parsed.success) return null;
  const { manifest } = parsed.data;
  // The value itself is hashed: a copy may lack what was put in, such as a member named __proto__.
  const { manifest: _, ...parts } = document as z.infer<typeof checked>;
  const now = hashesOf(parts);
  const names = [...new Set([...Object.keys(manifest.parts), ...Object.keys(now)])].toSorted();
  const changed = names
    .filter((name) => manifest.parts[name] !== now[name])
    .map((name) => `${name} is not what its hash in the manifest says`);
  if (sha256Hex(canonicalJson(manifest.parts)) !== manifest.sha256) {
    changed.push('the manifest is not what its own hash says');
  }
  for (const { id, base64, recomputedSha256 } of parsed.data.rawBodies) {
    if (base64 !== null && sha256HexOfBytes(Buffer.from(base64, 'base64')) !== recomputedSha256) {
      changed.push(`the bytes of ${id} are not what their hash says`);
    }
  }
  return changed;
}

function hashesOf(parts: object): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, sha256Hex(canonicalJson(part))]));
}
