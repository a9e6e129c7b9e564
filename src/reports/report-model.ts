/** A report before it is written: the document, and what only its readable forms need. */
import type { Locale } from '../core/rules/answer.ts';
import type { Instant } from '../core/units/day.ts';
import type { VendorRecord, VendorScore } from '../core/risk/score.ts';
import type { Coverage, CoverageFall, FellFrom } from '../core/risk/coverage.ts';
import type { LostCoverage } from './lost-coverage.ts';
import type { ReportChanges } from './report-changes.ts';
import type { ReportDocument } from './report-document.ts';
import type { OutstandingRows } from './report-rows.ts';

/** One problem of one rejected row. */
export interface RejectedRowView {
  file: string;
  row: number;
  field: string;
  problem: string;
  value: string | null;
}

/** A vendor's figures beside its decision. Money by currency, sorted by currency. */
export interface VendorView {
  record: VendorRecord;
  score: VendorScore;
  coverage: { now: Coverage; falls: readonly CoverageFall[]; fellFrom: FellFrom | null };
  charged: readonly { currency: string; mills: number }[];
  /** USD, over the purchases with a published price, of numbers only this vendor sold. */
  chargedOfRatedMills: number;
  expectedMills: number;
}

export interface ReportModel {
  document: ReportDocument;
  locale: Locale;
  asOf: Instant;
  /** Title of each rule of the book in the report's language. */
  ruleTitles: ReadonlyMap<string, string>;
  /** Unit of each fact that evidence may show. */
  factUnits: ReadonlyMap<string, string>;
  /** In the order of `document.vendors`. */
  vendors: readonly VendorView[];
  /** Purchases for which at least one rule could not answer. */
  labelsWithUnknown: number;
  rejectedRows: readonly RejectedRowView[];
  /** Of the vendors whose labels are to be stopped, whole. */
  outstanding: OutstandingRows;
  /** What could be looked at by the report before and cannot any more. */
  lost: LostCoverage;
  /** Ids of the findings that suppressions hide: they are not in the document, and not resolved either. */
  hiddenIds: readonly string[];
  /** What changed since the report before; null for a report that stands alone. */
  changes: ReportChanges | null;
}
