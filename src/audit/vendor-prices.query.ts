/** How each vendor prices and weighs, counted over the labels of late that were judged with a published price. */
import type { QueryRunner } from 'typeorm';
import type { GatheredRow } from '../core/finding/vendor.ts';
import { type DiscountGroup, type WeightPriceGroup, discountsOf, weightPricesOf } from '../core/risk/prices.ts';
import { type SpecGroup, weightSpecsOf } from '../core/risk/specs.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { LATEST, LIVE, type OfVendor, OF_LATE, RECENT, byVendor } from './vendor-labels.query.ts';

/** One purchase a number: the sums of several under one cannot be told apart. */
const JUDGED = `${OF_LATE} JOIN judged d ON d.tracking_number = l.tracking_number AND cardinality(d.outcomes) = 1`;

/** Labels counted by what can be said of them. */
interface KindGroup extends SpecGroup {
  soldBy: string | null;
  /** Has a weight cell. */
  specified: boolean;
  /** Its like has a price. */
  compared: boolean;
}

/** One row a vendor with an outbound label. */
export async function gatherPrices(runner: QueryRunner, asOf: Instant): Promise<GatheredRow[]> {
  const kinds = byVendor(await readKinds(runner, asOf));
  const weights = byVendor(await readWeightPrices(runner, asOf));
  const discounts = byVendor(await readDiscounts(runner, asOf));
  return [...kinds].map(([vendor, groups]) => ({
    vendor,
    week: null,
    gathered: {
      weightPrices: weightPricesOf(weights.get(vendor) ?? []),
      discounts: discountsOf(discounts.get(vendor) ?? []),
      weightSpecs: weightSpecsOf(groups.filter(({ specified }) => specified)),
      priceGaps: {
        unsure: count(groups.filter(({ soldBy }) => soldBy === null)),
        incomparable: count(groups.filter(({ soldBy, compared }) => soldBy !== 'none' && !compared)),
      },
    },
  }));
}

function count(groups: readonly KindGroup[]): number {
  return groups.reduce((sum, { cases }) => sum + cases, 0);
}

/** A number sold more than once has no sign of its own, and is none that nobody can tell of: another rule judges it. */
async function readKinds(runner: QueryRunner, asOf: Instant): Promise<OfVendor<KindGroup>[]> {
  return runner.query(
    `WITH ${LATEST}
     SELECT l.vendor, ${RECENT} AS recent, d.sold_by AS "soldBy", d.weight_cell IS NOT NULL AS specified,
            coalesce(d.weight_cell = 0, false) AS lowest, d.scale_cell > d.weight_cell AS heavier,
            d.published_mills > 0 AS compared, count(*)::int AS cases
       FROM ${JUDGED} WHERE ${LIVE} GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    [formatInstant(asOf)],
  );
}

async function readWeightPrices(runner: QueryRunner, asOf: Instant): Promise<OfVendor<WeightPriceGroup>[]> {
  return runner.query(
    `WITH ${LATEST}
     SELECT l.vendor, ${RECENT} AS recent, d.zone, l.service, d.weight_cell AS cell,
            d.charged_of_rated_mills AS "chargedMills", d.expected_mills AS "expectedMills", count(*)::int AS cases
       FROM ${JUDGED} WHERE ${LIVE} AND d.sold_by = 'weight' AND d.expected_mills > 0 GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    [formatInstant(asOf)],
  );
}

/** To a ten-thousandth, for a discount is a handful of percents and millions of labels are not to be carried here. */
async function readDiscounts(runner: QueryRunner, asOf: Instant): Promise<OfVendor<DiscountGroup>[]> {
  return runner.query(
    `WITH ${LATEST}
     SELECT l.vendor, ${RECENT} AS recent,
            round((1 - d.compared_mills::float8 / d.published_mills) * 10000) / 10000 AS discount, count(*)::int AS cases
       FROM ${JUDGED} WHERE ${LIVE} AND d.published_mills > 0 GROUP BY 1, 2, 3`,
    [formatInstant(asOf)],
  );
}
