/** Sales, invoice lines and adjustments of a parcel for readers: money with its currency, weights and sides as decimals. */
import { type Instant, formatInstant } from '../core/units/day.ts';
import { formatThousandths } from '../core/units/measure.ts';
import { formatMills } from '../core/units/money.ts';
import type { AdjustmentRow } from '../ingest/adjustment.table.ts';
import type { ChargeRow } from '../ingest/charge.table.ts';
import type { LabelRow } from '../ingest/label.table.ts';
import type { AdjustmentRecord, ChargeLine, Purchase } from './finding-detail.ts';

type Files = ReadonlyMap<string, string>;

/** One sale; `concerned` = it is the one the finding is about. */
export function describePurchase(
  label: LabelRow,
  { files, concerned }: { files: Files; concerned: boolean },
): Purchase {
  const { currency } = label;
  return {
    concerned,
    vendor: label.vendor,
    labelId: label.labelId,
    account: label.account,
    upstream: label.upstream,
    kind: label.kind,
    status: label.status,
    purchasedDay: label.purchasedDay,
    purchasedAt: written(label.purchasedAt),
    printedAt: written(label.printedAt),
    shipDate: label.shipDate,
    handedOverAt: written(label.handedOverAt),
    voidedAt: written(label.voidedAt),
    voidedBy: label.voidedBy,
    refundRequestedAt: written(label.refundRequestedAt),
    refundedAt: written(label.refundedAt),
    refunded: money(label.refundedMills, currency),
    service: label.service,
    packaging: label.packaging,
    rateType: label.rateType,
    weightOz: decimal(label.weightMilliOz),
    scaleWeightOz: decimal(label.scaleWeightMilliOz),
    lengthIn: decimal(label.lengthMilliIn),
    widthIn: decimal(label.widthMilliIn),
    heightIn: decimal(label.heightMilliIn),
    originZip: label.originZip,
    ratedOriginZip: label.ratedOriginZip,
    destinationZip: label.destinationZip,
    destinationCountry: label.destinationCountry,
    zone: label.zone,
    charged: { value: formatMills(label.chargedMills), currency },
    postage: money(label.postageMills, currency),
    surcharges: money(label.surchargesMills, currency),
    insuranceFee: money(label.insuranceFeeMills, currency),
    otherFees: money(label.otherFeesMills, currency),
    declared: money(label.declaredMills, currency),
    insured: money(label.insuredMills, currency),
    extraServices: label.extraServices === '' ? [] : label.extraServices.split(';'),
    orderId: label.orderId,
    order: money(label.orderMills, label.orderCurrency ?? currency),
    paymentRef: label.paymentRef,
    reference: label.reference,
    file: files.get(label.importId) ?? null,
  };
}

/** One line of an invoice. */
export function describeCharge(charge: ChargeRow, files: Files): ChargeLine {
  const { vendor, invoiceNumber, invoiceDate, lineNumber, chargeType, chargeCode, description, chargedDay } = charge;
  return {
    vendor,
    invoiceNumber,
    invoiceDate,
    lineNumber,
    chargeType,
    chargeCode,
    description,
    amount: { value: formatMills(charge.amountMills), currency: charge.currency },
    chargedDay,
    file: files.get(charge.importId) ?? null,
  };
}

/** What a carrier measured again. */
export function describeAdjustment(row: AdjustmentRow, files: Files): AdjustmentRecord {
  const { vendor, adjustmentId, assessedDay, notifiedDay, reason, currency, disputeId } = row;
  return {
    vendor,
    adjustmentId,
    assessedDay,
    notifiedDay,
    reason,
    amount: { value: formatMills(row.amountMills), currency },
    processingFee: money(row.processingFeeMills, currency),
    disputeId,
    claimed: {
      weightOz: decimal(row.claimedWeightMilliOz),
      lengthIn: decimal(row.claimedLengthMilliIn),
      widthIn: decimal(row.claimedWidthMilliIn),
      heightIn: decimal(row.claimedHeightMilliIn),
      zone: row.claimedZone,
      packaging: row.claimedPackaging,
      service: row.claimedService,
      amount: money(row.claimedAmountMills, currency),
    },
    assessed: {
      weightOz: decimal(row.assessedWeightMilliOz),
      lengthIn: decimal(row.assessedLengthMilliIn),
      widthIn: decimal(row.assessedWidthMilliIn),
      heightIn: decimal(row.assessedHeightMilliIn),
      zone: row.assessedZone,
      packaging: row.assessedPackaging,
      service: row.assessedService,
      amount: money(row.assessedAmountMills, currency),
    },
    file: files.get(row.importId) ?? null,
  };
}

/** What an adjustment changed, in short: "8 oz → 17.5 oz, Z4 → Z5". Sides that say the same are left out. */
export function adjustedText({ claimed, assessed }: AdjustmentRecord): string {
  const now = sideTexts(assessed);
  return sideTexts(claimed)
    .flatMap((before, at) => (before === null || !now[at] || before === now[at] ? [] : [`${before} → ${now[at]}`]))
    .join(', ');
}

function sideTexts(side: AdjustmentRecord['claimed']): (string | null)[] {
  const { weightOz, lengthIn, widthIn, heightIn, zone, packaging, service } = side;
  return [
    weightOz && `${weightOz} oz`,
    lengthIn && widthIn && heightIn && `${lengthIn} × ${widthIn} × ${heightIn} in`,
    zone === null ? null : `Z${zone}`,
    packaging,
    service,
  ];
}

/** Mills with their currency, null when either is not stated. */
export function money(mills: number | null, currency: string | null): { value: string; currency: string } | null {
  return mills === null || currency === null ? null : { value: formatMills(mills), currency };
}

function decimal(thousandths: number | null): string | null {
  return thousandths === null ? null : formatThousandths(thousandths);
}

function written(at: Date | Instant | null): string | null {
  return at === null ? null : formatInstant(at instanceof Date ? at.getTime() : at);
}
