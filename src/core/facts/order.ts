/** Facts about the order the label was bought for. */
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

/** Declared values of all parcels of the order; without an order number, of this parcel if it is the only one. */
function declaredForOrder({ label, order }: JudgeInput): number | null {
  if (label.orderCurrency !== label.currency) return null;
  if (order !== null) return order.complete ? order.declaredMills : null;
  return (label.orderParcels ?? 1) === 1 ? label.declaredMills : null;
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
});
