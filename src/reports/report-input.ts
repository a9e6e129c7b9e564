/** What an audit hands over to have its report made; everything else is read from the database. */
import type { LaterRows } from '../audit/run.table.ts';
import type { Locale, Worded } from '../core/rules/answer.ts';
import type { Instant } from '../core/units/day.ts';
import type { ReportBefore } from './report-before.ts';
import type { ReportSource } from './report-document.ts';
import type { StoppingRules } from './stopped-vendors.ts';

/** One file as imported, in the order in which the files were read. */
export interface SourceSummary extends ReportSource {
  /** The imports whose rejected rows belong to it: several where files of one name came in one after the other. */
  importIds: readonly string[];
  /** Values in columns about people, dropped while it was read. */
  personalDropped: number;
}

/** A rule as the report names it. */
export interface BookRule {
  id: string;
  title: Worded;
}

/** A rule that is tried out beside the book. */
export interface ShadowRule extends BookRule {
  /** The number in its file. */
  number: number;
  /** As findings name it. */
  version: string;
  /** The number of the active version of its id; null where it is a rule of its own. */
  active: number | null;
}

/** The rule book an audit judged by. */
export interface BookSummary {
  version: string;
  /** What `judged.book` holds for purchases judged by these rules, this data and this digest; others do not count. */
  judgedBy: string;
  /** The rules about labels, whose answers stand in `judged.outcomes`, in the order in which they stand there. */
  rules: readonly BookRule[];
  /** The rules about vendors, whose answers stand in `run.vendor_outcomes`. */
  vendorRules: readonly BookRule[];
  /** Whose labels are to be stopped for what some of them were found to be. */
  stopping: StoppingRules;
  /** The rules about charges, whose answers stand in `judged.charge_outcomes` and, about invoices, in `run.invoice_outcomes`. */
  chargeRules: readonly BookRule[];
  /** The versions of all of them, as findings name them; people's decisions are not read where it is left out. */
  versions?: readonly string[];
  /** What is tried out; none where it is left out. */
  shadow?: readonly ShadowRule[];
  /**
   * The facts rules name, as the dictionary has them: how evidence is written, and why an answer was unknown.
   * A name that is not listed is shown as it is.
   */
  facts: Readonly<Record<string, { unit: string; unknownWhen: string | null }>>;
}

/** A kind of file that should have come and has not. */
export interface LateSource {
  kind: 'labels' | 'tracking';
  /** The vendor whose labels are missed; null = nobody sent a file of the kind. */
  vendor: string | null;
  /** Since the last one came; null = none ever came. */
  hours: number | null;
}

export interface ReportInput {
  asOf: Instant;
  locale: Locale;
  /** IANA name; only stated and used to show instants, days of purchase are taken as written. */
  timeZone: string;
  sources: readonly SourceSummary[];
  book: BookSummary;
  data: { version: string; priceLists: readonly string[] };
  /** Files that were not read: no layout recognised, or a kind that is not read yet. */
  notRead: readonly { file: string; why: string; /** Somebody sent it to be read. */ sent?: true }[];
  /** Files that were due and did not come; none where files are handed over by hand. */
  lateSources?: readonly LateSource[];
  /** Rows dated after `asOf`, ignored by the audit. */
  laterRows: LaterRows;
  /** The report it comes after; none for a report that stands alone. */
  before?: ReportBefore | null;
}
