/** Which weights of a product cost the same in a zone: rules about vendors count prices, not the steps they are printed in. */
import { type PriceTable, ZONE_COUNT, cellAnswer } from './price-table.ts';

/**
 * The place, from 0, of the lightest step that costs in the zone what this weight does: steps next to each other at one
 * price are one cell. Null where the weight is over the table or its price is not known.
 */
export function weightCellOf(table: PriceTable, weightMilliOz: number, zone: number): number | null {
  const price = cellAnswer(table, weightMilliOz, zone);
  if (!price?.known) return null;
  const { steps, zoned, answers } = table;
  let cell = steps.findIndex((step) => step >= weightMilliOz);
  while (cell > 0) {
    const lighter = answers[zoned ? (cell - 1) * ZONE_COUNT + zone - 1 : cell - 1];
    if (!lighter?.known || lighter.mills !== price.mills) break;
    cell -= 1;
  }
  return cell;
}
