/** Recognises numbers that clearly belong to another carrier, so that nobody is accused of a bad USPS number. */
import { passesMod10 } from './check-digit.ts';
import type { CarrierCheck, OtherCarrier } from './data.ts';

/** The carrier whose published shape, and check digit where one is published, the number has; else null. */
export function otherCarrierOf(number: string, carriers: readonly OtherCarrier[]): string | null {
  return carriers.find((carrier) => isOf(carrier, number))?.carrier ?? null;
}

function isOf(carrier: OtherCarrier, number: string): boolean {
  const match = carrier.pattern.exec(number);
  return match !== null && passes[carrier.check](carrier.implied + (match.groups?.['checked'] ?? ''));
}

const passes: Record<CarrierCheck, (digits: string) => boolean> = {
  none: () => true,
  mod10: passesMod10,
  mod11_fedex: passesFedexMod11,
  mod7: passesMod7,
};

/** FedEx Express: weights 1, 3, 7 from the rightmost data digit, remainder of 11, then of 10. */
function passesFedexMod11(digits: string): boolean {
  const weights = [1, 3, 7] as const;
  let sum = 0;
  for (let i = digits.length - 2, place = 0; i >= 0; i -= 1, place += 1) {
    sum += Number(digits[i]) * (weights[place % 3] ?? 0);
  }
  return (sum % 11) % 10 === Number(digits.at(-1));
}

/** DHL Express waybills: the last digit is the remainder of the others, read as one number, by seven. */
function passesMod7(digits: string): boolean {
  return Number(digits.slice(0, -1)) % 7 === Number(digits.at(-1));
}
