/** One published price as a page or file states it: what it is asked for, up to which step, in which zone. */
import type { Packaging, PriceList, Service } from '../../label/label.ts';

/** How a price is looked up: up to a weight, up to a volume, over the size limit, or for a thing whatever it weighs. */
export type PricedBy = 'weight' | 'cubic' | 'oversized' | 'item';

/** What a table prices; two cells of one product belong to one table. */
export interface PricedProduct {
  service: Service;
  /** Null where the source names neither list. */
  priceList: PriceList | null;
  by: PricedBy;
  /** The packagings a table by weight holds for alone; empty = every packaging without a table of its own. */
  packagings: readonly Packaging[];
  /** A list without such a table of its own has these prices. */
  forBothLists: boolean;
}

export interface PublishedCell {
  product: PricedProduct;
  /** "Not over", in thousandths of an ounce or of a cubic foot; 0 where neither decides. */
  step: number;
  /** The thing priced, such as `small_flat_rate_box`; null unless priced by item. */
  item: string | null;
  /** Null where one price holds everywhere. */
  zone: number | null;
  /** Null where the source says that the price is not offered (`n/a`). */
  mills: number | null;
  /** Where the source states it, for people: "Media Mail—Retail, 10". */
  place: string;
}

/** Something wrong with a source of prices, and where in it. */
export interface SourceProblem {
  place: string;
  message: string;
}

/** A part of a source that is no price this program rates by, and why. */
export interface LeftOut {
  place: string;
  why: string;
}
