/** Weights are integer thousandths of an ounce, lengths integer thousandths of an inch, volumes thousandths of a cubic foot. */

export const MILLI_OZ_PER_OZ = 1000;
export const MILLI_OZ_PER_LB = 16_000;
export const MILLI_IN_PER_IN = 1000;
export const CUBIC_IN_PER_CUBIC_FT = 12 ** 3;
export const MILLI_CU_FT_PER_CU_FT = 1000;

const decimal = /^(\d{1,7})(?:\.(\d{1,9}))?$/;

/**
 * Reads a non-negative decimal number exactly into thousandths ("15.999" -> 15999). A finer fraction is rounded up, as
 * postal weights and sides are. Null for anything that is not a plain decimal.
 */
export function parseThousandths(text: string): number | null {
  const match = decimal.exec(text);
  if (!match) return null;
  const [, whole, fraction = ''] = match;
  const finer = /[1-9]/.test(fraction.slice(3)) ? 1 : 0;
  return Number(whole) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')) + finer;
}

/** Writes thousandths as the shortest exact decimal: 16000 -> "16", 15999 -> "15.999". */
export function formatThousandths(thousandths: number): string {
  const whole = Math.floor(thousandths / 1000);
  const fraction = String(thousandths % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}
