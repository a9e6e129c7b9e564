/** Facts about the purchase itself, as the vendor's file states it. */
import { sureMailerId } from '../barcode/mailer-id.ts';
import { mailingDay, type Label } from '../label/label.ts';
import { businessDaysAfter } from '../units/calendar.ts';
import { DAY_MS, HOUR_MS, dayOf } from '../units/day.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

const always = null;
const notStated = 'the file does not state it';

/** Packagings whose price depends neither on weight nor on zone. */
const flatRatePackagings: ReadonlySet<string> = new Set([
  'flat_rate_envelope',
  'legal_flat_rate_envelope',
  'padded_flat_rate_envelope',
  'small_flat_rate_box',
  'medium_flat_rate_box',
  'large_flat_rate_box',
  'apo_large_flat_rate_box',
]);

/**
 * The postage part of what was charged: as itemised (a postage of zero in a charge that is not is an unfilled column), else the charge without its other itemised parts; unknown when extra
 * services other than tracking were bought and their fee is not itemised, for then one sum holds both.
 */
export function postagePart(label: Label): number | null {
  if (label.postageMills !== null && (label.postageMills !== 0 || label.chargedMills === 0)) return label.postageMills;
  const paidExtras = label.extraServices.some((extra) => extra !== 'tracking');
  if (paidExtras && label.insuranceFeeMills === null && label.otherFeesMills === null) return null;
  const fees = (label.surchargesMills ?? 0) + (label.insuranceFeeMills ?? 0) + (label.otherFeesMills ?? 0);
  return label.chargedMills - fees;
}

/** Whether a void or refund was our own doing; false when there was none, null when the file does not say whose it was. */
export function voidedByUs(label: Label): boolean | null {
  if (label.voidedBy !== null) return label.voidedBy === 'us';
  if (label.refundRequestedAt !== null) return true;
  return label.status === 'purchased' ? false : null;
}

/** When the void or refund was first asked for, else became known; null when there was none or no time is stated. */
function voidedAt({ voidedAt: at, refundRequestedAt, refundedAt }: Label): number | null {
  if (at !== null && refundRequestedAt !== null) return Math.min(at, refundRequestedAt);
  return at ?? refundRequestedAt ?? refundedAt;
}

/** When the label was voided, else refunded; null when neither was, or no time is stated. What we asked for is not yet done. */
function undoneAt({ voidedAt: at, refundedAt }: Label): number | null {
  return at ?? refundedAt;
}

/**
 * Whether what undid the label was asked for by us: our own void, or a refund requested before the vendor did anything. Null
 * when the file does not say.
 */
function undoneAtOurRequest(label: Label): boolean | null {
  const { status, voidedBy, refundRequestedAt } = label;
  if (status === 'purchased') return false;
  if (voidedBy === 'us') return true;
  const doneAt = undoneAt(label);
  if (refundRequestedAt === null) return voidedBy === 'vendor' ? false : null;
  return voidedBy === null || doneAt === null || refundRequestedAt <= doneAt;
}

/** In UTC an evening print in America falls on the next day: no zone a label is printed in lies farther back than this. */
const FARTHEST_WEST_MS = 12 * HOUR_MS;

/** Completed USPS business days between the mailing day and the day of the audit; null when the calendar does not reach. */
function businessDaysSinceMailing({ label, calendar, asOf }: JudgeInput): number | null {
  return businessDaysAfter(mailingDay(label), dayOf(asOf - DAY_MS), calendar);
}

