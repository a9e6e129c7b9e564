/** How a fraud of the month is written down: what it is, which rules prove it, what it cost, and why it may stay unseen. */
import type { Case, Parcel } from './parcel.ts';
import type { Shop } from './shop.ts';
import type { Vendor } from './vendor.ts';

/** Why no file of the month shows a fraud. */
export const HIDDEN = {
  no_sign: 'the carrier never said anything, and the price is an honest one',
  too_few_signs: 'fewer signs than any honest vendor of the size may have',
  price_possible: 'a lawful way to rate the parcel could be as cheap, and its prices are not published',
  never_measured: 'the carrier never measured the parcel, so that nobody saw what was claimed',
  not_stated: "the vendor's file leaves out the column that would show it",
  held_with_everybody: "held on a day on which everybody's parcels were",
  no_clock: 'the file writes days without times, so that the order of sale and scan stays open',
  no_access: 'the carrier answers nobody but the owner of the mailer id',
  edge_of_chart: 'charts of two years disagree on the zone',
  surcharge_unpublished:
    'every list of the seasons leaves out some surcharge or increase, and the amount could be that',
  code_uncertain: 'no published table says for sure which class the service type code of the number stands for',
  not_yet_invoiced: 'the invoice had not come when the month was audited',
} as const;
export type Hidden = keyof typeof HIDDEN;

/** A fraud on single labels or charges. */
export interface Scheme {
  name: string;
  /** Columns, invoices or adjustments without which nobody would try it. */
  suits: (vendor: Vendor) => boolean;
  /** Of the vendor's labels so many are chosen, within these bounds. */
  share: readonly [least: number, most: number];
  wish?: (shop: Shop, vendor: Vendor) => object;
  /** Further rules that may speak of its labels. */
  may?: readonly string[];
  /** Does it to a parcel of its own; other parcels of the vendor may be its victims. */
  tell: (shop: Shop, parcel: Parcel, earlier: readonly Parcel[]) => void;
}

/** Writes a fraud down with its parcel. */
export function commit(
  parcel: Parcel,
  fraud: {
    scheme: string;
    rules: readonly string[];
    stolenMills: number;
    hidden?: Hidden | null;
    also?: readonly string[];
    subject?: Case['subject'];
  },
): void {
  const { hidden = null, subject = 'label', ...rest } = fraud;
  parcel.cases = [...parcel.cases, { ...rest, hidden, subject }];
}

/** The first of the reasons that holds. */
export function because(...reasons: readonly (readonly [holds: boolean, hidden: Hidden])[]): Hidden | null {
  return reasons.find(([holds]) => holds)?.[1] ?? null;
}

/** The reason where the vendor's file lacks one of the columns. */
export function unstated(vendor: Vendor, ...columns: readonly string[]): readonly [boolean, Hidden] {
  return [columns.some((column) => !vendor.columns.has(column)), 'not_stated'];
}
