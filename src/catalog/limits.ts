/** Reads data/prices/limits.yaml: the sizes and weights that decide how a parcel is priced, by date. */
import { join } from 'node:path';
import { z } from 'zod';
import type { RatingLimits } from '../core/rating/tables.ts';
import { type Day, parseDay } from '../core/units/day.ts';
import { MILLI_IN_PER_IN, MILLI_OZ_PER_LB } from '../core/units/measure.ts';
import { CatalogError } from '../platform/errors.ts';
import type { Sources } from './sources.ts';
import { readYaml } from './yaml.ts';

const LIMIT_NAMES = [
  'maximum_weight_lb',
  'dimensional_threshold_cu_in',
  'oversize_length_plus_girth_in',
  'nonstandard_length_in',
  'cubic_largest_tier_ground_advantage_cu_ft',
  'cubic_largest_tier_priority_mail_cu_ft',
  'cubic_side_step_in',
] as const;
type LimitName = (typeof LIMIT_NAMES)[number];

const CUBIC_IN_PER_CUBIC_FT = 12 ** 3;

const day = z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)');
const limitsSchema = z.strictObject({
  limits: z.array(
    z.strictObject({
      name: z.enum(LIMIT_NAMES),
      value: z.number().positive(),
      effective_from: day,
      effective_to: day.optional(),
      source: z.string(),
    }),
  ),
});

/** The limits in force during a price list. */
export type LimitsDuring = (from: Day, to: Day) => RatingLimits;

/** Reads the limits once; the answer throws a CatalogError for a period in which one is missing or changes. */
export function loadLimits(root: string, sources: Sources): LimitsDuring {
  const file = join(root, 'data', 'prices', 'limits.yaml');
  const { limits } = readYaml(file, limitsSchema);
  for (const { name, source } of limits) {
    if (!sources[source]) throw new CatalogError({ file, field: name }, `source ${source} is not in data/sources.yaml`);
  }
  return (from, to) => {
    const value = (name: LimitName): number => {
      const inForce = limits.filter(
        (limit) => limit.name === name && limit.effective_from <= from && (limit.effective_to ?? to) >= to,
      );
      if (inForce.length === 1 && inForce[0]) return inForce[0].value;
      throw new CatalogError({ file, field: name }, `has ${inForce.length} values in force from ${from} to ${to}`);
    };
    return {
      maximumWeightMilliOz: value('maximum_weight_lb') * MILLI_OZ_PER_LB,
      dimensionalThresholdCubicIn: value('dimensional_threshold_cu_in'),
      oversizeLengthPlusGirthMilliIn: value('oversize_length_plus_girth_in') * MILLI_IN_PER_IN,
      nonstandardLengthMilliIn: value('nonstandard_length_in') * MILLI_IN_PER_IN,
      cubicLargestTierCubicIn: {
        ground_advantage: value('cubic_largest_tier_ground_advantage_cu_ft') * CUBIC_IN_PER_CUBIC_FT,
        priority_mail: value('cubic_largest_tier_priority_mail_cu_ft') * CUBIC_IN_PER_CUBIC_FT,
      },
      cubicSideStepMilliIn: value('cubic_side_step_in') * MILLI_IN_PER_IN,
    };
  };
}
