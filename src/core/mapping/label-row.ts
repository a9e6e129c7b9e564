/** A row of a labels file as a Label, or what is wrong with it. */
import {
  EXTRA_SERVICES,
  type ExtraService,
  LABEL_KINDS,
  LABEL_STATUSES,
  type Label,
  RATE_TYPES,
} from '../label/label.ts';
import type { Spellings } from '../label/spelling.ts';
import { formatInstant, type WrittenTime } from '../units/day.ts';
import type { Result } from '../units/result.ts';
import type { ColumnPlan, Layout } from './column-plan.ts';
import { type Shared, trackingNumber, vendorOf } from './key-cells.ts';
import { RowCells } from './row-cells.ts';

const REQUIRED = ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged'] as const;
const OPTIONAL = [
  'currency',
  'label_id',
  'account',
  'upstream',
  'kind',
  'printed_at',
  'ship_date',
  'handed_over_at',
  'scan_form_id',
  'packaging',
  'weight_oz',
  'scale_weight_oz',
  'length_in',
  'width_in',
  'height_in',
  'origin_zip',
  'rated_origin_zip',
  'destination_zip',
  'destination_country',
  'zone',
  'rate_type',
  'postage',
  'surcharges',
  'insurance_fee',
  'other_fees',
  'declared_value',
  'insured_value',
  'insurance_provider',
  'customs_value',
  'customs_currency',
  'extra_services',
  'order_id',
  'order_value',
  'order_currency',
  'order_destination_zip',
  'order_parcels',
  'payment_ref',
  'status',
  'voided_at',
  'voided_by',
  'refund_requested_at',
  'refunded_at',
  'refunded_amount',
  'reference',
] as const;

export type LabelColumn = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
export const LABEL_LAYOUT: Layout<LabelColumn> = { columns: [...REQUIRED, ...OPTIONAL], required: REQUIRED };

/** Zones of the United States: 1 to 9. */
const LAST_ZONE = 9;
const MOST_PARCELS = 100_000;

type Cells = RowCells<LabelColumn>;

/**
 * A function from the cells of a row to its Label. Units are those of `Label`; an absent `currency` is USD, `kind`
 * outbound, `status` purchased, `destination_country` US. All problems of a row are said at once.
 */
export function labelReader(plan: ColumnPlan<LabelColumn>, spellings: Spellings, shared: Shared) {
  const row = new RowCells(plan);
  return (cells: readonly string[]): Result<Label> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    const number = trackingNumber(row);
    const vendor = vendorOf(row, shared);
    const purchased = row.required('purchased_at', row.written('purchased_at'));
    const service = row.required(
      'service',
      row.spelt('service', (text) => spellings.service(text), 'a service'),
    );
    const charged = row.required('charged', row.mills('charged'));
    const country = row.country('destination_country') ?? 'US';
    const details = { ...times(row), ...specs(row, spellings, country), ...money(row), ...order(row, country) };
    const extraServices = extraServicesOf(row, spellings);
    const status = row.word('status', LABEL_STATUSES) ?? 'purchased';
    const kind = row.word('kind', LABEL_KINDS) ?? 'outbound';
    const labelId = row.key('label_id');
    const stated = number !== null && vendor !== null && purchased !== null && service !== null && charged !== null;
    if (!stated || row.problems.length > 0) return { ok: false, problems: row.problems };
    const value: Label = {
      trackingNumber: number.canonical,
      trackingRaw: row.text('tracking_number') ?? '',
      routingZip: number.routingZip,
      vendor,
      saleKey: labelId ?? saleKey({ orderId: details.orderId, purchased, chargedMills: charged }),
      labelId,
      account: row.text('account'),
      upstream: row.text('upstream'),
      kind,
      purchasedDay: purchased.day,
      purchasedAt: purchased.instant,
      scanFormId: row.text('scan_form_id'),
      service,
      chargedMills: charged,
      extraServices,
      status,
      paymentRef: row.text('payment_ref'),
      reference: row.text('reference'),
      extra: row.extra(),
      ...details,
    };
    return { ok: true, value };
  };
}

/** What tells two purchases apart where the vendor gives no label id; '' when order, time or amount is not stated. */
export function saleKey(sale: { orderId: string | null; purchased: WrittenTime; chargedMills: number }): string {
  if (sale.orderId === null) return '';
  const { instant, day } = sale.purchased;
  return JSON.stringify([sale.orderId, instant === null ? day : formatInstant(instant), sale.chargedMills]);
}

function times(row: Cells) {
  return {
    printedAt: row.instant('printed_at'),
    shipDate: row.day('ship_date'),
    handedOverAt: row.instant('handed_over_at'),
    voidedAt: row.instant('voided_at'),
    voidedBy: row.word('voided_by', ['us', 'vendor']),
    refundRequestedAt: row.instant('refund_requested_at'),
    refundedAt: row.instant('refunded_at'),
  };
}

function specs(row: Cells, spellings: Spellings, country: string) {
  return {
    packaging: row.spelt('packaging', (text) => spellings.packaging(text), 'a packaging'),
    rateType: row.word('rate_type', RATE_TYPES),
    weightMilliOz: row.thousandths('weight_oz'),
    scaleWeightMilliOz: row.thousandths('scale_weight_oz'),
    lengthMilliIn: row.thousandths('length_in'),
    widthMilliIn: row.thousandths('width_in'),
    heightMilliIn: row.thousandths('height_in'),
    originZip: row.zip('origin_zip'),
    ratedOriginZip: row.zip('rated_origin_zip'),
    destinationZip: row.zip('destination_zip', country),
    destinationCountry: country,
    zone: row.whole('zone', 1, LAST_ZONE),
  };
}

function money(row: Cells) {
  return {
    currency: row.currency('currency') ?? 'USD',
    postageMills: row.mills('postage'),
    surchargesMills: row.mills('surcharges'),
    insuranceFeeMills: row.mills('insurance_fee'),
    otherFeesMills: row.mills('other_fees'),
    declaredMills: row.mills('declared_value'),
    insuredMills: row.mills('insured_value'),
    insuranceProvider: row.word('insurance_provider', ['usps', 'third_party']),
    customsMills: row.mills('customs_value'),
    customsCurrency: row.currency('customs_currency'),
    refundedMills: row.mills('refunded_amount'),
  };
}

function order(row: Cells, country: string) {
  return {
    orderId: row.key('order_id'),
    orderMills: row.mills('order_value'),
    orderCurrency: row.currency('order_currency'),
    orderDestinationZip: row.zip('order_destination_zip', country),
    orderParcels: row.whole('order_parcels', 1, MOST_PARCELS),
  };
}

/** The services named between semicolons, each once, in the order of the contract. */
function extraServicesOf(row: Cells, spellings: Spellings): readonly ExtraService[] {
  const text = row.text('extra_services');
  if (text === null) return [];
  const named = new Set<ExtraService>();
  for (const spelling of text.split(';')) {
    if (spelling.trim() === '') continue;
    const service = spellings.extraService(spelling.trim());
    if (service === null) row.reject('extra_services', 'is not an extra service this program knows', spelling.trim());
    else named.add(service);
  }
  return EXTRA_SERVICES.filter((service) => named.has(service));
}
