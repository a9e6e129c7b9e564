/** The day from which a published price list is in force, as its own text states it. */
import { type Day, parseDay } from '../../units/day.ts';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const WRITTEN_DAY = String.raw`(\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/\d{4}|[a-z]+\.? \d{1,2},? \d{4}|\d{1,2} [a-z]+\.?,? \d{4})`;
/** The title of the notice states its own day; any other day of effect in the text is only second best. */
const STATEMENTS = [
  new RegExp(String.raw`notice 123\W+effective:?\s+${WRITTEN_DAY}`, 'g'),
  new RegExp(String.raw`\beffective(?: date)?:?\s+${WRITTEN_DAY}`, 'g'),
];

/** Every different day the text states to be its day of effect, in order; more than one, or none, decides nothing. */
export function effectiveDays(text: string): Day[] {
  const plain = text.toLowerCase().replaceAll(/\s+/g, ' ');
  for (const statement of STATEMENTS) {
    const days = [...plain.matchAll(statement)].flatMap(([, written = '']) => parseWrittenDay(written) ?? []);
    if (days.length > 0) return [...new Set(days)].sort();
  }
  return [];
}

/** "July 12, 2026", "12 July 2026", "07/12/2026" (month first) or "2026-07-12"; null when it is no day. */
export function parseWrittenDay(written: string): Day | null {
  const text = written.toLowerCase().replaceAll(/[.,]/g, '').trim();
  if (/^\d{4}-/.test(text)) return parseDay(text);
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  if (month !== undefined) return dayOfParts(year, Number(month), day);
  const [, before, name = '', after, yearWritten] = /^(?:(\d{1,2}) )?([a-z]+)(?: (\d{1,2}))? (\d{4})$/.exec(text) ?? [];
  const at = MONTHS.findIndex((full) => name.length >= 3 && full.startsWith(name));
  return at < 0 ? null : dayOfParts(yearWritten, at + 1, before ?? after);
}

function dayOfParts(year = '', month = 0, day = ''): Day | null {
  return parseDay(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`);
}
