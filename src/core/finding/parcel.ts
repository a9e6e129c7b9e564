/** The whole judgement of one parcel as a pure function of what is known about it: replayable years later. */
import type { Barcode } from '../barcode/barcode.ts';
import type { BarcodeData } from '../barcode/data.ts';
import { parseBarcode } from '../barcode/parse.ts';
import { serviceOf } from '../barcode/service-type.ts';
import type { JudgeInput, OrderContext, OwnRecords, PrintedService } from '../facts/input.ts';
import type { JourneyDigest } from '../journey/digest.ts';
import { type Life, lifeAt } from '../journey/lives.ts';
import { type Label, mailingDay } from '../label/label.ts';
import { type EarlierSpecs, assessedOf } from '../ledger/assessed.ts';
import type { ChargeDigest, VendorCoverage } from '../ledger/charge.ts';
import type { Terms } from '../ledger/terms.ts';
import { NOTHING_COVERED } from '../ledger/coverage.ts';
import { type Ledger, ledgerOnce } from '../ledger/ledger.ts';
import type { Atlas } from '../rating/distance.ts';
import type { BoundTest } from '../mapping/delivery-terms.ts';
import { type LabelRating, postageBy, rateLabel } from '../rating/rate-label.ts';
import type { RateTables } from '../rating/tables.ts';
import type { Sha256Hex } from '../rules/answer.ts';
import type { Rule, RuleBook } from '../rules/rule.ts';
import type { Calendar } from '../units/calendar.ts';
import { type Day, type Instant, dayOf, startOfDay } from '../units/day.ts';
import { asKnown } from './as-known.ts';
import { type Judged, type NumberUnder, chargeSubjects, chargesAsOf, judgeCharges } from './charge.ts';
import type { Finding } from './finding.ts';
import { judgeLabel, labelSubject } from './judge.ts';
import type { FirstOfMailerId } from './mailer-id.ts';
import { encodeChargeOutcomes, encodeOutcomes } from './outcome-code.ts';
import { type PricingSign, pricingOf } from './pricing.ts';
import { type LabelSaving, savingOf } from './saving.ts';
import { type ShadowJudgement, shadowOfCharges, shadowOfLabel } from './shadow.ts';
import type { SuppressionTest } from './suppression.ts';

/** The journey of one of a number's lives. */
export interface LifeJourney extends Life {
  journey: JourneyDigest | null;
}

/** What is known about one number: every purchase under it, and its journey folded from events not later than as-of. */
export interface ParcelKnown {
  /** Canonical, or the key of a vendor's account; left out where a sale, line or adjustment names it. */
  trackingNumber?: string;
  sales: readonly Label[];
  /** One for all purchases, or one for each life of a number that was sold anew after a long time. */
  journey: JourneyDigest | null | readonly LifeJourney[];
  charges: ChargeDigest | null;
}

/** What one audit judges every parcel by. */
export interface Bench {
  asOf: Instant;
  book: RuleBook;
  /** Rules that are tried out beside the book (`shadowBookInForce`); none = an empty book. */
  shadow: RuleBook;
  tables: RateTables;
  /** Rates as `rateLabel` does by these tables, for a caller that judges the same labels again and again; left out = nothing is kept. */
  rate?: (label: Label) => LabelRating;
  barcodes: BarcodeData;
  atlas: Atlas;
  calendar: Calendar;
  /** Whether the further columns of a row bind its parcel to its service. */
  isBound: BoundTest;
  zoneChartChanges: readonly Day[];
  /** Orders of several parcels, by order id; an order that is not in it has one parcel. */
  orders: ReadonlyMap<string, OrderContext>;
  /** By order id, when the rows of its labels next say something else of it after as-of; an order that is not in it does not. */
  orderChanges: ReadonlyMap<string, Instant>;
  labelsUnderHalfCheapestCell: ReadonlyMap<string, number>;
  /** By vendor. */
  labelsClaimedLower: ReadonlyMap<string, number>;
  /** By `labelSubject`, what the rows of adjusted labels said before they were corrected. */
  earlierSpecs: ReadonlyMap<string, readonly EarlierSpecs[]>;
  /** By tracking number. */
  firstsOfMailerIds: ReadonlyMap<string, readonly FirstOfMailerId[]>;
  carrierWideHoldDays: ReadonlySet<Day>;
  /** By vendor; of a vendor that is not in it nothing is covered. */
  coverages: ReadonlyMap<string, VendorCoverage>;
  own: OwnRecords;
  terms: Terms;
  /** Expressions of the suppressions in force. */
  suppressions: readonly SuppressionTest[];
  sha256Hex: Sha256Hex;
}

