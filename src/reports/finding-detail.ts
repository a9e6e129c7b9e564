/** What can be read about findings: as a list shows them, and one with everything known about its parcel. */
import { z } from 'zod';
import { BARCODE_KINDS, BARCODE_REASONS } from '../core/barcode/barcode.ts';
import { HANDLING_FIELDS } from '../core/finding/handling.ts';
import { FINDING_STATES, SETTABLE_STATES } from '../core/finding/lifecycle.ts';
import { SOURCE_KINDS, STAGES } from '../core/journey/codes.ts';
import { ASK_OUTCOMES } from '../core/journey/event.ts';
import { AMOUNT_KINDS, SEVERITIES } from '../core/rules/answer.ts';
import { ExplanationSchema } from './explanation.ts';
import { ReportFindingSchema } from './report-document.ts';

/** ISO 8601 in UTC. */
const instant = z.iso.datetime();
const day = z.iso.date();
const text = z.string().nullable();
const money = z.object({ value: z.string().regex(/^-?\d+\.\d{2,3}$/), currency: z.string().length(3) });

/** A finding as report.json has it, and how it stands. */
export const ListedFindingSchema = ReportFindingSchema.extend({
  /** What the amount is: recoverable, exposure, or a saving that counts in no total; null without an amount. */
  amountKind: z.enum(AMOUNT_KINDS).nullable(),
  state: z.enum(FINDING_STATES),
  firstSeenAt: instant,
  changedAt: instant,
  /** Grows by one with every change: sent back with a decision, it makes sure that nothing changed meanwhile. */
  version: z.int(),
  assignee: text,
  /** The day people set themselves; `deadline` is the rule's. */
  ownDeadline: day.nullable(),
  disputeReference: text,
  /** What came back so far. */
  recovered: money.nullable(),
  /** The amount without what came back; null where nothing of its currency did. */
  stillOut: money.nullable(),
  /** The suppressions that hide it now, the oldest first; none for a finding that is shown. */
  suppressedBy: z.array(z.object({ id: z.string(), reason: z.string(), owner: z.string(), expiresOn: day })),
});
export type ListedFinding = z.infer<typeof ListedFindingSchema>;

/** What a change can be of: what audits judge, and what people keep. */
export const HISTORY_FIELDS = ['severity', 'amount', ...HANDLING_FIELDS] as const;

const historyEntry = z.object({
  at: instant,
  state: z.enum(FINDING_STATES),
  severity: z.enum(SEVERITIES),
  amount: money.nullable(),
  /** found | changed | resolved | reopened | grown by an audit; set (the state) | edited | commented by a person. */
  reason: z.enum(['found', 'changed', 'resolved', 'retired', 'reopened', 'grown', 'set', 'edited', 'commented']),
  /** Who set it; null = an audit. */
  by: text,
  note: text,
  /** What it changed: each field as it was and as it became. */
  changes: z.array(z.object({ field: z.enum(HISTORY_FIELDS), from: text, to: text })),
});

/** One sale of the number; parts of the amount charged and other money in the currency of the sale. */
const purchase = z.object({
  /** The sale the finding is about. */
  concerned: z.boolean(),
  vendor: z.string(),
  labelId: text,
  account: text,
  upstream: text,
  kind: z.string(),
  status: z.string(),
  purchasedDay: day,
  purchasedAt: instant.nullable(),
  printedAt: instant.nullable(),
  shipDate: day.nullable(),
  handedOverAt: instant.nullable(),
  voidedAt: instant.nullable(),
  voidedBy: text,
  refundRequestedAt: instant.nullable(),
  refundedAt: instant.nullable(),
  refunded: money.nullable(),
  service: z.string(),
  packaging: text,
  rateType: text,
  /** Ounces and inches, as decimals. */
  weightOz: text,
  scaleWeightOz: text,
  lengthIn: text,
  widthIn: text,
  heightIn: text,
  originZip: text,
  ratedOriginZip: text,
  destinationZip: text,
  destinationCountry: z.string(),
  zone: z.int().nullable(),
  charged: money,
  postage: money.nullable(),
  surcharges: money.nullable(),
  insuranceFee: money.nullable(),
  otherFees: money.nullable(),
  declared: money.nullable(),
  insured: money.nullable(),
  extraServices: z.array(z.string()),
  orderId: text,
  order: money.nullable(),
  paymentRef: text,
  reference: text,
  /** Name of the file the row came from. */
  file: text,
});
export type Purchase = z.infer<typeof purchase>;

