/** The check digits of postal numbers: MOD 10 of USPS (Pub 199, the same as GS1) and MOD 11 of UPU S10. */

const ZERO = 48;

/** The MOD 10 check digit for digits that do not yet carry one: weights 3, 1, 3, 1 ... from the rightmost digit. */
export function mod10CheckDigit(data: string): number {
  let sum = 0;
  let weight = 3;
  for (let i = data.length - 1; i >= 0; i -= 1) {
    sum += (data.charCodeAt(i) - ZERO) * weight;
    weight = 4 - weight;
  }
  return (10 - (sum % 10)) % 10;
}

/** Whether the last of the digits is the MOD 10 check digit of those before it. */
export function passesMod10(digits: string): boolean {
  return mod10CheckDigit(digits.slice(0, -1)) === digits.charCodeAt(digits.length - 1) - ZERO;
}

const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/** The check digit of an S10 serial of eight digits (UPU standard S10: remainder of 11, 0 becomes 5 and 1 becomes 0). */
export function s10CheckDigit(serial: string): number {
  let sum = 0;
  for (const [i, weight] of S10_WEIGHTS.entries()) sum += (serial.charCodeAt(i) - ZERO) * weight;
  const remainder = sum % 11;
  if (remainder === 0) return 5;
  return remainder === 1 ? 0 : 11 - remainder;
}
