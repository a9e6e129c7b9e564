/** Builds the tables rating reads of one price folder, with the increases of a peak season where it has any. */
import { PACKAGINGS, type Packaging, type PriceList, type Service } from '../core/label/label.ts';
import { itemName, productName, volumeWords, weightWords } from '../core/rating/product-name.ts';
import { type PriceCell, type PriceTable, buildPriceTable } from '../core/rating/price-table.ts';
import type { ProductPrices, RateList } from '../core/rating/tables.ts';
import { type PeakBand, increaseFor } from './peak.ts';
import type { TableManifest } from './price-manifest.ts';
import type { PriceRow } from './price-table.ts';

/** A table of a folder as read. */
export interface ReadTable {
  manifest: TableManifest;
  rows: PriceRow[];
}

/** The increases laid over a base list, and the products that pay any. */
export interface Peak {
  source: string;
  products: readonly Service[];
  bands: readonly PeakBand[];
}

/** Packagings of the sender's own: priced by weight, unless the product has a table of its own for one. */
const ownPackagings: readonly Packaging[] = ['package', 'soft_pack', 'letter', 'flat'];

/** The prices of every product and list of a folder. */
export function buildProducts(listId: string, tables: readonly ReadTable[], peak: Peak | null): RateList['products'] {
  const products: Partial<Record<Service, Partial<Record<PriceList, ProductPrices>>>> = {};
  for (const { manifest } of tables) {
    for (const priceList of manifest.price_lists) {
      const lists = (products[manifest.product] ??= {});
      if (lists[priceList]) continue;
      const own = tables.filter(
        ({ manifest: other }) => other.product === manifest.product && other.price_lists.includes(priceList),
      );
      lists[priceList] = buildPrices({ listId, service: manifest.product, priceList }, own, peak);
    }
  }
  return products;
}

interface Product {
  listId: string;
  service: Service;
  priceList: PriceList;
}

function buildPrices(product: Product, tables: readonly ReadTable[], peak: Peak | null): ProductPrices {
  const only = (by: TableManifest['by']): PriceTable | null => {
    const found = tables.find(({ manifest }) => manifest.by === by);
    return found ? buildTable(product, found, peak) : null;
  };
  const things = tables.filter(({ manifest }) => manifest.by === 'item');
  return Object.freeze({
    byWeight: Object.freeze(weightTables(product, tables, peak)),
    cubic: only('cubic'),
    oversized: only('oversized'),
    items: Object.freeze(
      Object.fromEntries(
        things.flatMap((table) => {
          const { answers } = buildTable(product, table, peak);
          return table.rows.flatMap(({ item }, index) => (answers[index] ? [[item, answers[index]]] : []));
        }),
      ),
    ),
  });
}

function weightTables(product: Product, tables: readonly ReadTable[], peak: Peak | null): ProductPrices['byWeight'] {
  const byWeight: Partial<Record<Packaging, PriceTable>> = {};
  const weighed = tables.filter(({ manifest }) => manifest.by === 'weight');
  for (const table of weighed) {
    const { manifest } = table;
    const named = manifest.by === 'weight' ? manifest.packagings : undefined;
    const built = buildTable(product, table, peak);
    for (const packaging of PACKAGINGS) {
      const apart = weighed.some(
        ({ manifest: other }) => other.by === 'weight' && other.packagings?.includes(packaging),
      );
      if (named ? named.includes(packaging) : ownPackagings.includes(packaging) && !apart) byWeight[packaging] = built;
    }
  }
  return byWeight;
}

function buildTable(
  { listId, service, priceList }: Product,
  { manifest, rows }: ReadTable,
  peak: Peak | null,
): PriceTable {
  const product = productName(service, priceList);
  return buildPriceTable({
    product: manifest.by === 'cubic' ? `${product} cubic` : product,
    listId,
    source: manifest.source,
    peakSource: peak?.source ?? null,
    zoned: manifest.zones.length > 0,
    rows: rows.map((row) => ({
      step: row.step,
      words: rowWords(manifest, row),
      billedWeightMilliOz: manifest.by === 'weight' ? row.step : null,
      cells: row.mills.map((baseMills, index): PriceCell => {
        if (!peak?.products.includes(service)) return { baseMills, peakMills: 0 };
        // Increases are published by weight and zone.
        const place = { product: service, priceList, zone: index + 1, notOverMilliOz: row.step };
        return { baseMills, peakMills: manifest.by === 'weight' ? increaseFor(place, peak.bands) : null };
      }),
    })),
  });
}

function rowWords({ by }: TableManifest, { step, item }: PriceRow): string {
  if (by === 'weight') return `not over ${weightWords(step)}`;
  if (by === 'cubic') return `not over ${volumeWords(step)}`;
  return by === 'item' ? itemName(item) : 'oversized';
}
