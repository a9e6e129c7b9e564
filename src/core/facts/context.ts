/** Facts beyond the single label: the vendor over all his labels, the carrier's day, the clock of the audit. */
import { dayOf } from '../units/day.ts';
import { type Fact, factsOf } from './fact.ts';

export const contextFacts: Fact[] = [
  ...factsOf('vendor', {
    labels_under_half_cheapest_cell: {
      type: 'double',
      unit: 'count',
      meaning: "The vendor's labels whose postage is under half the cheapest published price of their service and day.",
      unknownWhen: null,
      of: ({ vendor }) => vendor.labelsUnderHalfCheapestCell,
    },
    labels_claimed_lower: {
      type: 'double',
      unit: 'count',
      meaning:
        "The vendor's labels of which less weight or a nearer zone was claimed at the carrier than his rows state and ever stated, so that less postage is due.",
      unknownWhen: null,
      of: ({ vendor }) => vendor.labelsClaimedLower,
    },
    labels_before_mailer_id: {
      type: 'double',
      unit: 'count',
      meaning:
        "The vendor's labels with a mailer id bought before this one, where it is the vendor's first under its mailer id.",
      unknownWhen: "the label is not the vendor's first under its mailer id",
      of: ({ vendor }) => vendor.labelsBeforeMailerId,
    },
  }),
  ...factsOf('carrier', {
    wide_hold_day: {
      type: 'bool',
      unit: 'flag',
      meaning:
        'The hold began on a day on which parcels of many vendors were held at once, far more than usual for each.',
      unknownWhen: null,
      of: ({ carrier }) => carrier.carrierWideHoldDay,
    },
  }),
  ...factsOf('audit', {
    as_of: {
      type: 'double',
      unit: 'instant',
      meaning: 'The clock of the audit.',
      unknownWhen: null,
      of: ({ asOf }) => asOf,
    },
    as_of_day: {
      type: 'string',
      unit: 'day',
      meaning: 'The day of the audit in UTC.',
      unknownWhen: null,
      of: ({ asOf }) => dayOf(asOf),
    },
  }),
];
