/** A row of a labels file as a Label, or what is wrong with it. */
import {
  EXTRA_SERVICES,
  type ExtraService,
  LABEL_KINDS,
  LABEL_STATUSES,
  type Label,
  RATE_TYPES,
  type Service,
} from '../label/label.ts';
import type { Spellings } from '../label/spelling.ts';
import { formatInstant, type WrittenTime } from '../units/day.ts';
import type { Result } from '../units/result.ts';
import type { ColumnPlan, Layout } from './column-plan.ts';
import { type Shared, trackingNumber, vendorOf } from './key-cells.ts';
import { MAX_KEY_LENGTH, RowCells } from './row-cells.ts';

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

/** What is null on every label of a file that lacks the column. */
export const LABEL_SOURCES: Readonly<Partial<Record<keyof Label, LabelColumn>>> = {
  labelId: 'label_id',
  account: 'account',
  upstream: 'upstream',
  printedAt: 'printed_at',
  shipDate: 'ship_date',
  handedOverAt: 'handed_over_at',
  scanFormId: 'scan_form_id',
  packaging: 'packaging',
  rateType: 'rate_type',
  weightMilliOz: 'weight_oz',
  scaleWeightMilliOz: 'scale_weight_oz',
  lengthMilliIn: 'length_in',
  widthMilliIn: 'width_in',
  heightMilliIn: 'height_in',
  originZip: 'origin_zip',
  ratedOriginZip: 'rated_origin_zip',
  destinationZip: 'destination_zip',
  zone: 'zone',
  postageMills: 'postage',
  surchargesMills: 'surcharges',
  insuranceFeeMills: 'insurance_fee',
  otherFeesMills: 'other_fees',
  declaredMills: 'declared_value',
  insuredMills: 'insured_value',
  insuranceProvider: 'insurance_provider',
  customsMills: 'customs_value',
  customsCurrency: 'customs_currency',
  orderId: 'order_id',
  orderMills: 'order_value',
  orderCurrency: 'order_currency',
  orderDestinationZip: 'order_destination_zip',
  orderParcels: 'order_parcels',
  paymentRef: 'payment_ref',
  voidedAt: 'voided_at',
  voidedBy: 'voided_by',
  refundRequestedAt: 'refund_requested_at',
  refundedAt: 'refunded_at',
  refundedMills: 'refunded_amount',
  reference: 'reference',
};

const INSURERS = ['usps', 'third_party'] as const;
const VOIDERS = ['us', 'vendor'] as const;
/** Zones of the United States: 1 to 9. */
const LAST_ZONE = 9;
const MOST_PARCELS = 100_000;

type Cells = RowCells<LabelColumn>;

interface Context {
  spellings: Spellings;
  shared: Shared;
  extraServices: () => readonly ExtraService[];
}

const NO_SERVICES: readonly ExtraService[] = [];

/**
 * A function from the cells of a row to its Label. Units are those of `Label`; an absent `currency` is USD, `kind`
 * outbound, `status` purchased, `destination_country` US. All problems of a row are said at once.
 */
export function labelReader(plan: ColumnPlan<LabelColumn>, spellings: Spellings, shared: Shared) {
  const row = new RowCells(plan);
  const extraServices = extraServicesReader(row, spellings);
  return (cells: readonly string[]): Result<Label> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    const value = labelOf(row, { spellings, shared, extraServices });
    return row.problems.length > 0 ? { ok: false, problems: row.problems } : { ok: true, value };
  };
}

/**
 * The label as far as the row states it; to be used only when the row has no problems, since what is required and
 * missing is filled with nothing. One literal on purpose: an object of this size put together by spreading is a
 * dictionary to the engine, and reading a file takes forty times as long.
 */
