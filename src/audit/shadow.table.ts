/** What rules that are tried out would have found. */
import { EntitySchema } from 'typeorm';
import type { EvidenceValue, Worded } from '../core/rules/answer.ts';
import type { FactValue } from '../core/facts/fact.ts';

/**
 * What a shadow rule said when the parcel, vendor or invoice was last judged. It has the identity that the finding would have,
 * and nothing of what people make of findings: no state, no history, no alert.
 */
export interface ShadowFindingRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  id: string;
  rule: string;
  ruleVersion: string;
  severity: string;
  verdict: string;
  attribution: string;
  confidence: string;
  subject: string;
  vendor: string | null;
  saleKey: string | null;
  labelId: string | null;
  amountMills: number | null;
  currency: string | null;
  amountKind: string | null;
  message: Worded;
  deadline: string | null;
  evidence: Record<string, EvidenceValue>;
  facts: Record<string, FactValue | null>;
}

export const ShadowFindingTable = new EntitySchema<ShadowFindingRow>({
  name: 'shadow_finding',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    id: { type: 'char', length: 32, primary: true, collation: 'C' },
    rule: { type: 'text' },
    ruleVersion: { name: 'rule_version', type: 'text' },
    severity: { type: 'text' },
    verdict: { type: 'text' },
    attribution: { type: 'text' },
    confidence: { type: 'text' },
    subject: { type: 'text' },
    vendor: { type: 'text', nullable: true },
    saleKey: { name: 'sale_key', type: 'text', nullable: true },
    labelId: { name: 'label_id', type: 'text', nullable: true },
    amountMills: { name: 'amount_mills', type: 'bigint', nullable: true },
    currency: { type: 'char', length: 3, nullable: true },
    amountKind: { name: 'amount_kind', type: 'text', nullable: true },
    message: { type: 'jsonb' },
    deadline: { type: 'date', nullable: true },
    evidence: { type: 'jsonb' },
    facts: { type: 'jsonb' },
  },
});
