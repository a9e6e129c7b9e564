/** Builders for tests of facts, rules and findings: a judge's input about one honest label, and the shipped rule book. */
import { loadBarcodeData } from '../../src/catalog/barcode.ts';
import { loadCalendar } from '../../src/catalog/calendar.ts';
import { loadRuleBook } from '../../src/catalog/rules.ts';
import { loadTerms } from '../../src/catalog/terms.ts';
import { parseBarcode } from '../../src/core/barcode/parse.ts';
import { type Bench, printedService } from '../../src/core/finding/parcel.ts';
import type { JudgeInput } from '../../src/core/facts/input.ts';
import { EMPTY_DIGEST, type JourneyDigest, type PhysicalScan, type Statement } from '../../src/core/journey/digest.ts';
import type { Label } from '../../src/core/label/label.ts';
import type { Measured } from '../../src/core/ledger/adjustment.ts';
import { type KnownAdjustment, assessedOf } from '../../src/core/ledger/assessed.ts';
import { ledgerOf } from '../../src/core/ledger/ledger.ts';
import { atlasOf } from '../../src/core/rating/distance.ts';
import { rateLabel } from '../../src/core/rating/rate-label.ts';
import { ruleBookInForce } from '../../src/core/rules/book.ts';
import { dayOf } from '../../src/core/units/day.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { ROOT, aRatedLabel, shippedTables } from './rating.ts';

export const AS_OF = Date.UTC(2026, 11, 1, 6);

/** A number whose check digit is right. */
export const NUMBER = '9400111899223197428497';

export const shippedBook = loadRuleBook(ROOT, sha256Hex);

const calendar = loadCalendar(ROOT);
const barcodes = loadBarcodeData(ROOT);
const terms = loadTerms(ROOT);

/** A journey of which a source showed nothing but an announcement, an hour before the audit. */
export function aJourney(over: Partial<JourneyDigest> = {}): JourneyDigest {
  return {
    ...EMPTY_DIGEST,
    events: 1,
    firstAt: Date.UTC(2026, 10, 5, 20),
    latestAt: AS_OF - 3_600_000,
    standing: 'announced',
    knownAt: Date.UTC(2026, 10, 5, 20),
    announcedAt: Date.UTC(2026, 10, 5, 20),
    mailpieces: 1,
    answeredAt: AS_OF - 3_600_000,
    historyAt: AS_OF - 3_600_000,
    lastOutcome: 'answered',
    lastAskedAt: AS_OF - 3_600_000,
    ...over,
  };
}

export function aStatement(at: number, text: string, over: Partial<Statement> = {}): Statement {
  return { at, code: null, text, source: 'USPS', sourceKind: 'carrier', mailpieceId: null, ...over };
}

/** A scan of which only the code is told, unless more is. */
export function aScan(at: number, over: Partial<PhysicalScan> = {}): PhysicalScan {
  return { at, code: '03', city: null, state: null, zip: null, stage: 'accepted', ...over };
}

/** A bench by the shipped rules and data, on which nothing is known of other parcels. */
export function aBench(over: Partial<Bench> = {}): Bench {
  return {
    asOf: AS_OF,
    book: ruleBookInForce(shippedBook, dayOf(AS_OF), sha256Hex),
    shadow: { rules: [], version: '' },
    tables: shippedTables,
    barcodes,
    atlas: atlasOf(shippedTables.zones),
    calendar,
    isBound: () => false,
    zoneChartChanges: ['2024-04-01'],
    orders: new Map(),
    orderChanges: new Map(),
    labelsUnderHalfCheapestCell: new Map(),
    labelsClaimedLower: new Map(),
    earlierSpecs: new Map(),
    firstsOfMailerIds: new Map(),
    carrierWideHoldDays: new Set(),
    coverages: new Map(),
    own: { warehouses: null, mailers: null },
    terms,
    suppressions: [],
    sha256Hex,
    ...over,
  };
}

const NOT_MEASURED: Measured = {
  weightMilliOz: null,
  lengthMilliIn: null,
  widthMilliIn: null,
  heightMilliIn: null,
  zone: null,
  packaging: null,
  service: null,
  amountMills: null,
};

/** An adjustment of the honest label's, two weeks after it was bought; `claimed` and `assessed` state what is given alone. */
export function anAdjustment({
  claimed = {},
  assessed = {},
  ...over
}: Partial<Omit<KnownAdjustment, 'claimed' | 'assessed'>> & {
  claimed?: Partial<Measured>;
  assessed?: Partial<Measured>;
} = {}): KnownAdjustment {
  return {
    adjustmentId: 'ADJ-1',
    vendor: 'acme',
    trackingNumber: NUMBER,
    assessedDay: '2026-11-19',
    assessedAt: null,
    reason: 'weight',
    amountMills: 1500,
    currency: 'USD',
    notifiedDay: null,
    notifiedAt: null,
    disputeId: null,
    processingFeeMills: null,
    claimed: { ...NOT_MEASURED, ...claimed },
    assessed: { ...NOT_MEASURED, ...assessed },
    ...over,
  };
}

/** An honest label of a few days, rated by the shipped tables; `label` changes are rated too. */
export function aJudgeInput(over: Partial<JudgeInput> = {}, change: Partial<Label> = {}): JudgeInput {
  const label = over.label ?? aRatedLabel({ trackingNumber: NUMBER, trackingRaw: NUMBER, ...change });
  const barcode = over.barcode ?? parseBarcode(label.trackingRaw, barcodes);
  return {
    label,
    sales: [label],
    journey: aJourney(),
    charges: null,
    ledger: () => ledgerOf(over.charges?.lines ?? [], over.sales ?? [label]),
    assessed: assessedOf(
      label,
      { sales: over.sales ?? [label], charges: over.charges ?? null, earlier: [], asOf: over.asOf ?? AS_OF },
      shippedTables,
    ),
    coverage: { invoiced: [], currencies: [], sold: [] },
    own: { warehouses: null, mailers: null },
    terms,
    rating: rateLabel(label, shippedTables),
    barcode,
    printed: printedService(label, barcode, { barcodes, tables: shippedTables }),
    order: null,
    vendor: { labelsUnderHalfCheapestCell: 0, labelsBeforeMailerId: null, labelsClaimedLower: 0 },
    carrier: { carrierWideHoldDay: false, zoneChartChanges: ['2024-04-01'] },
    atlas: atlasOf(shippedTables.zones),
    calendar,
    uniqueDays: barcodes.uniqueDays,
    asOf: AS_OF,
    ...over,
  };
}
