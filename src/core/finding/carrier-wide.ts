/** Days on which the parcels of many vendors were held at once: one finding about the carrier instead of many about labels. */
import { type DailyCount, surgeDays } from '../risk/surge.ts';
import { LOCALES, type Sha256Hex, type Worded } from '../rules/answer.ts';
import type { Rule, RuleBook } from '../rules/rule.ts';
import type { Day } from '../units/day.ts';
import { type Finding, findingId } from './finding.ts';

type CarrierWide = NonNullable<Rule['file']['carrier_wide']>;

/** The days on which the book's thresholds find holds at many vendors, with the vendors that stand out. */
export function wideHoldDays(holds: readonly DailyCount[], book: RuleBook): Map<Day, DailyCount[]> {
  const block = carrierWideRule(book)?.file.carrier_wide;
  if (block === undefined) return new Map();
  return surgeDays(holds, { vendors: block.vendors, ratio: block.ratio, windowDays: block.window_days });
}

/** One finding for each day that `wideHoldDays` names, in order of days. */
export function judgeCarrierWide(
  holds: readonly DailyCount[],
  { book, sha256Hex }: { book: RuleBook; sha256Hex: Sha256Hex },
): Finding[] {
  const rule = carrierWideRule(book);
  const block = rule?.file.carrier_wide;
  if (rule === undefined || block === undefined) return [];
  return [...wideHoldDays(holds, book)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, vendors]) => findingOf({ rule, block, day, vendors, sha256Hex }));
}

/** The key the finding of a day is kept under, which no barcode can be. */
export function carrierKey(day: Day): string {
  return `@carrier/${day}`;
}

function carrierWideRule(book: RuleBook): Rule | undefined {
  return book.rules.find((rule) => rule.file.carrier_wide !== undefined);
}

interface Surge {
  rule: Rule;
  block: CarrierWide;
  day: Day;
  vendors: readonly DailyCount[];
  sha256Hex: Sha256Hex;
}

function findingOf({ rule, block, day, vendors, sha256Hex }: Surge): Finding {
  const held = vendors.reduce((sum, { count }) => sum + count, 0);
  const shown = { day, vendors: String(vendors.length), ratio: String(block.ratio), held: String(held) };
  return {
    id: findingId(rule.id, JSON.stringify([carrierKey(day)]), '', sha256Hex),
    rule: rule.id,
    ruleVersion: rule.version,
    severity: block.severity,
    verdict: 'payment_unproven',
    attribution: 'carrier',
    confidence: block.confidence,
    subject: 'vendor',
    trackingNumber: carrierKey(day),
    vendor: null,
    saleKey: null,
    labelId: null,
    amount: null,
    amountKind: null,
    goods: null,
    message: fill(block.say, shown),
    nextStep: fill(block.next_step, shown),
    deadline: null,
    evidence: { day, held, ...Object.fromEntries(vendors.map(({ vendor, count }) => [`held: ${vendor}`, count])) },
  };
}

function fill(worded: Worded, values: Readonly<Record<string, string>>): Worded {
  const filled = LOCALES.map((locale) => {
    const text = worded[locale].trim().replaceAll(/\s+/g, ' ');
    return [locale, text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)];
  });
  return Object.fromEntries(filled) as Worded;
}
