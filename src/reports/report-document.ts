/** The document of one audit, report.json: what other programs rely on, checked before it is written. */
import { z } from 'zod';
import { DECISIONS } from '../core/risk/score.ts';
import { ATTRIBUTIONS, CONFIDENCES, SEVERITIES, SUBJECTS, VERDICTS } from '../core/rules/answer.ts';

/** Raised when a field of the document changes its meaning or goes away; added fields do not raise it. */
export const REPORT_SCHEMA = 1;

const count = z.int().nonnegative();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A decimal amount with two places, or three when it is finer than a cent. */
const amount = z.string().regex(/^-?\d+\.\d{2,3}$/);
const currency = z.string().length(3);

export const ReportFindingSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  verdict: z.enum(VERDICTS),
  attribution: z.enum(ATTRIBUTIONS),
  confidence: z.enum(CONFIDENCES),
  subject: z.enum(SUBJECTS),
  /** Null for a finding about a vendor or a charge without a number. */
  trackingNumber: z.string().nullable(),
  vendor: z.string().nullable(),
  labelId: z.string().nullable(),
  amount: z.object({ value: amount, currency }).nullable(),
  message: z.string(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  deadline: day.nullable(),
  nextStep: z.string(),
});

const source = z.object({
  /** Relative to the path the user gave. */
  file: z.string(),
  kind: z.string(),
  /** The one vendor in the file; null when it holds several or none. */
  vendor: z.string().nullable(),
  /** accepted + repeated + rejected. */
  rows: count,
  accepted: count,
  repeated: count,
  rejected: count,
});

export const ReportDocumentSchema = z.object({
  schema: z.literal(REPORT_SCHEMA),
  /** ISO 8601 in UTC: the clock of the audit. */
  asOf: z.string(),
  /** First to last purchase day as written, half-open; null without a purchase. */
  window: z.object({ from: day.nullable(), to: day.nullable(), timeZone: z.string() }),
  ruleSet: z.object({ version: z.string(), rules: count }),
  data: z.object({ version: z.string(), priceLists: z.array(z.string()) }),
  sources: z.array(source),
  /** Purchases. received = audited + those after the clock of the audit; audited = rated + unrated. */
  labels: z.object({ received: count, audited: count, rated: count, unrated: count }),
  outcomes: z.array(
    z.object({
      rule: z.string(),
      fires: count,
      clear: count,
      unknown: count,
      /** How many unknown answers each missing fact caused; one answer can miss several. */
      missing: z.record(z.string(), count),
    }),
  ),
  findings: z.array(ReportFindingSchema),
  totals: z.array(
    z.object({
      currency,
      charged: amount,
      chargedOfRated: amount,
      expected: amount,
      atStake: amount,
      recoverable: amount,
      goodsAtRisk: amount,
    }),
  ),
  vendors: z.array(
    z.object({ vendor: z.string(), labels: count, decision: z.enum(DECISIONS), reasons: z.array(z.string()) }),
  ),
  notChecked: z.array(z.object({ what: z.string(), why: z.string(), count })),
});

export type ReportDocument = z.infer<typeof ReportDocumentSchema>;
export type ReportFinding = z.infer<typeof ReportFindingSchema>;
export type ReportSource = ReportDocument['sources'][number];
export type ReportTotals = ReportDocument['totals'][number];
export type ReportVendor = ReportDocument['vendors'][number];
export type ReportOutcome = ReportDocument['outcomes'][number];
export type NotChecked = ReportDocument['notChecked'][number];
