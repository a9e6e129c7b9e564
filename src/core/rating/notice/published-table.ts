/** One table of published prices, complete and in order, as a price folder keeps it. */
import type { Packaging, PriceList, Service } from '../../label/label.ts';
import type { PricedBy, PricedProduct, PublishedCell } from './published-cell.ts';

export interface TableRow {
  /** "Not over", in thousandths of an ounce or of a cubic foot; 0 where neither decides. */
  step: number;
  /** Null unless priced by item. */
  item: string | null;
  /** By zone, or one price under null; null = not offered. */
  mills: ReadonlyMap<number | null, number | null>;
  place: string;
}

export interface PublishedTable {
  service: Service;
  priceLists: readonly PriceList[];
  by: PricedBy;
  packagings: readonly Packaging[];
  /** The zones priced apart, rising; empty = one price everywhere. */
  zones: readonly number[];
  /** In rising steps; items in the order of the source. */
  rows: readonly TableRow[];
}

/** Two prices that one source states for the same thing. */
export interface Contradiction {
  place: string;
  other: string;
}

/** Puts the cells of one product into a table; says where two of them contradict each other. */
export function tableOf(
  product: PricedProduct,
  priceLists: readonly PriceList[],
  cells: readonly PublishedCell[],
): { table: PublishedTable; contradictions: Contradiction[] } {
  const rows = new Map<
    string,
    { step: number; item: string | null; place: string; cells: Map<number | null, PublishedCell> }
  >();
  const contradictions: Contradiction[] = [];
  for (const cell of cells) {
    const key = cell.item ?? String(cell.step);
    const row = rows.get(key) ?? { step: cell.step, item: cell.item, place: cell.place, cells: new Map() };
    rows.set(key, row);
    const other = row.cells.get(cell.zone);
    if (other !== undefined && other.mills !== cell.mills)
      contradictions.push({ place: cell.place, other: other.place });
    row.cells.set(cell.zone, other ?? cell);
  }
  const zones = [...new Set(cells.flatMap(({ zone }) => zone ?? []))].sort((a, b) => a - b);
  const table = {
    service: product.service,
    priceLists,
    by: product.by,
    packagings: product.packagings,
    zones,
    rows: [...rows.values()]
      .map(({ step, item, place, cells: row }) => ({
        step,
        item,
        place,
        mills: new Map([...row].map(([zone, { mills }]) => [zone, mills])),
      }))
      .sort((a, b) => a.step - b.step),
  };
  return { table, contradictions };
}

/** "ground_advantage retail by weight", as problems name a table. */
export function tableName({ service, priceLists, by, packagings }: PublishedTable): string {
  const of = packagings.length === 0 ? '' : ` (${packagings.join(', ')})`;
  return `${service} ${priceLists.join(' and ')} by ${by}${of}`;
}
