/** Whether the commercial prices of a source lie above its retail prices, as they do where two headings are swapped. */
import type { PriceList } from '../../label/label.ts';
import type { SourceProblem } from './published-cell.ts';
import { type PublishedTable, type TableRow, tableName } from './published-table.ts';
import { stepWords } from './completeness.ts';

/** So many cells are named; the others are counted. */
const NAMED = 3;

/** What the two lists of one product say about each other. */
export interface ListOrder {
  /** The commercial table is the dearer one: its heading cannot be right. */
  problems: SourceProblem[];
  /** Single cells that are dearer, taken as published so, as sentences. */
  uncertainties: string[];
}

/** Compares every commercial table with the retail table of the same thing, where the source has both apart. */
export function listOrder(tables: readonly PublishedTable[]): ListOrder {
  const order: ListOrder = { problems: [], uncertainties: [] };
  for (const commercial of tables.filter((table) => isOnly(table, 'commercial'))) {
    const retail = tables.find((table) => isOnly(table, 'retail') && sameProduct(table, commercial));
    if (retail === undefined) continue;
    const { dearer, cheaper } = compare(commercial, retail);
    if (dearer.length === 0) continue;
    const cells = `${named(dearer)} ${dearer.length === 1 ? 'costs' : 'cost'} more than at retail`;
    if (dearer.length > cheaper) {
      const message = `${cells}; look whether the headings of the two lists are swapped`;
      order.problems.push({ place: tableName(commercial), message });
    } else {
      order.uncertainties.push(`${tableName(commercial)}: ${cells}.`);
    }
  }
  return order;
}

function isOnly({ priceLists }: PublishedTable, list: PriceList): boolean {
  return priceLists.length === 1 && priceLists[0] === list;
}

function sameProduct(one: PublishedTable, other: PublishedTable): boolean {
  return one.service === other.service && one.by === other.by && one.packagings.join() === other.packagings.join();
}

/** The cells that cost more commercially, in words, and how many cost less. */
function compare(commercial: PublishedTable, retail: PublishedTable): { dearer: string[]; cheaper: number } {
  const rows = new Map(retail.rows.map((row) => [rowKey(row), row]));
  const dearer: string[] = [];
  let cheaper = 0;
  for (const row of commercial.rows) {
    const other = rows.get(rowKey(row));
    for (const [zone, mills] of row.mills) {
      const atRetail = other?.mills.get(zone) ?? null;
      if (mills === null || atRetail === null) continue;
      if (mills > atRetail) dearer.push(cellName(commercial, row, zone));
      if (mills < atRetail) cheaper += 1;
    }
  }
  return { dearer, cheaper };
}

function rowKey({ step, item }: TableRow): string {
  return item ?? String(step);
}

function cellName(table: PublishedTable, { item, step }: TableRow, zone: number | null): string {
  const thing = item ?? (table.by === 'oversized' ? 'oversized' : stepWords(table, step));
  return zone === null ? thing : `${thing} in zone ${zone}`;
}

function named(cells: readonly string[]): string {
  const others = cells.length - NAMED;
  return others > 0 ? `${cells.slice(0, NAMED).join(', ')} and ${others} more` : cells.join(', ');
}
