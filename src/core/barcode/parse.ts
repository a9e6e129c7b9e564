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
const allZeros = /^(?:420)?0+$/;
/** Spreadsheets keep 15 significant digits and write zeros for the rest. */
const SPREADSHEET_DIGITS = 15;
const LEAST_LOST_DIGITS = 5;
/** Of package numbers with and without 420 + ZIP. */
const CONSTRUCT_LENGTHS = [22, 26, 30, 34];

/** What the number says. Never fails: what cannot be read is `unknown` with its reason. */
export function parseBarcode(input: string, published: Published): Barcode {
  const { canonical, routingZip } = canonicalNumber(input);
  const barcode = unread(input, canonical, routingZip);
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

/** A fresh object, filled in below: copying it at every step would cost more than reading the number. */
function unread(input: string, canonical: string, destinationZip: string | null): Barcode {
  return {
    input,
    valid: false,
    reason: null,
    kind: 'unknown',
    carrier: null,
    canonical,
    length: canonical.length,
    channel: null,
    serviceTypeCode: null,
    sourceId: null,
    mailerId: null,
    mailerIdAmbiguous: false,
    serial: null,
    checkDigit: null,
    destinationZip,
  };
}

function readDigits(barcode: Barcode, published: Published): Barcode {
  const reading = readPackageNumber(barcode.canonical);
  const reason = objectionTo(barcode.canonical, reading);
  const damaged = reason === 'blank_body' || reason === 'spreadsheet_damage';
  if (reason !== null && !damaged && isForeign(barcode, published)) return refuse(barcode, 'other_carrier');
  if (reading) Object.assign(barcode, reading.parts);
  return reason === null ? accept(barcode) : refuse(barcode, reason);
}

/** Why the digits are no number of USPS; null when they are one. */
function objectionTo(digits: string, reading: PackageReading | null): BarcodeReason | null {
  if (reading?.blank || allZeros.test(digits)) return 'blank_body';
  if (lostItsEnd(digits, reading)) return 'spreadsheet_damage';
  if (!reading) return CONSTRUCT_LENGTHS.includes(digits.length) ? 'structure' : 'length';
  if (!reading.checkDigitRight) return 'check_digit';
  return reading.lawful ? null : 'structure';
}

/**
 * Whether a spreadsheet has put zeros for the last digits: all behind the fifteenth, or five of them on a number that
 * is wrong. A right number may end in five zeros, but seven by chance on a label nobody has seen.
 */
function lostItsEnd(digits: string, reading: PackageReading | null): boolean {
  if (digits.length < SPREADSHEET_DIGITS + LEAST_LOST_DIGITS) return false;
  let zeros = 0;
  while (digits.endsWith('0', digits.length - zeros)) zeros += 1;
  if (zeros >= digits.length - SPREADSHEET_DIGITS) return true;
  return zeros >= LEAST_LOST_DIGITS && !(reading?.checkDigitRight ?? false);
}

function readS10(barcode: Barcode, match: RegExpExecArray, published: Published): Barcode {
  const [, service = '', serial = '', checkDigit = '', country = ''] = match;
  barcode.kind = 's10';
  if (!published.countries.has(country)) return otherwise(barcode, 'unknown_country', published);
  Object.assign(barcode, { serviceTypeCode: service, serial, checkDigit });
  if (serial === '00000000') return refuse(barcode, 'blank_body');
  return s10CheckDigit(serial) === Number(checkDigit) ? accept(barcode) : refuse(barcode, 'check_digit');
}

/** Refused, unless it is another carrier's number. */
function otherwise(barcode: Barcode, reason: BarcodeReason, published: Published): Barcode {
  return refuse(barcode, isForeign(barcode, published) ? 'other_carrier' : reason);
}

/** Whether it is another carrier's number; if so it is marked as such. */
function isForeign(barcode: Barcode, published: Published): boolean {
  barcode.carrier = otherCarrierOf(barcode.canonical, published.otherCarriers);
  if (barcode.carrier === null) return false;
  barcode.kind = 'other_carrier';
  return true;
}

function refuse(barcode: Barcode, reason: BarcodeReason): Barcode {
  barcode.reason = reason;
  return barcode;
}

function accept(barcode: Barcode): Barcode {
  barcode.valid = true;
  return barcode;
}
