/** Days on which the parcels of many vendors were held at once: one finding about the carrier instead of many about labels. */
import { type EvidenceValue, type Sha256Hex, type Worded, inEveryLocale } from '../rules/answer.ts';
import type { Rule, RuleBook } from '../rules/rule.ts';
import { type Day, addDays, daysBetween } from '../units/day.ts';
import { onOneLine } from '../rules/format.ts';
import { type Finding, findingId } from './finding.ts';

/** How many parcels of a vendor were first held for postage on a UTC day; days without any may be left out. */
export interface DailyCount {
  vendor: string;
  day: Day;
  count: number;
}

/** A day on which several vendors stand out, and who they are. */
export interface WideHoldDay {
  day: Day;
  vendors: { vendor: string; count: number; median: number }[];
}

type Thresholds = NonNullable<Rule['file']['carrier_wide']>;

/**
 * The days on which at least so many vendors had more than so many times their median a day over the days before. A median
 * under one counts as one, so that a vendor with a single held parcel never stands out. Empty without such a rule.
 */
export function wideHoldDays(holds: readonly DailyCount[], book: RuleBook): Map<Day, WideHoldDay> {
  const thresholds = carrierWideRule(book)?.file.carrier_wide;
  const wide = new Map<Day, WideHoldDay>();
  if (thresholds === undefined) return wide;
  const days = new Map<Day, WideHoldDay>();
  for (const [vendor, counts] of countsByVendor(holds)) {
    for (const [day, count] of counts) {
      const median = Math.max(1, medianBefore(day, counts, thresholds.window_days));
      if (count <= thresholds.ratio * median) continue;
      const found = days.get(day) ?? { day, vendors: [] };
      found.vendors.push({ vendor, count, median });
      days.set(day, found);
    }
  }
  for (const day of [...days.keys()].toSorted()) {
    const found = days.get(day);
    if (found !== undefined && found.vendors.length >= thresholds.vendors) wide.set(day, found);
  }
  return wide;
}

/** One finding a day that `wideHoldDays` names, in order of days. */
export function judgeCarrierWide(
  holds: readonly DailyCount[],
  { book, sha256Hex }: { book: RuleBook; sha256Hex: Sha256Hex },
): Finding[] {
  const rule = carrierWideRule(book);
  const thresholds = rule?.file.carrier_wide;
  if (rule === undefined || thresholds === undefined) return [];
  return [...wideHoldDays(holds, book).values()].map((wide) => findingOf(rule, thresholds, { wide, sha256Hex }));
}

/** Begins the key of every finding about the carrier; no barcode can begin so. */
export const CARRIER_KEYS = '@carrier/';

/** Begins the names of evidence that count a vendor's parcels. */
const HELD = 'held: ';
const MEDIAN = 'median: ';

/** The key the finding of a day is kept under. */
export function carrierKey(day: Day): string {
  return `${CARRIER_KEYS}${day}`;
}

function carrierWideRule(book: RuleBook): Rule | undefined {
  return book.rules.find((rule) => rule.file.carrier_wide !== undefined);
}

function countsByVendor(holds: readonly DailyCount[]): Map<string, Map<Day, number>> {
  const vendors = new Map<string, Map<Day, number>>();
  for (const { vendor, day, count } of holds) {
    const counts = vendors.get(vendor) ?? new Map<Day, number>();
    counts.set(day, (counts.get(day) ?? 0) + count);
    vendors.set(vendor, counts);
  }
  return vendors;
}

function medianBefore(day: Day, counts: ReadonlyMap<Day, number>, windowDays: number): number {
  const first = addDays(day, -windowDays);
  const within = [...counts].filter(([other]) => other >= first && daysBetween(other, day) > 0);
  const zeros = Array.from({ length: windowDays - within.length }, () => 0);
  const sorted = [...zeros, ...within.map(([, count]) => count)].toSorted((a, b) => a - b);
  const middle = Math.floor(windowDays / 2);
  const upper = sorted[middle] ?? 0;
  return windowDays % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function findingOf(
  rule: Rule,
  thresholds: Thresholds,
  { wide, sha256Hex }: { wide: WideHoldDay; sha256Hex: Sha256Hex },
): Finding {
  const { day, vendors } = wide;
  const held = vendors.reduce((sum, { count }) => sum + count, 0);
  const shown = { day, vendors: String(vendors.length), ratio: String(thresholds.ratio), held: String(held) };
  return {
    id: findingId(rule.id, JSON.stringify([carrierKey(day)]), '', sha256Hex),
    rule: rule.id,
    ruleVersion: rule.version,
    severity: thresholds.severity,
    verdict: 'payment_unproven',
    attribution: 'carrier',
    confidence: thresholds.confidence,
    subject: 'vendor',
    facts: {},
    trackingNumber: carrierKey(day),
    vendor: null,
    saleKey: null,
    labelId: null,
    amount: null,
    amountKind: null,
    goods: null,
    message: fill(thresholds.say, shown),
    nextStep: fill(thresholds.next_step, shown),
    deadline: null,
    evidence: Object.fromEntries([
      ['day', day],
      ...vendors.map(({ vendor, count }) => [`${HELD}${vendor}`, count] as const),
      ...vendors.map(({ vendor, median }) => [`${MEDIAN}${vendor}`, median] as const),
    ]),
  };
}

/** The finding of a day again, from what its evidence kept; null for a rule that makes none. */
export function carrierWideAgain({ id, evidence }: Pick<Finding, 'id' | 'evidence'>, rule: Rule): Finding | null {
  const thresholds = rule.file.carrier_wide;
  if (thresholds === undefined) return null;
  const vendors = affectedVendors(evidence).map(({ vendor, count }) => {
    const median = Number(evidence[`${MEDIAN}${vendor}`]);
    return { vendor, count, median };
  });
  const wide = { day: String(evidence['day']), vendors };
  return { ...findingOf(rule, thresholds, { wide, sha256Hex: () => '' }), id };
}

/** The vendors whose parcels were held, by the evidence of a finding about the carrier; empty for any other finding. */
export function affectedVendors(
  evidence: Readonly<Record<string, EvidenceValue>>,
): { vendor: string; count: number }[] {
  return Object.entries(evidence).flatMap(([key, count]) =>
    key.startsWith(HELD) && typeof count === 'number' ? [{ vendor: key.slice(HELD.length), count }] : [],
  );
}

function fill(worded: Worded, values: Readonly<Record<string, string>>): Worded {
  return inEveryLocale((locale) =>
    onOneLine(worded[locale], locale).replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
  );
}
