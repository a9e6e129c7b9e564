/** Reads the surcharges of a price folder. */
import { z } from 'zod';
import { PRICE_LISTS, type PriceList, SERVICES, type Service } from '../core/label/label.ts';
import { RATED_BY, SURCHARGE_CAUSES, type Surcharge, type SurchargeTable } from '../core/rating/surcharges.ts';
import { CUBIC_IN_PER_CUBIC_FT, MILLI_IN_PER_IN } from '../core/units/measure.ts';
import { parseMills } from '../core/units/money.ts';
import { CatalogError } from '../platform/errors.ts';
import { checkedRow } from './checked-row.ts';
import { readCsv } from './csv.ts';
import type { Sources } from './sources.ts';

const positiveOrNone = z
  .string()
  .regex(/^(\d{1,4}(\.\d{1,3})?)?$/, 'is not a plain number')
  .transform((text) => (text === '' ? null : Number(text)));

/** `amount` empty = the surcharge is due and its amount on this list is not published. */
const rowSchema = z.strictObject({
  product: z.enum(SERVICES),
  price_list: z.enum(PRICE_LISTS),
  rated_by: z
    .string()
    .transform((text) => text.split(';'))
    .pipe(z.array(z.enum(RATED_BY)).min(1)),
  surcharge: z.string().regex(/^[a-z][a-z_]*$/),
  over_in: positiveOrNone,
  not_over_in: positiveOrNone,
  over_cu_ft: positiveOrNone,
  amount: z
    .string()
    .transform((text) => (text === '' ? null : (parseMills(text) ?? -1)))
    .refine((mills) => mills === null || mills >= 0, 'is not an amount'),
  source: z.string(),
});
type Row = z.infer<typeof rowSchema>;

/** One surcharge with the product and list it belongs to. */
export interface ListedSurcharge {
  service: Service;
  priceList: PriceList;
  surcharge: Surcharge;
}

/** The surcharges of one file. Throws a CatalogError naming row and field. */
export function readSurcharges(path: string, sources: Sources): ListedSurcharge[] {
  const listed = readCsv(path).rows.map((row) => {
    const place = { file: path, row: row.line };
    const checked = checkedRow(row, rowSchema, path);
    if (!sources[checked.source]) {
      throw new CatalogError({ ...place, field: 'source' }, `${checked.source} is not in data/sources.yaml`);
    }
    const due = dueOf(checked);
    if (due) return { service: checked.product, priceList: checked.price_list, surcharge: surchargeOf(checked, due) };
    const message = `is due neither by size (over_in, over_cu_ft) nor for a known cause: ${SURCHARGE_CAUSES.join(', ')}`;
    throw new CatalogError({ ...place, field: 'surcharge' }, message);
  });
  const keys = listed.map(keyOf);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice !== -1) throw new CatalogError({ file: path, row: twice + 2 }, 'states the same surcharge twice');
  return listed;
}

/**
 * The surcharges in force with a list: its own, and those of the list before that it does not name. These are still due,
 * and their amount is unknown until somebody publishes it; an amount of 0.00 says that one has ended.
 */
export function withExpected(
  own: readonly ListedSurcharge[],
  before: readonly ListedSurcharge[],
): readonly ListedSurcharge[] {
  const named = new Set(own.map(keyOf));
  const expected = before
    .filter((listed) => !named.has(keyOf(listed)))
    .map((listed) => ({ ...listed, surcharge: { ...listed.surcharge, mills: null } }));
  return [...own, ...expected];
}

/** The table rating reads. */
export function buildSurchargeTable(listed: readonly ListedSurcharge[]): SurchargeTable {
  const table: Partial<Record<Service, Partial<Record<PriceList, Surcharge[]>>>> = {};
  for (const { service, priceList, surcharge } of listed) {
    ((table[service] ??= {})[priceList] ??= []).push(surcharge);
  }
  return table;
}

/** What tells two surcharges of a folder apart: everything but the amount, its source and what it is rated by. */
function keyOf({ service, priceList, surcharge: { name, due } }: ListedSurcharge): string {
  return JSON.stringify([service, priceList, name, due]);
}

function surchargeOf(row: Row, due: Surcharge['due']): Surcharge {
  const { surcharge: name, rated_by: ratedBy, amount: mills, source } = row;
  return Object.freeze({ name, ratedBy, due, mills, words: wordsOf(row), source });
}

function dueOf({ surcharge, over_in: over, not_over_in: to, over_cu_ft: cubicFt }: Row): Surcharge['due'] | null {
  if (over !== null) {
    const notOverMilliIn = to === null ? Infinity : to * MILLI_IN_PER_IN;
    return { by: 'length', overMilliIn: over * MILLI_IN_PER_IN, notOverMilliIn };
  }
  if (cubicFt !== null) return { by: 'volume', overCubicIn: cubicFt * CUBIC_IN_PER_CUBIC_FT };
  const cause = SURCHARGE_CAUSES.find((one) => one === surcharge);
  return cause ? { by: 'cause', cause } : null;
}

function wordsOf({ surcharge, over_in: over, not_over_in: to, over_cu_ft: cubicFt }: Row): string {
  if (over !== null) return `longest side over ${over} in${to === null ? '' : ` and not over ${to} in`}`;
  if (cubicFt !== null) return `volume over ${cubicFt} cubic feet`;
  return surcharge.replaceAll('_', ' ');
}
