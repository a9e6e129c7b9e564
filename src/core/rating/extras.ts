/** Fees of extra services: insurance by value, signatures, certified and registered mail and the like. */
import type { ExtraService, PriceList, Service } from '../label/label.ts';
import { formatMills } from '../units/money.ts';
import type { FeesAnswer, PriceItem } from './answer.ts';
import { productName } from './product-name.ts';
import { NO_FEES } from './surcharges.ts';

/** One published fee, for one extra service or for several that are sold together. */
export interface ExtraFee {
  /** What the fee pays for; several = sold together at this one fee. */
  extras: readonly ExtraService[];
  /** The fee holds only where this one is bought too, and does not pay for it. */
  beside: ExtraService | null;
  /** Null = every service. */
  services: readonly Service[] | null;
  /** Null = both lists. */
  priceList: PriceList | null;
  /** A form of the service that labels do not tell apart, such as a receipt on paper; '' = there is one form. */
  form: string;
  /** Values the fee holds for; null = it does not depend on a value. Over none: a value of zero is inside. */
  value: { overMills: number | null; toMills: number } | null;
  /** Null where it is sold and the fee is not published. */
  mills: number | null;
  /** On top for each part of a value over `value.overMills`, begun parts counting whole. */
  perPart: { mills: number; partMills: number } | null;
  source: string;
}

/** The fees of one price list. */
export type ExtraFees = readonly ExtraFee[];

export interface ExtrasRequest {
  service: Service;
  priceList: PriceList;
  extras: readonly ExtraService[];
  /** The cover bought from USPS; null = not stated. Above zero, insurance is bought whether `extras` names it or not. */
  insuredMills: number | null;
  /** Decides the fee of registered mail; null or left out = the insured value stands in. */
  declaredMills?: number | null;
}

/** Services that cost nothing and have no line of their own. */
const free: readonly ExtraService[] = ['tracking'];

/** Services whose own fee, by value, pays for the cover too (DMM 503). */
const withOwnCover: readonly ExtraService[] = ['registered_mail', 'cod'];

/**
 * The fees of the extra services of a label on a list, one item a fee. Unknown where one of them is not published for the
 * product, the list or the value, with the sum of the others. Never throws.
 */
export function extrasOf(request: ExtrasRequest, { fees }: { fees: ExtraFees }): FeesAnswer {
  const bought = boughtExtras(request);
  if (bought.length === 0) return NO_FEES;
  const items: PriceItem[] = [];
  let unknown: string | null = null;
  let atLeastMills = 0;
  let left = bought;
  while (left.length > 0) {
    const paid = payFor(left, { request, bought, fees });
    if (paid.item) items.push(paid.item);
    unknown ??= paid.unknown;
    atLeastMills += paid.item?.mills ?? paid.atLeastMills;
    left = left.filter((extra) => !paid.extras.includes(extra));
  }
  if (unknown === null) return { known: true, mills: atLeastMills, items };
  return { known: false, reason: 'fee_unknown', message: unknown, atLeastMills };
}

function boughtExtras({ extras, insuredMills }: ExtrasRequest): readonly ExtraService[] {
  const paid = new Set(extras.filter((extra) => !free.includes(extra)));
  if (insuredMills !== null && insuredMills > 0) paid.add('insurance');
  if (withOwnCover.some((extra) => paid.has(extra))) paid.delete('insurance');
  return [...paid];
}

interface Paid {
  /** What is settled by this fee, known or not. */
  extras: readonly ExtraService[];
  item: PriceItem | null;
  unknown: string | null;
  atLeastMills: number;
}

interface Basket {
  request: ExtrasRequest;
  bought: readonly ExtraService[];
  fees: ExtraFees;
}

