/** Purchased labels, and what stood in a label before a later import changed it. */
import { EntitySchema } from 'typeorm';

/** One purchase of one label (see core/label for units and meanings). */
export interface LabelRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  vendor: string;
  saleKey: string;
  labelId: string | null;
  trackingRaw: string;
  routingZip: string | null;
  account: string | null;
  upstream: string | null;
  kind: string;
  /** The day as written; a timestamp would forget its offset. */
  purchasedDay: string;
  purchasedAt: Date | null;
  printedAt: Date | null;
  shipDate: string | null;
  handedOverAt: Date | null;
  scanFormId: string | null;
  service: string;
  packaging: string | null;
  rateType: string | null;
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
  insuranceProvider: string | null;
  customsMills: number | null;
  customsCurrency: string | null;
  /** Joined by ";"; empty when none is stated. */
  extraServices: string;
  orderId: string | null;
  orderMills: number | null;
  orderCurrency: string | null;
  orderDestinationZip: string | null;
  orderParcels: number | null;
  paymentRef: string | null;
  status: string;
  voidedAt: Date | null;
  voidedBy: string | null;
  refundRequestedAt: Date | null;
  refundedAt: Date | null;
  refundedMills: number | null;
  reference: string | null;
  extra: Record<string, string> | null;
  /** The import that wrote the row as it stands. */
  importId: string;
}

export const LabelTable = new EntitySchema<LabelRow>({
  name: 'label',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    vendor: { type: 'text', primary: true, collation: 'C' },
    saleKey: { name: 'sale_key', type: 'text', primary: true, collation: 'C' },
    labelId: { name: 'label_id', type: 'text', nullable: true },
    trackingRaw: { name: 'tracking_raw', type: 'text' },
    routingZip: { name: 'routing_zip', type: 'text', nullable: true },
    account: { type: 'text', nullable: true },
    upstream: { type: 'text', nullable: true },
    kind: { type: 'text' },
    purchasedDay: { name: 'purchased_day', type: 'date' },
    purchasedAt: { name: 'purchased_at', type: 'timestamptz', nullable: true },
    printedAt: { name: 'printed_at', type: 'timestamptz', nullable: true },
    shipDate: { name: 'ship_date', type: 'date', nullable: true },
    handedOverAt: { name: 'handed_over_at', type: 'timestamptz', nullable: true },
    scanFormId: { name: 'scan_form_id', type: 'text', nullable: true },
    service: { type: 'text' },
    packaging: { type: 'text', nullable: true },
    rateType: { name: 'rate_type', type: 'text', nullable: true },
    weightMilliOz: { name: 'weight_milli_oz', type: 'integer', nullable: true },
    scaleWeightMilliOz: { name: 'scale_weight_milli_oz', type: 'integer', nullable: true },
    lengthMilliIn: { name: 'length_milli_in', type: 'integer', nullable: true },
    widthMilliIn: { name: 'width_milli_in', type: 'integer', nullable: true },
    heightMilliIn: { name: 'height_milli_in', type: 'integer', nullable: true },
    originZip: { name: 'origin_zip', type: 'text', nullable: true },
    ratedOriginZip: { name: 'rated_origin_zip', type: 'text', nullable: true },
    destinationZip: { name: 'destination_zip', type: 'text', nullable: true },
    destinationCountry: { name: 'destination_country', type: 'text' },
    zone: { type: 'smallint', nullable: true },
    currency: { type: 'char', length: 3 },
    chargedMills: { name: 'charged_mills', type: 'bigint' },
    postageMills: { name: 'postage_mills', type: 'bigint', nullable: true },
    surchargesMills: { name: 'surcharges_mills', type: 'bigint', nullable: true },
    insuranceFeeMills: { name: 'insurance_fee_mills', type: 'bigint', nullable: true },
    otherFeesMills: { name: 'other_fees_mills', type: 'bigint', nullable: true },
    declaredMills: { name: 'declared_mills', type: 'bigint', nullable: true },
    insuredMills: { name: 'insured_mills', type: 'bigint', nullable: true },
    insuranceProvider: { name: 'insurance_provider', type: 'text', nullable: true },
    customsMills: { name: 'customs_mills', type: 'bigint', nullable: true },
    customsCurrency: { name: 'customs_currency', type: 'char', length: 3, nullable: true },
    extraServices: { name: 'extra_services', type: 'text' },
    orderId: { name: 'order_id', type: 'text', nullable: true },
    orderMills: { name: 'order_mills', type: 'bigint', nullable: true },
    orderCurrency: { name: 'order_currency', type: 'char', length: 3, nullable: true },
    orderDestinationZip: { name: 'order_destination_zip', type: 'text', nullable: true },
    orderParcels: { name: 'order_parcels', type: 'integer', nullable: true },
    paymentRef: { name: 'payment_ref', type: 'text', nullable: true },
    status: { type: 'text' },
    voidedAt: { name: 'voided_at', type: 'timestamptz', nullable: true },
    voidedBy: { name: 'voided_by', type: 'text', nullable: true },
    refundRequestedAt: { name: 'refund_requested_at', type: 'timestamptz', nullable: true },
    refundedAt: { name: 'refunded_at', type: 'timestamptz', nullable: true },
    refundedMills: { name: 'refunded_mills', type: 'bigint', nullable: true },
    reference: { type: 'text', nullable: true },
    extra: { type: 'jsonb', nullable: true },
    importId: { name: 'import_id', type: 'char', length: 64 },
  },
  indices: [{ name: 'label_order', columns: ['orderId'], where: 'order_id IS NOT NULL' }],
});

/** A label as it stood before an import changed it, or as a row said that a later row of the same file corrected. */
export interface LabelHistoryRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  vendor: string;
  saleKey: string;
  /** The import whose row took its place. */
  replacedBy: string;
  /** Counts from 1 what one import replaced, in the order in which it was said. */
  sequence: number;
  /** The whole replaced row. */
  label: Record<string, unknown>;
}

export const LabelHistoryTable = new EntitySchema<LabelHistoryRow>({
  name: 'label_history',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    vendor: { type: 'text', primary: true, collation: 'C' },
    saleKey: { name: 'sale_key', type: 'text', primary: true, collation: 'C' },
    replacedBy: { name: 'replaced_by', type: 'char', length: 64, primary: true, collation: 'C' },
    sequence: { type: 'integer', primary: true },
    label: { type: 'jsonb' },
  },
});
