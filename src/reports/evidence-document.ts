/** The evidence of one number as a document, evidence-<number>.json: what an outsider can check without this program. */
import { z } from 'zod';
import { CERTAINTIES } from '../core/barcode/data.ts';
import { FINDING_STATES } from '../core/finding/lifecycle.ts';
import { SOURCE_KINDS, STAGES } from '../core/journey/codes.ts';
import { ASK_OUTCOMES } from '../core/journey/event.ts';
import { ATTRIBUTIONS, AMOUNT_KINDS, CONFIDENCES, SEVERITIES, SUBJECTS, VERDICTS } from '../core/rules/answer.ts';
import { FindingDetailSchema } from './finding-detail.ts';

/** Raised when a field of the document changes its meaning or goes away; added fields do not raise it. */
export const EVIDENCE_SCHEMA = 1;

/** ISO 8601 in UTC. */
const instant = z.iso.datetime();
const day = z.iso.date();
const text = z.string().nullable();
const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const money = z.object({ value: z.string(), currency: z.string().length(3) }).nullable();
const worded = z.object({ en: z.string(), 'zh-CN': z.string() });
/** Id of an import: `imports` says what it was. */
const importId = sha256;

const detail = FindingDetailSchema.shape;

const barcode = z.object({
  input: z.string(),
  valid: z.boolean(),
  reason: text,
  kind: z.string(),
  carrier: text,
  canonical: z.string(),
  channel: text,
  serviceTypeCode: text,
  sourceId: text,
  mailerId: text,
  mailerIdAmbiguous: z.boolean(),
  serial: text,
  checkDigit: text,
  destinationZip: text,
  /** What the service type code meant on the mailing day; null where no table knows it, or no purchase states a day. */
  meaning: z
    .object({
      on: day,
      description: z.string(),
      service: text,
      extraServices: z.array(z.string()),
      validFrom: day,
      validUntil: day.nullable(),
      /** How sure the meaning is, and the source in data/sources.yaml that states it. */
      certainty: z.enum(CERTAINTIES),
      source: z.string(),
    })
    .nullable(),
});

