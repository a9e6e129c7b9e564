/** Numbers as people read them; written out here because a report must not depend on the machine's locale data. */
import { formatThousandths } from '../core/units/measure.ts';
import { formatMills } from '../core/units/money.ts';

/** "1234567.5" or 1234567.5 as "1,234,567.5". */
export function groupDigits(number: number | string): string {
  const [whole = '', fraction] = String(number).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A share between 0 and 1 as percent with one decimal, a trailing zero left out: 0.125 is "12.5%". */
export function percentText(share: number): string {
  return `${String(Math.round(share * 1000) / 10)}%`;
}

/**
 * A share of cases as percent: with one decimal, under one percent with two, so that 1 of 2,400 is "0.04%" and not none.
 * Of no cases there is no share: "0%".
 */
export function shareText(hits: number, cases: number): string {
  const share = cases > 0 ? hits / cases : 0;
  return share >= 0.01 ? percentText(share) : `${String(Math.round(share * 10_000) / 100)}%`;
}

/** An amount with its currency in front: "USD 1,234.50"; a minus stays with the number. */
export function moneyText(value: string, currency: string): string {
  return `${currency} ${groupDigits(value)}`;
}

/** Mills with their currency: 1234500, USD is "USD 1,234.50". */
export function millsText(mills: number, currency: string): string {
  return moneyText(formatMills(mills), currency);
}

/** Thousandths of an ounce: "12.5 oz". */
export function ounceText(milliOz: number): string {
  return `${formatThousandths(milliOz)} oz`;
}
