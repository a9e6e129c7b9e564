/** Turns one table of a published page into the prices it states, or says why it is left out or cannot be read. */
import type { Service } from '../../label/label.ts';
import { type HeadingPath, leftOutOf, productOf, readHeadings } from './heading-path.ts';
import type { NoticeRow, NoticeTable } from './notice-table.ts';
import { type NoticeWords, namedIn, names, plainWords } from './notice-words.ts';
import type { LeftOut, PricedProduct, PublishedCell, SourceProblem } from './published-cell.ts';
import { type WeightUnit, lastNumber, volumeStep, weightStep, weightUnit } from './step.ts';
import { type PriceColumn, type TableColumns, readColumns } from './table-columns.ts';
import { writtenPrice } from './written-price.ts';

export interface TableReading {
  cells: PublishedCell[];
  problems: SourceProblem[];
  leftOut: LeftOut[];
}

/** A bare number over this cannot be one of ounces: lists print what is heavier in pounds. */
const MOST_OUNCES = 16;

/** Reads one table. Whatever is wrong is said; nothing throws. */
export function readTable(table: NoticeTable, words: NoticeWords): TableReading {
  const reading: TableReading = { cells: [], problems: [], leftOut: [] };
  const place = placeOf(table.headings);
  const path = readHeadings(table.headings, words);
  if ('leftOut' in path) {
    reading.leftOut.push({ place, why: path.leftOut });
    return reading;
  }
  let service = path.service;
  const rowsRead = table.rows.filter(
    (row) => row.header || !spans(row) || namedIn(plainWords(row.cells[0] ?? ''), words.services),
  );
  for (const { heading, rows } of blocksOf(rowsRead)) {
    const columns = readColumns(heading, rows, words);
    // A flat-rate table names the service in its own headings, above the things it prices.
    service = namedIn(plainWords(columns.keyHeading), words.services)?.service ?? service;
    readBlock({ path, place, service, columns, rows }, words, reading);
  }
  return reading;
}

/** The headings as people follow them, without a repetition. */
function placeOf(headings: readonly string[]): string {
  return [...new Set(headings.slice(-2))].join(' / ') || 'a table without a heading';
}

interface Block {
  path: HeadingPath;
  place: string;
  service: Service | null;
  columns: TableColumns;
  rows: readonly NoticeRow[];
}

/** Rows of prices with the rows of headings above them; a table may have several such blocks. */
function blocksOf(rows: readonly NoticeRow[]): { heading: NoticeRow[]; rows: NoticeRow[] }[] {
  const blocks: { heading: NoticeRow[]; rows: NoticeRow[] }[] = [];
  for (const row of rows) {
    const header = row.header || isHeading(row);
    const last = blocks.at(-1);
    if (last === undefined) {
      blocks.push(header ? { heading: [row], rows: [] } : { heading: [], rows: [row] });
    } else if (header && last.rows.length > 0) {
      // A line across the table parts its rows; the headings of its columns go on.
      const above = spans(row) ? last.heading.filter((other) => !spans(other)) : [];
      blocks.push({ heading: [...above, row], rows: [] });
    } else {
      (header ? last.heading : last.rows).push(row);
    }
  }
  return blocks;
}

/** One text across the whole table: a title, a footnote. */
function spans({ cells: [first = '', ...others] }: NoticeRow): boolean {
  return others.length > 0 && others.every((cell) => cell === first) && writtenPrice(first).kind === 'text';
}

/** A row that states no price and does not begin with a number is a heading, however it is marked up. */
function isHeading({ cells }: NoticeRow): boolean {
  const [first = '', ...others] = cells;
  const kinds = others.map((cell) => writtenPrice(cell).kind);
  const noPrice = kinds.every((kind) => kind === 'text' || kind === 'empty') && !others.some(looksLikePrice);
  return noPrice && kinds.includes('text') && lastNumber(first) === null;
}

/** A price with a slip of the pen is a mistake to be told, not a heading. */
function looksLikePrice(cell: string): boolean {
  return /^(?:\$|\d+[.,]\d)/.test(cell.trim());
}

function readBlock(block: Block, words: NoticeWords, reading: TableReading): void {
  const { place, service, columns } = block;
  for (const { heading, why } of columns.leftOut) reading.leftOut.push({ place: `${place}, ${heading}`, why });
  if (block.rows.length === 0) return;
  if (service === null) {
    reading.leftOut.push({ place, why: 'neither its headings nor its rows name a service that is rated' });
    return;
  }
  const product = productOf(withVolume(block), service, words);
  if ('leftOut' in product) {
    reading.leftOut.push({ place, why: product.leftOut });
    return;
  }
  if (product.by === 'item' && block.path.shape?.item) {
    readOnlyPrice(block, product, reading);
    return;
  }
  if (columns.prices.length === 0) {
    if (columns.leftOut.length === 0) reading.leftOut.push({ place, why: 'it holds no column of prices' });
    return;
  }
  readRows(block, product, words, reading);
}

