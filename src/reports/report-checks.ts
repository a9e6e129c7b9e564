/** The figures of a report counted a second way, in SQL and in the same reading of the database. */
import type { OutstandingCounts } from './outstanding.ts';

/** Open findings and purchases as the database adds them up. Money in mills, by currency. */
export interface ReportChecks {
  findings: number;
  /** Only severities that occur. */
  bySeverity: Readonly<Record<string, number>>;
  /** Sum of the amounts of all findings, not capped by what was charged. */
  amountMills: Readonly<Record<string, number>>;
  /** What was charged for all purchases up to the clock of the audit. */
  chargedMills: Readonly<Record<string, number>>;
  /** Labels to stop and parcels on their way. Reports of earlier releases lack this and the claims. */
  outstanding?: OutstandingCounts;
  /** Claims that end within days, and what they add up to by currency. */
  claims?: { count: number; mills: Readonly<Record<string, number>> };
}
