/** Reads the cells of one row after another by column and collects what is wrong with each; every answer is a value or null. */
import { type Day, type Instant, type WrittenTime, parseWrittenTime } from '../units/day.ts';
import { parseThousandths } from '../units/measure.ts';
import { parseMills } from '../units/money.ts';
import type { Problem } from '../units/result.ts';
import { parseZip5 } from '../units/zip.ts';
import type { ColumnPlan } from './column-plan.ts';
import { FIRST_YEAR, LAST_YEAR, isBelievable, parseDayFast, parseInstantFast } from './instant.ts';
import { isCapitals, isDigits, plainThousandths } from './plain-cell.ts';

/** Longest text that may be part of a key: index rows of the database are small. */
export const MAX_KEY_LENGTH = 200;
/** Longest text a problem repeats of an offending cell. */
const SHOWN_LENGTH = 80;
const MAX_MILLS = 1_000_000_000_000;
const MAX_THOUSANDTHS = 2_000_000_000;

/** One reader a file: `load` a row, read its columns, then ask for `problems`. */
export class RowCells<Column extends string> {
  problems: Problem[] = [];
  private cells: readonly string[] = [];
  private readonly at: ColumnPlan<Column>['at'];

  constructor(private readonly plan: ColumnPlan<Column>) {
    this.at = plan.at;
  }

  /** Takes the next row, forgetting the one before. False when it has too few or too many cells to be read at all. */
  load(cells: readonly string[]): boolean {
    this.cells = cells;
    if (this.problems.length > 0) this.problems = [];
    if (cells.length === this.plan.width) return true;
    const message = `the row has ${cells.length} cells where the header has ${this.plan.width}; look for a missing or unquoted comma`;
    this.problems.push({ field: 'row', message });
    return false;
  }

  /** Says that a column's text cannot be used, and why. */
  reject(column: Column, message: string, value?: string): null {
    this.problems.push(
      value === undefined ? { field: column, message } : { field: column, message, value: shown(value) },
    );
    return null;
  }

  /** The trimmed text, or null when the column or its text is missing. */
  text(column: Column): string | null {
    const position = this.at[column];
    if (position === undefined) return null;
    const cell = this.cells[position];
    if (cell === undefined || cell === '') return null;
    const trimmed = cell.trim();
    return trimmed === '' ? null : trimmed;
  }

  /** Text that becomes part of a key. */
  key(column: Column): string | null {
    const text = this.text(column);
    if (text === null || text.length <= MAX_KEY_LENGTH) return text;
    return this.reject(column, `is longer than ${MAX_KEY_LENGTH} characters`, text);
  }

  /** `value` unless it is missing without another problem of the column having been said. */
  required<T>(column: Column, value: T | null): T | null {
    if (value === null && !this.problems.some((problem) => problem.field === column)) {
      this.reject(column, 'is required and empty');
    }
    return value;
  }

