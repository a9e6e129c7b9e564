/** Money is an integer of mills (1/1000 of the currency's unit) beside its ISO 4217 currency; never a float. */

export interface Money {
  mills: number;
  currency: string;
}

const decimal = /^([+-]?)(\d{1,12})(?:\.(\d{1,6}))?$/;

/**
 * Reads a plain decimal amount ("12.34", "-0.5", "7") exactly into mills.
 * Answers null for anything else: thousands separators, currency signs, exponents, or a fraction finer than a mill
 * (trailing zeros are allowed).
 */
export function parseMills(text: string): number | null {
  const match = decimal.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = ''] = match;
  if (fraction.length > 3 && /[1-9]/.test(fraction.slice(3))) return null;
  const mills = Number(whole) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return sign === '-' && mills !== 0 ? -mills : mills;
}

/** Writes mills with two decimals, or three when the amount is finer than a cent: 12340 -> "12.34", 1005 -> "1.005". */
export function formatMills(mills: number): string {
  const sign = mills < 0 ? '-' : '';
  const size = Math.abs(mills);
  const fraction = String(size % 1000).padStart(3, '0');
  return `${sign}${Math.floor(size / 1000)}.${fraction.endsWith('0') ? fraction.slice(0, 2) : fraction}`;
}

/**
 * Rounds mills to whole cents, half away from zero; the only rounding of money in the program. A share of a price may come
 * with a fraction of a mill: rounding it to whole mills first would round twice, and binary noise must not decide a half.
 */
export function roundToCents(mills: number): number {
  const size = Math.round(Math.abs(mills) * 1000) / 1000;
  const cents = Math.floor((size + 5) / 10);
  return mills < 0 ? -cents * 10 || 0 : cents * 10;
}
