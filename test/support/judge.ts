/** Builders for tests of facts, rules and findings: a judge's input about one honest label, and the shipped rule book. */
import { loadBarcodeData } from '../../src/catalog/barcode.ts';
import { loadCalendar } from '../../src/catalog/calendar.ts';
import { loadRuleBook } from '../../src/catalog/rules.ts';
import { parseBarcode } from '../../src/core/barcode/parse.ts';
import { printedService } from '../../src/core/finding/parcel.ts';
import type { JudgeInput } from '../../src/core/facts/input.ts';
import { DIGEST_VERSION, type JourneyDigest, type Statement } from '../../src/core/journey/digest.ts';
import type { Label } from '../../src/core/label/label.ts';
import { rateLabel } from '../../src/core/rating/rate-label.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { ROOT, aRatedLabel, shippedTables } from './rating.ts';

export const AS_OF = Date.UTC(2026, 11, 1, 6);

/** A number whose check digit is right. */
export const NUMBER = '9400111899223197428497';

export const shippedBook = loadRuleBook(ROOT, sha256Hex);

const calendar = loadCalendar(ROOT);
const barcodes = loadBarcodeData(ROOT);

/** A journey of which a source showed nothing but an announcement, an hour before the audit. */
export function aJourney(over: Partial<JourneyDigest> = {}): JourneyDigest {
  return {
    version: DIGEST_VERSION,
    events: 1,
    unread: 0,
    latestAt: AS_OF - 3_600_000,
    announcedAt: Date.UTC(2026, 10, 5, 20),
    inductedAt: null,
    firstScan: null,
    lastScan: null,
    delivered: null,
    returnedAt: null,
    notice: null,
    lastNoticeAt: null,
    movedAfterNoticeAt: null,
    hearsayAt: null,
    hold: null,
    unreadSinceHold: 0,
    firstHoldAt: null,
    seized: null,
    mailpieces: 1,
    answeredAt: AS_OF - 3_600_000,
    lastOutcome: 'answered',
    lastAskedAt: AS_OF - 3_600_000,
    ...over,
  };
}

export function aStatement(at: number, text: string, over: Partial<Statement> = {}): Statement {
  return { at, code: null, text, source: 'USPS', sourceKind: 'carrier', ...over };
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
    rating: rateLabel(label, shippedTables),
    barcode,
    printed: printedService(label, barcode, { barcodes, tables: shippedTables }),
    order: null,
    vendor: { labelsUnderHalfCheapestCell: 0, labelsBeforeMailerId: null },
    carrier: { carrierWideHoldDay: false, zoneChartChanges: ['2024-04-01'] },
    calendar,
    asOf: AS_OF,
    ...over,
  };
}
