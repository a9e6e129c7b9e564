/** A row of a price file as a published price, or why it is none. */
import { type PriceList, PRICE_LISTS } from '../../label/label.ts';
import type { Spellings } from '../../label/spelling.ts';
import { parseThousandths } from '../../units/measure.ts';
import { leftOutOf, priceListIn } from './heading-path.ts';
import { type NoticeShape, type NoticeWords, namedIn, names, plainWords } from './notice-words.ts';
import type { LeftOut, PricedProduct, PublishedCell, SourceProblem } from './published-cell.ts';
import { volumeStep } from './step.ts';
import { writtenPrice } from './written-price.ts';

/** The cells of a row by their columns; a column the file lacks is ''. */
export interface PriceRowWords {
  product: string;
  priceList: string;
  zone: string;
  rateCell: string;
  weightMaxOz: string;
  price: string;
}

export type ReadRow = { cell: PublishedCell } | { leftOut: LeftOut } | { problems: SourceProblem[] };

interface Vocabulary {
  words: NoticeWords;
  spellings: Pick<Spellings, 'service'>;
}

/** Endings of product names that say which part of a service they price. */
const PARTS = /[ _-](cubic|letters?|flats?|postcards?|parcels?)$/i;

/** Reads one row; `place` names file and line. */
export function readPriceRow(row: PriceRowWords, place: string, { words, spellings }: Vocabulary): ReadRow {
  const part = PARTS.exec(row.product)?.[1]?.toLowerCase() ?? '';
  const service = spellings.service(row.product) ?? spellings.service(row.product.replace(PARTS, ''));
  const product = row.product.trim();
  if (service === null) return { leftOut: { place: product || place, why: 'no product that is rated' } };
  const rateCell = plainWords(row.rateCell);
  const why = leftOutOf([rateCell], words);
  if (why !== null) return { leftOut: { place: `${product} ${row.rateCell}`.trim(), why } };
  const shape = namedIn(
    part,
    words.shapes.filter((other) => other.service === service),
  );
  const priced = readRateCell(row, { rateCell, part, shape }, words);
  if ('leftOut' in priced) return { leftOut: { place: `${product} ${row.rateCell}`.trim(), why: priced.leftOut } };
  if (shape === null && priced.by === 'weight' && words.shapes.some((other) => other.service === service)) {
    return { leftOut: { place: product, why: 'the product does not say for what shape of mail it holds' } };
  }
  const read = readAmounts(row, place, priced);
  if ('problems' in read) return read;
  const listed: PricedProduct = {
    service,
    // The rate cell may say whose price it is: "metered".
    priceList: priceListIn([rateCell], words) ?? read.priceList,
    by: priced.by,
    packagings: shape?.packagings ?? [],
    forBothLists: shape?.forBothLists ?? false,
  };
  return { cell: { product: listed, step: read.step, item: priced.item, zone: read.zone, mills: read.mills, place } };
}

interface Priced {
  by: PricedProduct['by'];
  item: string | null;
}

function readRateCell(
  row: PriceRowWords,
  { rateCell, part, shape }: { rateCell: string; part: string; shape: NoticeShape | null },
  words: NoticeWords,
): Priced | { leftOut: string } {
  if (names(rateCell, ['oversized', 'oversize'])) return { by: 'oversized', item: null };
  if (part === 'cubic' || names(rateCell, ['cubic', 'cubic ft'])) return { by: 'cubic', item: null };
  if (shape?.item) return { by: 'item', item: shape.item };
  const item = namedIn(rateCell, words.items)?.item;
  if (item !== undefined) return { by: 'item', item };
  const single = rateCell === '' || names(rateCell, words.singlePiece) || priceListIn([rateCell], words) !== null;
  if (single && (row.weightMaxOz !== '' || rateCell === '')) return { by: 'weight', item: null };
  return { leftOut: `the rate cell ${row.rateCell} is none that is known` };
}

interface Amounts {
  step: number;
  zone: number | null;
  mills: number | null;
  priceList: PriceList | null;
}

/** The numbers of a row; everything wrong with them is said at once. */
function readAmounts(row: PriceRowWords, place: string, { by }: Priced): Amounts | { problems: SourceProblem[] } {
  const problems: SourceProblem[] = [];
  const reject = (message: string): null => {
    problems.push({ place, message });
    return null;
  };
  const price = writtenPrice(row.price);
  if (price.kind === 'empty' || price.kind === 'text') reject(`price ${JSON.stringify(row.price)} is no price`);
  const zone = row.zone === '' ? null : Number(row.zone);
  if (zone !== null && !/^[1-9]$/.test(row.zone)) reject(`zone ${JSON.stringify(row.zone)} is not 1 to 9, or empty`);
  const priceList = PRICE_LISTS.find((list) => list === row.priceList.trim().toLowerCase()) ?? null;
  if (priceList === null && row.priceList !== '') {
    reject(`price_list ${JSON.stringify(row.priceList)} is neither retail nor commercial`);
  }
  const step = stepOf(row, by);
  if (step === null) {
    reject(
      by === 'cubic'
        ? `rate_cell ${JSON.stringify(row.rateCell)} names no volume`
        : `weight_max_oz ${JSON.stringify(row.weightMaxOz)} is no weight in ounces`,
    );
  }
  if (problems.length > 0 || step === null) return { problems };
  return { step, zone, mills: price.kind === 'price' ? price.mills : null, priceList };
}

function stepOf({ weightMaxOz, rateCell }: PriceRowWords, by: Priced['by']): number | null {
  if (by === 'oversized' || by === 'item') return 0;
  const step = by === 'cubic' ? volumeStep(rateCell) : parseThousandths(weightMaxOz);
  return step === 0 ? null : step;
}
