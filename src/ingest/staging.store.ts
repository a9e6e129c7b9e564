/** The temporary table a file is copied into: which columns it has, and how values become lines of COPY text. */
import type { EntitySchema, EntitySchemaColumnOptions } from 'typeorm';
import { formatInstant } from '../core/mapping/instant.ts';
import type { Problem } from '../core/units/result.ts';
import { copyField } from '../platform/database-copy.ts';

/** A row as its table holds it: values by property; instants in milliseconds since 1970. */
export type StagedRow = Readonly<Record<string, unknown>>;

/** A column that comes from the file; `import_id` does not. */
export interface StagedColumn {
  property: string;
  name: string;
  /** Milliseconds since 1970 become timestamps. */
  isInstant: boolean;
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

/** The staging of a table: every column but the import's id. */
export function stagingOf<Row extends object>(schema: EntitySchema<Row>): Staging {
  const columns: StagedColumn[] = [];
  const key: string[] = [];
  for (const [property, options] of Object.entries<EntitySchemaColumnOptions | undefined>(schema.options.columns)) {
    if (property === 'importId' || options === undefined) continue;
    const name = options.name ?? property;
    columns.push({ property, name, isInstant: options.type === 'timestamptz' });
    if (options.primary) key.push(name);
  }
  const content = columns.map(({ name }) => name).filter((name) => !key.includes(name));
  return { table: schema.options.name, columns, key, content };
}

/** Makes the temporary table `incoming`: the staged columns without constraints, the row, and what is wrong with it. */
export function createIncomingSql({ table, columns }: Staging): string {
  const list = columns.map(({ name }) => name).join(', ');
  return (
    'CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS ' +
    `SELECT ${list}, NULL::integer AS row_number, NULL::jsonb AS problems FROM ${table} WITH NO DATA`
  );
}

/** Fills `incoming` with the lines of a `LineWriter`. */
export function copyIncomingSql({ columns }: Staging): string {
  return `COPY incoming (${columns.map(({ name }) => name).join(', ')}, row_number, problems) FROM STDIN`;
}

const NULL_FIELD = '\\N';

/**
 * Writes rows as lines of COPY text. Fields are put in one array that is kept and joined: adding them up one by one
 * makes a small object each, and half the time of an import goes into sweeping those up.
 */
export class LineWriter {
  private readonly fields: string[];
  private readonly nothing: string;

  constructor(private readonly columns: readonly StagedColumn[]) {
    this.nothing = `${NULL_FIELD}\t`.repeat(columns.length);
    this.fields = columns.map(() => NULL_FIELD);
  }

  /** A row that was taken. */
  accepted(row: StagedRow, rowNumber: number): string {
    const { columns, fields } = this;
    for (let at = 0; at < columns.length; at += 1) {
      const column = columns[at];
      const value = column === undefined ? null : row[column.property];
      fields[at] = value === null || value === undefined ? NULL_FIELD : fieldOf(value, column?.isInstant === true);
    }
    return `${fields.join('\t')}\t${rowNumber}\t${NULL_FIELD}\n`;
  }

  /** A row that was not taken: nothing of it but what is wrong. */
  rejected(problems: readonly Problem[], rowNumber: number): string {
    return `${this.nothing}${rowNumber}\t${copyField(JSON.stringify(problems))}\n`;
  }
}

function fieldOf(value: unknown, isInstant: boolean): string {
  if (typeof value === 'string') return copyField(value);
  if (typeof value === 'number') return isInstant ? formatInstant(value) : String(value);
  return copyField(typeof value === 'boolean' ? value : JSON.stringify(value));
}
