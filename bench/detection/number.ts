/** Numbers of the month's parcels: valid ones of every channel, numbers that cannot be, and what spreadsheets make of them. */
import type { Service } from '../../src/core/label/label.ts';
import type { Vendor } from './vendor.ts';

/** Service type codes by what was sold, without and with insurance. */
const CODES: Partial<Record<Service, readonly [plain: string, insured: string]>> = {
  ground_advantage: ['001', '361'],
  priority_mail: ['055', '059'],
  priority_mail_express: ['701', '701'],
  media_mail: ['490', '490'],
};

export function serviceCode(service: Service, insured: boolean): string {
  const [plain, withInsurance] = CODES[service] ?? ['612', '612'];
  return insured ? withInsurance : plain;
}

/** The number of 22 digits that a channel, a code, a mailer id and a serial make. */
export function packageNumber(of: { channel: string; code: string; mailerId: string; serial: number }): string {
  const source = of.channel === '94' ? '03' : '';
  const head = `${of.channel}${of.code}${source}${of.mailerId}`;
  const body = `${head}${String(of.serial)
    .padStart(21 - head.length, '0')
    .slice(-(21 - head.length))}`;
  return `${body}${checkDigit(body)}`;
}

/** The next number of a vendor; its serials rise, with gaps for those it sold to others. */
export function nextNumber(vendor: Vendor, of: { code: string; mailerId: string; gap: number }): string {
  vendor.serial += of.gap;
  return packageNumber({ channel: vendor.channel, serial: vendor.serial, ...of });
}

/** The same number with a check digit that cannot be right. */
export function impossible(number: string): string {
  return `${number.slice(0, -1)}${(Number(number.at(-1)) + 5) % 10}`;
}

/** What a spreadsheet leaves of a number that it took for a quantity: three digits and a power, or fifteen digits and zeros. */
export function spoilt(number: string, asPower: boolean): string {
  return asPower ? `${number[0]}.${number.slice(1, 3)}E+21` : `${number.slice(0, 15)}0000000`;
}

/** An international number of 13 characters (UPU S10). */
export function internationalNumber(serial: number): string {
  const digits = String(serial).padStart(8, '0').slice(-8);
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const rest = 11 - (weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11);
  const check = rest === 10 ? 0 : rest === 11 ? 5 : rest;
  return `LZ${digits}${check}US`;
}

function checkDigit(body: string): number {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    sum += Number(body[body.length - 1 - index]) * (index % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}
