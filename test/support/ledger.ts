/** Builders for tests of ledgers: a line of an invoice for one postage, an adjustment, an invoice over all its lines. */
import type { Adjustment, Measured } from '../../src/core/ledger/adjustment.ts';
import type { ChargeDigest, ChargeLine } from '../../src/core/ledger/charge.ts';
import type { InvoiceTold } from '../../src/core/ledger/invoice.ts';
import { NUMBER } from './judge.ts';

/** Line 1 of an October invoice: 12.00 of postage for the label of the builders, on the day it was bought. */
export function aLine(over: Partial<ChargeLine> = {}): ChargeLine {
  const lineNumber = over.lineNumber ?? '1';
  const invoiceNumber = over.invoiceNumber ?? 'INV-11';
  return {
    chargeKey: JSON.stringify([invoiceNumber, lineNumber]),
    invoiceNumber,
    vendor: 'acme',
    chargeType: 'postage',
    amountMills: 12_000,
    currency: 'USD',
    invoiceDate: '2026-11-20',
    periodFrom: '2026-11-01',
    periodTo: '2026-11-20',
    lineNumber,
    trackingNumber: NUMBER,
    labelId: null,
    chargeCode: null,
    chargedDay: '2026-11-05',
    chargedAt: null,
    reversesLine: null,
    invoiceTotalMills: null,
    ...over,
  };
}

/** Lines numbered in their order. */
export function lines(...all: Partial<ChargeLine>[]): ChargeLine[] {
  return all.map((over, place) => aLine({ lineNumber: String(place + 1), ...over }));
}

export function aDigest(...all: Partial<ChargeLine>[]): ChargeDigest {
  return { lines: lines(...all), adjustments: [] };
}

const NOTHING_MEASURED: Measured = {
  weightMilliOz: null,
  lengthMilliIn: null,
  widthMilliIn: null,
  heightMilliIn: null,
  zone: null,
  packaging: null,
  service: null,
  amountMills: null,
};

/** Told two weeks after the label was bought: heavier than claimed, and 1.85 asked for it. */
export function anAdjustment(over: Partial<Adjustment> = {}): ChargeDigest['adjustments'][number] {
  return {
    adjustmentId: 'ADJ-1',
    vendor: 'acme',
    trackingNumber: NUMBER,
    assessedDay: '2026-11-12',
    assessedAt: null,
    reason: 'weight',
    amountMills: 1850,
    currency: 'USD',
    notifiedDay: '2026-11-19',
    notifiedAt: null,
    disputeId: 'D-1',
    processingFeeMills: null,
    claimed: { ...NOTHING_MEASURED, weightMilliOz: 32_000 },
    assessed: { ...NOTHING_MEASURED, weightMilliOz: 48_000 },
    ...over,
  };
}

/** An invoice of October with ten lines about parcels. */
export function anInvoice(over: Partial<InvoiceTold> = {}): InvoiceTold {
  return {
    vendor: 'acme',
    invoiceNumber: 'INV-10',
    currency: 'USD',
    invoiceDate: '2026-10-31',
    periodFrom: '2026-10-01',
    periodTo: '2026-10-31',
    lines: 10,
    numberedLines: 10,
    sumMills: 120_000,
    statedTotalMills: null,
    contentKey: 'ten-lines',
    parcelsKey: 'ten-parcels',
    creditedMills: 0,
    ...over,
  };
}
