/** The entity tag of a finding, by which a decision says what it was made on. */
import { sha256Hex } from '../platform/hash.ts';
import { HttpProblem } from '../platform/http-problem.ts';
import type { FindingDetail } from '../reports/finding-detail.ts';

/**
 * The version of the finding, and a hash of all that is told of it: its journey changes without it, and who asks again with
 * If-None-Match wants that, too.
 */
export function entityTag(finding: FindingDetail): string {
  return `"${finding.version}-${sha256Hex(JSON.stringify(finding)).slice(0, 16)}"`;
}

/** The version that If-Match names; null where it names none. Throws an HttpProblem 400 for a tag of something else. */
export function versionIn(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null;
  const [, version] = /^(?:W\/)?"(\d{1,9})(?:-[0-9a-f]{16})?"$/.exec(header.trim()) ?? [];
  if (version !== undefined) return Number(version);
  throw new HttpProblem(400, 'If-Match must be the ETag this finding was answered with, or its version in quotes');
}
