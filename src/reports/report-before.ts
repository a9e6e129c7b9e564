/** The report of an earlier day, as far as the one after it is compared with it. */
import type { Coverage, CoverageBefore } from '../core/risk/coverage.ts';
import type { Day } from '../core/units/day.ts';
import type { ReportDocument } from './report-document.ts';

/** The last edition of the last day before. */
export interface ReportBefore {
  day: Day;
  document: ReportDocument;
}

/** What it decided about the vendor; null where it did not know it. */
export function decidedBefore(
  before: ReportBefore | null,
  vendor: string,
): ReportDocument['vendors'][number]['before'] {
  const found = before?.document.vendors.find((each) => each.vendor === vendor);
  return before === null || found === undefined ? null : { day: before.day, decision: found.decision };
}

/** Coverage of the vendor, or of all together; null where that was not counted. */
export function coveredBefore(before: ReportBefore | null, vendor: string | null): CoverageBefore | null {
  if (before === null) return null;
  const { vendors, coverage } = before.document;
  const found = vendors.find((each) => each.vendor === vendor);
  const recent: Coverage | null = vendor === null ? coverage : (found?.recent ?? null);
  const fellFrom = vendor === null ? (coverage?.fellFrom ?? null) : (found?.fellFrom ?? null);
  if (recent === null) return null;
  const { labels, answered, rated } = recent;
  return { earlier: { day: before.day, labels, answered, rated }, fellFrom };
}

/** Vendors it knew and the report after it does not: with them went what was known of them. */
export function vendorsGone(before: ReportBefore | null, vendors: readonly string[]): ReportDocument['vendors'] {
  return (before?.document.vendors ?? []).filter(({ vendor }) => !vendors.includes(vendor));
}
