/** One purchase of a label as a page shows it: what is known of it, in the order people ask for it. */
import type { Purchase } from './finding-detail.ts';
import type { InstantText } from './instant-text.ts';
import { moneyText } from './number-text.ts';
import type { Wording } from './wording.ts';

interface Words {
  wording: Wording;
  instantText: InstantText;
}

/** The purchase under a heading that says whether it is the one a finding is about. */
export function purchaseView(purchase: Purchase, words: Words) {
  const heading = words.wording.say(purchase.concerned ? 'purchase.concerned' : 'purchase.other');
  return { heading, facts: purchaseFacts(purchase, words) };
}

/** Values that are known, each with its name; what the row does not state is left out. */
export function purchaseFacts(
  purchase: Omit<Purchase, 'concerned'>,
  { wording, instantText }: Words,
): { label: string; value: string }[] {
  const time = (iso: string | null): string | null => iso && instantText(Date.parse(iso));
  const all: [string, string | null][] = [
    ['column.vendor', purchase.vendor],
    ['column.label_id', purchase.labelId],
    ['purchase.account', purchase.account],
    ['purchase.upstream', purchase.upstream],
    ['purchase.status', purchase.status],
    ['purchase.kind', purchase.kind],
    ['purchase.purchased', time(purchase.purchasedAt) ?? purchase.purchasedDay],
    ['purchase.printed', time(purchase.printedAt)],
    ['purchase.ship_date', purchase.shipDate],
    ['purchase.handed_over', time(purchase.handedOverAt)],
    ['purchase.voided', joined([time(purchase.voidedAt), purchase.voidedBy])],
    ['purchase.refund_requested', time(purchase.refundRequestedAt)],
    ['purchase.refunded', joined([time(purchase.refundedAt), money(purchase.refunded)])],
    ['purchase.service', joined([purchase.service, purchase.packaging, purchase.rateType])],
    ['purchase.weight', unit(purchase.weightOz, 'oz')],
    ['purchase.scale_weight', unit(purchase.scaleWeightOz, 'oz')],
    ['purchase.size', size(purchase)],
    ['purchase.from', purchase.originZip],
    ['purchase.rated_from', purchase.ratedOriginZip],
    ['purchase.to', joined([purchase.destinationZip, purchase.destinationCountry])],
    ['purchase.zone', purchase.zone === null ? null : String(purchase.zone)],
    ['purchase.charged', money(purchase.charged)],
    ['purchase.postage', money(purchase.postage)],
    ['purchase.surcharges', money(purchase.surcharges)],
    ['purchase.insurance_fee', money(purchase.insuranceFee)],
    ['purchase.other_fees', money(purchase.otherFees)],
    ['purchase.extra_services', joined(purchase.extraServices)],
    ['purchase.declared', money(purchase.declared)],
    ['purchase.insured', money(purchase.insured)],
    ['purchase.order', joined([purchase.orderId, money(purchase.order)])],
    ['purchase.payment', purchase.paymentRef],
    ['purchase.reference', purchase.reference],
    ['column.file', purchase.file],
  ];
  return all.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ label: wording.say(key), value }]));
}

function money(amount: Purchase['postage']): string | null {
  return amount && moneyText(amount.value, amount.currency);
}

function unit(value: string | null, name: string): string | null {
  return value && `${value} ${name}`;
}

function size({ lengthIn, widthIn, heightIn }: Pick<Purchase, 'lengthIn' | 'widthIn' | 'heightIn'>): string | null {
  const sides = [lengthIn, widthIn, heightIn].filter((side) => side !== null);
  return sides.length === 0 ? null : `${sides.join(' × ')} in`;
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