/** A purchase as it stands, and what stood in its place before later imports corrected it. */
const purchase = detail.purchases.element.omit({ concerned: true }).extend({
  saleKey: z.string(),
  trackingRaw: z.string(),
  routingZip: text,
  scanFormId: text,
  insuranceProvider: text,
  customs: money,
  /** Columns of the file that the program has no name for; those about people were dropped when it was read. */
  extra: z.record(z.string(), z.string()).nullable(),
  import: importId,
  earlier: z.array(
    z.object({
      /** The import whose row took its place. */
      replacedBy: importId,
      sequence: count,
      /** The row as it was stored: amounts in thousandths, instants as the database writes them. */
      label: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type EvidencePurchase = z.infer<typeof purchase>;

const event = z.object({
  at: instant,
  /** With number and instant the identity of the event: 128 bits of SHA-256 over code, text and place. */
  hash: z.string().regex(/^[0-9a-f]{32}$/),
  code: text,
  text,
  city: text,
  state: text,
  zip: text,
  country: text,
  source: text,
  sourceKind: z.enum(SOURCE_KINDS),
  retrievedAt: instant.nullable(),
  mailpieceId: text,
  import: importId,
});
export type EvidenceEvent = z.infer<typeof event>;

const answer = z.object({
  at: instant,
  source: text,
  sourceKind: z.enum(SOURCE_KINDS),
  outcome: z.enum(ASK_OUTCOMES),
  import: importId,
});

const told = z.object({
  at: instant,
  hash: z.string(),
  stage: z.enum(STAGES),
  /** What else the event counts as, by the words of the program: "physical", "notice", "hold", ... */
  countsAs: z.array(z.string()),
});

const rawDocument = z.object({
  /** webhook = pushed to us, answer = what came when we asked. */
  kind: z.enum(['webhook', 'answer']),
  provider: z.string(),
  /** When it was received; of an answer, when it was asked for. */
  at: instant,
  httpStatus: z.int().nullable(),
  outcome: text,
  /** Of a webhook: what became of it, and why it could not be read. */
  state: text,
  problem: text,
  /** The id of its bytes in `rawBodies`; null where no body came. */
  body: text,
});
export type RawDocument = z.infer<typeof rawDocument>;

const rawBody = z.object({
  id: z.string(),
  /** The hash that was stored when it came. */
  sha256,
  /** Null where the bytes are gone. */
  byteLength: count.nullable(),
  /** Computed from the bytes when this document was made. */
  recomputedSha256: sha256.nullable(),
  /** Whether both are the same: the bytes are those that came. */
  hashHolds: z.boolean(),
  /** Null where the bytes are gone or were left out for their size. */
  base64: text,
  /** The same bytes as text, where they are UTF-8. */
  text,
});
export type RawBody = z.infer<typeof rawBody>;

const importOf = z.object({
  id: importId,
  kind: z.string(),
  vendor: text,
  /** Name of the file, or of where the records came from. */
  file: z.string(),
  /** Over the file as received, or over the records as JSON. */
  contentSha256: sha256,
  bytes: count,
  rows: count,
  importedAt: instant,
});

const finding = z.object({
  id: z.string(),
  rule: z.string(),
  ruleTitle: worded,
  ruleVersion: z.string(),
  dataVersion: z.string(),
  digestVersion: z.int(),
  severity: z.enum(SEVERITIES),
  verdict: z.enum(VERDICTS),
  attribution: z.enum(ATTRIBUTIONS),
  confidence: z.enum(CONFIDENCES),
  subject: z.enum(SUBJECTS),
  vendor: text,
  labelId: text,
  amount: money,
  amountKind: z.enum(AMOUNT_KINDS).nullable(),
  goods: money,
  message: worded,
  nextStep: worded,
  deadline: day.nullable(),
  /** Values the rule rested on, by the names of its facts and in their units. */
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** What its rule asked for, by name, null where unknown; null for a finding judged before facts were kept. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])).nullable(),
  explanation: detail.explanation,
  state: z.enum(FINDING_STATES),
  firstSeenAt: instant,
  changedAt: instant,
  history: detail.history,
});
export type EvidenceFinding = z.infer<typeof finding>;

const judged = z.object({
  /** The clock of the audit that judged the number last. */
  asOf: instant,
  /** Hash of the rules, data and digest version it was judged by. */
  book: z.string(),
  /** Whether that is the book in force. */
  current: z.boolean(),
  /** Whether nothing about the number has changed since. */
  upToDate: z.boolean(),
  /** How each rule answered for each purchase; null where the book is another one, whose rules are not at hand. */
  answers: z
    .array(
      z.object({
        vendor: z.string(),
        saleKey: z.string(),
        rule: z.string(),
        answer: z.enum(['fires', 'clear', 'unknown']),
        missing: z.array(z.string()),
      }),
    )
    .nullable(),
});

/** What the evidence does not show, as words; see `evidence_page.not_known_*` in templates/locales. */
export const NOT_KNOWN = [
  'payment',
  'absence',
  'local_times',
  'file_bytes',
  'no_documents',
  'no_purchase',
  'no_events',
  'no_answer',
  'not_judged',
  'judged_before',
  'unknown_rules',
  'rows_left_out',
  'bytes_left_out',
] as const;

const manifest = z.object({
  algorithm: z.literal('SHA-256'),
  /** How a part becomes bytes. */
  canonicalForm: z.literal('RFC 8785'),
  /** Of every other field of the document by its name. */
  parts: z.record(z.string(), sha256),
  /** Over the canonical form of `parts`. */
  sha256,
});

export const EvidenceDocumentSchema = z.object({
  schema: z.literal(EVIDENCE_SCHEMA),
  trackingNumber: z.string(),
  /** The instant of the snapshot: everything on file then is in it. */
  asOf: instant,
  /** When the document was made. */
  madeAt: instant,
  /** What judges now; a finding names what it was judged by. */
  versions: z.object({ ruleBook: z.string(), data: z.string(), journey: z.int() }),
  barcode,
  purchases: z.array(purchase),
  charges: detail.charges,
  adjustments: detail.adjustments,
  events: z.array(event),
  /** Answers of sources that were asked. */
  answers: z.array(answer),
  timeline: z.object({
    /** What the events add up to; instants as milliseconds since 1970. */
    digest: z.record(z.string(), z.unknown()),
    milestones: z.array(z.object({ what: z.string(), at: instant })),
    /** The events in the order they are told. */
    told: z.array(told),
  }),
  rawDocuments: z.array(rawDocument),
  rawBodies: z.array(rawBody),
  imports: z.array(importOf),
  findings: z.array(finding),
  /** Null where no audit has judged the number. */
  judged: judged.nullable(),
  notKnown: z.array(z.object({ what: z.enum(NOT_KNOWN), count: count.nullable() })),
  manifest,
});
export type EvidenceDocument = z.infer<typeof EvidenceDocumentSchema>;
/** All of it but the manifest, which is made over it. */
export type EvidenceParts = Omit<EvidenceDocument, 'manifest'>;