function labelOf(row: Cells, { spellings, shared, extraServices }: Context): Label {
  const number = trackingNumber(row);
  const vendor = vendorOf(row, shared) ?? '';
  const purchased = row.required('purchased_at', row.written('purchased_at'));
  const chargedMills = row.required('charged', row.mills('charged')) ?? 0;
  const labelId = row.key('label_id');
  const orderId = row.key('order_id');
  const country = row.country('destination_country') ?? 'US';
  return {
    trackingNumber: number?.canonical ?? '',
    trackingRaw: row.text('tracking_number') ?? '',
    routingZip: number?.routingZip ?? null,
    vendor,
    saleKey: labelId ?? saleKey(row, { orderId, purchased, chargedMills }),
    labelId,
    account: row.text('account'),
    upstream: row.text('upstream'),
    kind: row.word('kind', LABEL_KINDS) ?? 'outbound',
    purchasedDay: purchased?.day ?? '',
    purchasedAt: purchased?.instant ?? null,
    printedAt: row.instant('printed_at'),
    shipDate: row.day('ship_date'),
    handedOverAt: row.instant('handed_over_at'),
    scanFormId: row.text('scan_form_id'),
    service: row.required('service', serviceOf(row, spellings)) ?? 'ground_advantage',
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
    currency: row.currency('currency') ?? 'USD',
    chargedMills,
    postageMills: row.mills('postage'),
    surchargesMills: row.mills('surcharges'),
    insuranceFeeMills: row.mills('insurance_fee'),
    otherFeesMills: row.mills('other_fees'),
    declaredMills: row.mills('declared_value'),
    insuredMills: row.mills('insured_value'),
    insuranceProvider: row.word('insurance_provider', INSURERS),
    customsMills: row.mills('customs_value'),
    customsCurrency: row.currency('customs_currency'),
    extraServices: extraServices(),
    orderId,
    orderMills: row.mills('order_value'),
    orderCurrency: row.currency('order_currency'),
    orderDestinationZip: row.zip('order_destination_zip', country),
    orderParcels: row.whole('order_parcels', 1, MOST_PARCELS),
    paymentRef: row.text('payment_ref'),
    status: row.word('status', LABEL_STATUSES) ?? 'purchased',
    voidedAt: row.instant('voided_at'),
    voidedBy: row.word('voided_by', VOIDERS),
    refundRequestedAt: row.instant('refund_requested_at'),
    refundedAt: row.instant('refunded_at'),
    refundedMills: row.mills('refunded_amount'),
    reference: row.text('reference'),
    extra: row.extra(),
  };
}

/**
 * What tells two purchases apart where the vendor gives no label id: order, time and amount. Without an order nothing
 * does for sure: "?" and what is written of time and amount, so that at least no purchase overwrites another.
 */
function saleKey(
  row: Cells,
  sale: { orderId: string | null; purchased: WrittenTime | null; chargedMills: number },
): string {
  if (sale.orderId === null || sale.purchased === null) {
    const written = (['purchased_at', 'charged'] as const).map((column) => row.text(column)?.slice(0, MAX_KEY_LENGTH));
    return `?${JSON.stringify(written)}`;
  }
  const { instant, day } = sale.purchased;
  return JSON.stringify([sale.orderId, instant === null ? day : formatInstant(instant), sale.chargedMills]);
}

function serviceOf(row: Cells, spellings: Spellings): Service | null {
  return row.spelt('service', (text) => spellings.service(text), 'a service');
}

/** Lists remembered as written; a hostile file cannot make the memory grow beyond. */
const MAX_KNOWN_LISTS = 1000;

/** Reads the services named between semicolons, each once, in the order of the contract. Files repeat a few lists. */
function extraServicesReader(row: Cells, spellings: Spellings): () => readonly ExtraService[] {
  const known = new Map<string, readonly ExtraService[]>();
  return () => {
    const text = row.text('extra_services');
    if (text === null) return NO_SERVICES;
    const before = known.get(text);
    if (before !== undefined) return before;
    const spelt = text.split(';').filter((spelling) => spelling.trim() !== '');
    const named = spelt.map((spelling) => spellings.extraServices(spelling.trim()));
    const unknown = spelt.find((_, at) => named[at] === null);
    if (unknown !== undefined)
      row.reject('extra_services', 'is not an extra service this program knows', unknown.trim());
    const services = EXTRA_SERVICES.filter((service) => named.some((means) => means?.includes(service)));
    if (unknown === undefined && known.size < MAX_KNOWN_LISTS) known.set(text, services);
    return services;
  };
}
