/** The order of lists of findings as one text, so that a database can keep an index of it and a reader can go on after it. */
import { SEVERITIES, type Severity } from '../rules/answer.ts';

export interface Ranked {
  id: string;
  severity: Severity;
  amountMills: number | null;
  currency: string | null;
}

/** Above every amount in mills, so that the difference sorts the greatest amount first. */
const BEYOND_MILLS = 1e15;
const DIGITS = 16;

/**
 * Sorts by its bytes as reports list findings: worst severity first, then currency and amount (the greatest first, none
 * last), then id.
 */
export function orderKey({ id, severity, amountMills, currency }: Ranked): string {
  const rank = rankOf(severity);
  if (amountMills === null || currency === null) return `${rank}1${id}`;
  return `${rank}0${currency}${String(BEYOND_MILLS - amountMills).padStart(DIGITS, '0')}${id}`;
}

/** The stretch of the order that holds findings of these severities, from `from` on and before `before`. */
export function stretchOf(severities: readonly Severity[]): { from: string; before: string } {
  const ranks = severities.map(rankOf);
  return { from: String(Math.min(...ranks)), before: String(Math.max(...ranks) + 1) };
}

function rankOf(severity: Severity): number {
  return SEVERITIES.length - 1 - SEVERITIES.indexOf(severity);
}