export interface ParcelJudgement {
  /** One outcome code a purchase, in the order of `sales`; purchases after as-of have none. */
  outcomes: string[];
  /**
   * One outcome code for each line, each adjustment and the number itself; each has a place for every rule about charges, in
   * the order of the book ("-" = the rule judges something else). Findings about charges are among `findings`.
   */
  chargeOutcomes: string[];
  findings: Finding[];
  /** What shadow rules would have found: among nothing else of the judgement. */
  shadow: Finding[];
  rated: number;
  /**
   * Over rated purchases in USD, the currency of the published prices: of each the part of the charge that they can be
   * compared with, and the published commercial price of what it pays for.
   */
  chargedOfRatedMills: number;
  expectedMills: number;
  /** What cheaper services would have saved, one a purchase on which they would. */
  savings: LabelSaving[];
  /** Null where the number was sold more than once, or not yet: its sums cannot be told apart. */
  pricing: PricingSign | null;
  /** The carrier, or somebody who passes on its word, had a parcel under the number in hand or refused it. */
  seenByCarrier: boolean;
  /** When time alone may change the judgement; null = never. */
  nextReviewAt: Instant | null;
  /** It depends on other parcels: every run has to look again, whatever the time. */
  asksOthers: boolean;
}

/** Judges every purchase under one number as of `bench.asOf`. */
export function judgeParcel(known: ParcelKnown, bench: Bench): ParcelJudgement {
  const { asOf } = bench;
  const sales = salesKnown(known, asOf);
  const judgement: ParcelJudgement = {
    outcomes: [],
    chargeOutcomes: [],
    findings: [],
    shadow: [],
    rated: 0,
    chargedOfRatedMills: 0,
    expectedMills: 0,
    savings: [],
    pricing: null,
    seenByCarrier: false,
    nextReviewAt: earliestLater(known.sales, asOf),
    asksOthers: false,
  };
  const inOrderOfPurchase = sales.length > 1 ? sales.toSorted(byPurchase) : sales;
  const { charges, nextAt } = chargesAsOf(known.charges, asOf);
  judgement.nextReviewAt = earlier(judgement.nextReviewAt, nextAt);
  const ledger = ledgerOnce(charges?.lines ?? [], inOrderOfPurchase);
  for (const label of sales) {
    const rating = bench.rate?.(label) ?? rateLabel(label, bench.tables);
    addRating(judgement, label, rating);
    const saving = savingOf(label, rating.alternative, bench.isBound);
    if (saving !== null) judgement.savings.push(saving);
    if (sales.length === 1) judgement.pricing = pricingOf(label, rating, bench.tables);
    const input = inputOf(label, { known: { ...known, charges }, sales: inOrderOfPurchase, rating, ledger }, bench);
    judgement.seenByCarrier ||= isSeenByCarrier(input.journey);
    const { outcomes, nextReviewAt, asksOthers } = judgeLabel(input, bench.book, bench.sha256Hex, bench.suppressions);
    judgement.asksOthers ||= asksOthers;
    judgement.outcomes.push(encodeOutcomes(outcomes));
    for (const outcome of outcomes) if (outcome.answer === 'fires') judgement.findings.push(outcome.finding);
    judgement.nextReviewAt = earlier(judgement.nextReviewAt, nextReviewAt);
    judgement.nextReviewAt = earlier(judgement.nextReviewAt, orderChangeOf(label, bench));
    addShadow(judgement, shadowOfLabel(input, bench));
  }
  addCharges(judgement, { known, sales: inOrderOfPurchase, charges, ledger, bench });
  return judgement;
}

/** What every purchase under one number is judged by, as of `bench.asOf`; purchases after it have nothing. */
export function judgeInputs(known: ParcelKnown, bench: Bench): JudgeInput[] {
  const sales = salesKnown(known, bench.asOf);
  const inOrderOfPurchase = sales.toSorted(byPurchase);
  const { charges } = chargesAsOf(known.charges, bench.asOf);
  const ledger = ledgerOnce(charges?.lines ?? [], inOrderOfPurchase);
  return sales.map((label) => {
    const rating = rateLabel(label, bench.tables);
    return inputOf(label, { known: { ...known, charges }, sales: inOrderOfPurchase, rating, ledger }, bench);
  });
}

