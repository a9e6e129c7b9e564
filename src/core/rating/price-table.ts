/**
 * A published table of prices: one row a step of weight or volume, one column a zone or one for all. Every cell's answer
 * is made once, when the table is built, and shared: pricing a parcel is then one search and one read.
 */
import { formatMills } from '../units/money.ts';
import type { PriceAnswer, PriceItem, UnratedReason } from './answer.ts';

export const ZONE_COUNT = 9;

/** One cell as published: the price of the base list, and the peak-season increase where the list has one apart. */
export interface PriceCell {
  /** Null where nobody published the cell. */
  baseMills: number | null;
  /** Null where an increase is due and its size is not known; 0 where the list has none apart. */
  peakMills: number | null;
}

/** One row: up to a step, in words and as the weight it bills, with a cell for each zone, or one for all of them. */
export interface PriceRowInput {
  /** "Not over": thousandths of an ounce, or of a cubic foot. */
  step: number;
  /** As a breakdown names the row: "not over 2 lb", "small flat rate box". */
  words: string;
  /** Null where the price does not depend on weight. */
  billedWeightMilliOz: number | null;
  cells: readonly PriceCell[];
}

export interface PriceTableInput {
  /** "Ground Advantage commercial". */
  product: string;
  /** The folder of data/prices. */
  listId: string;
  source: string;
  peakSource: string | null;
  /** False: one price for all zones. */
  zoned: boolean;
  /** In rising steps. */
  rows: readonly PriceRowInput[];
}

export interface PriceTable {
  zoned: boolean;
  /** The steps, rising. */
  steps: Int32Array;
  /** Row after row; zones 1 to 9 in each, or one answer. */
  answers: readonly PriceAnswer[];
}

/** Builds the table and the answer of each of its cells. */
export function buildPriceTable(input: PriceTableInput): PriceTable {
  const columns = input.zoned ? ZONE_COUNT : 1;
  const answers = input.rows.flatMap((row) =>
    Array.from({ length: columns }, (_, index) => {
      const cell = row.cells[index] ?? { baseMills: null, peakMills: 0 };
      return answerOf(input, row, { ...cell, zone: input.zoned ? index + 1 : null });
    }),
  );
  return Object.freeze({
    zoned: input.zoned,
    steps: Int32Array.from(input.rows, (row) => row.step),
    answers: Object.freeze(answers),
  });
}

/**
 * The answer for a weight or volume in a zone, in the unit of the table's steps; null over the greatest step. Zone is 1 to
 * 9, and not looked at where one price holds for all.
 */
export function cellAnswer(table: PriceTable, amount: number, zone: number): PriceAnswer | null {
  const { steps, zoned, answers } = table;
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) < amount) low = middle + 1;
    else high = middle;
  }
  return answers[zoned ? low * ZONE_COUNT + zone - 1 : low] ?? null;
}

interface PlacedCell extends PriceCell {
  zone: number | null;
}

function answerOf(input: PriceTableInput, row: PriceRowInput, { baseMills, peakMills, zone }: PlacedCell): PriceAnswer {
  const where = `${input.product}${zone === null ? '' : `, zone ${zone}`}, ${row.words}`;
  if (baseMills === null) return unrated('not_covered', `No published price is at hand for ${where}.`, zone);
  if (peakMills === null) {
    const known = `${formatMills(baseMills)} before it`;
    const message = `The peak-season increase of ${where} is not known (${known}).`;
    return unrated('peak_unknown', message, zone, baseMills);
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
    billedWeightMilliOz: row.billedWeightMilliOz,
    items: Object.freeze(items.map((item) => Object.freeze(item))),
    priceListId: input.listId,
  });
}

/**
 * A price that cannot be stated, with its reason as a word and as a sentence; `atLeastMills` is a published part of it
 * that is due in any case.
 */
export function unrated(
  reason: UnratedReason,
  message: string,
  zone: number | null,
  atLeastMills: number | null = null,
): PriceAnswer {
  return Object.freeze({ known: false, reason, message, zone, atLeastMills });
}
