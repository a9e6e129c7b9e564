/** Labels of a vendor that are still here or on their way: what can be stopped, and what can only be followed. */
import type { Day } from '../core/units/day.ts';
import { compareText } from './order.ts';

/** Days back that labels not handed over and parcels on their way were bought in. */
export const OUTSTANDING_DAYS = 30;

/** One label of a vendor that is still here or on its way. */
interface OutstandingLabel {
  trackingNumber: string;
  vendor: string;
  labelId: string | null;
  orderId: string | null;
  /** ISO 8601, or the day where no time is known. */
  purchasedAt: string;
  shipDate: Day | null;
}

/** A label that was not handed over. */
export interface StoppableLabel extends OutstandingLabel {
  chargedMills: number;
  currency: string;
  /** Whether any source told anything of it; silence of a source that was never asked says nothing. */
  tracked: boolean;
}

export const TRANSIT_STANDINGS = ['stopped', 'scanned', 'partner', 'handed_over'] as const;

/** A parcel on its way, with what its order is worth. */
export interface TransitLabel extends OutstandingLabel {
  orderMills: number | null;
  orderCurrency: string | null;
  lastScanAt: string | null;
  /** stopped = held, seized or under notice; scanned; partner = a shipping partner has it; handed_over = by our records alone. */
  standing: (typeof TRANSIT_STANDINGS)[number];
}

/** Whose labels, as of when, and how far back they were bought. */
export interface OutstandingScope {
  vendors: readonly string[];
  now: Date;
  from: Day;
}

/** What of some vendors is still here or on its way, whole. */
export interface Outstanding {
  stop: readonly StoppableLabel[];
  transit: readonly TransitLabel[];
}

/** The same, counted without reading a row of it. */
export interface OutstandingCounts {
  stop: number;
  transit: number;
  /** By currency. */
  orderMills: Record<string, number>;
}

/** What the orders of parcels are worth, by currency: each once, however many its parcels. */
export function orderWorth(
  transit: readonly Pick<TransitLabel, 'trackingNumber' | 'orderId' | 'orderMills' | 'orderCurrency'>[],
): [string, number][] {
  const worth = new Map<string, { currency: string; mills: number }>();
  for (const { trackingNumber, orderId, orderMills, orderCurrency } of transit) {
    if (orderMills === null || orderCurrency === null) continue;
    const key = JSON.stringify([orderCurrency, orderId, orderId === null ? trackingNumber : null]);
    worth.set(key, { currency: orderCurrency, mills: Math.max(worth.get(key)?.mills ?? 0, orderMills) });
  }
  const sums = new Map<string, number>();
  for (const { currency, mills } of worth.values()) sums.set(currency, (sums.get(currency) ?? 0) + mills);
  return [...sums].sort(([a], [b]) => compareText(a, b));
}
