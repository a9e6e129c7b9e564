/** One sheet of the workbook as plain rows. */
import { parseMills } from '../core/units/money.ts';
import { harmlessText } from './formula.ts';
import type { Wording } from './wording.ts';

/** How a column is shown; `money` cells are numbers with their currency in the column beside them. */
export type ColumnKind = 'text' | 'count' | 'money' | 'share' | 'fine_share' | 'long';

export interface Sheet {
  name: string;
  columns: { heading: string; kind: ColumnKind }[];
  rows: (string | number | null)[][];
}

export interface SheetParts {
  /** Kind by the column's name; its heading is the name in the report's language. */
  columns: Record<string, ColumnKind>;
  rows: (string | number | null)[][];
}

/** Headings in the report's language; text of users is harmless. */
export function sheet(wording: Wording, name: string, { columns, rows }: SheetParts): Sheet {
  return {
    name: wording.say(`sheet.${name}`),
    columns: Object.entries(columns).map(([column, kind]) => ({ heading: wording.say(`column.${column}`), kind })),
    rows: rows.map((cells) => cells.map((cell) => (typeof cell === 'string' ? harmlessText(cell) : cell))),
  };
}

/** An amount as a spreadsheet holds it. Exact: a decimal of up to 15 digits survives a double. */
export function amountNumber(value: string): number {
  return (parseMills(value) ?? 0) / 1000;
}
