/**
 * The weight-by-zone prices of one product and list. Every cell's answer is made once, when the table is built, and
 * shared: pricing a parcel is then one search and one read.
 */
import type { PriceList, Service } from '../label/label.ts';
import { formatMills } from '../units/money.ts';
import type { PriceAnswer, PriceItem, UnratedReason } from './answer.ts';
import { productName, weightWords } from './product-name.ts';

export const ZONE_COUNT = 9;

/** One cell as published: the price of the base list, and the peak-season increase where the list has one apart. */
export interface PriceCell {
  /** Null where nobody published the cell. */
  baseMills: number | null;
  /** Null where an increase is due and its size is not known; 0 where the list has none apart. */
  peakMills: number | null;
}

export interface WeightTableInput {
  service: Service;
  priceList: PriceList;
  /** The folder of data/prices. */
  listId: string;
  source: string;
  peakSource: string | null;
  /** One row a weight step in rising order: "not over" this weight, and the cells of zones 1 to 9. */
  rows: readonly { notOverMilliOz: number; cells: readonly PriceCell[] }[];
}

export interface WeightTable {
  service: Service;
  priceList: PriceList;
  listId: string;
  /** The weight steps, rising. */
  notOverMilliOz: Int32Array;
  /** Row after row, zones 1 to 9 in each. */
  answers: readonly PriceAnswer[];
}

/** Builds the table and the answer of each of its cells. */
export function buildWeightTable(input: WeightTableInput): WeightTable {
  const answers = input.rows.flatMap(({ notOverMilliOz, cells }) =>
    Array.from({ length: ZONE_COUNT }, (_, index) => {
      const cell = cells[index] ?? { baseMills: null, peakMills: 0 };
      return answerOf(input, { cell, notOverMilliOz, zone: index + 1 });
    }),
  );
  return Object.freeze({
    service: input.service,
    priceList: input.priceList,
    listId: input.listId,
    notOverMilliOz: Int32Array.from(input.rows, (row) => row.notOverMilliOz),
    answers: Object.freeze(answers),
  });
}

/** The answer for a weight in a zone; null over the table's greatest weight. Zone is 1 to 9. */
export function cellAnswer(table: WeightTable, weightMilliOz: number, zone: number): PriceAnswer | null {
  const steps = table.notOverMilliOz;
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) < weightMilliOz) low = middle + 1;
    else high = middle;
  }
  return table.answers[low * ZONE_COUNT + zone - 1] ?? null;
}

interface PlacedCell {
  cell: PriceCell;
  notOverMilliOz: number;
  zone: number;
}

function answerOf(input: WeightTableInput, { cell, notOverMilliOz, zone }: PlacedCell): PriceAnswer {
  const { baseMills, peakMills } = cell;
  const product = productName(input.service, input.priceList);
  const where = `${product}, zone ${zone}, not over ${weightWords(notOverMilliOz)}`;
  if (baseMills === null) return unrated('not_covered', `No published price is at hand for ${where}.`, zone);
  if (peakMills === null) {
    const known = `${formatMills(baseMills)} before it`;
    return unrated('peak_unknown', `The peak-season increase of ${where} is not known (${known}).`, zone);
  }
  const items: PriceItem[] = [{ item: 'base', mills: baseMills, rule: where, source: input.source }];
  if (peakMills > 0 && input.peakSource !== null) {
    items.push({ item: 'peak', mills: peakMills, rule: `Peak-season increase: ${where}`, source: input.peakSource });
  }
  return Object.freeze({
    known: true,
    mills: items.reduce((sum, item) => sum + item.mills, 0),
    currency: 'USD',
    zone,
    billedWeightMilliOz: notOverMilliOz,
    items: Object.freeze(items.map((item) => Object.freeze(item))),
    priceListId: input.listId,
  });
}

/** A price that cannot be stated, with its reason as a word and as a sentence. */
export function unrated(reason: UnratedReason, message: string, zone: number | null): PriceAnswer {
  return Object.freeze({ known: false, reason, message, zone });
}
