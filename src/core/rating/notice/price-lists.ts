/** Decides for which list, retail or commercial, the tables of a source hold that name none. */
import { PRICE_LISTS, type PriceList } from '../../label/label.ts';
import type { LeftOut, PricedProduct, PublishedCell, SourceProblem } from './published-cell.ts';

/** The cells of one table and the lists they hold for. */
export interface ListedCells {
  product: PricedProduct;
  priceLists: readonly PriceList[];
  cells: readonly PublishedCell[];
}

export interface ListDecision {
  groups: ListedCells[];
  problems: SourceProblem[];
  leftOut: LeftOut[];
  /** What was taken for granted, as sentences. */
  uncertainties: string[];
}

/**
 * Groups cells by the table they belong to. Cells that name no list are taken for `unlabelled`; never where the source
 * has that list of the product apart, and never below the commercial price beside them.
 */
export function decideLists(cells: readonly PublishedCell[], unlabelled: PriceList): ListDecision {
  const decision: ListDecision = { groups: [], problems: [], leftOut: [], uncertainties: [] };
  const groups = groupByTable(cells);
  for (const group of groups.values()) {
    const product = group[0]?.product;
    if (product === undefined) continue;
    const other = (list: PriceList): readonly PublishedCell[] => groups.get(productKey(product, list)) ?? [];
    if (product.priceList === null) {
      if (!takeUnlabelled(group, { unlabelled, other }, decision)) continue;
    }
    const list = product.priceList ?? unlabelled;
    const shared = product.forBothLists && PRICE_LISTS.every((name) => name === list || other(name).length === 0);
    if (shared)
      decision.uncertainties.push(`${nameOf(product)} has one price in the source; it is taken for both lists.`);
    decision.groups.push({ product, priceLists: shared ? PRICE_LISTS : [list], cells: group });
  }
  return decision;
}

interface Unlabelled {
  unlabelled: PriceList;
  other: (list: PriceList) => readonly PublishedCell[];
}

/** Whether cells without a list can be taken for one; says what speaks against it. */
function takeUnlabelled(
  group: readonly PublishedCell[],
  { unlabelled, other }: Unlabelled,
  decision: ListDecision,
): boolean {
  const first = group[0];
  if (first === undefined) return false;
  const { place } = first;
  if (other(unlabelled).length > 0) {
    const why = `names neither retail nor commercial, and the ${unlabelled} prices stand elsewhere in the source`;
    decision.leftOut.push({ place, why });
    return false;
  }
  const commercial = new Map(other('commercial').map((cell) => [cellKey(cell), cell.mills]));
  const below = group.find((cell) => cell.mills !== null && cell.mills < (commercial.get(cellKey(cell)) ?? 0));
  if (below !== undefined) {
    const message = 'costs less than the commercial price, and its heading names no list; say which with --unlabelled';
    decision.problems.push({ place: below.place, message });
    return false;
  }
  if (!first.product.forBothLists) {
    decision.uncertainties.push(
      `The source names no list for ${nameOf(first.product)}; its prices are taken for ${unlabelled}.`,
    );
  }
  return true;
}

function groupByTable(cells: readonly PublishedCell[]): Map<string, PublishedCell[]> {
  const groups = new Map<string, PublishedCell[]>();
  for (const cell of cells) {
    const key = productKey(cell.product, cell.product.priceList);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return groups;
}

function productKey({ service, by, packagings }: PricedProduct, list: PriceList | null): string {
  return [service, by, packagings.join('+'), list ?? 'none'].join('/');
}

function cellKey({ step, item, zone }: PublishedCell): string {
  return [step, item ?? '', zone ?? ''].join('/');
}

function nameOf({ service, by, packagings }: PricedProduct): string {
  return [service, ...packagings, `by ${by}`].join(' ');
}
