/** What one alert is about: whose labels, whether so many vendors point to the carrier, and whose labels are to be stopped. */
import { affectedVendors } from '../core/finding/carrier-wide.ts';
import type { Rule } from '../core/rules/rule.ts';
import { compareText } from '../reports/order.ts';
import type { StoppableLabel, TransitLabel } from '../reports/outstanding.ts';
import type { OpenFinding } from '../reports/report-rows.ts';
import { isCarrierWide, stoppedAtOnce, stoppingRules, vendorsConcerned } from '../reports/stopped-vendors.ts';
import type { AlertCounts, AlertedSale } from './alert.query.ts';
import { type Statement, statementOf } from '../reports/statement.ts';

/** What the database said of a batch, as of one moment. */
export interface BatchRows {
  findings: readonly OpenFinding[];
  sales: readonly AlertedSale[];
  /** Of the vendors that `stoppedAtOnce` names. */
  stoppable: readonly StoppableLabel[];
  transit: readonly TransitLabel[];
  /** Vendors that were told of within a day, those of this batch not among them. */
  toldBefore: readonly string[];
  counts: AlertCounts;
}

/** One finding of the batch about a label (or a vendor as a whole), with its purchase. */
export interface AlertedFinding {
  finding: OpenFinding;
  sale: AlertedSale | null;
  statement: Statement | null;
}

/** Why a vendor gets no stop list. */
export type NoStop = 'us' | 'third_party' | 'carrier' | 'open';

export interface VendorMatter {
  vendor: string;
  findings: AlertedFinding[];
  /** Its labels and parcels; null = none is to be stopped, for the reasons in `noStop`. */
  outstanding: { stop: StoppableLabel[]; transit: TransitLabel[] } | null;
  noStop: NoStop[];
}

/** A day on which the parcels of many vendors were held. */
export interface CarrierDay {
  finding: OpenFinding;
  vendors: { vendor: string; count: number }[];
}

export interface AlertMatter {
  /** Whether so many vendors are concerned at once that none is to be named for it. */
  carrierWide: boolean;
  vendors: VendorMatter[];
  carrierDays: CarrierDay[];
  /** All vendors concerned within a day, when they are so many that the carrier should be asked first; else empty. */
  manyWithinADay: string[];
  counts: AlertCounts;
}

/** Puts the rows together, vendor by vendor, the one with the gravest finding first. */
export function alertMatter(rows: BatchRows, rules: readonly Rule[]): AlertMatter {
  const { findings, counts } = rows;
  const stopping = stoppingRules(rules);
  const carrierWide = isCarrierWide(findings, stopping);
  const withinADay = new Set([...rows.toldBefore, ...vendorsConcerned(findings)]);
  const many = !carrierWide && withinADay.size >= stopping.vendorsAtOnce;
  return {
    carrierWide,
    vendors: vendorMatters(rows, new Set(stoppedAtOnce(findings, stopping))),
    carrierDays: findings
      .filter(({ vendor }) => vendor === null)
      .map((finding) => ({ finding, vendors: affectedVendors(finding.evidence) })),
    manyWithinADay: many ? [...withinADay].sort(compareText) : [],
    counts,
  };
}

function vendorMatters(
  { findings, sales, stoppable, transit }: BatchRows,
  stopped: ReadonlySet<string>,
): VendorMatter[] {
  const saleOf = new Map(sales.map((sale) => [purchaseKey(sale), sale]));
  const groups = new Map<string, AlertedFinding[]>();
  for (const finding of findings) {
    const { vendor, evidence } = finding;
    if (vendor === null) continue;
    const sale = saleOf.get(purchaseKey(finding)) ?? null;
    const group = groups.get(vendor) ?? [];
    group.push({ finding, sale, statement: statementOf(evidence) });
    groups.set(vendor, group);
  }
  return [...groups].map(([vendor, alerted]) => {
    const own = <T extends { vendor: string }>(labels: readonly T[]): T[] =>
      labels.filter((label) => label.vendor === vendor);
    const stops = stopped.has(vendor);
    return {
      vendor,
      findings: alerted,
      outstanding: stops ? { stop: own(stoppable), transit: own(transit) } : null,
      noStop: stops ? [] : reasons(alerted),
    };
  });
}

function purchaseKey({
  trackingNumber,
  vendor,
  saleKey,
}: Pick<OpenFinding, 'trackingNumber' | 'vendor' | 'saleKey'>): string {
  return JSON.stringify([trackingNumber, vendor, saleKey]);
}

/** Whose doing it was instead; `open` where what was found does not say. */
function reasons(alerted: readonly AlertedFinding[]): NoStop[] {
  const all = alerted.map(({ finding: { attribution } }): NoStop => {
    return attribution === 'us' || attribution === 'third_party' || attribution === 'carrier' ? attribution : 'open';
  });
  return [...new Set(all)];
}

/** All parcels and labels that the alert tells to stop or to follow. */
export function outstandingOf({ vendors }: Pick<AlertMatter, 'vendors'>): {
  stop: StoppableLabel[];
  transit: TransitLabel[];
} {
  return {
    stop: vendors.flatMap(({ outstanding }) => outstanding?.stop ?? []),
    transit: vendors.flatMap(({ outstanding }) => outstanding?.transit ?? []),
  };
}
