/** The temporary table a file is copied into: which columns it has, and how values become lines of COPY text. */
import type { EntitySchema, EntitySchemaColumnOptions } from 'typeorm';
import { formatInstant } from '../core/mapping/instant.ts';
import type { Problem } from '../core/units/result.ts';
import { CopyLines } from '../platform/copy-lines.ts';

/** A row as its reader makes it: values by property; instants in milliseconds since 1970, lists of words as arrays. */
export interface StagedRow {
  /** Left out where the rows of a kind are about no parcel. */
  readonly trackingNumber?: string;
  /** Left out where the rows of a kind are nobody's. */
  readonly vendor?: string;
  readonly extra?: Readonly<Record<string, string>> | null;
  /** Labels: parcels of one order are judged together. */
  readonly orderId?: string | null;
}

/** A column that comes from the file; `import_id` does not. */
export interface StagedColumn {
  /** The property of the row that holds it. */
  property: string;
  name: string;
  /** Milliseconds since 1970 become timestamps. */
  isInstant: boolean;
  /** The file's column without which it is null. */
  source: string | null;
}

/** A table and the columns of it that a file brings. */
export interface Staging {
  table: string;
  columns: readonly StagedColumn[];
  /** Names of the primary key's columns. */
  key: readonly string[];
  /** Names of the other columns. */
  content: readonly string[];
}

/** How the rows of a reader stand in their table. */
interface ReadRows<Row, Read> {
  /** What is null in a file that lacks the column. */
  sources: Readonly<Partial<Record<keyof Read & string, string>>>;
  /** Properties that the reader names otherwise than the table. */
  named?: Readonly<Partial<Record<keyof Row & string, keyof Read & string>>>;
}

/** The staging of a table: every column but the import's id. */
export function stagingOf<Row extends object, Read>(schema: EntitySchema<Row>, read: ReadRows<Row, Read>): Staging {
  const columns: StagedColumn[] = [];
  const key: string[] = [];
  const sources: Readonly<Record<string, string | undefined>> = { ...read.sources, extra: EXTRA_SOURCE };
  const named: Readonly<Record<string, string | undefined>> = { ...read.named };
  for (const [written, options] of Object.entries<EntitySchemaColumnOptions | undefined>(schema.options.columns)) {
    if (written === 'importId' || options === undefined) continue;
    const name = options.name ?? written;
    const property = named[written] ?? written;
    columns.push({ property, name, isInstant: options.type === 'timestamptz', source: sources[property] ?? null });
    if (options.primary) key.push(name);
  }
  const content = columns.map(({ name }) => name).filter((name) => !key.includes(name));
  return { table: schema.options.name, columns, key, content };
}

/** Stands for all columns the contract does not name; no header is named so. */
const EXTRA_SOURCE = '*';

/** The columns a file brings that has only some of the contract's: the others are null in all its rows. */
export function statedColumns({ columns }: Staging, plan: { at: object; extras: readonly unknown[] }): StagedColumn[] {
  const isThere = (source: string) => (source === EXTRA_SOURCE ? plan.extras.length > 0 : source in plan.at);
  return columns.filter(({ source }) => source === null || isThere(source));
}

/**
 * Makes the temporary table `incoming`: the staged columns without constraints, the row, and what is wrong with it. An
 * earlier one of the transaction, which is of the same staging, is emptied.
 */
export function createIncomingSql({ table, columns }: Staging): string {
  const list = columns.map(({ name }) => name).join(', ');
  return (
    'CREATE TEMPORARY TABLE IF NOT EXISTS incoming ON COMMIT DROP AS ' +
    `SELECT ${list}, NULL::integer AS row_number, NULL::jsonb AS problems FROM ${table} WITH NO DATA; TRUNCATE incoming`
  );
}

/** Fills the columns of `incoming` with the lines of a `LineWriter`. */
export function copyIncomingSql(columns: readonly StagedColumn[]): string {
  return `COPY incoming (${columns.map(({ name }) => name).join(', ')}, row_number, problems) FROM STDIN`;
}

/** Writes rows as lines of COPY text. */
export class LineWriter {
  readonly lines = new CopyLines();

  constructor(private readonly columns: readonly StagedColumn[]) {}

  /** A row that was taken. */
  accepted(row: StagedRow, rowNumber: number): void {
    writeFields(this.lines, row, this.columns);
    this.end(rowNumber, null);
  }

  /** A row that was not taken: nothing of it but what is wrong. */
  rejected(problems: readonly Problem[], rowNumber: number): void {
    for (let at = 0; at < this.columns.length; at += 1) this.lines.nothing();
    this.end(rowNumber, JSON.stringify(problems));
  }

  private end(rowNumber: number, problems: string | null): void {
    this.lines.whole(rowNumber);
    if (problems === null) this.lines.nothing();
    else this.lines.text(problems);
    this.lines.endLine();
  }
}

/** Writes the columns of a row, and leaves its line open. */
export function writeFields(lines: CopyLines, row: StagedRow, columns: readonly StagedColumn[]): void {
  const values = row as object as Readonly<Record<string, unknown>>;
  for (const { property, isInstant } of columns) {
    const value = values[property];
    if (typeof value === 'string') lines.text(value);
    else if (value === null || value === undefined) lines.nothing();
    else if (typeof value !== 'number') lines.text(Array.isArray(value) ? value.join(';') : JSON.stringify(value));
    else if (isInstant) lines.text(formatInstant(value));
    else lines.whole(value);
  }
}
