/** Everything rating reads, as the catalog hands it over: price lists with their limits, and the zone tables. */
import type { Packaging, PriceList, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { PriceAnswer } from './answer.ts';
import type { Contracts } from './contract.ts';
import type { CubicRule } from './cubic.ts';
import type { DimensionalRule } from './dimensional.ts';
import type { Eligibility } from './eligibility.ts';
import type { ExtraFees } from './extras.ts';
import type { PriceTable } from './price-table.ts';
import type { SurchargeTable } from './surcharges.ts';
import type { ZoneTables } from './zone-tables.ts';

/** The sizes and weights that decide by which rule a parcel is priced, as in force during one price list. */
export interface RatingLimits {
  maximumWeightMilliOz: number;
  /** Strictly over this length plus girth no weight price holds. */
  oversizeLengthPlusGirthMilliIn: number;
  /** Up to this length plus girth a service takes a parcel at its oversized price; the other services are absent. */
  oversizedToMilliIn: Partial<Record<Service, number>>;
  dimensional: DimensionalRule;
  cubic: CubicRule;
}

/** The published prices of one product on one list. */
export interface ProductPrices {
  /** By the packagings that are priced by weight; First-Class letters and flats have tables of their own. */
  byWeight: Readonly<Partial<Record<Packaging, PriceTable>>>;
  /** By volume, in steps of thousandths of a cubic foot; null where none is published. */
  cubic: PriceTable | null;
  /** Over the limit of length plus girth, whatever the weight: one row. */
  oversized: PriceTable | null;
  /** One price a thing, such as a flat-rate box or a postcard. */
  items: Readonly<Record<string, PriceAnswer>>;
}

/** One published price list: a folder of data/prices. */
export interface RateList {
  id: string;
  /** First and last day in force. */
  from: Day;
  to: Day;
  /** Ids of the sources its figures come from, in order of text. */
  sources: readonly string[];
  limits: RatingLimits;
  /** Whether a peak-season increase is in force, inside the printed prices or as an item apart. */
  peak: 'none' | 'inside' | 'apart';
  products: Readonly<Partial<Record<Service, Readonly<Partial<Record<PriceList, ProductPrices>>>>>>;
  /** What parcels of unusual size, contents or manner of mailing owe beside the postage. */
  surcharges: SurchargeTable;
  /** What extra services cost. */
  fees: ExtraFees;
}

export interface RateTables {
  /** In order of days; no two are in force on one day. */
  lists: readonly RateList[];
  zones: ZoneTables;
  eligibility: Eligibility;
  /** The user's own contracts with vendors. */
  contracts: Contracts;
}

/** The list in force on a day; null when none is known for it. */
export function listOn(day: Day, lists: readonly RateList[]): RateList | null {
  // From the last one on: most parcels are of late, and this runs for each of them.
  for (let index = lists.length - 1; index >= 0; index -= 1) {
    const list = lists[index];
    if (list && day >= list.from) return day <= list.to ? list : null;
  }
  return null;
}
