/** What carriers and providers answered when they were asked, byte for byte as it came. */
import { EntitySchema } from 'typeorm';

/** One answer about one number. */
export interface CarrierAnswerRow {
  /** Canonical number; the distribution column of a cluster. */
  trackingNumber: string;
  /** usps | 17track */
  provider: string;
  askedAt: Date;
  /** Null where no answer came at all. */
  httpStatus: number | null;
  /** See core/journey/event.ts. */
  outcome: string;
  /** Of the answer's body; null where none came. */
  bodySha256: string | null;
}

export const CarrierAnswerTable = new EntitySchema<CarrierAnswerRow>({
  name: 'carrier_answer',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    provider: { type: 'text', primary: true, collation: 'C' },
    askedAt: { name: 'asked_at', type: 'timestamptz', primary: true },
    httpStatus: { name: 'http_status', type: 'integer', nullable: true },
    outcome: { type: 'text' },
    bodySha256: { name: 'body_sha256', type: 'char', length: 64, nullable: true },
  },
});

/** The body of one or more answers: one answer may be about many numbers, and the same one may come again. */
export interface AnswerBodyRow {
  /** Hex of SHA-256 over the bytes. */
  sha256: string;
  bytes: Buffer;
}

export const AnswerBodyTable = new EntitySchema<AnswerBodyRow>({
  name: 'answer_body',
  columns: {
    sha256: { type: 'char', length: 64, primary: true, collation: 'C' },
    bytes: { type: 'bytea' },
  },
});
