/** The nouns everything shares: a purchased label, its service, packaging and the other words of the contract. */
import type { Day, Instant } from '../units/day.ts';

export const SERVICES = [
  'ground_advantage',
  'priority_mail',
  'priority_mail_express',
  'first_class_mail',
  'media_mail',
  'library_mail',
  'bound_printed_matter',
  'parcel_select',
  'usps_connect_local',
] as const;
export type Service = (typeof SERVICES)[number];

export const PACKAGINGS = [
  'package',
  'soft_pack',
  'cubic',
  'letter',
  'flat',
  'postcard',
  'flat_rate_envelope',
  'legal_flat_rate_envelope',
  'padded_flat_rate_envelope',
  'small_flat_rate_box',
  'medium_flat_rate_box',
  'large_flat_rate_box',
  'apo_large_flat_rate_box',
] as const;
export type Packaging = (typeof PACKAGINGS)[number];

export const EXTRA_SERVICES = [
  'tracking',
  'insurance',
  'signature_confirmation',
  'adult_signature',
  'certified_mail',
  'registered_mail',
  'return_receipt',
  'restricted_delivery',
  'cod',
] as const;
export type ExtraService = (typeof EXTRA_SERVICES)[number];

export const LABEL_KINDS = ['outbound', 'return', 'pay_on_use'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

export const RATE_TYPES = ['weight', 'cubic', 'flat_rate', 'contract'] as const;
export type RateType = (typeof RATE_TYPES)[number];

export const LABEL_STATUSES = ['purchased', 'voided', 'refunded'] as const;
export type LabelStatus = (typeof LABEL_STATUSES)[number];

export const PRICE_LISTS = ['retail', 'commercial'] as const;
export type PriceList = (typeof PRICE_LISTS)[number];

/** Sides of a parcel in thousandths of an inch, as given; order does not matter. */
export interface Dimensions {
  lengthMilliIn: number;
  widthMilliIn: number;
  heightMilliIn: number;
}

/**
 * One purchase of one label, as one vendor sold it. Money in mills of `currency` (declared and insured value too;
 * customs and order value in their own currency), weights in thousandths of an ounce, null = not stated.
 */
export interface Label {
  /** Canonical number: without 420 + ZIP and spaces, upper case; an invalid number is kept stripped. */
  trackingNumber: string;
  trackingRaw: string;
  /** The ZIP that stood behind 420 in the raw number. */
  routingZip: string | null;
  vendor: string;
  /**
   * What tells two purchases of one number apart: `label_id`, else order, time and amount; else "?" and what is written
   * of time and amount, and then it is not sure that two keys are two purchases.
   */
  saleKey: string;
  labelId: string | null;
  account: string | null;
  upstream: string | null;
  kind: LabelKind;
  /** The day of purchase as written. */
  purchasedDay: Day;
  /** Null when the purchase was written without a time or without its zone. */
  purchasedAt: Instant | null;
  printedAt: Instant | null;
  shipDate: Day | null;
  handedOverAt: Instant | null;
  scanFormId: string | null;
  service: Service;
  packaging: Packaging | null;
  rateType: RateType | null;
  weightMilliOz: number | null;
  scaleWeightMilliOz: number | null;
  lengthMilliIn: number | null;
  widthMilliIn: number | null;
  heightMilliIn: number | null;
  originZip: string | null;
  ratedOriginZip: string | null;
  destinationZip: string | null;
  destinationCountry: string;
  zone: number | null;
  currency: string;
  chargedMills: number;
  postageMills: number | null;
  surchargesMills: number | null;
  insuranceFeeMills: number | null;
  otherFeesMills: number | null;
  declaredMills: number | null;
  insuredMills: number | null;
  insuranceProvider: 'usps' | 'third_party' | null;
  customsMills: number | null;
  customsCurrency: string | null;
  extraServices: readonly ExtraService[];
  orderId: string | null;
  orderMills: number | null;
  orderCurrency: string | null;
  orderDestinationZip: string | null;
  orderParcels: number | null;
  paymentRef: string | null;
  status: LabelStatus;
  voidedAt: Instant | null;
  voidedBy: 'us' | 'vendor' | null;
  refundRequestedAt: Instant | null;
  refundedAt: Instant | null;
  refundedMills: number | null;
  reference: string | null;
  /** Columns of the file that the contract does not name, personal data left out. */
  extra: Readonly<Record<string, string>> | null;
}

/** The day the label is rated and awaited by: its ship date, else the written day of purchase. */
export function mailingDay(label: Pick<Label, 'shipDate' | 'purchasedDay'>): Day {
  return label.shipDate ?? label.purchasedDay;
}
