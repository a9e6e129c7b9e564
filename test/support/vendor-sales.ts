/** Labels of one vendor over towns and weights, at prices that are made from the published ones. */
import type { Service } from '../../src/core/label/label.ts';
import { priceOf } from '../../src/core/rating/price.ts';
import { type Day, addDays } from '../../src/core/units/day.ts';
import { MILLI_OZ_PER_OZ } from '../../src/core/units/measure.ts';
import { formatMills, roundToCents } from '../../src/core/units/money.ts';
import { impb } from './month/parcel.ts';
import { TOWNS } from './month/places.ts';
import { shippedTables } from './rating.ts';

export type LabelRow = Record<string, string>;

export interface Sales {
  vendor: string;
  count: number;
  /** The day of the first label; so many are sold on each day that follows. */
  from?: Day;
  perDay?: number;
  service?: Service;
  /** By the place of the label. */
  weightOz?: (index: number) => number;
  /** What is charged, by the published commercial price and the place of the label. */
  charged: (publishedMills: number, index: number) => number;
  over?: (index: number) => LabelRow;
}

/** Stands in where no price is published for the day. */
const TEN_DOLLARS = 10_000;

let serials = 0;

/** Outbound labels by weight, from New York to every town in turn, one after the other over the days. */
export function sales({
  vendor,
  count,
  from = '2025-11-03',
  perDay = 10,
  service = 'ground_advantage',
  weightOz = (index) => [6, 20, 40, 90, 150, 240][index % 6] ?? 6,
  charged,
  over = () => ({}),
}: Sales): LabelRow[] {
  return Array.from({ length: count }, (_, index) => {
    serials += 1;
    const to = TOWNS[(index * 7) % 26] ?? TOWNS[0];
    const day = addDays(from, Math.floor(index / perDay));
    const price = priceOf(
      {
        service,
        packaging: 'package',
        priceList: 'commercial',
        originZip: '10001',
        destinationZip: to?.zip ?? '',
        weightMilliOz: weightOz(index) * MILLI_OZ_PER_OZ,
        dimensions: null,
        day,
      },
      shippedTables,
    );
    const mills = formatMills(roundToCents(charged(price.known ? price.mills : TEN_DOLLARS, index)));
    return {
      tracking_number: impb(service === 'ground_advantage' ? '001' : '055', '900000083', serials),
      vendor,
      label_id: `V${serials}`,
      purchased_at: `${day}T15:00:00Z`,
      ship_date: day,
      service,
      rate_type: 'weight',
      packaging: 'package',
      weight_oz: String(weightOz(index)),
      origin_zip: '10001',
      destination_zip: to?.zip ?? '',
      charged: mills,
      postage: mills,
      ...over(index),
    };
  });
}
