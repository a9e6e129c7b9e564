/** Prices that fall where they should not: for a heavier or larger parcel, or a farther zone. */
import type { SourceProblem } from './published-cell.ts';
import { type PublishedTable, tableName } from './published-table.ts';
import { stepWords } from './completeness.ts';

/** A cell that costs less than a lighter parcel's or a nearer zone's. */
export interface FallingCell extends SourceProblem {
  zone: number | null;
  step: number;
}

/** Every falling cell of a table; things such as flat-rate boxes have no order of size. */
export function fallingCells(table: PublishedTable): FallingCell[] {
  const columns = table.zones.length > 0 ? table.zones : [null];
  return table.rows.flatMap((row, index) =>
    columns.flatMap((zone, at) => {
      const price = row.mills.get(zone) ?? null;
      if (price === null) return [];
      const lighter = table.by === 'item' ? null : table.rows[index - 1]?.mills.get(zone);
      const nearer = at > 0 ? row.mills.get(columns[at - 1] ?? null) : null;
      const than = price < (lighter ?? 0) ? 'a lighter parcel' : price < (nearer ?? 0) ? 'a nearer zone' : null;
      if (than === null) return [];
      const cell = `${row.item ?? stepWords(table, row.step)}${zone === null ? '' : `, zone ${zone}`}`;
      const message = `${cell} costs less than ${than}`;
      return [{ place: tableName(table), message, zone, step: row.step }];
    }),
  );
}