/** The lines or adjustments under one number, or the number itself, as a rule about charges judges them as of `bench.asOf`. */
export function chargeInputs(rule: Rule, known: ParcelKnown, bench: Bench): Judged[] {
  const sales = salesKnown(known, bench.asOf).toSorted(byPurchase);
  const { charges } = chargesAsOf(known.charges, bench.asOf);
  const under = numberOf({ known, sales, charges, ledger: ledgerOnce(charges?.lines ?? [], sales), bench });
  return under === null ? [] : chargeSubjects(rule, under, bench);
}

/** The purchases that were known at as-of, as they were known. */
export function salesKnown({ sales }: Pick<ParcelKnown, 'sales'>, asOf: Instant): Label[] {
  return sales.filter((label) => purchasedFrom(label) <= asOf).map((label) => asKnown(label, asOf));
}

/** What is known about one purchase, as of the audit. */
interface LabelKnown {
  known: ParcelKnown;
  /** In order of purchase. */
  sales: readonly Label[];
  rating: LabelRating;
  ledger: () => Ledger;
}

function inputOf(label: Label, { known, sales, rating, ledger }: LabelKnown, bench: Bench): JudgeInput {
  const journey = journeyOf(known, label);
  const barcode = parseBarcode(label.trackingRaw, bench.barcodes);
  return {
    label,
    sales,
    journey,
    charges: known.charges,
    ledger,
    assessed: assessedOf(label, { ...known, sales, earlier: earlierOf(label, bench), asOf: bench.asOf }, bench.tables),
    coverage: bench.coverages.get(label.vendor) ?? NOTHING_COVERED,
    own: bench.own,
    terms: bench.terms,
    rating,
    barcode,
    printed: printedService(label, barcode, bench),
    order: orderOf(label, bench),
    vendor: {
      labelsUnderHalfCheapestCell: bench.labelsUnderHalfCheapestCell.get(label.vendor) ?? 0,
      labelsBeforeMailerId: labelsBeforeMailerId(label, bench),
      labelsClaimedLower: bench.labelsClaimedLower.get(label.vendor) ?? 0,
    },
    carrier: {
      carrierWideHoldDay: heldOnWideDay(journey, bench),
      zoneChartChanges: bench.zoneChartChanges,
    },
    atlas: bench.atlas,
    calendar: bench.calendar,
    uniqueDays: bench.barcodes.uniqueDays,
    asOf: bench.asOf,
  };
}

/** What the number and each of its charges and adjustments is judged to be, sold or not. */
function addCharges(judgement: ParcelJudgement, parcel: ParcelCharges): void {
  const under = numberOf(parcel);
  if (under === null) return;
  const { outcomes, findings, nextReviewAt } = judgeCharges(under.key, under.known, parcel.bench);
  judgement.chargeOutcomes.push(...outcomes.map(encodeChargeOutcomes));
  judgement.findings.push(...findings);
  judgement.nextReviewAt = earlier(judgement.nextReviewAt, nextReviewAt);
  addShadow(judgement, shadowOfCharges(under, parcel.bench));
}

function addShadow(judgement: ParcelJudgement, { findings, nextReviewAt, asksOthers }: ShadowJudgement): void {
  judgement.shadow.push(...findings);
  judgement.asksOthers ||= asksOthers;
  judgement.nextReviewAt = earlier(judgement.nextReviewAt, nextReviewAt);
}

interface ParcelCharges {
  known: ParcelKnown;
  /** As known by the audit, in order of purchase. */
  sales: readonly Label[];
  /** As known by the audit. */
  charges: ChargeDigest | null;
  ledger: () => Ledger;
  bench: Bench;
}

function numberOf({ known, sales, charges, ledger, bench }: ParcelCharges): NumberUnder | null {
  const { lines = [], adjustments = [] } = charges ?? {};
  const key = known.trackingNumber ?? [...sales, ...adjustments, ...lines].find(isNumbered)?.trackingNumber ?? null;
  if (key === null) return null;
  const trackingNumber = key.startsWith('@') ? null : key;
  const journeys = isByLife(known.journey) ? known.journey.map(({ journey }) => journey) : [known.journey];
  return {
    key,
    known: {
      trackingNumber,
      barcode: trackingNumber === null ? null : parseBarcode(trackingNumber, bench.barcodes),
      sales,
      journeyOf: (sale) => journeyOf(known, sale),
      journeys: journeys.filter((journey) => journey !== null),
      ledger: ledger(),
      adjustments,
      coverageOf: (vendor) => bench.coverages.get(vendor) ?? NOTHING_COVERED,
    },
  };
}

function isNumbered<T extends { trackingNumber: string | null }>(row: T): row is T & { trackingNumber: string } {
  return row.trackingNumber !== null;
}

