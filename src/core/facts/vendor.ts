/** Facts about a vendor over its labels: of everything known (`vendor.`), or of one week (`week.`). */
import { addDays, startOfDay } from '../units/day.ts';
import { type Fact, factsOf } from './fact.ts';
import type { VendorInput } from './vendor-input.ts';

const always = null;
const unrated = 'none of the labels of the week has a published price, so that nothing could be compared';
const noSaving = 'no label of the week could have been sent for less';

export const vendorFacts: Fact<VendorInput>[] = factsOf<VendorInput>('vendor', {
  name: {
    type: 'string',
    unit: 'text',
    meaning: 'The vendor, by the name its files give.',
    unknownWhen: always,
    of: ({ vendor }) => vendor,
  },
});

/** A rule that names one of these is judged once for every week in which the vendor sold a label. */
export const weekFacts: Fact<VendorInput>[] = factsOf<VendorInput>('week', {
  start: {
    type: 'string',
    unit: 'day',
    meaning: 'The Monday the week begins with; labels belong to the week of their written day of purchase.',
    unknownWhen: always,
    of: ({ week }) => week,
  },
  last_day: {
    type: 'string',
    unit: 'day',
    meaning: 'The Sunday the week ends with.',
    unknownWhen: always,
    of: ({ week }) => (week === null ? null : addDays(week, 6)),
  },
  over: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The week had ended, in UTC, by the clock of the audit.',
    unknownWhen: always,
    of: ({ week, asOf }) => (week === null ? null : asOf >= startOfDay(addDays(week, 7))),
  },
  labels: {
    type: 'double',
    unit: 'count',
    meaning: "The vendor's outbound labels of the week that were neither voided nor refunded.",
    unknownWhen: always,
    of: ({ purchases }) => purchases?.labels ?? 0,
  },
  saving_labels: {
    type: 'double',
    unit: 'count',
    meaning:
      'Those of them that another lawful service or packaging would have carried for less; labels with a promised date or hazardous contents are left out.',
    unknownWhen: unrated,
    of: ({ savings }) => savings?.labels,
  },
  saving_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'What those labels would have cost less at the published commercial prices, at least.',
    unknownWhen: unrated,
    of: ({ savings }) => savings && savings.sameSpeedMills + savings.slowerMills,
  },
  saving_same_speed_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The part of that sum which services as fast or faster would have saved.',
    unknownWhen: unrated,
    of: ({ savings }) => savings?.sameSpeedMills,
  },
  saving_slower_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The part of that sum which only slower services would have saved.',
    unknownWhen: unrated,
    of: ({ savings }) => savings?.slowerMills,
  },
  change_from_service: {
    type: 'string',
    unit: 'service',
    meaning: 'The service bought, in the change that would have saved on the most labels of the week.',
    unknownWhen: noSaving,
    of: ({ savings }) => savings?.commonest?.service,
  },
  change_from_packaging: {
    type: 'string',
    unit: 'packaging',
    meaning: 'The packaging bought, in that change.',
    unknownWhen: noSaving,
    of: ({ savings }) => savings?.commonest?.packaging,
  },
  change_to_service: {
    type: 'string',
    unit: 'service',
    meaning: 'The cheaper service, in that change.',
    unknownWhen: noSaving,
    of: ({ savings }) => savings?.commonest?.toService,
  },
  change_to_packaging: {
    type: 'string',
    unit: 'packaging',
    meaning: 'The cheaper packaging, in that change.',
    unknownWhen: noSaving,
    of: ({ savings }) => savings?.commonest?.toPackaging,
  },
  change_labels: {
    type: 'double',
    unit: 'count',
    meaning: 'The labels of the week to which that change applies.',
    unknownWhen: noSaving,
    of: ({ savings }) => savings?.commonest?.labels,
  },
});
