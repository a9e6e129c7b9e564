/** Facts about the number itself, read as USPS and other carriers construct their numbers. */
import { sureMailerId } from '../barcode/mailer-id.ts';
import { isReturnService } from '../barcode/service-type.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

const noCode =
  'the number is refused, has no service type code of three digits, or the published tables do not have the code on that day';

/** The first digits of the ZIP behind 420. */
function routedTo({ label }: JudgeInput, digits: number): string {
  return label.routingZip?.slice(0, digits) ?? 'none';
}

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
  service: {
    type: 'string',
    unit: 'service',
    meaning: 'The class of mail that the service type code of the number stood for on the mailing day.',
    unknownWhen: `${noCode}, or its class is none that labels are sold by, or no longer known`,
    of: ({ printed }) => printed.type?.service,
  },
  service_code: {
    type: 'string',
    unit: 'text',
    meaning: 'The service type code of the number, as far as the published tables know it.',
    unknownWhen: noCode,
    of: ({ printed }) => printed.type?.code,
  },
  service_description: {
    type: 'string',
    unit: 'text',
    meaning: 'What the published tables call that code.',
    unknownWhen: noCode,
    of: ({ printed }) => printed.type?.description,
  },
  service_certainty: {
    type: 'string',
    unit: 'text',
    meaning:
      'How sure that meaning is: edition (printed in a dated edition), observed (seen in answers of the carrier), inferred (worked out from labels) or uncertain.',
    unknownWhen: noCode,
    of: ({ printed }) => printed.type?.certainty,
  },
  service_sure: {
    type: 'bool',
    unit: 'flag',
    meaning: 'That meaning was published or seen in answers of the carrier; never false.',
    unknownWhen: `it was only worked out from labels, or ${noCode}`,
    of: ({ printed: { type } }) => (type?.certainty === 'edition' || type?.certainty === 'observed' ? true : null),
  },
  return_service: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The code is one of a service by which parcels go back to the seller.',
    unknownWhen: noCode,
    of: ({ printed }) => printed.type && isReturnService(printed.type),
  },
  mailer_id: {
    type: 'string',
    unit: 'text',
    meaning:
      'The mailer id in the number, the permit or account it was mailed under; none where numbers of its kind have none.',
    unknownWhen: 'the number is refused, or its mailer id can be read in two ways',
    of: ({ barcode }) => {
      const mailerId = sureMailerId(barcode);
      return mailerId === null ? 'none' : mailerId;
    },
  },
  destination_zip: {
    type: 'string',
    unit: 'zip',
    meaning: 'The ZIP behind 420 in the number as the file has it; none where the file leaves that part out.',
    unknownWhen: null,
    of: (input) => routedTo(input, 5),
  },
  destination_zip3: {
    type: 'string',
    unit: 'zip',
    meaning: 'The first three digits of that ZIP; none where the file leaves it out.',
    unknownWhen: null,
    of: (input) => routedTo(input, 3),
  },
});
