/** Builders for tests of rating: the shipped tables, a parcel and a label with everything stated. */
import { join } from 'node:path';
import { loadRateTables } from '../../src/catalog/rating.ts';
import type { Dimensions, Label } from '../../src/core/label/label.ts';
import type { RatedParcel } from '../../src/core/rating/price.ts';
import type { RateTables } from '../../src/core/rating/tables.ts';

/** The checkout. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** The tables the product ships, read once a test file. */
export const shippedTables: RateTables = loadRateTables(ROOT);

/** Three sides given in inches. */
export function inches(length: number, width: number, height: number): Dimensions {
  const milliIn = (side: number): number => Math.round(side * 1000);
  return { lengthMilliIn: milliIn(length), widthMilliIn: milliIn(width), heightMilliIn: milliIn(height) };
}

/** A two-pound Ground Advantage package from New York to San Francisco in peak season, unless said otherwise. */
export function aParcel(over: Partial<RatedParcel> = {}): RatedParcel {
  return {
    service: 'ground_advantage',
    packaging: 'package',
    priceList: 'commercial',
    originZip: '10001',
    destinationZip: '94105',
    weightMilliOz: 32_000,
    dimensions: null,
    day: '2026-11-05',
    ...over,
  };
}

/** The label of such a parcel, rated by weight, unless said otherwise. */
export function aRatedLabel(over: Partial<Label> = {}): Label {
  return {
    trackingNumber: '9400111899223197428490',
    trackingRaw: '9400111899223197428490',
    routingZip: null,
    vendor: 'acme',
    saleKey: 'L1',
    labelId: 'L1',
    account: null,
    upstream: null,
    kind: 'outbound',
    purchasedDay: '2026-11-05',
    purchasedAt: null,
    printedAt: null,
    shipDate: null,
    handedOverAt: null,
    scanFormId: null,
    service: 'ground_advantage',
    packaging: 'package',
    rateType: 'weight',
    weightMilliOz: 32_000,
    scaleWeightMilliOz: null,
    lengthMilliIn: null,
    widthMilliIn: null,
    heightMilliIn: null,
    originZip: '10001',
    ratedOriginZip: null,
    destinationZip: '94105',
    destinationCountry: 'US',
    zone: null,
    currency: 'USD',
    chargedMills: 12_000,
    postageMills: null,
    surchargesMills: null,
    insuranceFeeMills: null,
    otherFeesMills: null,
    declaredMills: null,
    insuredMills: null,
    insuranceProvider: null,
    customsMills: null,
    customsCurrency: null,
    extraServices: [],
    orderId: null,
    orderMills: null,
    orderCurrency: null,
    orderDestinationZip: null,
    orderParcels: null,
    paymentRef: null,
    status: 'purchased',
    voidedAt: null,
    voidedBy: null,
    refundRequestedAt: null,
    refundedAt: null,
    refundedMills: null,
    reference: null,
    extra: null,
    ...over,
  };
}
