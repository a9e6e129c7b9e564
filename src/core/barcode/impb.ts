/** The parts of USPS package numbers: Intelligent Mail package barcodes (Pub 199) and the older numbers of 20 digits. */
import type { Barcode } from './barcode.ts';
import { passesMod10 } from './check-digit.ts';

export type Parts = Pick<
  Barcode,
  'kind' | 'channel' | 'serviceTypeCode' | 'sourceId' | 'mailerId' | 'mailerIdAmbiguous' | 'serial' | 'checkDigit'
>;

/** What a number of the right length and channel says, whether its check digit is right, and what makes it impossible. */
export interface PackageReading {
  parts: Parts;
  checkDigitRight: boolean;
  /** The mailer id has the length its channel asks for. */
  lawful: boolean;
  /** Every digit behind the service type code is zero. */
  blank: boolean;
}

const construct = /^9[1-5](?:\d{20}|\d{24}|\d{28})$/;

/**
 * Reads 20, 22, 26 or 30 digits without 420 + ZIP; null when they are no construct of USPS. Of 20 digits those whose
 * check digit holds as printed are a number of the old kind, others are AI 91 printed without the 91.
 */
export function readPackageNumber(digits: string): PackageReading | null {
  if (/^\d{20}$/.test(digits)) return readTwentyDigits(digits);
  if (!construct.test(digits)) return null;
  const channel = digits.slice(0, 2);
  const parts = channel === '91' ? legacyParts(digits.slice(2), 'impb') : partsOf(digits, channel);
  return {
    parts,
    checkDigitRight: passesMod10(digits),
    lawful: isLawfulMailer(channel, parts.mailerId),
    blank: isBlank(digits, channel === '91' ? 4 : 5),
  };
}

function readTwentyDigits(digits: string): PackageReading {
  const asPrinted = passesMod10(digits);
  const withChannel = !asPrinted && passesMod10(`91${digits}`);
  return {
    parts: legacyParts(digits, withChannel ? 'impb' : 'usps_20'),
    checkDigitRight: asPrinted || withChannel,
    lawful: true,
    blank: isBlank(digits, 2),
  };
}

/** Numbers with a two-digit service type code: that code, nine digits of mailer id, serial, check digit. */
function legacyParts(digits: string, kind: 'impb' | 'usps_20'): Parts {
  return {
    kind,
    channel: kind === 'impb' ? '91' : null,
    serviceTypeCode: digits.slice(0, 2),
    sourceId: null,
    mailerId: digits.slice(2, 11),
    mailerIdAmbiguous: false,
    serial: digits.slice(11, -1),
    checkDigit: digits.slice(-1),
  };
}

function partsOf(digits: string, channel: string): Parts {
  const sourceId = channel === '94' ? digits.slice(5, 7) : null;
  const start = sourceId === null ? 5 : 7;
  const end = start + mailerIdLength(digits, channel, start);
  return {
    kind: 'impb',
    channel,
    serviceTypeCode: digits.slice(2, 5),
    sourceId,
    mailerId: end === start ? null : digits.slice(start, end),
    mailerIdAmbiguous: channel === '94',
    serial: digits.slice(end, -1),
    checkDigit: digits.slice(-1),
  };
}

function mailerIdLength(digits: string, channel: string, start: number): number {
  if (channel === '95') return 0;
  if (channel === '92') return 9;
  if (channel === '93') return 6;
  return digits[start] === '9' ? 9 : 6;
}

/** Nine-digit mailer ids begin with 9 and six-digit ones never do; 94 is read by that very rule and 95 has none. */
function isLawfulMailer(channel: string, mailerId: string | null): boolean {
  if (channel === '92') return mailerId?.startsWith('9') ?? false;
  return channel !== '93' || !(mailerId?.startsWith('9') ?? false);
}

function isBlank(digits: string, start: number): boolean {
  return /^0+$/.test(digits.slice(start, -1));
}
