/** The weight or volume up to which a row of a price table holds, by what stands at its start. */
import { MILLI_OZ_PER_LB, parseThousandths } from '../../units/measure.ts';

export type WeightUnit = 'oz' | 'lb';

const NUMBER = /\d+(?:\.\d+)?|\.\d+/g;

/** The unit a text names; null when it names none or both. */
export function weightUnit(text: string): WeightUnit | null {
  const ounces = /\b(?:oz|ounces?)\b/i.test(text);
  const pounds = /\b(?:lbs?|pounds?)\b/i.test(text);
  if (ounces === pounds) return null;
  return ounces ? 'oz' : 'lb';
}

/** The greatest number a text names: of "1-8 oz" or "over 0.10 to 0.20" the second; null when it names none. */
export function lastNumber(text: string): string | null {
  const plain = text.replaceAll(/(\d)?\s*(?:½|\b1\/2\b)/g, (_, whole: string | undefined) => `${whole ?? '0'}.5`);
  return plain.match(NUMBER)?.at(-1) ?? null;
}

/** Weight in thousandths of an ounce; null when the text holds no number. */
export function weightStep(text: string, unit: WeightUnit): number | null {
  const number = lastNumber(text);
  if (number === null) return null;
  const thousandths = parseThousandths(number.startsWith('.') ? `0${number}` : number);
  if (thousandths === null) return null;
  return unit === 'oz' ? thousandths : thousandths * (MILLI_OZ_PER_LB / 1000);
}

/** Volume in thousandths of a cubic foot; null when the text holds no number. */
export function volumeStep(text: string): number | null {
  const number = lastNumber(text);
  return number === null ? null : parseThousandths(number.startsWith('.') ? `0${number}` : number);
}
