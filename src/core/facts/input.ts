/** Everything one judgement of one purchase may look at: gathered by the audit, read by the facts, changed by nobody. */
import type { Barcode } from '../barcode/barcode.ts';
import type { ServiceType } from '../barcode/data.ts';
import type { JourneyDigest } from '../journey/digest.ts';
import type { Label } from '../label/label.ts';
import type { Assessed } from '../ledger/assessed.ts';
import type { ChargeDigest, VendorCoverage } from '../ledger/charge.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Terms } from '../ledger/terms.ts';
import type { PriceAnswer } from '../rating/answer.ts';
import type { Atlas } from '../rating/distance.ts';
import type { LabelRating } from '../rating/rate-label.ts';
import type { Calendar } from '../units/calendar.ts';
import type { Day, Instant } from '../units/day.ts';
import type { Money } from '../units/money.ts';

/** The order a label was bought for, over all its parcels known as of the audit. */
export interface OrderContext {
  /** Live (not voided, not refunded) labels seen for the order. */
  parcels: number;
  /** Declared values of those labels added up; null when one is blank or their currencies differ. */
  declaredMills: number | null;
  /** Whether every parcel of the order was seen: `order_parcels` is stated and reached, or not stated. */
  complete: boolean;
  /** Customs values of those labels added up; null when one is blank or their currencies differ. */
  customs: Money | null;
  /** The greatest number of parcels that a row of the order states; null = none does. */
  stated: number | null;
  /** By tracking number, the labels beyond that number, by purchase. */
  surplus: ReadonlyMap<string, SurplusLabel>;
}

/** A live label of an order that had as many as its rows state. */
export interface SurplusLabel {
  /** Days from the purchase of the order's last label before it. */
  daysAfter: number;
  /** Before it was bought, a parcel of the order had come back, had been stopped or delivered: it may be sent anew. */
  replaces: boolean;
}

/** What is known about the vendor over all his labels. */
export interface VendorContext {
  /** Labels whose postage is under half the cheapest published cell of their product and day. */
  labelsUnderHalfCheapestCell: number;
  /**
   * Where the label is the vendor's first under its mailer id, and not the first of all: the labels with a mailer id that he
   * had sold before it. Null on every other label.
   */
  labelsBeforeMailerId: number | null;
  /** Labels of which less weight or a nearer zone was claimed at the carrier than the vendor's own rows state. */
  labelsClaimedLower: number;
}

/** What the number's service type code says. */
export interface PrintedService {
  /** What the code meant on the mailing day; null when the number is refused or the published tables do not have it. */
  type: ServiceType | null;
  /** The published commercial postage by that class; null where it is the one that was sold, or none of those we know. */
  postage: PriceAnswer | null;
}

/** What is known about the carrier, whatever the label. */
export interface CarrierContext {
  /** The label's hold for postage began on a day on which pieces of many vendors were held at once. */
  carrierWideHoldDay: boolean;
  /** Days on which the published zone charts changed, as far as they are known. */
  zoneChartChanges: readonly Day[];
}

/** What we said of ourselves: our warehouses, and whose the mailer ids are. */
export interface OwnRecords {
  /** ZIP codes; null = no file of warehouses was given. */
  warehouses: readonly string[] | null;
  /** Owner by mailer id; null = no file of mailer ids was given. */
  mailers: ReadonlyMap<string, string> | null;
}

export interface JudgeInput {
  label: Label;
  /** Every purchase under the same number known as of the audit, this one included, by purchase, vendor and sale key. */
  sales: readonly Label[];
  /** Null when no event and no answer about the number is known. */
  journey: JourneyDigest | null;
  charges: ChargeDigest | null;
  /** The lines of the number against its purchases; worked out when it is first asked for. */
  ledger: () => Ledger;
  /** What adjustments say of this purchase, priced. */
  assessed: Assessed;
  /** Of the label's vendor. */
  coverage: VendorCoverage;
  own: OwnRecords;
  /** What is published about insurance and refunds. */
  terms: Terms;
  rating: LabelRating;
  /** Of the number as written in the vendor's file. */
  barcode: Barcode;
  printed: PrintedService;
  /** Null when the label names no order. */
  order: OrderContext | null;
  vendor: VendorContext;
  carrier: CarrierContext;
  atlas: Atlas;
  calendar: Calendar;
  /** So long a number must stay one parcel's. */
  uniqueDays: number;
  /** The clock of the audit. */
  asOf: Instant;
}
