/** What is published about insurance and refunds: the cover inside a price, the most that can be bought, how long a label is taken back. */
import { type ExtraService, type Label, type Service, mailingDay } from '../label/label.ts';
import { foldVendorName } from '../mapping/vendor-name.ts';
import type { Day } from '../units/day.ts';

/** Cover that comes with the price of some services, in force from a day on. */
export interface IncludedCover {
  services: readonly Service[];
  mills: number;
  from: Day;
}

/** The most that insurance can be bought for, in force from a day on. */
export interface CoverLimit {
  /** Holds where one of these is bought; empty = in every other case. */
  with: readonly ExtraService[];
  mills: number;
  from: Day;
}

/** Amounts in mills of USD, each list by day, the latest first. */
export interface Terms {
  included: readonly IncludedCover[];
  most: readonly CoverLimit[];
  /** Days from print, by the folded name of a vendor or provider. */
  refundDays: ReadonlyMap<string, number>;
}

/** The cover in the price of the label; null when none is on file for its service and day. */
export function includedCoverMills(
  label: Pick<Label, 'service' | 'shipDate' | 'purchasedDay'>,
  terms: Terms,
): number | null {
  const day = mailingDay(label);
  const cover = terms.included.find(({ services, from }) => from <= day && services.includes(label.service));
  return cover?.mills ?? null;
}

/** The most the parcel can be insured for; null when no limit is on file for its day. */
export function mostCoverMills(
  label: Pick<Label, 'extraServices' | 'shipDate' | 'purchasedDay'>,
  terms: Terms,
): number | null {
  const day = mailingDay(label);
  const inForce = terms.most.filter(({ from }) => from <= day);
  const special = inForce.find((limit) => limit.with.some((extra) => label.extraServices.includes(extra)));
  return (special ?? inForce.find((limit) => limit.with.length === 0))?.mills ?? null;
}

/** Within so many days of print the vendor, else his provider, takes an unused label back; null when neither publishes it. */
export function refundDaysOf({ vendor, upstream }: Pick<Label, 'vendor' | 'upstream'>, terms: Terms): number | null {
  const own = terms.refundDays.get(foldVendorName(vendor));
  if (own !== undefined) return own;
  return upstream === null ? null : (terms.refundDays.get(foldVendorName(upstream)) ?? null);
}