export const labelFacts: Fact[] = factsOf('label', {
  tracking_number: {
    type: 'string',
    unit: 'text',
    meaning: 'The tracking number in canonical form: without spaces and without 420 and the ZIP.',
    unknownWhen: always,
    of: ({ label }) => label.trackingNumber,
  },
  vendor: {
    type: 'string',
    unit: 'text',
    meaning: 'Who sold the label, by the name the files give him.',
    unknownWhen: always,
    of: ({ label }) => label.vendor,
  },
  kind: {
    type: 'string',
    unit: 'text',
    meaning: 'What the label is for: outbound, return, or pay_on_use (charged only when the carrier scans it).',
    unknownWhen: always,
    of: ({ label }) => label.kind,
  },
  live: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The label was neither voided nor refunded.',
    unknownWhen: always,
    of: ({ label }) => label.status === 'purchased',
  },
  voided_by_us: {
    type: 'bool',
    unit: 'flag',
    meaning: 'We voided the label ourselves or asked for its refund; false when it is live.',
    unknownWhen: 'the label was voided or refunded and the file does not say by whom',
    of: ({ label }) => voidedByUs(label),
  },
  voided_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When the void or refund was asked for, else when it became known.',
    unknownWhen: 'there was none, or its time is not stated',
    of: ({ label }) => voidedAt(label),
  },
  voided: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The label was voided; false when no more than its money was given back.',
    unknownWhen: always,
    of: ({ label }) => label.status === 'voided' || (label.status === 'refunded' && label.voidedAt !== null),
  },
  refunded: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The money for the label was given back, whether it was voided before or not.',
    unknownWhen: always,
    of: ({ label }) => label.status === 'refunded',
  },
  undone_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When the label was voided, else refunded; a mere request counts for nothing.',
    unknownWhen: 'neither was done, or its time is not stated',
    of: ({ label }) => (label.status === 'purchased' ? null : undoneAt(label)),
  },
  undone_at_our_request: {
    type: 'bool',
    unit: 'flag',
    meaning: 'We voided the label ourselves, or had asked for its refund before the vendor did; false when it is live.',
    unknownWhen: 'the label was voided or refunded, and the file states neither by whom nor a request of ours',
    of: ({ label }) => undoneAtOurRequest(label),
  },
  purchased_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When the label was purchased.',
    unknownWhen: 'the file states the day alone, or a time without its zone',
    of: ({ label }) => label.purchasedAt,
  },
  first_of_mailer_id: {
    type: 'bool',
    unit: 'flag',
    meaning: "The label is the vendor's first under its mailer id, after others that had another one.",
    unknownWhen: 'the number is refused, or its mailer id can be read in two ways',
    of: ({ barcode, vendor }) => (sureMailerId(barcode) === undefined ? null : vendor.labelsBeforeMailerId !== null),
  },
  service: {
    type: 'string',
    unit: 'service',
    meaning: 'The USPS service that was sold.',
    unknownWhen: always,
    of: ({ label }) => label.service,
  },
  rate_type: {
    type: 'string',
    unit: 'text',
    meaning:
      'How the vendor says he rated the label: weight, cubic, flat_rate or contract; not_stated when he does not say.',
    unknownWhen: always,
    of: ({ label }) => label.rateType ?? 'not_stated',
  },
  flat_rate: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The label is for a flat-rate item, whose price depends neither on weight nor on zone.',
    unknownWhen: always,
    of: ({ label }) => label.rateType === 'flat_rate' || flatRatePackagings.has(label.packaging ?? ''),
  },
  weight_milli_oz: {
    type: 'double',
    unit: 'milli_oz',
    meaning: 'The weight the label was billed by.',
    unknownWhen: notStated,
    of: ({ label }) => label.weightMilliOz,
  },
  scale_weight_milli_oz: {
    type: 'double',
    unit: 'milli_oz',
    meaning: 'The weight our own scale showed.',
    unknownWhen: notStated,
    of: ({ label }) => (label.scaleWeightMilliOz === 0 ? null : label.scaleWeightMilliOz),
  },
  currency: {
    type: 'string',
    unit: 'text',
    meaning: 'The currency the label was charged in.',
    unknownWhen: always,
    of: ({ label }) => label.currency,
  },
  charged_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'label.currency',
    meaning: 'All that was charged for the label.',
    unknownWhen: always,
    of: ({ label }) => label.chargedMills,
  },
  postage_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'label.currency',
    meaning: 'The postage part of the charge: as itemised, else the charge without its other itemised parts.',
    unknownWhen: 'extra services were bought and one undivided sum was charged',
    of: ({ label }) => postagePart(label),
  },
  declared_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'label.currency',
    meaning: 'The value declared for this parcel.',
    unknownWhen: notStated,
    of: ({ label }) => label.declaredMills,
  },
  insured: {
    type: 'bool',
    unit: 'flag',
    meaning: 'Insurance was bought, by an insured value, a fee, or the extra service.',
    unknownWhen: always,
    of: ({ label }) =>
      (label.insuredMills ?? 0) > 0 || (label.insuranceFeeMills ?? 0) > 0 || label.extraServices.includes('insurance'),
  },
  domestic: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The destination is served by domestic mail: the states, territories and Freely Associated States.',
    unknownWhen: always,
    of: ({ rating }) => rating.domestic,
  },
  destination_country: {
    type: 'string',
    unit: 'text',
    meaning: 'The country the parcel goes to, as two letters.',
    unknownWhen: always,
    of: ({ label }) => label.destinationCountry,
  },
  zone: {
    type: 'double',
    unit: 'zone',
    meaning: 'The zone the vendor says he billed.',
    unknownWhen: notStated,
    of: ({ label }) => label.zone,
  },
  mailing_day: {
    type: 'string',
    unit: 'day',
    meaning: 'The ship date, else the written day of purchase.',
    unknownWhen: always,
    of: ({ label }) => mailingDay(label),
  },
  printed_day: {
    type: 'string',
    unit: 'day',
    meaning:
      'The earliest day the label can have been printed on where it was printed, else the written day of purchase; refund windows run from it.',
    unknownWhen: always,
    of: ({ label }) => (label.printedAt === null ? label.purchasedDay : dayOf(label.printedAt - FARTHEST_WEST_MS)),
  },
  business_days_since_mailing: {
    type: 'double',
    unit: 'business_days',
    meaning: 'Completed USPS business days after the mailing day and before the day of the audit.',
    unknownWhen: 'the list of holidays does not cover the time',
    of: businessDaysSinceMailing,
  },
  handed_over: {
    type: 'bool',
    unit: 'flag',
    meaning: 'Our records say when the parcel was handed over to the carrier.',
    unknownWhen: always,
    of: ({ label }) => label.handedOverAt !== null,
  },
});