function journeyOf({ journey }: ParcelKnown, label: Label): JourneyDigest | null {
  if (!isByLife(journey)) return journey;
  return journey[lifeAt(purchasedFrom(label), journey)]?.journey ?? null;
}

function isSeenByCarrier(journey: JourneyDigest | null): boolean {
  if (journey === null) return false;
  const { firstScan, scanByUnlisted, notice } = journey;
  return (firstScan !== null && !scanByUnlisted) || (notice !== null && notice.sourceKind !== 'unlisted');
}

function isByLife(journey: ParcelKnown['journey']): journey is readonly LifeJourney[] {
  return Array.isArray(journey);
}

/** From when on a purchase is known: its instant, or the start of its day. */
export function purchasedFrom(label: Pick<Label, 'purchasedAt' | 'purchasedDay'>): Instant {
  return label.purchasedAt ?? startOfDay(label.purchasedDay);
}

/** The earliest instant after as-of that a purchase's row already names: judging again before it would change nothing. */
function earliestLater(sales: readonly Label[], asOf: Instant): Instant | null {
  let first: Instant | null = null;
  for (const label of sales) {
    const { printedAt, handedOverAt, voidedAt, refundRequestedAt, refundedAt } = label;
    for (const at of [purchasedFrom(label), printedAt, handedOverAt, voidedAt, refundRequestedAt, refundedAt]) {
      if (at !== null && at > asOf) first = earlier(first, at);
    }
  }
  return first;
}

function earlierOf(label: Label, { earlierSpecs }: Bench): readonly EarlierSpecs[] {
  return earlierSpecs.size === 0 ? [] : (earlierSpecs.get(labelSubject(label)) ?? []);
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

export function byPurchase(a: Label, b: Label): number {
  return purchasedFrom(a) - purchasedFrom(b) || compareText(a.vendor, b.vendor) || compareText(a.saleKey, b.saleKey);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Adds like to like: the comparable part of the charge, and the published price of what that part pays for. */
function addRating(judgement: ParcelJudgement, label: Label, rating: LabelRating): void {
  const { expected, charge, expectedCharge } = rating;
  if (!expected.known) return;
  judgement.rated += 1;
  if (label.currency !== expected.currency || !charge || !expectedCharge.known) return;
  judgement.chargedOfRatedMills += charge.mills;
  judgement.expectedMills += expectedCharge.mills;
}

/** The order's sums: those of several parcels were read from all labels, an order of one parcel is its label. */
function orderOf(label: Label, bench: Bench): OrderContext | null {
  if (label.orderId === null) return null;
  return (
    bench.orders.get(label.orderId) ?? {
      parcels: 1,
      declaredMills: label.declaredMills,
      complete: (label.orderParcels ?? 1) <= 1,
      customs: customsOf(label),
      stated: label.orderParcels,
      surplus: NO_SURPLUS,
    }
  );
}

/** When another parcel of the order is bought, voided or given back next, as its row says already; null = never. */
function orderChangeOf({ orderId }: Label, { orderChanges }: Bench): Instant | null {
  return orderId === null ? null : (orderChanges.get(orderId) ?? null);
}

const NO_SURPLUS: OrderContext['surplus'] = new Map();

function customsOf({ customsMills, customsCurrency }: Label): OrderContext['customs'] {
  return customsMills === null || customsCurrency === null ? null : { mills: customsMills, currency: customsCurrency };
}

/** What the number of a label says of its service; priced only where it says another than was sold. */
export function printedService(
  label: Label,
  { valid, serviceTypeCode }: Barcode,
  { barcodes, tables }: Pick<Bench, 'barcodes' | 'tables'>,
): PrintedService {
  const type = serviceOf(valid ? serviceTypeCode : null, barcodes.serviceTypes, mailingDay(label));
  const service = type?.service ?? label.service;
  return { type, postage: service === label.service ? null : postageBy(service, label, tables) };
}

function labelsBeforeMailerId({ trackingNumber, vendor, saleKey }: Label, bench: Bench): number | null {
  const firsts = bench.firstsOfMailerIds.get(trackingNumber);
  const own = firsts?.find((first) => first.vendor === vendor && first.saleKey === saleKey);
  return own?.labelsBefore ?? null;
}

function heldOnWideDay(journey: JourneyDigest | null, bench: Bench): boolean {
  const since = journey?.hold?.at ?? journey?.firstHoldAt ?? null;
  return since !== null && bench.carrierWideHoldDays.has(dayOf(since));
}