const journeyEvent = z.object({
  at: instant,
  code: text,
  text,
  city: text,
  state: text,
  zip: text,
  country: text,
  source: text,
  sourceKind: z.enum(SOURCE_KINDS),
  /** What the event means to the audit, as a word and in words. */
  stage: z.enum(STAGES),
  meaning: z.string(),
});
export type JourneyEvent = z.infer<typeof journeyEvent>;

const milestone = z.object({ what: z.string(), at: instant, text: z.string() });

const journey = z.object({
  /** What the events add up to, in order of time. */
  milestones: z.array(milestone),
  /** In the order they are told. */
  events: z.array(journeyEvent),
  /** Answers of sources that were asked, the latest first. */
  asked: z.array(z.object({ source: text, outcome: z.enum(ASK_OUTCOMES), at: instant })),
  /** How many events there are; `events` ends with the latest of them. */
  eventsKnown: z.int(),
});
export type Journey = z.infer<typeof journey>;

const chargeLine = z.object({
  vendor: z.string(),
  invoiceNumber: z.string(),
  invoiceDate: day.nullable(),
  lineNumber: text,
  chargeType: z.string(),
  chargeCode: text,
  description: text,
  amount: money,
  chargedDay: day.nullable(),
  file: text,
});
export type ChargeLine = z.infer<typeof chargeLine>;

const measured = z.object({
  weightOz: text,
  lengthIn: text,
  widthIn: text,
  heightIn: text,
  zone: z.int().nullable(),
  packaging: text,
  service: text,
  amount: money.nullable(),
});

const adjustmentRecord = z.object({
  vendor: z.string(),
  adjustmentId: z.string(),
  assessedDay: day,
  notifiedDay: day.nullable(),
  reason: z.string(),
  /** Negative = given back. */
  amount: money,
  processingFee: money.nullable(),
  disputeId: text,
  claimed: measured,
  assessed: measured,
  file: text,
});
export type AdjustmentRecord = z.infer<typeof adjustmentRecord>;

const barcode = z.object({
  input: z.string(),
  valid: z.boolean(),
  reason: z.enum(BARCODE_REASONS).nullable(),
  kind: z.enum(BARCODE_KINDS),
  canonical: z.string(),
  serviceType: text,
  /** What the service type code means by its published name. */
  meaning: text,
  mailerId: text,
  serial: text,
  checkDigit: text,
  destinationZip: text,
});

export const FindingDetailSchema = ListedFindingSchema.extend({
  ruleTitle: z.string(),
  goods: money.nullable(),
  /** Versions it was judged by; `book` is that of the last audit of its number, null for a finding without one. */
  /** How people decided on what its rule found, where they dismiss so much of it that the rule is to be looked at; else null. */
  ruleFlag: z.object({ decided: z.int(), dismissed: z.int(), share: z.number(), atLeast: z.number() }).nullable(),
  judgedBy: z.object({ rule: z.string(), data: z.string(), digest: z.int(), book: text }),
  /** Why its rule fired; null for a finding about the carrier, and one judged before facts were kept. */
  explanation: ExplanationSchema.nullable(),
  /** The evidence by the names and units of its facts; times in the time zone of the report. */
  evidenceInWords: z.array(z.object({ label: z.string(), value: z.string() })),
  /** States a person may set now. */
  nextStates: z.array(z.enum(SETTABLE_STATES)),
  /** The earliest first. */
  history: z.array(historyEntry),
  /** Every sale of the number, the earliest first; none for a finding without a number. */
  purchases: z.array(purchase),
  journey,
  /** Invoice lines that name the number; of a finding about an invoice, its lines. */
  charges: z.array(chargeLine),
  adjustments: z.array(adjustmentRecord),
  /** What the number says; null for a finding without one. */
  barcode: barcode.nullable(),
});
export type FindingDetail = z.infer<typeof FindingDetailSchema>;
