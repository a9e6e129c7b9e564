/** What was charged, what it should have cost, and what is at stake, by currency. */
import { formatMills } from '../core/units/money.ts';
import { compareText } from './order.ts';
import type { ReportTotals } from './report-document.ts';
import type { ChargedRow, OpenFinding, ReportRows } from './report-rows.ts';

/** Published prices are in this currency; other currencies are never compared with them. */
const PRICED_IN = 'USD';

type Sums = Record<'charged' | 'chargedOfRated' | 'expected' | 'atStake' | 'recoverable' | 'goodsAtRisk', number>;

/**
 * Totals by currency, sorted. At stake is the greatest finding of each purchase and never more than was charged for it;
 * recoverable likewise, over what can be claimed back; what could have been saved is neither. Findings about a vendor or a
 * charge add their own amount once.
 * Goods at risk count once an order, however many of its parcels are in trouble. An amount in another currency than the charge cannot be capped by it and stands.
 */
export function sumTotals(rows: Pick<ReportRows, 'sold' | 'judged' | 'findings' | 'charged'>): ReportTotals[] {
  const totals = new Map<string, Sums>();
  const add = (currency: string, field: keyof Sums, mills: number): void => {
    const sums = totals.get(currency) ?? {
      charged: 0,
      chargedOfRated: 0,
      expected: 0,
      atStake: 0,
      recoverable: 0,
      goodsAtRisk: 0,
    };
    sums[field] += mills;
    totals.set(currency, sums);
  };
  for (const { currency, chargedMills } of rows.sold) add(currency, 'charged', chargedMills);
  if (rows.judged.rated > 0) {
    add(PRICED_IN, 'chargedOfRated', rows.judged.chargedOfRatedMills);
    add(PRICED_IN, 'expected', rows.judged.expectedMills);
  }
  const staked = rows.findings.filter((finding) => finding.amountKind !== 'saving');
  const recoverable = staked.filter((finding) => finding.amountKind === 'recoverable');
  for (const [currency, mills] of stakes(staked, rows.charged)) add(currency, 'atStake', mills);
  for (const [currency, mills] of stakes(recoverable, rows.charged)) add(currency, 'recoverable', mills);
  for (const [currency, mills] of goods(rows.findings, rows.charged)) add(currency, 'goodsAtRisk', mills);
  return [...totals].sort(([a], [b]) => compareText(a, b)).map(([currency, sums]) => ({ currency, ...written(sums) }));
}

function written(sums: Sums): Omit<ReportTotals, 'currency'> {
  return {
    charged: formatMills(sums.charged),
    chargedOfRated: formatMills(sums.chargedOfRated),
    expected: formatMills(sums.expected),
    atStake: formatMills(sums.atStake),
    recoverable: formatMills(sums.recoverable),
    goodsAtRisk: formatMills(sums.goodsAtRisk),
  };
}

/** The amounts of one parcel in one currency: the greatest of each purchase, and the greatest about the whole parcel. */
interface ParcelStake {
  currency: string;
  charged: ChargedRow[];
  bySale: Map<string, number>;
  wholeMills: number;
}

function stakes(findings: readonly OpenFinding[], charged: readonly ChargedRow[]): [string, number][] {
  const sales = groupBy(charged, (sale) => sale.trackingNumber);
  const parcels = new Map<string, ParcelStake>();
  const sums: [string, number][] = [];
  for (const { trackingNumber, subject, vendor, saleKey, amountMills, currency } of findings) {
    if (amountMills === null || currency === null || amountMills <= 0) continue;
    if (subject !== 'label') {
      sums.push([currency, amountMills]);
      continue;
    }
    const key = `${currency} ${trackingNumber}`;
    const parcel = parcels.get(key) ?? {
      currency,
      charged: (sales.get(trackingNumber) ?? []).filter((sale) => sale.currency === currency),
      bySale: new Map<string, number>(),
      wholeMills: 0,
    };
    parcels.set(key, parcel);
    if (saleKey === null) parcel.wholeMills = Math.max(parcel.wholeMills, amountMills);
    else {
      const sale = saleName(vendor, saleKey);
      parcel.bySale.set(sale, Math.max(parcel.bySale.get(sale) ?? 0, amountMills));
    }
  }
  return [...sums, ...[...parcels.values()].map((parcel): [string, number] => [parcel.currency, parcelStake(parcel)])];
}

function parcelStake({ charged, bySale, wholeMills }: ParcelStake): number {
  const limits = new Map(charged.map((sale) => [saleName(sale.vendor, sale.saleKey), sale.chargedMills]));
  let salesMills = 0;
  for (const [sale, mills] of bySale) salesMills += Math.min(mills, limits.get(sale) ?? mills);
  const limitMills = charged.reduce((sum, sale) => sum + sale.chargedMills, 0);
  const wholeCapped = charged.length === 0 ? wholeMills : Math.min(wholeMills, limitMills);
  return Math.max(salesMills, wholeCapped);
}

function saleName(vendor: string | null, saleKey: string): string {
  return JSON.stringify([vendor, saleKey]);
}

/** A finding's goods are those of the whole order; a label without an order stands for its own. */
function goods(findings: readonly OpenFinding[], charged: readonly ChargedRow[]): [string, number][] {
  const orderOf = orders(charged);
  const worth = new Map<string, [string, number]>();
  for (const { trackingNumber, vendor, saleKey, goodsMills, goodsCurrency } of findings) {
    if (goodsMills === null || goodsCurrency === null) continue;
    const orderId = orderOf.get(saleOf(trackingNumber, vendor, saleKey));
    const key = JSON.stringify([goodsCurrency, ...(orderId === undefined ? ['', trackingNumber] : [orderId])]);
    worth.set(key, [goodsCurrency, Math.max(worth.get(key)?.[1] ?? 0, goodsMills)]);
  }
  return [...worth.values()];
}

/** Order by purchase, and for findings about a whole parcel the order of its first purchase that names one. */
function orders(charged: readonly ChargedRow[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { trackingNumber, vendor, saleKey, orderId } of charged) {
    if (orderId === null) continue;
    found.set(saleOf(trackingNumber, vendor, saleKey), orderId);
    const parcel = saleOf(trackingNumber, null, null);
    if (!found.has(parcel)) found.set(parcel, orderId);
  }
  return found;
}

function saleOf(trackingNumber: string, vendor: string | null, saleKey: string | null): string {
  return saleKey === null ? trackingNumber : JSON.stringify([trackingNumber, vendor, saleKey]);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
