/** What was charged, what it should have cost, and what is at stake, by currency. */
import { invoiceKey } from '../core/finding/invoice.ts';
import { formatMills } from '../core/units/money.ts';
import { compareText } from './order.ts';
import type { ReportTotals } from './report-document.ts';
import type { ChargedRow, OpenFinding, ReportRows } from './report-rows.ts';

/** Published prices are in this currency; other currencies are never compared with them. */
const PRICED_IN = 'USD';

type Sums = Record<'charged' | 'chargedOfRated' | 'expected' | 'atStake' | 'recoverable' | 'goodsAtRisk', number>;

/**
 * Totals by currency, sorted. At stake is the greatest finding of each purchase and never more than was charged for it;
 * recoverable likewise, over what can be claimed back; what could have been saved is neither. Findings about charges of a label
 * belong to it; those about a number, an account or an invoice without one count by their own amounts, of several rules the one
 * that puts most in question. An invoice counts beside its own lines only by what their findings leave of it. Findings about a
 * vendor add their own amount.
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

/** What is in question about one purchase or one number, in one currency. */
class Stake {
  private greatest = 0;
  private readonly byRule = new Map<string, number>();

  /** Of findings about a label the greatest counts. Each about a charge is about money of its own, but rules may agree on it. */
  add({ subject, rule }: OpenFinding, mills: number): void {
    const sum = subject === 'charge' ? (this.byRule.get(rule) ?? 0) + mills : mills;
    if (subject === 'charge') this.byRule.set(rule, sum);
    this.greatest = Math.max(this.greatest, sum);
  }

  get mills(): number {
    return this.greatest;
  }
}

/** The stakes of one number in one currency: of each purchase, and of the number as a whole. */
interface ParcelStake {
  currency: string;
  charged: ChargedRow[];
  bySale: Map<string, Stake>;
  whole: Stake;
}

function stakes(findings: readonly OpenFinding[], charged: readonly ChargedRow[]): [string, number][] {
  const sales = groupBy(charged, (sale) => sale.trackingNumber);
  const ofLines = lineStakes(findings);
  const parcels = new Map<string, ParcelStake>();
  const sums: [string, number][] = [];
  for (const finding of findings) {
    const { trackingNumber, subject, vendor, saleKey, amountMills, currency } = finding;
    if (amountMills === null || currency === null || amountMills <= 0) continue;
    if (subject === 'vendor') {
      sums.push([currency, amountMills]);
      continue;
    }
    const key = `${currency} ${trackingNumber}`;
    const parcel = parcels.get(key) ?? {
      currency,
      charged: (sales.get(trackingNumber) ?? []).filter((sale) => sale.currency === currency),
      bySale: new Map<string, Stake>(),
      whole: new Stake(),
    };
    parcels.set(key, parcel);
    const mills = Math.max(0, amountMills - (ofLines.get(key) ?? 0));
    stakeOf(parcel, saleKey === null ? null : saleName(vendor, saleKey)).add(finding, mills);
  }
  return [...sums, ...[...parcels.values()].map((parcel): [string, number] => [parcel.currency, parcelStake(parcel)])];
}

/**
 * What findings about the lines of an invoice put in question, by the invoice's key as its own findings have it: of several
 * rules about one number the one that puts most in question.
 */
function lineStakes(findings: readonly OpenFinding[]): Map<string, number> {
  const byInvoice = new Map<string, Map<string, Stake>>();
  for (const finding of findings) {
    const { subject, trackingNumber, vendor, amountMills, currency, evidence } = finding;
    const invoiceNumber = evidence['charge.invoice_number'];
    if (subject !== 'charge' || vendor === null || typeof invoiceNumber !== 'string') continue;
    if (amountMills === null || currency === null || amountMills <= 0) continue;
    const key = `${currency} ${invoiceKey({ vendor, invoiceNumber })}`;
    const numbers = byInvoice.get(key) ?? new Map<string, Stake>();
    byInvoice.set(key, numbers);
    const stake = numbers.get(trackingNumber) ?? new Stake();
    numbers.set(trackingNumber, stake);
    stake.add(finding, amountMills);
  }
  return new Map(
    [...byInvoice].map(([key, numbers]) => [key, [...numbers.values()].reduce((sum, { mills }) => sum + mills, 0)]),
  );
}

function stakeOf({ bySale, whole }: ParcelStake, sale: string | null): Stake {
  if (sale === null) return whole;
  const stake = bySale.get(sale) ?? new Stake();
  bySale.set(sale, stake);
  return stake;
}

function parcelStake({ charged, bySale, whole }: ParcelStake): number {
  const limits = new Map(charged.map((sale) => [saleName(sale.vendor, sale.saleKey), limitOf(sale)]));
  let salesMills = 0;
  for (const [sale, { mills }] of bySale) salesMills += Math.min(mills, limits.get(sale) ?? mills);
  const limitMills = charged.reduce((sum, sale) => sum + limitOf(sale), 0);
  const wholeCapped = charged.length === 0 ? whole.mills : Math.min(whole.mills, limitMills);
  return Math.max(salesMills, wholeCapped);
}

/** What was charged for a purchase: by the label files, or by invoices and adjustments where they ask for more. */
function limitOf({ chargedMills, invoicedMills }: ChargedRow): number {
  return Math.max(chargedMills, invoicedMills);
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
