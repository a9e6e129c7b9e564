/** From when on charges are known, as SQL: the same as core/finding/charge.ts judges by. $1 is the clock of the audit. */

const startOf = (day: string): string => `${day}::timestamp AT TIME ZONE 'UTC'`;

/** A line is known once its invoice is there, and once it was charged; one without a day is known from the start. */
export const LINE_KNOWN_FROM = `greatest(${startOf('invoice_date')}, coalesce(charged_at, ${startOf('charged_day')}))`;

/** An adjustment is known once it was told to us. */
export const ADJUSTMENT_KNOWN_FROM = `coalesce(notified_at, ${startOf('coalesce(notified_day, CASE WHEN assessed_at IS NULL THEN assessed_day END)')},
  assessed_at)`;
