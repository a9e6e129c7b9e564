/** What the manifest of a price folder says: when its list is in force, and exactly which cells it covers. */
import { z } from 'zod';
import { PRICE_LISTS, SERVICES } from '../core/label/label.ts';
import { parseDay } from '../core/units/day.ts';

const day = z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)');
const product = z.enum(SERVICES);
const priceList = z.enum(PRICE_LISTS);
const pounds = z.int().min(1).max(70);
const zone = z.int().min(1).max(9);

const tableSchema = z.strictObject({
  file: z.string(),
  product,
  price_list: priceList,
  source: z.string(),
  steps_under_1_lb_oz: z.array(z.number().positive().lt(16)),
  maximum_lb: pounds,
  zones: z.array(zone),
  /** Zones known to a smaller weight than the rest, by zone. */
  zones_known_to_lb: z.record(z.string(), pounds).default({}),
  /** Official cells that cost less than a lighter parcel's or a nearer zone's, as "zone/ounces". */
  not_monotone: z.array(z.string()).default([]),
});

export const manifestSchema = z.strictObject({
  id: z.string(),
  effective_from: day,
  effective_to: day,
  includes_peak: z.boolean(),
  status: z.enum(['complete', 'partial']),
  uncertainties: z.array(z.string()),
  /** The folder whose tables hold too, with the increases of `peak` on top. */
  base: z.string().optional(),
  peak: z
    .strictObject({
      file: z.string(),
      source: z.string(),
      covers: z.array(z.strictObject({ product, price_list: priceList, to_lb: pounds })),
    })
    .optional(),
  tables: z.array(tableSchema),
});

export type PriceManifest = z.infer<typeof manifestSchema>;
export type TableManifest = z.infer<typeof tableSchema>;
