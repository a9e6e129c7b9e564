/** A row of a warehouses file, which says where we hand parcels over, or what is wrong with it. */
import type { Result } from '../units/result.ts';
import type { ColumnPlan, Layout } from './column-plan.ts';
import { RowCells } from './row-cells.ts';

/** One of our own warehouses: what matters is its ZIP code. */
export interface Warehouse {
  /** Five digits. */
  zip: string;
  name: string | null;
  extra: Readonly<Record<string, string>> | null;
}

const REQUIRED = ['zip'] as const;
const OPTIONAL = ['name'] as const;

export type WarehouseColumn = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
export const WAREHOUSE_LAYOUT: Layout<WarehouseColumn> = { columns: [...REQUIRED, ...OPTIONAL], required: REQUIRED };

/** What is null on every warehouse of a file that lacks the column. */
export const WAREHOUSE_SOURCES: Readonly<Partial<Record<keyof Warehouse, WarehouseColumn>>> = { name: 'name' };

/** A function from the cells of a row to its Warehouse. */
export function warehouseReader(plan: ColumnPlan<WarehouseColumn>) {
  const row = new RowCells(plan);
  return (cells: readonly string[]): Result<Warehouse> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    const zip = row.required('zip', row.zip('zip'));
    if (zip === null) return { ok: false, problems: row.problems };
    return { ok: true, value: { zip, name: row.text('name'), extra: row.extra() } };
  };
}
