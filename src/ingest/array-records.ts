/** An array of JSON objects as the records of a file: the columns its objects name, and their values as text. */
import { createHash } from 'node:crypto';
import { columnName } from '../core/mapping/column-plan.ts';
import { LABEL_LAYOUT } from '../core/mapping/label-row.ts';
import { TRACKING_LAYOUT } from '../core/mapping/tracking-row.ts';
import { CHARGE_LAYOUT } from '../core/ledger/charge-row.ts';
import { UsageError } from '../platform/errors.ts';
import { isText } from '../platform/given-text.ts';
import type { CsvRecord } from './csv-splitter.ts';
import type { ArrayKind } from './import-request.ts';

/** One JSON object as it was sent. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export interface ArrayRecords {
  /** The header, then a record an object; the `row` of a record is its place in the array, from 0. */
  records: CsvRecord[];
  /** Of the records, as text. */
  bytes: number;
  /** Lower-case hex; the same for arrays that say the same. */
  contentSha256: string;
}

const LAYOUTS: Readonly<Record<ArrayKind, { columns: readonly string[]; required: readonly string[] }>> = {
  labels: LABEL_LAYOUT,
  tracking: TRACKING_LAYOUT,
  invoice: CHARGE_LAYOUT,
};

/** Every row has a cell for every key of the array, so the keys are limited as the columns of a file are by its width. */
const MOST_KEYS = 500;

/**
 * Reads the objects. Values that are no text, number or boolean make their row a record with a problem; `isPersonal`
 * tells the keys whose values are dropped whatever they are. Throws a UsageError for an array of too many keys.
 */
export function arrayRecords(
  kind: ArrayKind,
  items: readonly JsonRecord[],
  isPersonal: (header: string) => boolean,
): ArrayRecords {
  const columns = new Columns(kind, items, isPersonal);
  const records: CsvRecord[] = [{ row: -1, cells: columns.header, problem: null }];
  const hash = createHash('sha256');
  let bytes = 0;
  for (const [row, item] of items.entries()) {
    const record = columns.record(item, row);
    records.push(record);
  }
  for (const { cells, problem } of records) {
    const line = JSON.stringify(problem === null ? cells : { problem });
    bytes += line.length;
    hash.update(line);
  }
  return { records, bytes, contentSha256: hash.digest('hex') };
}

/** Which column each key of the array is. */
class Columns {
  readonly header: string[];
  private readonly at = new Map<string, number>();
  private readonly personal = new Set<string>();

  /** The header holds the required columns in any case: what an object lacks is a problem of that object alone. */
  constructor(kind: ArrayKind, items: readonly JsonRecord[], isPersonal: (header: string) => boolean) {
    const { columns, required } = LAYOUTS[kind];
    const named = new Map<string, string>();
    for (const item of items) for (const key in item) if (!named.has(key)) named.set(key, columnOf(key, columns));
    const others = new Set(named.values());
    for (const column of required) others.delete(column);
    this.header = [...required, ...[...others].sort()];
    if (this.header.length > MOST_KEYS) {
      throw new UsageError(`the objects of the array have more than ${MOST_KEYS} different keys; send fewer at once`);
    }
    const places = new Map(this.header.map((column, place) => [column, place]));
    for (const [key, column] of named) {
      this.at.set(key, places.get(column) ?? -1);
      if (!columns.includes(column) && isPersonal(key)) this.personal.add(key);
    }
  }

  record(item: JsonRecord, row: number): CsvRecord {
    const cells = Array.from(this.header, () => '');
    let empty = true;
    for (const key in item) {
      const value = item[key];
      if (value === null || value === undefined) continue;
      const place = this.at.get(key) ?? -1;
      const text = this.personal.has(key) ? 'dropped' : textOf(value);
      const problem =
        text === null ? noText(value) : cells[place] !== '' ? 'names a column that another key names too' : null;
      if (problem !== null || text === null) return { row, cells: [], problem: `${JSON.stringify(key)} ${problem}` };
      cells[place] = text;
      empty &&= text === '';
    }
    return empty ? { row, cells: [], problem: 'the object says nothing' } : { row, cells, problem: null };
  }
}

/** A column of the contract in its own spelling; any other key as it is written. */
function columnOf(key: string, columns: readonly string[]): string {
  if (!isText(key)) throw new UsageError(`the key ${JSON.stringify(key)} holds characters that are no text`);
  const column = columnName(key);
  return columns.includes(column) ? column : key;
}

/** The value as a cell of a file would hold it; null when none could. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return isText(value) ? value : null;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number' || (Number.isInteger(value) && !Number.isSafeInteger(value))) return null;
  const text = String(value);
  return text.includes('e') ? null : text;
}

/** Why `textOf` answered null; says nothing of the value, which may be about a person. */
function noText(value: unknown): string {
  if (typeof value === 'string') return 'holds characters that are no text';
  if (typeof value === 'number') return 'is a number that JSON does not carry exactly; send it as text';
  return `is ${Array.isArray(value) ? 'an array' : 'an object'}; send text, a number, true, false or null`;
}
