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
  /** Whose number it is when `kind` is other_carrier. */
  carrier: string | null;
  /** See canonicalNumber: undressed, upper case, without 420 + ZIP where what remains is a package number. */
  canonical: string;
  /** Digits or letters left after stripping. */
  length: number;
  /** Application identifier, '91' to '95' (91 also where it is implied and not printed); null outside IMpb. */
  channel: string | null;
  /** Service type code as printed; its meaning is looked up in data/barcode. */
  serviceTypeCode: string | null;
  /** Two digits between service type code and mailer id; AI 94 only. */
  sourceId: string | null;
  /** Null where the construct has none (95). */
  mailerId: string | null;
  /** AI 94 is also read without a source identifier, so its mailer id accuses nobody. */
  mailerIdAmbiguous: boolean;
  serial: string | null;
  checkDigit: string | null;
  /** ZIP5 or ZIP9 behind 420. */
  destinationZip: string | null;
}
