/** The document of one audit, report.json: what other programs rely on, checked before it is written. */
import { z } from 'zod';
import { COVERAGE_SHARES } from '../core/risk/coverage.ts';
import { DECISIONS } from '../core/risk/score.ts';
import { TRANSIT_STANDINGS } from './outstanding.ts';
import { ATTRIBUTIONS, CONFIDENCES, SEVERITIES, SUBJECTS, VERDICTS } from '../core/rules/answer.ts';

/** Raised when a field of the document changes its meaning or goes away; added fields do not raise it. */
export const REPORT_SCHEMA = 1;

/** What a form asks for: a refund of a label nobody used, a dispute of a correction, an insurance claim, else the credit of a charge. */
export const CLAIM_KINDS = ['refund', 'dispute', 'insurance', 'credit'] as const;

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

/** Purchases of the days before the report (see core/risk/coverage.ts), and how many of them could be looked at. */
const coverage = z.object({ labels: count, answered: count, rated: count });
/** What coverage fell from, and which of its shares fell; reports of earlier releases lack the shares. */
const fellFrom = coverage.extend({ day, shares: z.array(z.enum(COVERAGE_SHARES)).optional() });

const ReportVendorSchema = z.object({
  vendor: z.string(),
  labels: count,
  decision: z.enum(DECISIONS),
  reasons: z.array(z.string()),
  // Reports of earlier releases lack what follows.
  /** What the report before decided; null = there is none, or it did not know the vendor. */
  before: z
    .object({ day, decision: z.enum(DECISIONS) })
    .nullable()
    .default(null),
  /** Null where it was not counted. */
  recent: coverage.nullable().default(null),
  /** What coverage had before it fell; null while it holds. */
  fellFrom: fellFrom.nullable().default(null),
  /** How often grave rules that name the vendor fired for labels bought in [from, to), and how often for those of others. */
  peers: z
    .array(
      z.object({
        rule: z.string(),
        from: day,
        to: day,
        fires: count,
        /** Labels for which the rule fired or found nothing. */
        answered: count,
        others: z.object({ vendors: count, fires: count, answered: count }),
      }),
    )
    .default([]),
});

const money = z.object({ value: amount, currency });
const outstandingLabel = {
  trackingNumber: z.string(),
  vendor: z.string(),
  labelId: z.string().nullable(),
  orderId: z.string().nullable(),
  /** ISO 8601, or the day where no time is known. */
  purchasedAt: z.string(),
  shipDate: day.nullable(),
};

const StopListSchema = z.object({
  /** Labels bought from this day on were looked at. */
  boughtFrom: day,
  vendors: z.array(z.object({ vendor: z.string(), labels: count, inTransit: count, orders: z.array(money) })),
  /** What the orders in transit are worth, each once. */
  orders: z.array(money),
  /** Not handed over: do not mail. */
  labels: z.array(z.object({ ...outstandingLabel, tracked: z.boolean(), charged: money })),
  inTransit: z.array(
    z.object({
      ...outstandingLabel,
      lastScanAt: z.string().nullable(),
      standing: z.enum(TRANSIT_STANDINGS),
      order: money.nullable(),
    }),
  ),
});

const claim = z.object({
  claim: z.enum(CLAIM_KINDS),
  trackingNumber: z.string().nullable(),
  vendor: z.string().nullable(),
  account: z.string().nullable(),
  labelId: z.string().nullable(),
  orderId: z.string().nullable(),
  purchasedDay: day.nullable(),
  shipDate: day.nullable(),
  amount: money,
  deadline: day,
  reason: z.string(),
  rule: z.string(),
  findings: z.array(z.string()),
});

/** What can be claimed back until a day within [from, until]; missed = what the report before listed and nobody filed. */
const ClaimsSchema = z.object({
  from: day,
  until: day,
  totals: z.array(z.object({ currency, count, value: amount })),
  items: z.array(claim),
  missed: z.array(claim),
});

const text = z.string().nullable();

const suppression = z.object({
  id: z.string(),
  rule: text,
  vendor: text,
  trackingNumber: text,
  labelId: text,
  orderId: text,
  expression: text,
  reason: z.string(),
  owner: z.string(),
  createdAt: z.string(),
  /** The last day it hides anything. */
  expiresOn: day,
  /** Findings it hides, and their amounts by currency; a finding that two hide counts for both. */
  findings: count,
  amounts: z.array(z.object({ value: amount, currency })),
  /** Findings it names and does not hide, since the postage is said to be counterfeit. */
  spared: count,
  /** It ends within 7 days. */
  expiresSoon: z.boolean(),
  /** It hid nothing for 30 days. */
  idle: z.boolean(),
});

const fires = { fires: count, amounts: z.array(money) };
/** Against the active version of the rule; null where there is none. */
const compared = z
  .object({
    new: count,
    gone: count,
    changed: count,
    same: count,
    /** Of what is gone, findings that people dismissed. */
    goneDismissed: count,
  })
  .nullable();

const shadow = z.object({
  rule: z.string(),
  title: z.string(),
  /** The number in its file, and the hash that its findings would name. */
  number: count,
  version: z.string(),
  /** The number of the active version of the rule; null where it is a rule of its own. */
  active: count.nullable(),
  ...fires,
  compared,
  vendors: z.array(z.object({ vendor: z.string().nullable(), ...fires, compared })),
  /** Some of it in full. */
  examples: z.array(
    z.object({
      change: z.enum(['only', 'new', 'gone', 'changed']),
      trackingNumber: z.string(),
      vendor: z.string().nullable(),
      severity: z.enum(SEVERITIES),
      amount: money.nullable(),
      /** What the active version says; null where it says nothing. */
      activeSeverity: z.enum(SEVERITIES).nullable(),
      activeAmount: money.nullable(),
      message: z.string(),
    }),
  ),
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
  vendors: z.array(ReportVendorSchema),
  notChecked: z.array(z.object({ what: z.string(), why: z.string(), count })),
  // Reports of earlier releases lack what follows.
  /** Of all vendors together. */
  coverage: coverage.extend({ fellFrom: fellFrom.nullable() }).nullable().default(null),
  stopList: StopListSchema.nullable().default(null),
  claims: ClaimsSchema.nullable().default(null),
  /** Suppressions in force, the last made first; reports of earlier releases have none. */
  suppressions: z.array(suppression).default([]),
  /** Findings that any of them hides, each once: they are in no other figure of the document. */
  suppressedFindings: count.default(0),
  /** Rules much of whose findings people dismissed, by rule: what they find now is to be read with that in mind. */
  flaggedRules: z
    .array(
      z.object({
        rule: z.string(),
        /** Findings of the rule as it reads now that people decided on. */
        decided: count,
        dismissed: count,
        /** dismissed / decided, and the least it can truly be at 95 %. */
        share: z.number(),
        atLeast: z.number(),
      }),
    )
    .default([]),
  /** What rules that are tried out would have said: in no other figure of the document. Earlier releases have none. */
  shadow: z.array(shadow).default([]),
});

export type ReportDocument = z.infer<typeof ReportDocumentSchema>;
export type ReportFinding = z.infer<typeof ReportFindingSchema>;
export type ReportSource = ReportDocument['sources'][number];
export type ReportTotals = ReportDocument['totals'][number];
export type ReportVendor = ReportDocument['vendors'][number];
export type ReportOutcome = ReportDocument['outcomes'][number];
export type ReportShadow = ReportDocument['shadow'][number];
export type ReportSuppression = ReportDocument['suppressions'][number];
export type NotChecked = ReportDocument['notChecked'][number];
