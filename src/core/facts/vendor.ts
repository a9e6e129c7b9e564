/** Facts about a vendor over its labels: of everything known (`vendor.`), or of one week (`week.`). */
import { addDays, startOfDay } from '../units/day.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';
import type { CommonestChange, SavingSums, SharedMailerId, VendorInput } from './vendor-input.ts';

const always = null;
const unrated = 'none of the labels of the week has a published price, so that nothing could be compared';
const noSaving = 'no label of the week could have been sent for less';
const noFastSaving = 'no label of the week could have been sent for less by a service as fast or faster';
const noPromiseStated =
  'a slower service would have carried labels of the week for less, and no file says whether their buyers were promised a day; or nothing could be compared';

const noMailerId = 'no number of the vendor has a mailer id that can be read in one way only';

/** More names than these nobody reads in a sentence. */
const MOST_NAMED = 5;

/** The other vendors behind shared mailer ids, sorted. */
function sharers(shared: readonly SharedMailerId[]): readonly string[] {
  return [...new Set(shared.flatMap(({ vendors }) => vendors))].toSorted((a, b) => (a < b ? -1 : 1));
}

export const vendorFacts: Fact<VendorInput>[] = factsOf<VendorInput>('vendor', {
  name: {
    type: 'string',
    unit: 'text',
    meaning: 'The vendor, by the name its files give.',
    unknownWhen: always,
    of: ({ vendor }) => vendor,
  },
  shared_mailer_ids: {
    type: 'double',
    unit: 'count',
    meaning: "Mailer ids in the vendor's numbers that numbers of other vendors have, too.",
    unknownWhen: noMailerId,
    of: ({ mailerIds }) => mailerIds?.shared.length,
  },
  shared_mailer_ids_named: {
    type: 'list<string>',
    unit: 'text',
    meaning: `Those mailer ids, at most ${MOST_NAMED}, the one on the most labels first.`,
    unknownWhen: noMailerId,
    of: ({ mailerIds }) => mailerIds?.shared.slice(0, MOST_NAMED).map(({ mailerId }) => mailerId),
  },
  shared_mailer_labels: {
    type: 'double',
    unit: 'count',
    meaning: "The vendor's labels under those mailer ids.",
    unknownWhen: noMailerId,
    of: ({ mailerIds }) => mailerIds?.shared.reduce((sum, { labels }) => sum + labels, 0),
  },
  mailer_sharers: {
    type: 'double',
    unit: 'count',
    meaning: 'The other vendors that use one of those mailer ids.',
    unknownWhen: noMailerId,
    of: ({ mailerIds }) => mailerIds && sharers(mailerIds.shared).length,
  },
  mailer_sharers_named: {
    type: 'list<string>',
    unit: 'text',
    meaning: `Those vendors by name, at most ${MOST_NAMED}.`,
    unknownWhen: noMailerId,
    of: ({ mailerIds }) => mailerIds && sharers(mailerIds.shared).slice(0, MOST_NAMED),
  },
});

interface ChangeWords {
  unknownWhen: string;
  /** Which change it is, to stand behind "the service bought, ". */
  among: string;
  of: (savings: SavingSums) => CommonestChange | null;
}

/** What a commonest change went from and to, and on how many labels. */
function changeFacts(name: string, { unknownWhen, among, of }: ChangeWords): Record<string, FactSpec<VendorInput>> {
  const change = ({ savings }: VendorInput): CommonestChange | null => (savings ? of(savings) : null);
  return {
    [`${name}_from_service`]: {
      type: 'string',
      unit: 'service',
      meaning: `The service bought, ${among}.`,
      unknownWhen,
      of: (input) => change(input)?.service,
    },
    [`${name}_from_packaging`]: {
      type: 'string',
      unit: 'packaging',
      meaning: `The packaging bought, ${among}.`,
      unknownWhen,
      of: (input) => change(input)?.packaging,
    },
    [`${name}_to_service`]: {
      type: 'string',
      unit: 'service',
      meaning: `The cheaper service, ${among}.`,
      unknownWhen,
      of: (input) => change(input)?.toService,
    },
    [`${name}_to_packaging`]: {
      type: 'string',
      unit: 'packaging',
      meaning: `The cheaper packaging, ${among}.`,
      unknownWhen,
      of: (input) => change(input)?.toPackaging,
    },
    [`${name}_labels`]: {
      type: 'double',
      unit: 'count',
      meaning: `The labels that could have been sent for less, ${among}.`,
      unknownWhen,
      of: (input) => change(input)?.labels,
    },
  };
}

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
  saving_same_speed_labels: {
    type: 'double',
    unit: 'count',
    meaning: 'Those of them that a service as fast or faster would have carried for less.',
    unknownWhen: unrated,
    of: ({ savings }) => savings?.sameSpeedLabels,
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
    meaning:
      'The rest of that sum, on labels for which a slower service is the cheapest way; lawful only where no promised day forbids it.',
    unknownWhen: unrated,
    of: ({ savings }) => savings?.slowerMills,
  },
  ...changeFacts('change', {
    unknownWhen: noSaving,
    among: 'in the change that would have saved on the most labels of the week',
    of: (savings) => savings.commonest,
  }),
  ...changeFacts('fast_change', {
    unknownWhen: noFastSaving,
    among: 'in the change to a service as fast or faster that would have saved on the most labels of the week',
    of: (savings) => savings.commonestSameSpeed,
  }),
  promises_known: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'Every label of the week for which a slower service is the cheapest way states whether its buyer was promised a day.',
    unknownWhen: noPromiseStated,
    // A label whose row states a promise has no saving at all, so that of every slower saving nobody knows.
    of: ({ savings }) => (savings?.slowerMills === 0 ? true : undefined),
  },
});
