/** Facts about cover: what was bought and by whom, what the service includes, and what the customs form says it is worth. */
import { netLines } from '../ledger/reversal.ts';
import { includedCoverMills, mostCoverMills } from '../ledger/terms.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

const notStated = 'the file does not state it';

/** Services whose price covers the parcel by its value. */
const COVERING = ['insurance', 'registered_mail', 'cod'] as const;

/** Whether the number's service type has insurance; a meaning that was only worked out from labels says nothing. */
function numberIsInsured({ printed: { type } }: JudgeInput): boolean | null {
  if (type === null || (type.certainty !== 'edition' && type.certainty !== 'observed')) return null;
  return COVERING.some((extra) => type.extraServices.includes(extra));
}

/**
 * The fee as the row states it, else what invoices ask for insurance of the only purchase of its vendor under the number; null
 * when neither tells, or another currency does.
 */
function feeOf({ label, sales, charges }: JudgeInput): number | null {
  if (label.insuranceFeeMills !== null) return label.insuranceFeeMills;
  if (sales.filter(({ vendor }) => vendor === label.vendor).length !== 1) return null;
  const asked = netLines(charges?.lines ?? []).filter(
    ({ line, mills }) => line.vendor === label.vendor && line.chargeType === 'insurance' && mills > 0,
  );
  if (asked.length === 0 || asked.some(({ line }) => line.currency !== label.currency)) return null;
  return asked.reduce((sum, { netMills }) => sum + netMills, 0);
}

/** What the customs forms of the order's parcels declare together; null unless they and the order are in one currency. */
function customsForOrder({ label, order }: JudgeInput): number | null {
  const { customsMills, customsCurrency, orderCurrency } = label;
  if (order !== null) {
    return order.complete && order.customs !== null && order.customs.currency === orderCurrency
      ? order.customs.mills
      : null;
  }
  return (label.orderParcels ?? 1) === 1 && customsCurrency !== null && customsCurrency === orderCurrency
    ? customsMills
    : null;
}

/** Whether a customs form goes with the parcel: abroad, to territories that have a country code, the Pacific and the military. */
function throughCustoms({ label, rating }: JudgeInput): boolean | null {
  if (!rating.domestic || label.destinationCountry !== 'US') return true;
  const { military, pacific } = rating.ends;
  if (military === true || pacific === true) return true;
  return military === null || pacific === null ? null : false;
}

export const insuranceFacts: Fact[] = [
  ...factsOf('insurance', {
    value_mills: {
      type: 'double',
      unit: 'mills',
      currency: 'label.currency',
      meaning: 'The value the parcel is insured for.',
      unknownWhen: notStated,
      of: ({ label }) => label.insuredMills,
    },
    fee_mills: {
      type: 'double',
      unit: 'mills',
      currency: 'label.currency',
      meaning: 'The fee charged for insurance, by the row of the label, else by the invoices of its vendor.',
      unknownWhen: 'neither itemises it',
      of: feeOf,
    },
    provider: {
      type: 'string',
      unit: 'text',
      meaning: 'Who insures the parcel: usps or third_party.',
      unknownWhen: notStated,
      of: ({ label }) => label.insuranceProvider,
    },
    included_mills: {
      type: 'double',
      unit: 'mills',
      currency: 'USD',
      meaning: 'The cover that is in the published price of the service.',
      unknownWhen:
        'none is on file for the service and day, the parcel leaves the country, or the label is not charged in USD',
      of: ({ label, rating, terms }) =>
        label.currency === 'USD' && rating.domestic ? includedCoverMills(label, terms) : null,
    },
    most_mills: {
      type: 'double',
      unit: 'mills',
      currency: 'USD',
      meaning: 'The most that insurance of the Postal Service can be bought for.',
      unknownWhen: 'none is on file for the day, or the label is not charged in USD',
      of: ({ label, terms }) => (label.currency === 'USD' ? mostCoverMills(label, terms) : null),
    },
    in_number: {
      type: 'bool',
      unit: 'flag',
      meaning:
        'Insurance, or a service that covers the parcel by its value, is among those that the service type code of the number stands for.',
      unknownWhen:
        'the number is refused or has no such code, the published tables do not have it on that day, or its meaning was only worked out from labels',
      of: numberIsInsured,
    },
  }),
  ...factsOf('customs', {
    needed: {
      type: 'bool',
      unit: 'flag',
      meaning:
        'A customs form goes with the parcel: it leaves the country, or goes to a territory, the Pacific area or military mail.',
      unknownWhen: 'a ZIP of the route is not stated',
      of: throughCustoms,
    },
    value_mills: {
      type: 'double',
      unit: 'mills',
      currency: 'customs.currency',
      meaning: 'The value on the customs form of this parcel.',
      unknownWhen: notStated,
      of: ({ label }) => label.customsMills,
    },
    currency: {
      type: 'string',
      unit: 'text',
      meaning: 'The currency of the customs form.',
      unknownWhen: notStated,
      of: ({ label }) => label.customsCurrency,
    },
  }),
  ...factsOf('order', {
    customs_mills: {
      type: 'double',
      unit: 'mills',
      currency: 'order.currency',
      meaning: "The values on the customs forms of all the order's parcels added up.",
      unknownWhen:
        'one of them is blank, their currencies differ from that of the order, or not every parcel of the order was seen',
      of: customsForOrder,
    },
  }),
];
