/** What the columns of a price table hold, by the headings above them. */
import type { PriceList } from '../../label/label.ts';
import { leftOutOf, priceListIn } from './heading-path.ts';
import type { NoticeRow } from './notice-table.ts';
import { type NoticeWords, names, plainWords } from './notice-words.ts';
import { writtenPrice } from './written-price.ts';
import { zonesOfHeading } from './zone-heading.ts';

export interface PriceColumn {
  at: number;
  /** The columns that say what its rows are. */
  keys: readonly number[];
  /** Empty = one price for all zones. */
  zones: readonly number[];
  /** Where the heading of the column names it. */
  priceList: PriceList | null;
  heading: string;
}

export interface TableColumns {
  prices: readonly PriceColumn[];
  /** Headings of columns that hold prices of something else. */
  leftOut: readonly { heading: string; why: string }[];
  /** What stands above the columns that say what a row is. */
  keyHeading: string;
}

const KEY_WORDS = [
  'weight',
  'not over',
  'oz',
  'ounce',
  'ounces',
  'lb',
  'lbs',
  'pound',
  'pounds',
  'cubic',
  'cu',
  'tier',
  'size',
];

/** Reads the columns under a block of heading rows; `rows` are the rows of prices below it. */
export function readColumns(
  heading: readonly NoticeRow[],
  rows: readonly NoticeRow[],
  words: NoticeWords,
): TableColumns {
  const width = Math.max(0, ...[...heading, ...rows].map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => describe(at, heading, rows));
  const zoned = columns.some(({ zones }) => zones.length > 0);
  const leftOut: { heading: string; why: string }[] = [];
  const prices: PriceColumn[] = [];
  const sole = columns.filter((column) => isPrice(column)).length === 1;
  let keys: number[] = [];
  for (const column of columns) {
    if (!isPrice(column)) {
      // Keys behind prices begin a second table beside the first.
      if (prices.some(({ at }) => at === column.at - 1)) keys = [];
      if (!column.isSize) keys.push(column.at);
      continue;
    }
    const why = refusal(column, { zoned, sole }, words);
    if (why !== null) leftOut.push({ heading: column.text, why });
    else
      prices.push({
        at: column.at,
        keys,
        zones: column.zones,
        priceList: priceListIn([plainWords(column.text)], words),
        heading: column.text,
      });
  }
  const keyHeading = columns.filter((column) => !isPrice(column)).map(({ text }) => text);
  return { prices, leftOut, keyHeading: [...new Set(keyHeading)].join(' ') };
}

interface Column {
  at: number;
  text: string;
  zones: readonly number[];
  /** Its heading is one of weights, volumes or sizes. */
  isKey: boolean;
  isSize: boolean;
  hasPrices: boolean;
}

function describe(at: number, heading: readonly NoticeRow[], rows: readonly NoticeRow[]): Column {
  const texts = [...new Set(heading.map(({ cells }) => cells[at] ?? '').filter((text) => text !== ''))];
  const zones = texts
    .toReversed()
    .flatMap((text) => [zonesOfHeading(text) ?? []].filter((found) => found.length > 0))[0];
  const plain = plainWords(texts.join(' '));
  const hasPrices = rows.some(({ cells }) => ['price', 'not_offered'].includes(writtenPrice(cells[at] ?? '').kind));
  return {
    at,
    text: texts.join(' '),
    zones: zones ?? [],
    isKey: zones === undefined && names(plain, KEY_WORDS),
    isSize: plain === 'size',
    hasPrices,
  };
}

/** The first column is never one of prices, unless it is the only one. */
function isPrice({ at, zones, isKey, hasPrices }: Column): boolean {
  return zones.length > 0 || (!isKey && hasPrices && at > 0);
}

function refusal(column: Column, table: { zoned: boolean; sole: boolean }, words: NoticeWords): string | null {
  const plain = plainWords(column.text);
  const why = leftOutOf([plain], words);
  if (why !== null) return why;
  if (column.zones.length > 0) return null;
  if (table.zoned) return 'the column names no zone in a table by zones';
  const known = names(plain, words.singlePiece) || priceListIn([plain], words) !== null;
  return table.sole || known ? null : 'the column does not say that it holds the price of a single piece';
}
