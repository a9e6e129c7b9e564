/** Reads data/eligibility: what each service takes, how large the flat-rate items are, and how long a service needs. */
import { join } from 'node:path';
import { z } from 'zod';
import { PACKAGINGS, type Packaging, SERVICES, type Service } from '../core/label/label.ts';
import { type Eligibility, MEASURES, type ServiceLimit, type ServiceLimits } from '../core/rating/eligibility.ts';
import type { FlatRateItem, FlatRateShape, Sides } from '../core/rating/fit.ts';
import { parseDay } from '../core/units/day.ts';
import { MILLI_IN_PER_IN, MILLI_OZ_PER_LB, MILLI_OZ_PER_OZ, parseThousandths } from '../core/units/measure.ts';
import { CatalogError } from '../platform/errors.ts';
import { checkedRow } from './checked-row.ts';
import { type CsvRow, readCsv } from './csv.ts';
import { type Sources, loadSources } from './sources.ts';
import { readYaml } from './yaml.ts';

const day = z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)');
const services = z.array(z.enum(SERVICES)).min(1);
const days = z.int().min(0).max(30);

const limitSchema = z
  .strictObject({
    services,
    /** Left out: every packaging without a limit of its own. */
    packagings: z.array(z.enum(PACKAGINGS)).min(1).optional(),
    measure: z.enum(MEASURES),
    maximum_lb: z.number().positive().optional(),
    maximum_oz: z.number().positive().optional(),
    maximum_in: z.number().positive().optional(),
    effective_from: day,
    source: z.string(),
  })
  .refine(
    ({ measure, maximum_lb: lb, maximum_oz: oz, maximum_in: inches }) =>
      measure === 'weight'
        ? (lb === undefined) !== (oz === undefined) && inches === undefined
        : inches !== undefined && lb === undefined && oz === undefined,
    'needs one maximum: maximum_lb or maximum_oz for a weight, maximum_in for a size',
  );
type Limit = z.infer<typeof limitSchema>;

const servicesSchema = z.strictObject({
  limits: z.array(limitSchema),
  military_items: z.strictObject({ source: z.string(), effective_from: day, items: z.array(z.enum(PACKAGINGS)) }),
  delivery_days: z.strictObject({
    source: z.string(),
    as_of: day,
    services: z.partialRecord(z.enum(SERVICES), z.tuple([days, days])),
  }),
});

const itemSchema = z.object({
  item: z.enum(PACKAGINGS),
  kind: z.enum(['box', 'envelope']),
  services: z
    .string()
    .transform((text) => text.split(';'))
    .pipe(services),
  effective_from: day,
  source: z.string(),
});

/** What data/eligibility of the folder that holds data/ says. Throws a CatalogError naming file, row and field of the first fault. */
export function loadEligibility(root: string): Omit<Eligibility, 'dimensional'> {
  const folder = join(root, 'data', 'eligibility');
  const sources = loadSources(root);
  const file = join(folder, 'services.yaml');
  const { limits, delivery_days: delivery, military_items: military } = readYaml(file, servicesSchema);
  for (const { source } of [...limits, delivery, military]) checkSource(source, sources, { file });
  return Object.freeze({
    services: Object.freeze(limitsByService(limits)),
    flatRate: Object.freeze(readItems(join(folder, 'flat-rate-items.csv'), sources)),
    militaryItems: Object.freeze(military.items),
    deliveryDays: Object.freeze(delivery.services),
  });
}

function checkSource(source: string, sources: Sources, place: { file: string; row?: number }): void {
  if (sources[source]) return;
  throw new CatalogError({ ...place, field: 'source' }, `${source} is not in data/sources.yaml`);
}

function limitsByService(limits: readonly Limit[]): Eligibility['services'] {
  const latestFirst = limits.toSorted((a, b) => (a.effective_from > b.effective_from ? -1 : 1));
  const byService: Partial<Record<Service, ServiceLimits>> = {};
  for (const service of SERVICES) {
    const own = latestFirst.filter((limit) => limit.services.includes(service));
    if (own.length > 0) byService[service] = Object.freeze(limitsOf(own));
  }
  return byService;
}

function limitsOf(own: readonly Limit[]): ServiceLimits {
  const general = own.filter((limit) => limit.packagings === undefined).map(toLimit);
  const byPackaging: Partial<Record<Packaging, readonly ServiceLimit[]>> = {};
  for (const packaging of PACKAGINGS) {
    const special = own.filter((limit) => limit.packagings?.includes(packaging)).map(toLimit);
    if (special.length === 0) continue;
    const measured = new Set(special.map((limit) => limit.measure));
    byPackaging[packaging] = [...special, ...general.filter((limit) => !measured.has(limit.measure))];
  }
  return { general, byPackaging: Object.freeze(byPackaging) };
}

function toLimit(limit: Limit): ServiceLimit {
  const ounces = (limit.maximum_lb ?? 0) * MILLI_OZ_PER_LB + (limit.maximum_oz ?? 0) * MILLI_OZ_PER_OZ;
  const maximum = limit.measure === 'weight' ? ounces : (limit.maximum_in ?? 0) * MILLI_IN_PER_IN;
  return Object.freeze({
    measure: limit.measure,
    maximum: Math.round(maximum),
    from: limit.effective_from,
    source: limit.source,
  });
}

function readItems(file: string, sources: Sources): Eligibility['flatRate'] {
  const items: Partial<Record<Packaging, FlatRateItem>> = {};
  for (const row of readCsv(file).rows) {
    const { item, kind, services: sold, source } = checkedRow(row, itemSchema, file);
    checkSource(source, sources, { file, row: row.line });
    const shape = Object.freeze(kind === 'box' ? readBox(row, file) : readEnvelope(row, file));
    const before = items[item];
    if (before && before.services.join() !== sold.join()) {
      throw new CatalogError({ file, row: row.line, field: 'services' }, `differs from another shape of ${item}`);
    }
    items[item] = Object.freeze({ services: sold, shapes: [...(before?.shapes ?? []), shape] });
  }
  return items;
}

function readBox(row: CsvRow, file: string): FlatRateShape {
  const inside = readSides(row, 'inside', file);
  const outside = readSides(row, 'outside', file);
  if (inside.some((side, index) => side > (outside[index] ?? 0))) {
    throw new CatalogError({ file, row: row.line, field: 'inside_length' }, 'the inside is larger than the outside');
  }
  return { kind: 'box', inside, outside };
}

function readEnvelope(row: CsvRow, file: string): FlatRateShape {
  const lengthMilliIn = readSide(row, 'outside_length', file);
  const widthMilliIn = readSide(row, 'outside_width', file);
  if (widthMilliIn <= lengthMilliIn) return { kind: 'envelope', lengthMilliIn, widthMilliIn };
  throw new CatalogError({ file, row: row.line, field: 'outside_width' }, 'is greater than the length');
}

function readSides(row: CsvRow, which: 'inside' | 'outside', file: string): Sides {
  const read = (side: string): number => readSide(row, `${which}_${side}`, file);
  const [longest = 0, middle = 0, shortest = 0] = [read('length'), read('width'), read('height')].sort((a, b) => b - a);
  return [longest, middle, shortest];
}

function readSide(row: CsvRow, field: string, file: string): number {
  const text = row.cells[field] ?? '';
  const side = parseThousandths(text);
  if (side !== null && side > 0) return side;
  throw new CatalogError({ file, row: row.line, field }, `${JSON.stringify(text)} is not a length in inches`);
}
