/** Facts about the number itself, read as USPS and other carriers construct their numbers. */
import { type Fact, factsOf } from './fact.ts';

export const barcodeFacts: Fact[] = factsOf('barcode', {
  valid: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The number is a complete construct of a postal carrier and its check digit is right.',
    unknownWhen: null,
    of: ({ barcode }) => barcode.valid,
  },
  kind: {
    type: 'string',
    unit: 'text',
    meaning: 'The construct: impb, usps_20, s10, other_carrier or unknown.',
    unknownWhen: null,
    of: ({ barcode }) => barcode.kind,
  },
  reason: {
    type: 'string',
    unit: 'barcode_reason',
    meaning: 'Why the number is refused, as one word; none when it is valid.',
    unknownWhen: null,
    of: ({ barcode }) => barcode.reason ?? 'none',
  },
  channel: {
    type: 'string',
    unit: 'text',
    meaning: 'The application identifier the number begins with, 91 to 95 (95 = paid at a counter); none outside IMpb.',
    unknownWhen: null,
    of: ({ barcode }) => barcode.channel ?? 'none',
  },
  digits: {
    type: 'double',
    unit: 'count',
    meaning: 'How many digits the number has once spaces and dashes are gone; 0 when anything else is in it.',
    unknownWhen: null,
    of: ({ barcode }) => (/^\d+$/.test(barcode.canonical) ? barcode.length : 0),
  },
  damaged: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'A spreadsheet or a form spoilt the number: 9.4E+21, five and more zeros at its end, or nothing but zeros in it.',
    unknownWhen: null,
    of: ({ barcode }) => barcode.reason === 'spreadsheet_damage' || barcode.reason === 'blank_body',
  },
});
