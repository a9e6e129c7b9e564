/** The figures of a report counted a second way, in SQL and in the same reading of the database. */

/** Open findings and purchases as the database adds them up. Money in mills, by currency. */
export interface ReportChecks {
  findings: number;
  /** Only severities that occur. */
  bySeverity: Readonly<Record<string, number>>;
  /** Sum of the amounts of all findings, not capped by what was charged. */
  amountMills: Readonly<Record<string, number>>;
  /** What was charged for all purchases up to the clock of the audit. */
  chargedMills: Readonly<Record<string, number>>;
}
