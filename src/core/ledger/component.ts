/** The parts of a label's charge as its row states them, and which of them a line of an invoice pays for. */
import type { Label } from '../label/label.ts';
import type { ChargeLine, ChargeType } from './charge.ts';

/** `rest` is what the charge holds beside the parts that are stated; `total` all of it, where none is. */
export const COMPONENTS = ['postage', 'surcharges', 'insurance', 'fees', 'rest', 'total'] as const;
export type Component = (typeof COMPONENTS)[number];

/** What a label can be charged for; an adjustment, refund or top-up is none of it. */
export const LABEL_CHARGE_TYPES: readonly ChargeType[] = ['postage', 'surcharge', 'insurance', 'fee', 'tax'];

const PAID_FOR: Partial<Record<ChargeType, Component>> = {
  postage: 'postage',
  surcharge: 'surcharges',
  insurance: 'insurance',
  fee: 'fees',
};

/** Whether a line asks money for a label: lines about no parcel, credits and tax on an account do not. */
export function isLabelCharge({ chargeType, trackingNumber, amountMills }: ChargeLine): boolean {
  return trackingNumber !== null && amountMills > 0 && LABEL_CHARGE_TYPES.includes(chargeType);
}

/**
 * The parts of a charge that the row states, and the rest; in mills of the label's currency. A postage of zero in a charge
 * that is not is a column nobody filled in.
 */
export function statedParts(label: Label): ReadonlyMap<Component, number> {
  const parts = new Map<Component, number>();
  const put = (component: Component, mills: number | null): void => {
    if (mills !== null) parts.set(component, mills);
  };
  put('postage', label.postageMills === 0 && label.chargedMills !== 0 ? null : label.postageMills);
  put('surcharges', label.surchargesMills);
  put('insurance', label.insuranceFeeMills);
  put('fees', label.otherFeesMills);
  if (parts.size === 0) return new Map([['total', label.chargedMills]]);
  const stated = [...parts.values()].reduce((sum, mills) => sum + mills, 0);
  return parts.set('rest', label.chargedMills - stated);
}

/** The part of a label's charge that lines of the type pay for; null for tax, which no row states apart. */
export function componentOf(type: ChargeType, label: Label): Component | null {
  const component = PAID_FOR[type];
  if (component === undefined) return null;
  const parts = statedParts(label);
  if (parts.has(component)) return component;
  return parts.has('total') ? 'total' : 'rest';
}
