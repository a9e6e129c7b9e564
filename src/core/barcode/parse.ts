/** Reads any written number: what it is, its parts, and why it is refused. */
import type { Barcode, BarcodeReason } from './barcode.ts';
import { canonicalNumber } from './canonical.ts';
import { s10CheckDigit } from './check-digit.ts';
import { type PackageReading, readPackageNumber } from './impb.ts';
import { otherCarrierOf } from './other-carrier.ts';
import type { BarcodeData } from './data.ts';

type Published = Pick<BarcodeData, 'countries' | 'otherCarriers'>;

const s10 = /^([A-Z]{2})(\d{8})(\d)([A-Z]{2})$/;
/** "9.4001E+21": what a spreadsheet makes of a long number in a narrow column. */
const exponent = /^\d(?:[.,]\d+)?E\+?\d{1,3}$/;
/** Spreadsheets keep 15 significant digits and write zeros for the rest. */
const SPREADSHEET_DIGITS = 15;
const LEAST_LOST_DIGITS = 5;

/** What the number says. Never fails: what cannot be read is `unknown` with its reason. */
export function parseBarcode(input: string, published: Published): Barcode {
  const { canonical, routingZip } = canonicalNumber(input);
  const barcode: Barcode = { ...empty, input, canonical, length: canonical.length, destinationZip: routingZip };
  if (canonical === '') return refuse(barcode, 'empty');
  if (exponent.test(canonical)) return refuse(barcode, 'spreadsheet_damage');
  if (/^\d+$/.test(canonical)) return readDigits(barcode, published);
  const international = s10.exec(canonical);
  return international ? readS10(barcode, international, published) : otherwise(barcode, 'not_a_number', published);
}

/** 20 or more digits, all of them there, that no reading accepts: what an honest label never carries. */
export function failsEveryReading(barcode: Barcode): boolean {
  const complete = /^\d{20,}$/.test(barcode.canonical);
  return complete && !barcode.valid && barcode.reason !== 'other_carrier' && barcode.reason !== 'spreadsheet_damage';
}

const empty: Omit<Barcode, 'input' | 'canonical' | 'length'> = {
  valid: false,
  reason: null,
  kind: 'unknown',
  carrier: null,
  channel: null,
  serviceTypeCode: null,
  sourceId: null,
  mailerId: null,
  mailerIdAmbiguous: false,
  serial: null,
  checkDigit: null,
  destinationZip: null,
};

function readDigits(barcode: Barcode, published: Published): Barcode {
  const digits = barcode.canonical;
  if (/^0+$/.test(digits.replace(/^420/, ''))) return refuse(barcode, 'blank_body');
  const reading = readPackageNumber(digits);
  const read = reading ? { ...barcode, ...reading.parts } : barcode;
  if (reading?.blank) return refuse(read, 'blank_body');
  if (lostItsEnd(digits, reading)) return refuse(read, 'spreadsheet_damage');
  if (!reading) return otherwise(barcode, [22, 26, 30, 34].includes(digits.length) ? 'structure' : 'length', published);
  if (reading.checkDigitRight && reading.lawful) return { ...read, valid: true };
  const carrier = otherCarrierOf(digits, published.otherCarriers);
  if (carrier !== null) return otherwise(barcode, 'other_carrier', published);
  return refuse(read, reading.checkDigitRight ? 'structure' : 'check_digit');
}

/**
 * Whether a spreadsheet has put zeros for the last digits: all behind the fifteenth, or five of them on a number that
 * is wrong. A right number may end in five zeros, but seven by chance on a label nobody has seen.
 */
function lostItsEnd(digits: string, reading: PackageReading | null): boolean {
  if (digits.length < SPREADSHEET_DIGITS + LEAST_LOST_DIGITS) return false;
  const zeros = digits.length - digits.replace(/0+$/, '').length;
  if (zeros >= digits.length - SPREADSHEET_DIGITS) return true;
  return zeros >= LEAST_LOST_DIGITS && !(reading?.checkDigitRight ?? false);
}

function readS10(barcode: Barcode, match: RegExpExecArray, published: Published): Barcode {
  const [, service = '', serial = '', checkDigit = '', country = ''] = match;
  if (!published.countries.has(country)) return otherwise({ ...barcode, kind: 's10' }, 'unknown_country', published);
  const read: Barcode = { ...barcode, kind: 's10', serviceTypeCode: service, serial, checkDigit };
  if (serial === '00000000') return refuse(read, 'blank_body');
  return s10CheckDigit(serial) === Number(checkDigit) ? { ...read, valid: true } : refuse(read, 'check_digit');
}

function otherwise(barcode: Barcode, reason: BarcodeReason, published: Published): Barcode {
  const carrier = otherCarrierOf(barcode.canonical, published.otherCarriers);
  if (carrier === null) return refuse(barcode, reason);
  return { ...barcode, kind: 'other_carrier', carrier, reason: 'other_carrier' };
}

function refuse(barcode: Barcode, reason: BarcodeReason): Barcode {
  return { ...barcode, reason };
}
