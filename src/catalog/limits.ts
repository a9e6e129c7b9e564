/** Reads data/prices/limits.yaml: the sizes and weights that decide how a parcel is priced, by date. */
import { join } from 'node:path';
import { z } from 'zod';
import { SERVICES, type Service } from '../core/label/label.ts';
import type { RatingLimits } from '../core/rating/tables.ts';
import { type Day, parseDay } from '../core/units/day.ts';
import { MILLI_CU_FT_PER_CU_FT, MILLI_IN_PER_IN, MILLI_OZ_PER_LB } from '../core/units/measure.ts';
import { CatalogError } from '../platform/errors.ts';
import type { Sources } from './sources.ts';
import { readYaml } from './yaml.ts';

const LIMIT_NAMES = [
  'maximum_weight_lb',
  'oversize_length_plus_girth_in',
  'oversized_to_length_plus_girth_in',
  'dimensional_services',
  'dimensional_threshold_cu_in',
  'dimensional_divisor',
  'dimensional_side_rounding',
  'dimensional_non_rectangular_factor',
  'cubic_largest_tier_cu_ft',
  'cubic_maximum_weight_lb',
  'cubic_longest_side_in',
  'cubic_side_step_in',
  'cubic_soft_pack_steps',
] as const;
type LimitName = (typeof LIMIT_NAMES)[number];
const ROUNDINGS = ['nearest', 'up'] as const;

const day = z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)');
const limitSchema = z.strictObject({
  name: z.enum(LIMIT_NAMES),
  /** The services it holds for; left out = all. */
  services: z.array(z.enum(SERVICES)).min(1).optional(),
  value: z.union([z.number().positive(), z.enum(ROUNDINGS)]).optional(),
  /** Pairs: not over the first, priced as the second. */
  steps: z
    .array(z.tuple([z.number().positive(), z.number().positive()]))
    .min(1)
    .optional(),
  effective_from: day,
  effective_to: day.optional(),
  source: z.string(),
});
const limitsSchema = z.strictObject({ limits: z.array(limitSchema) });
type Limit = z.infer<typeof limitSchema>;

/** The limits in force during a price list. */
export type LimitsDuring = (from: Day, to: Day) => RatingLimits;

/** Reads the limits once; the answer throws a CatalogError for a period in which one is missing or changes. */
export function loadLimits(root: string, sources: Sources): LimitsDuring {
  const file = join(root, 'data', 'prices', 'limits.yaml');
  const { limits } = readYaml(file, limitsSchema);
  for (const { name, source } of limits) {
    if (!sources[source]) throw new CatalogError({ file, field: name }, `source ${source} is not in data/sources.yaml`);
  }
  return (from, to) => limitsIn(new Period(file, limits, { from, to }));
}

/** What is in force from the first to the last day of a price list. */
class Period {
  constructor(
    private readonly file: string,
    private readonly limits: readonly Limit[],
    private readonly days: { from: Day; to: Day },
  ) {}

  /** The one limit of a name that holds for every service. */
  one(name: LimitName): Limit {
    const found = this.all(name);
    if (found.length === 1 && found[0]) return found[0];
    throw this.fault(name, `has ${found.length} values in force from ${this.days.from} to ${this.days.to}`);
  }

  /** The one limit of a name, a number. */
  number(name: LimitName): number {
    return this.numberOf(this.one(name));
  }

  /** How sides are rounded for dimensional weight. */
  rounding(): (typeof ROUNDINGS)[number] {
    const { name, value } = this.one('dimensional_side_rounding');
    const rounding = ROUNDINGS.find((word) => word === value);
    if (rounding) return rounding;
    throw this.fault(name, `must be one of ${ROUNDINGS.join(', ')}`);
  }

  /** What `valueOf` reads of the limit of each service that has one. */
  byService<T>(name: LimitName, valueOf: (limit: Limit) => T): Partial<Record<Service, T>> {
    const values: Partial<Record<Service, T>> = {};
    for (const limit of this.all(name)) {
      for (const service of this.servicesOf(limit)) {
        if (values[service] !== undefined) throw this.fault(name, `has two values in force for ${service}`);
        values[service] = valueOf(limit);
      }
    }
    return Object.freeze(values);
  }

  numberOf({ name, value }: Limit): number {
    if (typeof value === 'number') return value;
    throw this.fault(name, 'must be a number');
  }

  stepsOf({ name, steps }: Limit): readonly (readonly [number, number])[] {
    if (steps) return steps;
    throw this.fault(name, 'must have steps');
  }

  servicesOf({ name, services }: Limit): readonly Service[] {
    if (services) return services;
    throw this.fault(name, 'must name its services');
  }

  /** Every limit of a name in force all the time; one that begins or ends meanwhile is an error. */
  private all(name: LimitName): Limit[] {
    const { from, to } = this.days;
    const touching = this.limits.filter(
      (limit) => limit.name === name && limit.effective_from <= to && (limit.effective_to ?? to) >= from,
    );
    const changing = touching.some((limit) => limit.effective_from > from || (limit.effective_to ?? to) < to);
    if (changing) throw this.fault(name, `changes between ${from} and ${to}, while one price list is in force`);
    return touching;
  }

  private fault(field: string, message: string): CatalogError {
    return new CatalogError({ file: this.file, field }, message);
  }
}

function inches(count: number): number {
  return Math.round(count * MILLI_IN_PER_IN);
}

function cubicFeet(count: number): number {
  return Math.round(count * MILLI_CU_FT_PER_CU_FT);
}

function limitsIn(period: Period): RatingLimits {
  const maximumWeightMilliOz = period.number('maximum_weight_lb') * MILLI_OZ_PER_LB;
  return Object.freeze({
    maximumWeightMilliOz,
    oversizeLengthPlusGirthMilliIn: inches(period.number('oversize_length_plus_girth_in')),
    oversizedToMilliIn: period.byService('oversized_to_length_plus_girth_in', (limit) =>
      inches(period.numberOf(limit)),
    ),
    dimensional: Object.freeze({
      services: period.servicesOf(period.one('dimensional_services')),
      thresholdCubicIn: period.number('dimensional_threshold_cu_in'),
      divisor: period.number('dimensional_divisor'),
      sideRounding: period.rounding(),
      nonRectangularThousandths: Math.round(period.number('dimensional_non_rectangular_factor') * 1000),
      maximumWeightMilliOz,
    }),
    cubic: Object.freeze({
      largestMilliCuFt: period.byService('cubic_largest_tier_cu_ft', (limit) => cubicFeet(period.numberOf(limit))),
      maximumWeightMilliOz: period.number('cubic_maximum_weight_lb') * MILLI_OZ_PER_LB,
      longestSideMilliIn: inches(period.number('cubic_longest_side_in')),
      sideStepMilliIn: inches(period.number('cubic_side_step_in')),
      softPackSteps: period.byService('cubic_soft_pack_steps', (limit) =>
        period.stepsOf(limit).map(([to, volume]) => ({ notOverMilliIn: inches(to), milliCuFt: cubicFeet(volume) })),
      ),
    }),
  });
}
