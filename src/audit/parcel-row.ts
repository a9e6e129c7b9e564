/** One joined row of the audit: its columns as SQL, and its text as the label, digests and revision it stands for. */
import type { ExtraService, Label, LabelKind, LabelStatus, Packaging, RateType, Service } from '../core/label/label.ts';
import type { JourneyDigest } from '../core/journey/digest.ts';
import { type StoredDigest, fillDigest } from '../core/journey/stored-digest.ts';
import type { Instant } from '../core/units/day.ts';
import type { ChargeDigest } from '../core/ledger/charge.ts';

/** A parcel as read for judging: every purchase under its number, in order of (vendor, sale key); there may be none. */
export interface ParcelRows {
  trackingNumber: string;
  revision: number;
  sales: Label[];
  journey: JourneyDigest | null;
  charges: ChargeDigest | null;
  /** As of when it was last judged, as the row was read; null = never. */
  judgedAsOf: Instant | null;
}

const instant = (column: string): string => `(extract(epoch from l.${column}) * 1000)::bigint`;

/** The select list, in the order `ParcelReader` reads it; w = the work list, l = label, j = journey, c = charge digest. */
export const PARCEL_COLUMNS = [
  'w.tracking_number',
  'w.revision',
  'j.digest',
  'c.digest',
  'l.vendor',
  'l.sale_key',
  'l.label_id',
  'l.tracking_raw',
  'l.routing_zip',
  'l.account',
  'l.upstream',
  'l.kind',
  'l.purchased_day',
  instant('purchased_at'),
  instant('printed_at'),
  'l.ship_date',
  instant('handed_over_at'),
  'l.scan_form_id',
  'l.service',
  'l.packaging',
  'l.rate_type',
  'l.weight_milli_oz',
  'l.scale_weight_milli_oz',
  'l.length_milli_in',
  'l.width_milli_in',
  'l.height_milli_in',
  'l.origin_zip',
  'l.rated_origin_zip',
  'l.destination_zip',
  'l.destination_country',
  'l.zone',
  'l.currency',
  'l.charged_mills',
  'l.postage_mills',
  'l.surcharges_mills',
  'l.insurance_fee_mills',
  'l.other_fees_mills',
  'l.declared_mills',
  'l.insured_mills',
  'l.insurance_provider',
  'l.customs_mills',
  'l.customs_currency',
  'l.extra_services',
  'l.order_id',
  'l.order_mills',
  'l.order_currency',
  'l.order_destination_zip',
  'l.order_parcels',
  'l.payment_ref',
  'l.status',
  instant('voided_at'),
  'l.voided_by',
  instant('refund_requested_at'),
  instant('refunded_at'),
  'l.refunded_mills',
  'l.reference',
  'l.extra',
  '(extract(epoch from w.as_of) * 1000)::bigint',
].join(', ');

type Cell = string | null;

function number(cell: Cell | undefined): number | null {
  return cell === null || cell === undefined ? null : Number(cell);
}

/** Where the key of a label stands; null in the one row of a number without any. */
const SALE_KEY = 5;

/** Gathers rows that follow each other into parcels. Rows must be ordered by tracking number, then vendor and sale key. */
export class ParcelReader {
  private current: ParcelRows | null = null;

  /** Takes one row; answers the parcel that the row ends, if it begins another. */
  take(row: Cell[]): ParcelRows | null {
    const trackingNumber = row[0] ?? '';
    const previous = this.current;
    if (previous?.trackingNumber === trackingNumber) {
      previous.sales.push(readLabel(row));
      return null;
    }
    this.current = {
      trackingNumber,
      revision: Number(row[1]),
      journey: row[2] ? fillDigest(JSON.parse(row[2]) as StoredDigest) : null,
      charges: row[3] ? (JSON.parse(row[3]) as ChargeDigest) : null,
      judgedAsOf: number(row[57]),
      sales: row[SALE_KEY] === null ? [] : [readLabel(row)],
    };
    return previous;
  }

  /** The last parcel, once every row was taken. */
  end(): ParcelRows | null {
    const last = this.current;
    this.current = null;
    return last;
  }
}

/* The table's words were validated when they were imported; reading them back trusts them. */
function readLabel(row: Cell[]): Label {
  return {
    trackingNumber: row[0] ?? '',
    vendor: row[4] ?? '',
    saleKey: row[5] ?? '',
    labelId: row[6] ?? null,
    trackingRaw: row[7] ?? '',
    routingZip: row[8] ?? null,
    account: row[9] ?? null,
    upstream: row[10] ?? null,
    kind: row[11] as LabelKind,
    purchasedDay: row[12] ?? '',
    purchasedAt: number(row[13]),
    printedAt: number(row[14]),
    shipDate: row[15] ?? null,
    handedOverAt: number(row[16]),
    scanFormId: row[17] ?? null,
    service: row[18] as Service,
    packaging: row[19] as Packaging | null,
    rateType: row[20] as RateType | null,
    weightMilliOz: number(row[21]),
    scaleWeightMilliOz: number(row[22]),
    lengthMilliIn: number(row[23]),
    widthMilliIn: number(row[24]),
    heightMilliIn: number(row[25]),
    originZip: row[26] ?? null,
    ratedOriginZip: row[27] ?? null,
    destinationZip: row[28] ?? null,
    destinationCountry: row[29] ?? '',
    zone: number(row[30]),
    currency: row[31] ?? '',
    chargedMills: Number(row[32]),
    postageMills: number(row[33]),
    surchargesMills: number(row[34]),
    insuranceFeeMills: number(row[35]),
    otherFeesMills: number(row[36]),
    declaredMills: number(row[37]),
    insuredMills: number(row[38]),
    insuranceProvider: row[39] as 'usps' | 'third_party' | null,
    customsMills: number(row[40]),
    customsCurrency: row[41] ?? null,
    extraServices: row[42] ? (row[42].split(';') as ExtraService[]) : [],
    orderId: row[43] ?? null,
    orderMills: number(row[44]),
    orderCurrency: row[45] ?? null,
    orderDestinationZip: row[46] ?? null,
    orderParcels: number(row[47]),
    paymentRef: row[48] ?? null,
    status: row[49] as LabelStatus,
    voidedAt: number(row[50]),
    voidedBy: row[51] as 'us' | 'vendor' | null,
    refundRequestedAt: number(row[52]),
    refundedAt: number(row[53]),
    refundedMills: number(row[54]),
    reference: row[55] ?? null,
    extra: row[56] ? (JSON.parse(row[56]) as Record<string, string>) : null,
  };
}