/** Settles some of the extras that are left: those sold together first, then one by one. */
function payFor(left: readonly ExtraService[], { request, bought, fees }: Basket): Paid {
  const { service, priceList } = request;
  const sold = fees.filter(
    (fee) =>
      fee.extras.every((extra) => left.includes(extra)) &&
      (fee.beside === null || bought.includes(fee.beside)) &&
      (fee.services === null || fee.services.includes(service)) &&
      (fee.priceList === null || fee.priceList === priceList),
  );
  const most = sold.reduce((count, fee) => Math.max(count, fee.extras.length), 0);
  const first = sold.find((fee) => fee.extras.length === most);
  if (!first) return unknownFee(left, `is not published for ${productName(service, priceList)}`);
  const { extras } = first;
  const alike = sold.filter((fee) => fee.extras.join() === extras.join());
  // A fee for this very combination goes before the one for the service alone.
  const beside = alike.filter((fee) => fee.beside !== null);
  const same = beside.length > 0 ? beside : alike;
  if (same.every((fee) => fee.value === null)) return settle(extras, same, null);
  const value = valueOf(extras, request);
  if (value === null) return unknownFee(extras, 'depends on a value that is not stated');
  const inBand = same.filter((fee) => fee.value !== null && holds(fee.value, value));
  // What a product's own price includes goes before the fees that hold for every product.
  const own = inBand.filter((fee) => fee.services !== null);
  return settle(extras, own.length > 0 ? own : inBand, value);
}

function settle(extras: readonly ExtraService[], fees: readonly ExtraFee[], value: number | null): Paid {
  const [fee] = fees;
  if (!fee) return unknownFee(extras, `is not published for a value of ${formatMills(value ?? 0)}`);
  const amounts = fees.flatMap((one) => feeMills(one, value) ?? []);
  const [mills] = amounts;
  if (mills === undefined || amounts.length < fees.length)
    return unknownFee(extras, 'is not at hand for this price list');
  if (amounts.some((other) => other !== mills)) {
    const forms = fees.map((one) => one.form).join(' or ');
    const least = Math.min(...amounts);
    return unknownFee(extras, `depends on its form (${forms}), which is not stated`, least);
  }
  const rule = mills === 0 ? `${feeWords(extras, fee, value)}: included in the price` : feeWords(extras, fee, value);
  return {
    extras,
    item: { item: extras.join('+'), mills, rule, source: fee.source },
    unknown: null,
    atLeastMills: mills,
  };
}

function unknownFee(extras: readonly ExtraService[], why: string, atLeastMills = 0): Paid {
  return { extras, item: null, unknown: `The fee of ${extraName(extras)} ${why}.`, atLeastMills };
}

function holds({ overMills, toMills }: NonNullable<ExtraFee['value']>, value: number): boolean {
  return (overMills === null || value > overMills) && value <= toMills;
}

function feeMills({ mills, perPart, value: band }: ExtraFee, value: number | null): number | null {
  if (mills === null || perPart === null || value === null) return mills;
  return mills + perPart.mills * Math.ceil((value - (band?.overMills ?? 0)) / perPart.partMills);
}

/** The value a fee goes by: of registered mail the declared one, else the cover bought. */
function valueOf(
  extras: readonly ExtraService[],
  { insuredMills, declaredMills = null }: ExtrasRequest,
): number | null {
  const value = extras.includes('registered_mail') ? (declaredMills ?? insuredMills) : insuredMills;
  return value !== null && value >= 0 && value < Infinity ? value : null;
}

function feeWords(extras: readonly ExtraService[], { value: band }: ExtraFee, value: number | null): string {
  const name = extraName(extras);
  if (!band || value === null) return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const over = band.overMills === null ? '' : `over ${formatMills(band.overMills)} `;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}, value ${formatMills(value)} (${over}to ${formatMills(band.toMills)})`;
}

/** "certified mail and restricted delivery". */
function extraName(extras: readonly ExtraService[]): string {
  return extras.map((extra) => (extra === 'cod' ? 'COD' : extra.replaceAll('_', ' '))).join(' and ');
}
