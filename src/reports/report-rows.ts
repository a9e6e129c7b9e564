/** What the report's SQL answers with, before it is put into the document. */
import type { FindingRow } from '../audit/finding.table.ts';
import type { SuppressionView } from '../audit/suppression.service.ts';
import type { Finding } from '../core/finding/finding.ts';
import type { VendorOutcome } from '../core/finding/vendor.ts';
import type { DismissedShare } from '../core/risk/dismissed.ts';
import type { Day } from '../core/units/day.ts';
import type { RejectedRow } from '../ingest/import.table.ts';
import type { Outstanding } from './outstanding.ts';
import type { ShadowExample, ShadowRow } from './shadow.query.ts';

/** Purchases by vendor and currency, as of the clock of the audit. */
export interface SoldRow {
  vendor: string;
  currency: string;
  labels: number;
  chargedMills: number;
  firstDay: string;
  lastDay: string;
}

/** How tracking stands for the purchases of a vendor. `none` = no source was asked, or said anything. */
export interface AnswerRow {
  vendor: string;
  answer: 'answered' | 'not_found' | 'no_access' | 'error' | 'none';
  labels: number;
  /** Those of them bought in the days before the report (see core/risk/coverage.ts). */
  recent: number;
}

/** Published prices beside charges (USD), for numbers that one vendor alone sold. */
export interface RatedRow {
  vendor: string;
  rated: number;
  /** Those of them bought in the days before the report. */
  recent: number;
  chargedOfRatedMills: number;
  expectedMills: number;
}

/** Sums over everything judged. */
export interface JudgedSums {
  audited: number;
  rated: number;
  chargedOfRatedMills: number;
  expectedMills: number;
}

/** How often the same text of answers occurs (core/finding/outcome-code.ts). */
export interface OutcomeRow {
  code: string;
  /** Of charges: lines, adjustments and numbers. */
  purchases: number;
}

/** What was charged for a purchase that a finding is about. */
export interface ChargedRow {
  trackingNumber: string;
  vendor: string;
  saleKey: string;
  chargedMills: number;
  /** What invoices and adjustments of the vendor ask for the number in the currency by the clock, without what they give back. */
  invoicedMills: number;
  currency: string;
  /** The order the label was bought for; goods belong to it. */
  orderId: string | null;
  purchasedDay: Day;
}

type Judged = 'severity' | 'verdict' | 'attribution' | 'confidence' | 'subject';

/** What people keep about a finding, and what hides it: no part of what it says. */
type Handled = 'meets' | 'assignee' | 'ownDeadline' | 'disputeReference' | 'recoveredMills' | 'recoveredCurrency';

/** An open finding as the audit stored it; `deadline` as 'YYYY-MM-DD'. The document's schema checks its words. */
export type OpenFinding = Omit<
  FindingRow,
  Judged | Handled | 'dataVersion' | 'digestVersion' | 'facts' | 'state' | 'firstSeenAt' | 'changedAt' | 'orderKey'
> &
  Pick<Finding, Judged>;

/** What was told about numbers that no purchase is on file for, and so was judged by no rule. */
export interface WithoutLabel {
  /** Numbers that tracking told of, or was asked about. */
  tracked: number;
  /** Those of them for which counterfeit postage, a hold for postage or a seizure was stated. */
  stated: number;
  /** Lines of invoices that name such a number. */
  charges: number;
}

/** How often the same text of answers occurs among a vendor's purchases of a week. */
export interface PeerRow {
  vendor: string;
  /** Its Monday. */
  week: Day;
  code: string;
  purchases: number;
}

/** What is still here or on its way of the vendors whose labels are to be stopped. */
export interface OutstandingRows extends Outstanding {
  /** Sorted by name. */
  vendors: readonly string[];
  /** Bought from this day on. */
  from: Day;
}

/** An open finding about money that can be claimed back until a day soon, with its purchase. */
export interface ClaimRow {
  id: string;
  trackingNumber: string;
  /** The first day, the rule's or people's own, that has not passed. */
  deadline: Day;
  account: string | null;
  orderId: string | null;
  /** Null where no purchase is on file. */
  purchasedDay: Day | null;
  shipDate: Day | null;
}

/** A finding whose deadline has passed. */
export interface PassedRow {
  id: string;
  /** filed = disputed or recovered by somebody; missed = the money was let go; ended = it is no claim any more, or not passed yet. */
  standing: 'filed' | 'missed' | 'ended';
}

/** What the audit left behind. */
export interface AuditRows {
  /** All purchases stored, later ones included. */
  received: number;
  sold: SoldRow[];
  answers: AnswerRow[];
  rated: RatedRow[];
  judged: JudgedSums;
  outcomes: OutcomeRow[];
  /** How the rules about vendors answered in this audit. */
  vendorOutcomes: VendorOutcome[];
  /** How often the same text of answers of the rules about charges occurs: once a line, adjustment or number. */
  chargeOutcomes: OutcomeRow[];
  /** How the rules about invoices answered in this audit. */
  invoiceOutcomes: VendorOutcome[];
  findings: OpenFinding[];
  /** Suppressions in force, the last made first. */
  suppressions: SuppressionView[];
  /** Ids of the findings they hide. */
  hiddenIds: string[];
  /** What shadow rules would have said, and some of it in full; empty where none is tried out. */
  shadow: ShadowRow[];
  shadowExamples: ShadowExample[];
  /** How people decided on what each rule found. */
  dismissed: DismissedShare[];
  charged: ChargedRow[];
  rejected: RejectedRow[];
  withoutLabel: WithoutLabel;
  /** The latest instant of any news or answer that is not after the clock of the audit; null when there is none. */
  latestNewsMs: number | null;
}

/** What is to be done about what it found: read after it, as that says of whom. */
export interface FollowUpRows {
  /** How the purchases of each vendor were judged in the weeks in which labels of an accused one were bought. */
  peers: PeerRow[];
  outstanding: OutstandingRows;
  claims: ClaimRow[];
  /** How the claims stand now whose deadline has passed since the report before. */
  passed: PassedRow[];
}

export interface ReportRows extends AuditRows, FollowUpRows {}
