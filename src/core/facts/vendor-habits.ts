/** Facts about what a vendor's labels declare, how many the carrier refused, and how sources answer for them. */
import { type Fact, type FactSpec, factsOf } from './fact.ts';
import type { DeclaredHabit, VendorInput } from './vendor-input.ts';

const nothingDeclared = 'no label of the vendor declares a value';
const notRepeated = 'no value is declared on ten labels of the vendor';
const noLabels = 'the vendor sold no outbound label that stands';
const fewAsked =
  'sources stated how they answered about 20 labels of the vendor that were due to be known on fewer than two days of the last four weeks that lie within a week of each other';

/** What is declared most often (`commonest`), and next to it (`second`). */
function repeatedFacts(name: 'commonest' | 'second'): Record<string, FactSpec<VendorInput>> {
  const which = name === 'commonest' ? 'most often' : 'on the most labels but for the commonest value';
  const index = name === 'commonest' ? 0 : 1;
  const of = ({ declared }: VendorInput): DeclaredHabit['repeated'][number] | undefined => declared?.repeated[index];
  return {
    [`declared_${name}_mills`]: {
      type: 'double',
      unit: 'mills',
      currency: 'vendor.declared_currency',
      meaning: `The value that is declared ${which}.`,
      unknownWhen: notRepeated,
      of: (input) => of(input)?.mills,
    },
    [`declared_${name}_labels`]: {
      type: 'double',
      unit: 'count',
      meaning: `The labels that declare the value that is declared ${which}; 0 where no value stands on ten.`,
      unknownWhen: nothingDeclared,
      of: (input) => input.declared && (of(input)?.labels ?? 0),
    },
    [`declared_${name}_order_variation`]: {
      type: 'double',
      unit: 'share',
      meaning: `How the worth of the orders behind that value varies: the standard deviation as a share of the mean.`,
      unknownWhen:
        'fewer than half of the labels that declare the value say what their order is worth, in the same currency',
      of: (input) => of(input)?.orderVariation,
    },
  };
}

export const vendorDeclaredFacts: Fact<VendorInput>[] = factsOf<VendorInput>('vendor', {
  declares_values: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A label of the vendor declares a value above zero.',
    unknownWhen: null,
    of: ({ declared }) => declared !== undefined,
  },
  declared_labels: {
    type: 'double',
    unit: 'count',
    meaning:
      "The vendor's outbound labels of the 28 days up to its latest label, or of 92 where those hold too few, that declare a value above zero, in the currency of most of them.",
    unknownWhen: 'too few labels of the vendor declare a value',
    of: ({ declared }) => declared?.labels ?? 0,
  },
  declared_days: {
    type: 'double',
    unit: 'days',
    meaning: 'The days up to the latest label over which declared values are looked at: 28 or 92.',
    unknownWhen: nothingDeclared,
    of: ({ declared }) => declared?.days,
  },
  declared_currency: {
    type: 'string',
    unit: 'text',
    meaning: 'The currency of those labels.',
    unknownWhen: nothingDeclared,
    of: ({ declared }) => declared?.currency,
  },
  ...repeatedFacts('commonest'),
  ...repeatedFacts('second'),
});

export const vendorNoticeFacts: Fact<VendorInput>[] = factsOf<VendorInput>('vendor', {
  carrier_answers: {
    type: 'double',
    unit: 'count',
    meaning:
      "The vendor's outbound labels of the four weeks up to its latest label, or of thirteen where those hold too few, that the carrier had in hand or refused, by its own word or a relay's.",
    unknownWhen: 'the carrier told of too few labels of the vendor whether it took them',
    of: ({ notices }) => notices?.answers,
  },
  noticed_labels: {
    type: 'double',
    unit: 'count',
    meaning:
      'Those of them with a notice of counterfeit or unpaid postage that is attributed to the vendor and that nobody has dismissed.',
    unknownWhen: noLabels,
    of: ({ notices }) => notices?.noticed,
  },
  noticed_share: {
    type: 'double',
    unit: 'share',
    meaning: 'The same as a share.',
    unknownWhen: 'the carrier told of no label of the vendor whether it took it',
    of: ({ notices }) => notices?.share,
  },
  noticed_share_at_least: {
    type: 'double',
    unit: 'share',
    meaning: 'The least that the true share can be, by the Wilson score interval at 95 %.',
    unknownWhen: noLabels,
    of: ({ notices }) => notices?.shareAtLeast,
  },
  notice_weeks: {
    type: 'double',
    unit: 'count',
    meaning: 'The weeks, by day of purchase, that are looked at: 4 or 13.',
    unknownWhen: noLabels,
    of: ({ notices }) => notices?.weeks,
  },
  notices_from: {
    type: 'string',
    unit: 'day',
    meaning: 'The Monday on which they begin.',
    unknownWhen: noLabels,
    of: ({ notices }) => notices?.from,
  },
  peer_answers: {
    type: 'double',
    unit: 'count',
    meaning: "The other vendors' labels of the same weeks that the carrier had in hand or refused.",
    unknownWhen: noLabels,
    of: ({ notices }) => notices?.peerAnswers,
  },
  peer_noticed_share: {
    type: 'double',
    unit: 'share',
    meaning: 'The share of those with a notice that is attributed to their vendor.',
    unknownWhen: 'the carrier told of no label of another vendor in these weeks',
    of: ({ notices }) => notices?.peerShare,
  },
});

export const vendorAnswerFacts: Fact<VendorInput>[] = factsOf<VendorInput>('vendor', {
  answered_fall: {
    type: 'double',
    unit: 'share',
    meaning:
      "By how much the share of the vendor's labels that sources answered for fell from one day to the next and has not come back since; of labels due to be known that had been answered for or were asked about for the first time. A loss of access that befell everybody does not count.",
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.fall,
  },
  answers_before_day: {
    type: 'string',
    unit: 'day',
    meaning: 'The last day before the fall, in UTC.',
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.before.day,
  },
  answers_after_day: {
    type: 'string',
    unit: 'day',
    meaning: 'The day of the fall.',
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.after.day,
  },
  asked_before: {
    type: 'double',
    unit: 'count',
    meaning: 'The labels asked about on the day before.',
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.before.asked,
  },
  asked_after: {
    type: 'double',
    unit: 'count',
    meaning: 'The labels asked about on the day of the fall.',
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.after.asked,
  },
  answered_before_share: {
    type: 'double',
    unit: 'share',
    meaning: 'The share of them that was answered for on the day before.',
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.beforeShare,
  },
  answered_after_share: {
    type: 'double',
    unit: 'share',
    meaning: 'The share that was answered for on the best day since.',
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.afterShare,
  },
  answered_before_at_least: {
    type: 'double',
    unit: 'share',
    meaning: 'The least that the true share can have been before, by the Wilson score interval at 95 %.',
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.beforeAtLeast,
  },
  answered_after_at_most: {
    type: 'double',
    unit: 'share',
    meaning: 'The most that it can have been on that best day.',
    unknownWhen: fewAsked,
    of: ({ answers }) => answers?.afterAtMost,
  },
  peers_answered_before_share: {
    type: 'double',
    unit: 'share',
    meaning: 'The answered share of all other vendors on the day before.',
    unknownWhen: 'sources were asked about too few labels of other vendors on the day',
    of: ({ answers }) => answers?.peers.before,
  },
  peers_answered_after_share: {
    type: 'double',
    unit: 'share',
    meaning: 'The answered share of all other vendors on the day of the fall.',
    unknownWhen: 'sources were asked about too few labels of other vendors on the day',
    of: ({ answers }) => answers?.peers.after,
  },
});
