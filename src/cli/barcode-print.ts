/** Writes what numbers say, for people and for programs. */
import type { Barcode, BarcodeKind, BarcodeReason } from '../core/barcode/barcode.ts';
import type { Certainty, ServiceType } from '../core/barcode/data.ts';

/** A number, and what its service type code means today. */
export interface ReadNumber {
  barcode: Barcode;
  meaning: ServiceType | null;
}

/** A JSON array in the order asked. */
export function barcodeJson(numbers: readonly ReadNumber[]): string {
  const documents = numbers.map(({ barcode, meaning }) => ({
    input: barcode.input,
    valid: barcode.valid,
    reason: barcode.reason,
    kind: barcode.kind,
    canonical: barcode.canonical,
    serviceType: barcode.serviceTypeCode,
    service: meaning?.service ?? null,
    extraServices: meaning?.extraServices ?? [],
    mailerId: barcode.mailerId,
    serial: barcode.serial,
    checkDigit: barcode.checkDigit,
    destinationZip: barcode.destinationZip,
  }));
  return `${JSON.stringify(documents, null, 2)}\n`;
}

/** One paragraph a number. */
export function barcodeText(numbers: readonly ReadNumber[]): string {
  return numbers.map(paragraph).join('\n');
}

function paragraph({ barcode, meaning }: ReadNumber): string {
  const verdict = barcode.reason === null ? 'valid' : `not valid: ${reasonWords[barcode.reason]}`;
  const lines: [string, string | null][] = [
    ['kind', barcode.carrier ?? kindWords[barcode.kind]],
    ['service type', barcode.serviceTypeCode],
    ['meaning', meaning && `${meaning.description} (${certaintyWords[meaning.certainty]})`],
    ['mailer id', barcode.mailerId && mailerWords(barcode.mailerId, barcode.mailerIdAmbiguous)],
    ['serial', barcode.serial],
    ['check digit', barcode.checkDigit],
    ['destination ZIP', barcode.destinationZip],
  ];
  const known = lines.flatMap(([name, value]) => (value === null ? [] : `  ${name.padEnd(16)} ${value}\n`));
  return `${barcode.canonical || printable(barcode.input)}  ${verdict}\n${known.join('')}`;
}

/** A terminal must not be steered by what somebody wrote into a number. */
function printable(input: string): string {
  return JSON.stringify(input);
}

function mailerWords(mailerId: string, ambiguous: boolean): string {
  return ambiguous
    ? `${mailerId} (if two digits of source identifier stand before it; another reading is possible)`
    : mailerId;
}

const kindWords: Record<BarcodeKind, string> = {
  impb: 'Intelligent Mail package barcode (USPS)',
  usps_20: 'USPS number of 20 digits',
  s10: 'international postal item (UPU S10)',
  other_carrier: 'another carrier',
  unknown: 'not recognised',
};

const certaintyWords: Record<Certainty, string> = {
  edition: 'as published in 2015',
  observed: 'as seen in carrier responses',
  inferred: 'inferred from labels',
  uncertain: 'uncertain',
};

const reasonWords: Record<BarcodeReason, string> = {
  empty: 'nothing is written',
  not_a_number: 'it is not made of digits, nor an international number',
  length: 'no USPS number has so many digits',
  structure: 'its beginning or its mailer id fits no USPS number',
  check_digit: 'the check digit is wrong',
  unknown_country: 'its last two letters are no country',
  blank_body: 'it consists of zeros',
  spreadsheet_damage: 'a spreadsheet has cut its last digits; ask for the file with numbers stored as text',
  other_carrier: 'it is the number of another carrier, not of USPS',
};
