/** What people chose not to be shown, why, and until when. */
import { EntitySchema } from 'typeorm';

/** One suppression. It never changes but to be ended, and an ended one is kept. */
export interface SuppressionRow {
  /** 32 hex digits. */
  id: string;
  rule: string | null;
  vendor: string | null;
  trackingNumber: string | null;
  labelId: string | null;
  orderId: string | null;
  expression: string | null;
  /** Why, in somebody's own words. */
  reason: string;
  /** Who answers for it. */
  owner: string;
  createdAt: Date;
  /** By the name of the access key. */
  createdBy: string;
  /** The last day it hides anything, in UTC. */
  expiresOn: string;
  endedAt: Date | null;
  endedBy: string | null;
  endReason: string | null;
  /** The clock of the last audit after which it hid something; null = none yet. */
  lastHidAt: Date | null;
}

export const SuppressionTable = new EntitySchema<SuppressionRow>({
  name: 'suppression',
  columns: {
    id: { type: 'char', length: 32, primary: true, collation: 'C' },
    rule: { type: 'text', nullable: true },
    vendor: { type: 'text', nullable: true },
    trackingNumber: { name: 'tracking_number', type: 'text', nullable: true, collation: 'C' },
    labelId: { name: 'label_id', type: 'text', nullable: true },
    orderId: { name: 'order_id', type: 'text', nullable: true },
    expression: { type: 'text', nullable: true },
    reason: { type: 'text' },
    owner: { type: 'text' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    createdBy: { name: 'created_by', type: 'text' },
    expiresOn: { name: 'expires_on', type: 'date' },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
    endedBy: { name: 'ended_by', type: 'text', nullable: true },
    endReason: { name: 'end_reason', type: 'text', nullable: true },
    lastHidAt: { name: 'last_hid_at', type: 'timestamptz', nullable: true },
  },
});