/** A table whose first column is headed by a volume is one of cubic prices, whatever it stands under. */
function withVolume({ path, columns }: Block): HeadingPath {
  return path.by === 'weight' && names(plainWords(columns.keyHeading), ['cubic', 'cu ft', 'cu. ft.'])
    ? { ...path, by: 'cubic' }
    : path;
}

/** Postcards: one price for one thing, wherever in its table it stands. */
function readOnlyPrice({ path, place, rows }: Block, product: PricedProduct, reading: TableReading): void {
  const prices = rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => {
      const price = writtenPrice(cell);
      return price.kind === 'price' ? [price.mills] : [];
    }),
  );
  const [mills, ...others] = [...new Set(prices)];
  if (mills === undefined || others.length > 0) {
    reading.problems.push({ place, message: `states ${prices.length} prices where one is expected` });
    return;
  }
  reading.cells.push({ product, step: 0, item: path.shape?.item ?? null, zone: null, mills, place });
}

function readRows(block: Block, product: PricedProduct, words: NoticeWords, reading: TableReading): void {
  const unit = bareUnitOf(block);
  for (const { cells } of block.rows) {
    for (const column of block.columns.prices) {
      const key = [...new Set(column.keys.map((at) => cells[at] ?? ''))].join(' ').trim();
      const cell = cells[column.at] ?? '';
      if (key === '' && writtenPrice(cell).kind === 'empty') continue;
      const row = readKey(key, product, { unit, words });
      const place = `${block.place}, ${key === '' ? 'a row without a weight' : key}`;
      if ('leftOut' in row) note(reading.leftOut, { place, why: row.leftOut });
      else if ('problem' in row) note(reading.problems, { place, message: row.problem });
      else readCell({ cell, column, row, place }, reading);
    }
  }
}

type RowKey = Pick<PublishedCell, 'product' | 'step' | 'item'>;

function readKey(
  key: string,
  product: PricedProduct,
  { unit, words }: { unit: WeightUnit | null; words: NoticeWords },
): RowKey | { problem: string } | { leftOut: string } {
  const plain = plainWords(key);
  if (names(plain, ['oversized', 'oversize'])) return { product: { ...product, by: 'oversized' }, step: 0, item: null };
  const why = leftOutOf([plain], words);
  if (why !== null) return { leftOut: why };
  if (product.by === 'item') {
    const named = namedIn(plain, words.items);
    return named === null ? { leftOut: 'no flat-rate item that is known' } : { product, step: 0, item: named.item };
  }
  const own = weightUnit(key) ?? unit;
  if (product.by === 'weight' && own === null) {
    return { problem: 'does not say whether its weights are ounces or pounds' };
  }
  const step = product.by === 'cubic' ? volumeStep(key) : weightStep(key, own ?? 'lb');
  return step === null || step === 0 ? { problem: 'is no weight or volume' } : { product, step, item: null };
}

interface PlacedCell {
  cell: string;
  column: PriceColumn;
  row: RowKey;
  place: string;
}

function readCell({ cell, column, row, place }: PlacedCell, reading: TableReading): void {
  const price = writtenPrice(cell);
  const at = column.zones.length > 0 ? `${place}, zone ${column.zones.join(' and ')}` : place;
  if (price.kind === 'empty' || price.kind === 'text') {
    const message = price.kind === 'empty' ? 'is empty' : `${JSON.stringify(cell.slice(0, 40))} is no price`;
    reading.problems.push({ place: at, message });
    return;
  }
  const mills = price.kind === 'price' ? price.mills : null;
  const product = column.priceList === null ? row.product : { ...row.product, priceList: column.priceList };
  const zones = column.zones.length > 0 ? column.zones : [null];
  for (const zone of zones) reading.cells.push({ ...row, product, zone, mills, place: at });
}

/** The unit of numbers that stand alone in the first column; null when nothing tells. */
function bareUnitOf({ columns, rows }: Block): WeightUnit | null {
  const headed = weightUnit(columns.keyHeading);
  if (headed !== null) return headed;
  const keys = columns.prices.flatMap(({ keys: at }) =>
    rows.map(({ cells }) => at.map((key) => cells[key] ?? '').join(' ')),
  );
  const bare = keys.filter((key) => weightUnit(key) === null).map((key) => Number(lastNumber(key) ?? 0));
  const someOunces = keys.some((key) => weightUnit(key) === 'oz');
  return someOunces || bare.some((number) => number > MOST_OUNCES) ? 'lb' : null;
}

/** Says once what every column of a row would repeat. */
function note<T extends { place: string }>(notes: T[], one: T): void {
  if (notes.at(-1)?.place !== one.place) notes.push(one);
}
