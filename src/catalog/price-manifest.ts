/** What the manifest of a price folder says: when its list is in force, and exactly which cells it covers. */
import { z } from 'zod';
import { PACKAGINGS, PRICE_LISTS, SERVICES } from '../core/label/label.ts';
import { parseDay } from '../core/units/day.ts';

const day = z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)');
const product = z.enum(SERVICES);
const priceList = z.enum(PRICE_LISTS);
const pounds = z.int().min(1).max(70);
const zone = z.int().min(1).max(9);
const rising = z
  .array(z.number().positive())
  .refine((steps) => steps.every((step, at) => step > (steps[at - 1] ?? 0)), {
    message: 'must rise',
  });

const everyTable = {
  file: z.string(),
  product,
  /** The lists the prices hold for: a product without a commercial single-piece price has one price for both. */
  price_lists: z.array(priceList).min(1),
  source: z.string(),
  /** The zones priced apart; none = one price everywhere, in the column `price`. */
  zones: z.array(zone),
  /** Official cells that cost less than a lighter parcel's or a nearer zone's, as "zone/step" (zone 0 = everywhere). */
  not_monotone: z.array(z.string()).default([]),
};

const weightTable = z
  .strictObject({
    ...everyTable,
    by: z.literal('weight'),
    /** The packagings the prices hold for; left out = every packaging that has no table of its own. */
    packagings: z.array(z.enum(PACKAGINGS)).min(1).optional(),
    /** Steps in ounces where they are not whole pounds; then pounds to `maximum_lb`, if that is stated. */
    steps_oz: rising.default([]),
    maximum_lb: pounds.optional(),
    /** Zones known to a smaller weight than the rest, by zone. */
    zones_known_to_lb: z.record(z.string(), pounds).default({}),
  })
  .refine((table) => table.steps_oz.length > 0 || table.maximum_lb !== undefined, 'has no weight step');

const cubicTable = z.strictObject({ ...everyTable, by: z.literal('cubic'), steps_cu_ft: rising.min(1) });
const oversizedTable = z.strictObject({ ...everyTable, by: z.literal('oversized') });
/** Prices of single things, such as flat-rate boxes, whatever they weigh. */
const itemTable = z.strictObject({
  ...everyTable,
  by: z.literal('item'),
  items: z.array(z.string().regex(/^[a-z][a-z0-9_]*$/)).min(1),
});

const tableSchema = z.union([weightTable, cubicTable, oversizedTable, itemTable]);

export const manifestSchema = z.strictObject({
  id: z.string(),
  effective_from: day,
  effective_to: day,
  includes_peak: z.boolean(),
  status: z.enum(['complete', 'partial']),
  uncertainties: z.array(z.string()),
  /** SHA-256 of the page or file the folder was made from, in hex. */
  source_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** The folder whose tables, surcharges and fees hold too, with the increases of `peak` on top. */
  base: z.string().optional(),
  peak: z
    .strictObject({
      file: z.string(),
      source: z.string(),
      /** Products that pay increases: where none is covered, their price is unknown. The others keep the base price. */
      products: z.array(product).min(1),
      covers: z.array(z.strictObject({ product, price_list: priceList, to_lb: pounds })),
    })
    .optional(),
  /** File of surcharges by size, contents and manner of mailing. */
  surcharges: z.string().optional(),
  /** File of the fees of extra services. */
  fees: z.string().optional(),
  tables: z.array(tableSchema),
});

export type PriceManifest = z.infer<typeof manifestSchema>;
export type TableManifest = z.infer<typeof tableSchema>;
export type WeightTableManifest = z.infer<typeof weightTable>;
