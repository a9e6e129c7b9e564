/** The temporary table a file is copied into: which columns it has, and how values become lines of COPY text. */
import type { EntitySchema, EntitySchemaColumnOptions } from 'typeorm';
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

/** Writes rows as lines of COPY text. */
export class LineWriter {
  private readonly nothing: string;

  constructor(private readonly columns: readonly StagedColumn[]) {
    this.nothing = '\\N\t'.repeat(columns.length);
  }

  /** A row that was taken. Its properties are those of the table's row; what is undefined is NULL. */
  accepted(row: StagedRow, rowNumber: number): string {
    let line = '';
    for (const column of this.columns) line += `${fieldOf(row[column.property], column.isInstant)}\t`;
    return `${line}${rowNumber}\t\\N\n`;
  }

  /** A row that was not taken: nothing of it but what is wrong. */
  rejected(problems: readonly Problem[], rowNumber: number): string {
    return `${this.nothing}${rowNumber}\t${copyField(JSON.stringify(problems))}\n`;
  }
}

function fieldOf(value: unknown, isInstant: boolean): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return copyField(value);
  if (typeof value === 'number') return isInstant ? new Date(value).toISOString() : String(value);
  return copyField(typeof value === 'boolean' ? value : JSON.stringify(value));
}
