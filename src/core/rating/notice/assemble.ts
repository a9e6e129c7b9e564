/** Puts the prices a source states into complete tables, or says everything that keeps them from being complete. */
import type { PriceList } from '../../label/label.ts';
import { type EarlierTable, gaps, lost, lostItems } from './completeness.ts';
import { listOrder } from './list-order.ts';
import { type FallingCell, fallingCells } from './monotone.ts';
import { decideLists } from './price-lists.ts';
import type { LeftOut, PublishedCell, SourceProblem } from './published-cell.ts';
import { type PublishedTable, tableName, tableOf } from './published-table.ts';

export interface AssemblyRules {
  /** The list of tables that name none. */
  unlabelled: PriceList;
  /** Take prices that fall with weight or zone as published so. */
  acceptFalling: boolean;
  /** Take what there is, although the ends of tables, zones or things of the lists before are missing. */
  partial: boolean;
  /** What the lists before had of a table; null when none had it. */
  earlier: (table: PublishedTable) => EarlierTable | null;
}

export interface AssembledTable {
  table: PublishedTable;
  /** Cells that fall and are taken as published so. */
  falling: readonly FallingCell[];
}

export interface Assembly {
  tables: AssembledTable[];
  problems: SourceProblem[];
  leftOut: LeftOut[];
  uncertainties: string[];
}

/** Assembles every table the cells make. The tables may be used only when there is no problem. */
export function assembleTables(cells: readonly PublishedCell[], rules: AssemblyRules): Assembly {
  const { groups, problems, leftOut, uncertainties } = decideLists(cells, rules.unlabelled);
  const assembly: Assembly = { tables: [], problems, leftOut, uncertainties };
  for (const { product, priceLists, cells: own } of groups) {
    const { table, contradictions } = tableOf(product, priceLists, own);
    for (const { place, other } of contradictions) {
      assembly.problems.push({ place, message: `states another price than ${other}` });
    }
    addTable(offered(rules.partial ? withoutEnds(table) : table), rules, assembly);
  }
  const order = listOrder(assembly.tables.map(({ table }) => table));
  assembly.problems.push(...order.problems);
  assembly.uncertainties.push(...order.uncertainties);
  if (assembly.tables.length === 0 && assembly.problems.length === 0) {
    assembly.problems.push({ place: 'the source', message: 'holds no price table of a service that is rated' });
  }
  return assembly;
}

function addTable(table: PublishedTable, rules: AssemblyRules, assembly: Assembly): void {
  const earlier = rules.earlier(table);
  assembly.problems.push(...gaps(table), ...holes(table));
  if (earlier !== null) compare(table, earlier, { partial: rules.partial, assembly });
  const falling = fallingCells(table);
  if (!rules.acceptFalling) assembly.problems.push(...falling.map(({ place, message }) => ({ place, message })));
  assembly.tables.push({ table, falling });
}

/** What the lists before had and the table has not: a mistake, unless a person takes what there is. */
function compare(
  table: PublishedTable,
  earlier: EarlierTable,
  { partial, assembly }: { partial: boolean; assembly: Assembly },
): void {
  const name = tableName(table);
  const items = lostItems(table, earlier);
  if (items.length > 0) assembly.uncertainties.push(`${name} lacks what the list before prices: ${items.join(', ')}.`);
  const missing = notSaidTwice(lost(table, earlier), assembly.problems);
  if (partial) assembly.uncertainties.push(...missing.map(({ place, message }) => `${place} ${message}.`));
  else assembly.problems.push(...missing);
}

/** A table some of whose columns end early: what is not stated counts as not offered. */
function withoutEnds(table: PublishedTable): PublishedTable {
  const { zones } = table;
  const rows = table.rows.map((row) => ({
    ...row,
    mills: new Map([...zones.map((zone): [number, null] => [zone, null]), ...row.mills]),
  }));
  return { ...table, rows };
}

/** A zone that is offered for no weight has no column, and a thing that is not offered no row. */
function offered(table: PublishedTable): PublishedTable {
  const zones = table.zones.filter((zone) => table.rows.some(({ mills }) => mills.get(zone) !== null));
  const rows = table.by === 'item' ? table.rows.filter(({ mills }) => mills.get(null) !== null) : table.rows;
  return { ...table, zones, rows };
}

/** A price that is not offered may stand at the end of a zone's column, in whole pounds, and nowhere else. */
function holes(table: PublishedTable): SourceProblem[] {
  const columns = table.zones.length > 0 ? table.zones : [null];
  return columns.flatMap((zone) => {
    const from = table.rows.findIndex(({ mills }) => mills.get(zone) === null);
    if (from < 0) return [];
    const after = table.rows.slice(from);
    const ends = table.by === 'weight' && zone !== null && from > 0;
    if (ends && after.every(({ mills }) => mills.get(zone) === null)) return [];
    const place = after[0]?.place ?? tableName(table);
    return [{ place, message: `is not offered${zone === null ? '' : ` in zone ${zone}`}, in the middle of its table` }];
  });
}

function notSaidTwice(problems: readonly SourceProblem[], said: readonly SourceProblem[]): SourceProblem[] {
  return problems.filter((one) => !said.some((other) => other.place === one.place && other.message === one.message));
}
