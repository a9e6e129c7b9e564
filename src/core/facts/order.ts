/** Facts about the order the label was bought for. */
import type { Label } from '../label/label.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

/** Declared values of all parcels of the order; without an order number, of this parcel if it is the only one. */
function declaredForOrder({ label, order }: JudgeInput): number | null {
  if (label.orderCurrency !== label.currency) return null;
  if (order !== null) return order.complete ? order.declaredMills : null;
  return (label.orderParcels ?? 1) === 1 ? label.declaredMills : null;
}

/** "SO-1;SO-2": parts of one number, such as SO/2026/11 or 114-2233, are joined by other signs. */
const severalOrders = /[^\s;,|&+][\s]*[;,|&+][\s]*[^\s;,|&+]/;

/** Where the order goes; null when it is not stated, or several orders share the label and nobody knows whose it is. */
function orderZip({ orderId, orderDestinationZip }: Label): string | null {
  return orderId !== null && severalOrders.test(orderId) ? null : orderDestinationZip;
}

/** Whether the label is one more than the order has parcels; null when nobody says how many it has. */
function isSurplus({ label, order }: JudgeInput): boolean | null {
  if (order === null || label.orderId === null || severalOrders.test(label.orderId)) return null;
  if (order.surplus.has(label.trackingNumber)) return true;
  return order.parcels > 1 && order.stated === null ? null : false;
}

const noOrderZip = 'the file does not state it, or the label is for several orders at once';

/** Whether the delivery scan names the area the order goes to. */
function deliveredThere({ label, journey }: JudgeInput): boolean | null {
  const zip = orderZip(label);
  const deliveredZip = journey?.delivered?.zip ?? null;
  return zip === null || deliveredZip === null ? null : zip.slice(0, 3) === deliveredZip.slice(0, 3);
}

export const orderFacts: Fact[] = factsOf('order', {
  id: {
    type: 'string',
    unit: 'text',
    meaning: 'The number of the order the label was bought for.',
    unknownWhen: 'the file does not state it',
    of: ({ label }) => label.orderId,
  },
  parcels: {
    type: 'double',
    unit: 'count',
    meaning: 'Live labels seen for the order; one when the label names no order.',
    unknownWhen: null,
    of: ({ order }) => order?.parcels ?? 1,
  },
  stated_parcels: {
    type: 'double',
    unit: 'count',
    meaning: 'The parcels of the order as its rows state their number, the greatest where they differ.',
    unknownWhen: 'no row of the order states it',
    of: ({ label, order }) => (order === null ? label.orderParcels : order.stated),
  },
  surplus: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The order had as many live labels as parcels before this one was bought; false also where one label is all it has.',
    unknownWhen:
      'the label names no order, or several at once, or the order has several live labels and no row states how many parcels it has',
    of: isSurplus,
  },
  days_after_others: {
    type: 'double',
    unit: 'days',
    meaning: "Days from the purchase of the order's last label before this one.",
    unknownWhen: 'the label is not beyond the number of parcels of its order',
    of: ({ label, order }) => order?.surplus.get(label.trackingNumber)?.daysAfter,
  },
  replaces_one: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'A parcel of the order had come back, had been stopped or delivered before this label was bought: it may be sent anew.',
    unknownWhen: 'the label is not beyond the number of parcels of its order',
    of: ({ label, order }) => order?.surplus.get(label.trackingNumber)?.replaces,
  },
  value_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'order.currency',
    meaning: 'The value of the order as its row states it.',
    unknownWhen: 'the file does not state it',
    of: ({ label }) => label.orderMills,
  },
  currency: {
    type: 'string',
    unit: 'text',
    meaning: "The currency of the order's value.",
    unknownWhen: 'the file does not state it',
    of: ({ label }) => label.orderCurrency,
  },
  declared_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'label.currency',
    meaning: "Declared values of all the order's parcels added up.",
    unknownWhen:
      'one of them is blank, their currency is not that of the order, or not every parcel of the order was seen',
    of: declaredForOrder,
  },
  destination_zip: {
    type: 'string',
    unit: 'zip',
    meaning: 'The ZIP the order goes to, as its row states it.',
    unknownWhen: noOrderZip,
    of: ({ label }) => orderZip(label),
  },
  destination_zip3: {
    type: 'string',
    unit: 'zip',
    meaning: 'The first three digits of that ZIP.',
    unknownWhen: noOrderZip,
    of: ({ label }) => orderZip(label)?.slice(0, 3),
  },
  delivered_there: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The scan of the delivery was made in the area the order goes to, by the first three digits of its ZIP.',
    unknownWhen: `no delivery with a ZIP is known, or no ZIP of the order is: ${noOrderZip}`,
    of: deliveredThere,
  },
});
