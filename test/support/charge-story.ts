/** A number with its labels, charges and journey, judged by the shipped rules about charges. */
import { loadBarcodeData } from '../../src/catalog/barcode.ts';
import { loadCalendar } from '../../src/catalog/calendar.ts';
import { parseBarcode } from '../../src/core/barcode/parse.ts';
import type { NumberKnown } from '../../src/core/facts/charge-input.ts';
import { judgeCharges } from '../../src/core/finding/charge.ts';
import type { Outcome } from '../../src/core/finding/finding.ts';
import type { JourneyDigest } from '../../src/core/journey/digest.ts';
import type { Label } from '../../src/core/label/label.ts';
import type { ChargeDigest, VendorCoverage } from '../../src/core/ledger/charge.ts';
import { NOTHING_COVERED } from '../../src/core/ledger/coverage.ts';
import { ledgerOf } from '../../src/core/ledger/ledger.ts';
import { ruleBookInForce, rulesAbout } from '../../src/core/rules/book.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { AS_OF, shippedBook } from './judge.ts';
import { aDigest } from './ledger.ts';
import { impb } from './month/parcel.ts';
import { ROOT, aRatedLabel } from './rating.ts';

/** The rules that ship. */
export const book = ruleBookInForce(shippedBook, '2026-12-01', sha256Hex);
const rules = rulesAbout('charge', book).map(({ id }) => id);
const barcodes = loadBarcodeData(ROOT);
const calendar = loadCalendar(ROOT);

/** Its mailer id, 900000011, can be read in one way only. */
export const NUMBER = impb('001', '900000011', 1);

/** Sold by acme. */
export const sale = aRatedLabel({ trackingNumber: NUMBER, trackingRaw: NUMBER });
/** What acme's files cover. */
export const covered: VendorCoverage = {
  invoiced: [{ from: '2026-11-01', to: '2026-11-20' }],
  currencies: ['USD'],
  sold: [{ from: '2026-11-01', to: '2026-11-25' }],
};
/** The same, but his label file of 11 and 12 November is missing. */
export const gappy: VendorCoverage = {
  ...covered,
  sold: [
    { from: '2026-11-01', to: '2026-11-10' },
    { from: '2026-11-13', to: '2026-11-25' },
  ],
};

/** What is known of one number. */
export interface Story {
  sales?: readonly Label[];
  charges?: ChargeDigest;
  journey?: JourneyDigest | null;
  coverage?: VendorCoverage;
  mailers?: Record<string, string> | null;
  number?: string;
}

/** Judged by the rules about charges that ship. */
export function judge({
  sales = [sale],
  charges = aDigest({}),
  journey = null,
  coverage = covered,
  mailers = null,
  number = NUMBER,
}: Story) {
  const known: NumberKnown = {
    trackingNumber: number.startsWith('@') ? null : number,
    barcode: number.startsWith('@') ? null : parseBarcode(number, barcodes),
    sales,
    journeyOf: () => journey,
    journeys: journey === null ? [] : [journey],
    ledger: ledgerOf(charges.lines, sales),
    adjustments: charges.adjustments,
    coverageOf: (vendor) => (vendor === 'acme' ? coverage : NOTHING_COVERED),
  };
  const own = { warehouses: null, mailers: mailers === null ? null : new Map(Object.entries(mailers)) };
  return judgeCharges(number, known, { asOf: AS_OF, book, own, calendar, sha256Hex });
}

/** What is found: rule, severity, whom it names, amount. */
export function told(story: Story): [string, string, string, number | null][] {
  return judge(story).findings.map(({ rule, severity, attribution, amount }) => [
    rule,
    severity,
    attribution,
    amount?.mills ?? null,
  ]);
}

/** How a rule answered, subject by subject: the answer, or what was missing; null where it judges something else. */
export function answers(story: Story, rule: string): (string | null)[] {
  const place = rules.indexOf(rule);
  const textOf = (outcome: Outcome | null | undefined): string | null => {
    if (!outcome) return null;
    return outcome.answer === 'unknown' ? `unknown: ${outcome.missing.join(', ')}` : outcome.answer;
  };
  return judge(story).outcomes.map((outcomes) => textOf(outcomes[place]));
}
