/** Findings and every change of their state. */
import { EntitySchema } from 'typeorm';
import type { HandlingChanges } from '../core/finding/handling.ts';
import type { FactValue } from '../core/facts/fact.ts';
import type { EvidenceValue, Worded } from '../core/rules/answer.ts';

/** One finding; its id never changes, so a repeated run changes nothing. */
export interface FindingRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  id: string;
  rule: string;
  ruleVersion: string;
  dataVersion: string;
  digestVersion: number;
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
  /** recoverable = can be claimed back; exposure = at stake. */
  amountKind: string | null;
  /** Value of the goods in the parcel, where they are at risk. */
  goodsMills: number | null;
  goodsCurrency: string | null;
  message: Worded;
  nextStep: Worded;
  deadline: string | null;
  evidence: Record<string, EvidenceValue>;
  /** What its rule asked for when it last changed, by name, null where unknown; null = judged before facts were kept. */
  facts: Record<string, FactValue | null> | null;
  /** See core/finding/lifecycle.ts. */
  state: string;
  firstSeenAt: Date;
  changedAt: Date;
  /** See core/finding/order-key.ts: lists go by it, and go on after it. */
  orderKey: string;
  /** Suppressions whose expression was true of it when it was judged; null = none. No part of what it says. */
  meets: string[] | null;
  /** This and what follows is people's, and nothing an audit writes: see core/finding/handling.ts. */
  assignee: string | null;
  ownDeadline: string | null;
  disputeReference: string | null;
  recoveredMills: number | null;
  recoveredCurrency: string | null;
}

export const FindingTable = new EntitySchema<FindingRow>({
  name: 'finding',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    id: { type: 'char', length: 32, primary: true, collation: 'C' },
    rule: { type: 'text' },
    ruleVersion: { name: 'rule_version', type: 'text' },
    dataVersion: { name: 'data_version', type: 'text' },
    digestVersion: { name: 'digest_version', type: 'integer' },
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
    goodsMills: { name: 'goods_mills', type: 'bigint', nullable: true },
    goodsCurrency: { name: 'goods_currency', type: 'char', length: 3, nullable: true },
    message: { type: 'jsonb' },
    nextStep: { name: 'next_step', type: 'jsonb' },
    deadline: { type: 'date', nullable: true },
    evidence: { type: 'jsonb' },
    facts: { type: 'jsonb', nullable: true },
    state: { type: 'text' },
    firstSeenAt: { name: 'first_seen_at', type: 'timestamptz' },
    changedAt: { name: 'changed_at', type: 'timestamptz' },
    orderKey: { name: 'order_key', type: 'text', collation: 'C' },
    meets: { type: 'text', array: true, nullable: true },
    assignee: { type: 'text', nullable: true },
    ownDeadline: { name: 'own_deadline', type: 'date', nullable: true },
    disputeReference: { name: 'dispute_reference', type: 'text', nullable: true },
    recoveredMills: { name: 'recovered_mills', type: 'bigint', nullable: true },
    recoveredCurrency: { name: 'recovered_currency', type: 'char', length: 3, nullable: true },
  },
  indices: [
    { name: 'finding_order', columns: ['orderKey'] },
    // People and other programs name a finding without its number.
    { name: 'finding_id', columns: ['id'] },
    // Looked through twice a minute for the few that are to be told at once.
    { name: 'finding_rule_state', columns: ['rule', 'state'] },
    // Few of many findings are anybody's.
    { name: 'finding_assignee', columns: ['assignee'], where: 'assignee IS NOT NULL' },
  ],
});

/**
 * One change of a finding, never rewritten: the code only inserts, and where the owner of the table is no superuser the
 * database refuses anything else, as the migration took those rights away.
 */
export interface FindingHistoryRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  id: string;
  /** Counts from 1. */
  sequence: number;
  at: Date;
  state: string;
  severity: string;
  amountMills: number | null;
  /**
   * found | changed | resolved | retired (as resolved, for its rule judges no more) | reopened | grown (opened again, greater than what a person closed) by an audit; set (the
   * state) | edited (anything else) | commented (nothing but words) by a person.
   */
  reason: string;
  /** Who set it, by the name of their access key; null = an audit. */
  by: string | null;
  /** Their words. */
  note: string | null;
  /** What a person changed, each field as it was and as it became; null = an audit, or a change older than the column. */
  changes: HandlingChanges | null;
}

export const FindingHistoryTable = new EntitySchema<FindingHistoryRow>({
  name: 'finding_history',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    id: { type: 'char', length: 32, primary: true, collation: 'C' },
    sequence: { type: 'integer', primary: true },
    at: { type: 'timestamptz' },
    state: { type: 'text' },
    severity: { type: 'text' },
    amountMills: { name: 'amount_mills', type: 'bigint', nullable: true },
    reason: { type: 'text' },
    by: { type: 'text', nullable: true },
    note: { type: 'text', nullable: true },
    changes: { type: 'jsonb', nullable: true },
  },
});
