/** A row of a vendor's price sheet as the price it states, or what is wrong with it. */
import type { Dimensions } from '../label/label.ts';
import type { Spellings } from '../label/spelling.ts';
import type { SheetPrice } from '../rating/sheet-label.ts';
import { parseThousandths } from '../units/measure.ts';
import type { Result } from '../units/result.ts';
import type { ColumnPlan, Layout } from './column-plan.ts';
import { type Shared, vendorOf } from './key-cells.ts';
import { RowCells } from './row-cells.ts';

const REQUIRED = ['vendor', 'service', 'weight_oz', 'price'] as const;
const OPTIONAL = ['zone', 'dims', 'packaging'] as const;

export type PriceSheetColumn = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
export const PRICE_SHEET_LAYOUT: Layout<PriceSheetColumn> = { columns: [...REQUIRED, ...OPTIONAL], required: REQUIRED };

/** Zones of the United States: 1 to 9. */
const LAST_ZONE = 9;

/** A function from the cells of a row to its price. All problems of a row are said at once. */
export function priceSheetReader(plan: ColumnPlan<PriceSheetColumn>, spellings: Spellings, shared: Shared) {
  const row = new RowCells(plan);
  return (cells: readonly string[]): Result<SheetPrice> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    vendorOf(row, shared);
    const service = row.required(
      'service',
      row.spelt('service', (text) => spellings.service(text), 'a service'),
    );
    const packaging = row.spelt('packaging', (text) => spellings.packaging(text), 'a packaging');
    const weightMilliOz = row.required('weight_oz', row.thousandths('weight_oz'));
    const priceMills = row.required('price', row.mills('price'));
    const zone = row.whole('zone', 1, LAST_ZONE);
    const dimensions = dimensionsOf(row);
    if (row.problems.length > 0 || service === null || weightMilliOz === null || priceMills === null) {
      return { ok: false, problems: row.problems };
    }
    return { ok: true, value: { service, packaging, weightMilliOz, zone, dimensions, priceMills } };
  };
}

/** "10x8x4", also with "*" or "×" and spaces. */
function dimensionsOf(row: RowCells<PriceSheetColumn>): Dimensions | null {
  const text = row.text('dims');
  if (text === null) return null;
  const sides = text.split(/[x×*]/i).map((side) => parseThousandths(side.trim()));
  const [lengthMilliIn, widthMilliIn, heightMilliIn] = sides;
  if (sides.length !== 3 || !lengthMilliIn || !widthMilliIn || !heightMilliIn) {
    return row.reject('dims', 'is not three sides in inches such as 10x8x4', text);
  }
  return { lengthMilliIn, widthMilliIn, heightMilliIn };
}
