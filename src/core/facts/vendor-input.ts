/** Everything one judgement of a vendor may look at, over one week or over all its labels; gathered in SQL by the audit. */
import type { Packaging, Service } from '../label/label.ts';
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

/** What the gatherers of an audit found about a vendor in a time; what none of them told is absent. */
export interface VendorGathered {
  purchases?: PurchaseSums;
  /** Absent where no label of the time has a published price, so that nothing could be compared. */
  savings?: SavingSums;
  /** Over all labels only. Absent where no number of the vendor has a mailer id that reads in one way. */
  mailerIds?: MailerIds;
}

export interface VendorInput extends VendorGathered {
  vendor: string;
  /** The Monday of the week the input is about; null = all labels known. */
  week: Day | null;
  /** The clock of the audit. */
  asOf: Instant;
}
