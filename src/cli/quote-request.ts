/** What a quote asks for, read from words: the options of a command line or the cells of a row. */
import { type Dimensions, PRICE_LISTS, type PriceList } from '../core/label/label.ts';
import type { Spellings } from '../core/label/spelling.ts';
import type { RatedParcel } from '../core/rating/price.ts';
import { type Day, parseDay } from '../core/units/day.ts';
import { parseThousandths } from '../core/units/measure.ts';
import type { Problem, Result } from '../core/units/result.ts';
import { parseZip5 } from '../core/units/zip.ts';

/** The columns of a quote file that mean something; all but the first four may be empty or missing. */
export const QUOTE_COLUMNS = ['service', 'from', 'to', 'weight_oz', 'dims', 'packaging', 'date', 'price_list'] as const;
export const REQUIRED_QUOTE_COLUMNS: readonly QuoteColumn[] = QUOTE_COLUMNS.slice(0, 4);
export type QuoteColumn = (typeof QUOTE_COLUMNS)[number];

/** The words of one request; '' = not stated. */
export type QuoteWords = Record<QuoteColumn, string>;

export interface QuoteDefaults {
  spellings: Spellings;
  /** The day of mailing where none is stated. */
  today: Day;
}

/** The parcel a request describes, or everything that is wrong with its words. */
export function readQuote(words: QuoteWords, { spellings, today }: QuoteDefaults): Result<RatedParcel> {
  const problems: Problem[] = [];
  const need = <T>(column: QuoteColumn, value: T | null, message: string): T | null => {
    const text = words[column];
    if (value === null) problems.push({ field: column, message: text === '' ? 'is empty' : message, value: text });
    return value;
  };
  const service = need('service', spellings.service(words.service), 'is not a service this program knows');
  const originZip = need('from', parseZip5(words.from), 'is not a ZIP of five digits');
  const destinationZip = need('to', parseZip5(words.to), 'is not a ZIP of five digits');
  const weightMilliOz = need('weight_oz', parseThousandths(words.weight_oz), 'is not a weight such as 15.9');
  const dimensions =
    words.dims === '' ? null : need('dims', parseDims(words.dims), 'is not three sides such as 10x8x4');
  const packaging = need(
    'packaging',
    words.packaging === '' ? 'package' : spellings.packaging(words.packaging),
    'is not a packaging this program knows',
  );
  const day = need('date', words.date === '' ? today : parseDay(words.date), 'is not a day such as 2026-11-05');
  const priceList = need('price_list', parsePriceList(words.price_list), 'is neither retail nor commercial');
  if (problems.length > 0 || !service || weightMilliOz === null || !packaging || !day || !priceList) {
    return { ok: false, problems };
  }
  const value = { service, originZip, destinationZip, weightMilliOz, dimensions, packaging, day, priceList };
  return { ok: true, value };
}

/** Problems as one sentence: "weight_oz "abc" is not a weight such as 15.9; to is empty". */
export function problemWords(problems: readonly Problem[]): string {
  return problems
    .map(({ field, message, value = '' }) => {
      const shown = value.length > 40 ? `${value.slice(0, 40)}...` : value;
      return value === '' ? `${field} ${message}` : `${field} ${JSON.stringify(shown)} ${message}`;
    })
    .join('; ');
}

/** "10x8x4", also with "*" or "×" and spaces; null unless all three sides are above zero. */
function parseDims(text: string): Dimensions | null {
  const sides = text.split(/[x×*]/i).map((side) => parseThousandths(side.trim()));
  const [lengthMilliIn, widthMilliIn, heightMilliIn] = sides;
  if (sides.length !== 3 || !lengthMilliIn || !widthMilliIn || !heightMilliIn) return null;
  return { lengthMilliIn, widthMilliIn, heightMilliIn };
}

function parsePriceList(text: string): PriceList | null {
  if (text === '') return 'commercial';
  return PRICE_LISTS.find((list) => list === text.toLowerCase()) ?? null;
}
