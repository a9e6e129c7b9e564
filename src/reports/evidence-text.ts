/** Evidence in words: each fact by its name in the report's language, its value by its unit. */
import type { EvidenceValue } from '../core/rules/answer.ts';
import { formatValue } from '../core/rules/format.ts';
import { parseWrittenTime } from '../core/units/day.ts';
import { formatThousandths } from '../core/units/measure.ts';
import { formatMills } from '../core/units/money.ts';
import type { InstantText } from './instant-text.ts';
import { groupDigits, ounceText, percentText } from './number-text.ts';
import type { ReportFinding } from './report-document.ts';
import type { Wording } from './wording.ts';

export interface EvidenceContext {
  wording: Wording;
  instantText: InstantText;
  factUnits: ReadonlyMap<string, string>;
}

/** Label and value of every piece of evidence that is known, in the order of the document. */
export function evidenceText(
  evidence: ReportFinding['evidence'],
  context: EvidenceContext,
): { label: string; value: string }[] {
  return Object.entries(evidence).flatMap(([name, value]) =>
    value === null
      ? []
      : [{ label: nameText(name, context.wording), value: valueText(value, unitOf(name, context.factUnits), context) }],
  );
}

/** A value that a rule computed itself is in no dictionary; its name ends in its unit, as all names do, or begins with its hours. */
function unitOf(name: string, factUnits: ReadonlyMap<string, string>): string {
  const unit = factUnits.get(name);
  if (unit !== undefined) return unit;
  if (name.startsWith('hours_')) return 'hours';
  const suffix = /_(mills|milli_oz|milli_in|miles|hours|days|share|at|service|packaging)$/.exec(name)?.[1];
  return suffix === 'at' ? 'instant' : (suffix ?? 'text');
}

/** The name of a fact in words: "label.weight_milli_oz" reads "label weight" where the language has no better words for it. */
export function nameText(name: string, wording: Wording): string {
  const key = `evidence.${name}`;
  if (wording.knows(key)) return wording.say(key);
  return name.replace(/_(mills|milli_oz|milli_in|share|at)$/, '').replaceAll(/[._]/g, ' ');
}

/** A value by its unit, in words. */
export function valueText(
  value: NonNullable<EvidenceValue>,
  unit: string,
  { wording, instantText }: EvidenceContext,
): string {
  if (typeof value === 'boolean') return wording.say(value ? 'page.yes' : 'page.no');
  if (typeof value === 'string') {
    if (isWordUnit(unit)) return formatValue(value, { unit, currency: null }, wording.locale);
    return unit === 'instant' ? writtenInstant(value, instantText) : value;
  }
  if (unit === 'share') return percentText(value);
  if (unit === 'hours') return wording.say('unit.hours', { count: Math.round(value) });
  if (!Number.isSafeInteger(value)) return groupDigits(Number(value.toFixed(3)));
  switch (unit) {
    case 'mills':
      return groupDigits(formatMills(value));
    case 'milli_oz':
      return ounceText(value);
    case 'milli_in':
      return `${formatThousandths(value)} in`;
    case 'instant':
      return instantText(value);
    case 'miles':
    case 'days':
    case 'business_days':
      return wording.say(`unit.${unit}`, { count: value });
    default:
      return groupDigits(value);
  }
}

const WORD_UNITS = ['service', 'packaging', 'charge_type', 'adjustment_reason'] as const;

/** Values of these units are words that every language has its own for. */
function isWordUnit(unit: string): unit is (typeof WORD_UNITS)[number] {
  return WORD_UNITS.some((word) => word === unit);
}

/** Evidence may hold an instant as ISO text; anything else stays as it is. */
function writtenInstant(text: string, instantText: InstantText): string {
  const instant = parseWrittenTime(text)?.instant ?? null;
  return instant === null ? text : instantText(instant);
}
