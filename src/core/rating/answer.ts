/** What rating answers: an itemised published price, or the reason why none can be stated. */

/** One line of a breakdown. The items of a price sum to it exactly. */
export interface PriceItem {
  /** What is charged: `base`, `peak`, a surcharge or an extra service. */
  item: string;
  mills: number;
  /** The rule in words, with the cell it read: "Ground Advantage commercial, zone 5, not over 2 lb". */
  rule: string;
  /** The source id of the price folder's manifest. */
  source: string;
}

/** Why a price, a zone or a floor cannot be stated; a word a program can count, explained in docs/RULES.md. */
export type UnratedReason =
  | 'no_price_list'
  | 'not_covered'
  | 'service_not_rated'
  | 'packaging_not_rated'
  | 'weight_missing'
  | 'dimensions_missing'
  | 'over_maximum_weight'
  | 'over_maximum_size'
  | 'not_cubic'
  | 'zone_unknown'
  | 'zip_missing'
  | 'zip_unknown'
  | 'foreign_destination'
  | 'cubic_possible'
  | 'contract_price'
  | 'surcharge_unknown'
  | 'fee_unknown'
  | 'peak_unknown';

export type PriceAnswer =
  | {
      known: true;
      mills: number;
      currency: 'USD';
      /** Null where the price does not depend on it. */
      zone: number | null;
      /** Null where the price does not depend on weight. */
      billedWeightMilliOz: number | null;
      items: readonly PriceItem[];
      /** The folder of data/prices that answered. */
      priceListId: string;
    }
  | {
      known: false;
      reason: UnratedReason;
      message: string;
      zone: number | null;
      /** A published part of the price that is due in any case, such as the price before an unknown increase. */
      atLeastMills: number | null;
    };

/** Fees beside the postage, itemised; or why one that is due cannot be stated. No fee due = known, zero, no items. */
export type FeesAnswer =
  | { known: true; mills: number; items: readonly PriceItem[] }
  | {
      known: false;
      reason: UnratedReason;
      message: string;
      /** The fees due that are published. */
      atLeastMills: number;
    };

export type ZoneAnswer =
  | {
      known: true;
      zone: number;
      /** Great-circle miles between the reference points used. */
      miles: number;
      /** Within the published rule's margin of a band edge: one zone off is no error. */
      nearEdge: boolean;
      how:
        | 'same_area'
        | 'exception'
        | 'freely_associated_state'
        | 'pacific_969'
        | 'distance'
        | 'military_gateway'
        /** By a customer's own chart. */
        | 'chart';
    }
  | { known: false; reason: UnratedReason; message: string };
