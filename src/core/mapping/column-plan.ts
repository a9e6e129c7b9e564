/** Where the columns of a canonical file stand, found once from its header, so that rows are read by position. */
import { type Problem, type Result, ok } from '../units/result.ts';

/** The columns one kind of file may have. */
export interface Layout<Column extends string> {
  columns: readonly Column[];
  required: readonly Column[];
}

/** A column the contract does not name. */
export interface ExtraColumn {
  name: string;
  at: number;
}

export interface ColumnPlan<Column extends string> {
  /** Position of each column the file has. */
  at: Readonly<Partial<Record<Column, number>>>;
  /** Cells in every row. */
  width: number;
  extras: readonly ExtraColumn[];
  /** Positions of columns about people; their cells are counted and never kept. */
  personal: readonly number[];
}

/** The form in which header names are compared: "Tracking Number" is "tracking_number". */
export function columnName(header: string): string {
  return header
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}

/**
 * Plans how rows under `header` are read. `filled` names required columns whose value comes from elsewhere. Problems:
 * a required column that is missing, a column of the contract that stands there twice.
 */
export function planColumns<Column extends string>(
  header: readonly string[],
  layout: Layout<Column>,
  context: { filled: readonly Column[]; isPersonal: (header: string) => boolean },
): Result<ColumnPlan<Column>> {
  const known = new Map<string, Column>(layout.columns.map((column) => [column, column]));
  const at: Partial<Record<Column, number>> = {};
  const extras: ExtraColumn[] = [];
  const personal: number[] = [];
  const problems: Problem[] = [];
  for (const [position, written] of header.entries()) {
    const column = known.get(columnName(written));
    if (column === undefined) {
      if (context.isPersonal(written)) personal.push(position);
      else extras.push({ name: extraName(written, position, extras), at: position });
    } else if (at[column] === undefined) {
      at[column] = position;
    } else {
      problems.push({ field: column, message: `the header names the column ${column} twice; remove one of the two` });
    }
  }
  for (const column of layout.required) {
    if (at[column] !== undefined || context.filled.includes(column)) continue;
    problems.push({ field: column, message: `the required column ${column} is missing from the header` });
  }
  return problems.length > 0 ? { ok: false, problems } : ok({ at, width: header.length, extras, personal });
}

/** Keeps columns apart that have the same name or none. */
function extraName(written: string, position: number, taken: readonly ExtraColumn[]): string {
  const name = written.trim() || `column ${position + 1}`;
  return taken.some((other) => other.name === name) ? `${name} (column ${position + 1})` : name;
}