  /** An amount in mills; negative ones only where `signed`. */
  mills(column: Column, options: { signed: boolean } = { signed: false }): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const plain = plainThousandths(text);
    if (plain <= MAX_MILLS) return plain;
    const mills = parseMills(text);
    if (mills === null) {
      return this.reject(
        column,
        'is not a plain decimal amount such as 12.34 (no signs, thousands separators or fractions of a mill)',
        text,
      );
    }
    if (mills < 0 && !options.signed) return this.reject(column, 'must not be negative', text);
    return Math.abs(mills) > MAX_MILLS ? this.reject(column, 'is larger than a billion', text) : mills;
  }

  /** A weight or a length in thousandths. Exports write 0 where nothing was measured, so zero is not stated. */
  thousandths(column: Column): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const plain = plainThousandths(text);
    if (plain > 0 && plain <= MAX_THOUSANDTHS) return plain;
    const thousandths = parseThousandths(text);
    if (thousandths === null) return this.reject(column, 'is not a plain decimal number such as 15.9', text);
    if (thousandths > MAX_THOUSANDTHS) return this.reject(column, 'is larger than any parcel', text);
    return thousandths === 0 ? null : thousandths;
  }

  /** A whole number from `least` to `most`. */
  whole(column: Column, least: number, most: number): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    return this.reject(column, `is not a whole number from ${least} to ${most}`, text);
  }

  /** A day, or a day with its time of day, as written. */
  written(column: Column): WrittenTime | null {
    const text = this.text(column);
    if (text === null) return null;
    const fast = parseInstantFast(text);
    if (fast !== null) return { day: text.slice(0, 10), instant: fast, precision: 'instant' };
    const written = parseWrittenTime(text);
    if (written === null) {
      return this.reject(
        column,
        'is not an ISO 8601 time such as 2026-11-05T14:30:00-05:00 or a day such as 2026-11-05',
        text,
      );
    }
    return isBelievable(written.day)
      ? written
      : this.reject(column, `is not between ${FIRST_YEAR} and ${LAST_YEAR}`, text);
  }

  /** A calendar day; of a time, the day as written. */
  day(column: Column): Day | null {
    const text = this.text(column);
    if (text === null) return null;
    return parseDayFast(text) ?? this.written(column)?.day ?? null;
  }

  /** An instant; a time without its zone is no instant and is refused. */
  instant(column: Column): Instant | null {
    const text = this.text(column);
    if (text === null) return null;
    const fast = parseInstantFast(text);
    if (fast !== null) return fast;
    const written = this.written(column);
    if (written === null || written.instant !== null) return written?.instant ?? null;
    const lacking = written.precision === 'day' ? 'time of day and the time zone' : 'time zone';
    return this.reject(
      column,
      `lacks the ${lacking}; write it with its offset, such as 2026-11-05T14:30:00-05:00 or ...Z`,
      text,
    );
  }

  /** One of `words`, in any case, and with spaces or hyphens between its parts. */
  word<Word extends string>(column: Column, words: readonly Word[]): Word | null {
    const text = this.text(column);
    if (text === null) return null;
    for (const word of words) if (word === text) return word;
    const folded = text.toLowerCase().replace(/[\s-]+/g, '_');
    return words.find((word) => word === folded) ?? this.reject(column, `is not one of: ${words.join(', ')}`, text);
  }

  /** What `lookUp` knows the spelling as. */
  spelt<T>(column: Column, lookUp: (spelling: string) => T | null, what: string): T | null {
    const text = this.text(column);
    if (text === null) return null;
    return (
      lookUp(text) ?? this.reject(column, `is not ${what} this program knows; see the spellings in data/mappings`, text)
    );
  }

  /** An ISO 4217 code. */
  currency(column: Column): string | null {
    const written = this.text(column);
    if (written === null || isCapitals(written, 3)) return written;
    const text = written.toUpperCase();
    if (isCapitals(text, 3)) return text;
    return this.reject(column, 'is not a three-letter currency code such as USD', text);
  }

  /** An ISO 3166 code of two letters; the United States in its usual spellings. */
  country(column: Column): string | null {
    const written = this.text(column);
    if (written === null || isCapitals(written, 2)) return written;
    const text = written.toUpperCase();
    if (isCapitals(text, 2)) return text;
    if (text === 'USA' || text === 'UNITED STATES') return 'US';
    return this.reject(column, 'is not a two-letter country code such as US', text);
  }

  /** The five digits of a ZIP code; a postal code of another country as it stands. */
  zip(column: Column, country: string | null = null): string | null {
    const text = this.text(column);
    if (text === null || isDigits(text, 5)) return text;
    const zip = parseZip5(text);
    if (zip !== null) return zip;
    if (country !== null && country !== 'US') return text.toUpperCase();
    if (/^\d{3,4}$/.test(text)) {
      return this.reject(
        column,
        `has lost its leading zeros, as spreadsheets do; write ${text.padStart(5, '0')} as text`,
        text,
      );
    }
    return this.reject(column, 'is not a ZIP code of five or nine digits', text);
  }

  /** The cells under headers the contract does not name; null when all are empty. */
  extra(): Record<string, string> | null {
    let entries: [string, string][] | null = null;
    for (const { name, at } of this.plan.extras) {
      const text = this.cells[at]?.trim() ?? '';
      if (text !== '') (entries ??= []).push([name, text]);
    }
    return entries === null ? null : Object.fromEntries(entries);
  }
}

function shown(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text;
}
