/** A row of a vendor's price sheet as the label somebody would buy by it. */
import type { Dimensions, Label, Packaging, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';

/** What a price sheet states of a price; null = it states nothing. */
export interface SheetPrice {
  service: Service;
  packaging: Packaging | null;
  /** The price holds up to this weight. */
  weightMilliOz: number;
  /** Null = the price holds whatever the zone. */
  zone: number | null;
  dimensions: Dimensions | null;
  priceMills: number;
}

/** Packagings that say nothing of how a parcel is rated. */
const PLAIN: readonly (Packaging | null)[] = [null, 'package', 'soft_pack'];

/**
 * The label of a row. A price stated for a weight alone holds for every parcel of that weight, so it is one by weight,
 * also where smaller parcels could be rated by volume; with sides it may be either.
 */
export function sheetLabel(price: SheetPrice, { vendor, day }: { vendor: string; day: Day }): Label {
  const { service, packaging, weightMilliOz, zone, dimensions, priceMills } = price;
  return {
    trackingNumber: '',
    trackingRaw: '',
    routingZip: null,
    vendor,
    saleKey: '',
    labelId: null,
    account: null,
    upstream: null,
    kind: 'outbound',
    purchasedDay: day,
    purchasedAt: null,
    printedAt: null,
    shipDate: null,
    handedOverAt: null,
    scanFormId: null,
    service,
    packaging,
    rateType: dimensions === null && PLAIN.includes(packaging) ? 'weight' : null,
    weightMilliOz,
    scaleWeightMilliOz: null,
    lengthMilliIn: dimensions?.lengthMilliIn ?? null,
    widthMilliIn: dimensions?.widthMilliIn ?? null,
    heightMilliIn: dimensions?.heightMilliIn ?? null,
    originZip: null,
    ratedOriginZip: null,
    destinationZip: null,
    destinationCountry: 'US',
    zone,
    currency: 'USD',
    chargedMills: priceMills,
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
  };
}
