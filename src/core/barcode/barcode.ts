/** What a printed number says: its construct, its parts, and why it is refused. */

export const BARCODE_KINDS = ['impb', 'usps_20', 's10', 'other_carrier', 'unknown'] as const;
export type BarcodeKind = (typeof BARCODE_KINDS)[number];

/** Why a number is not valid, as a word a rule can compare. */
export const BARCODE_REASONS = [
  'empty',
  'not_a_number',
  'length',
  'structure',
  'check_digit',
  'unknown_country',
  'blank_body',
  'spreadsheet_damage',
  'other_carrier',
] as const;
export type BarcodeReason = (typeof BARCODE_REASONS)[number];

export interface Barcode {
  input: string;
  valid: boolean;
  /** Null when valid. */
  reason: BarcodeReason | null;
  kind: BarcodeKind;
  /** See canonicalNumber: undressed, upper case, without 420 + ZIP where what remains is a package number. */
  canonical: string;
  /** Digits or letters left after stripping. */
  length: number;
  /** Application identifier, '91' to '95'; null outside IMpb. */
  channel: string | null;
  /** Service type code as printed; its meaning is looked up in data/barcode. */
  serviceTypeCode: string | null;
  /** Null where the construct has none (95) or where two readings are possible. */
  mailerId: string | null;
  mailerIdAmbiguous: boolean;
  serial: string | null;
  checkDigit: string | null;
  /** ZIP5 or ZIP9 behind 420. */
  destinationZip: string | null;
}
