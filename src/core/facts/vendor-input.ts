/** Everything one judgement of a vendor may look at, over one week or over all its labels; gathered in SQL by the audit. */
import type { Packaging, Service } from '../label/label.ts';
import type { AnswerLoss } from '../risk/answer-loss.ts';
import type { DeclaredValues, RepeatedValue } from '../risk/declared.ts';
import type { NoticeRate } from '../risk/notices.ts';
import type { Discounts, WeightPrices } from '../risk/prices.ts';
import type { WeightSpecs } from '../risk/specs.ts';
import type { Day, Instant } from '../units/day.ts';

/** The vendor's live outbound labels that were bought in the time. */
export interface PurchaseSums {
  labels: number;
}

/** A service and packaging that the same labels could have been bought with instead. */
export interface CommonestChange {
  service: Service;
  packaging: Packaging;
  toService: Service;
  toPackaging: Packaging;
  labels: number;
}

/** What cheaper lawful services would have saved on labels of the time, in mills of USD. */
export interface SavingSums {
  labels: number;
  /** Those of the labels that a service as fast or faster would have carried for less. */
  sameSpeedLabels: number;
  /** By services as fast or faster. */
  sameSpeedMills: number;
  /** By slower services: lawful only where the buyer was promised no day that they miss. */
  slowerMills: number;
  /** The change that occurs most often; null without a saving. */
  commonest: CommonestChange | null;
  /** The same among changes to services as fast or faster. */
  commonestSameSpeed: CommonestChange | null;
}

/** A mailer id in numbers of the vendor that numbers of other vendors have, too. */
export interface SharedMailerId {
  mailerId: string;
  /** The vendor's labels under it. */
  labels: number;
  /** The other vendors, sorted. */
  vendors: readonly string[];
}

/** The mailer ids in the numbers of all the vendor's labels, as far as they can be read in one way only. */
export interface MailerIds {
  /** Those that other vendors use, too; the one on the most labels first. */
  shared: readonly SharedMailerId[];
}

/** Labels of the time of which figures about prices are not known. */
export interface PriceGaps {
  /** Nobody can tell whether they were sold by weight, or no price is published for them. */
  unsure: number;
  /** No like of them has a price. */
  incomparable: number;
}

/** What a vendor's labels declare, with how the orders behind each repeated value vary; null = too few say what they are worth. */
export interface DeclaredHabit extends DeclaredValues {
  repeated: readonly (RepeatedValue & { orderVariation: number | null })[];
}

/** How sources' answers fell, beside the answered shares of the other vendors on those days; null = too few questions. */
export interface AnswersFallen extends AnswerLoss {
  peers: { before: number | null; after: number | null };
}

/** What the gatherers of an audit found about a vendor in a time; what none of them told is absent. */
export interface VendorGathered {
  purchases?: PurchaseSums;
  /** Absent where no label of the time has a published price, so that nothing could be compared. */
  savings?: SavingSums;
  /** Over all labels only. Absent where no number of the vendor has a mailer id that reads in one way. */
  mailerIds?: MailerIds;
  /** The rest is over the time up to the vendor's latest label, or of late; see core/risk. */
  weightPrices?: WeightPrices;
  discounts?: Discounts;
  weightSpecs?: WeightSpecs;
  priceGaps?: PriceGaps;
  /** Absent where no label declares a value. */
  declared?: DeclaredHabit;
  notices?: NoticeRate;
  /** Absent where no two days following each other had enough questions. */
  answers?: AnswersFallen;
}

export interface VendorInput extends VendorGathered {
  vendor: string;
  /** The Monday of the week the input is about; null = all labels known. */
  week: Day | null;
  /** The clock of the audit. */
  asOf: Instant;
}
