/** How each vendor prices and weighs, counted over the labels of late by what their judgements left of them. */
import type { QueryRunner } from 'typeorm';
import type { GatheredRow } from '../core/finding/vendor.ts';
import { discountOf, discountsOf, weightPricesOf } from '../core/risk/prices.ts';
import { totalCases } from '../core/risk/statistics.ts';
import { weightSpecsOf } from '../core/risk/specs.ts';
import { LIVE, type OfLate, type OfVendor, OF_LATE, RECENT, byVendor, valuesOf } from './vendor-labels.query.ts';

/** Labels of which the same can be said: see core/finding/pricing.ts. */
interface SignGroup {
  recent: boolean;
  cases: number;
  service: string;
  soldBy: string | null;
  zone: number | null;
  cell: number | null;
  heavier: boolean | null;
  chargedMills: number;
  expectedMills: number;
  comparedMills: number | null;
  publishedMills: number | null;
}

/** One row a vendor with an outbound label. */
export async function gatherPrices(runner: QueryRunner, late: OfLate): Promise<GatheredRow[]> {
  const groups = byVendor(await readSigns(runner, late));
  return [...groups].map(([vendor, signs]) => ({
    vendor,
    week: null,
    gathered: {
      weightPrices: weightPricesOf(signs.flatMap(weightPriced)),
      discounts: discountsOf(signs.flatMap(discounted)),
      weightSpecs: weightSpecsOf(signs.flatMap(specified)),
      priceGaps: {
        unsure: totalCases(signs.filter(({ soldBy }) => soldBy === null)),
        incomparable: totalCases(signs.filter((sign) => sign.soldBy !== 'none' && discounted(sign).length === 0)),
      },
    },
  }));
}

/** Each is one group or none. */
function weightPriced(sign: SignGroup) {
  const { zone, cell, soldBy, expectedMills } = sign;
  return soldBy === 'weight' && zone !== null && cell !== null && expectedMills > 0 ? [{ ...sign, zone, cell }] : [];
}

function discounted({ recent, cases, comparedMills: chargedMills, publishedMills }: SignGroup) {
  if (chargedMills === null || publishedMills === null || publishedMills <= 0) return [];
  return [{ recent, cases, discount: discountOf({ chargedMills, publishedMills }) }];
}

function specified({ recent, cases, cell, heavier }: SignGroup) {
  return cell === null ? [] : [{ recent, cases, lowest: cell === 0, heavier }];
}

/**
 * One pass over the labels, for there are many. A number sold more than once left no signs, since its sums cannot be told
 * apart; another rule judges it, so it is none of those that nobody can tell of.
 */
async function readSigns(runner: QueryRunner, late: OfLate): Promise<OfVendor<SignGroup>[]> {
  return runner.query(
    `SELECT l.vendor, ${RECENT} AS recent, l.service,
            CASE WHEN cardinality(d.outcomes) > 1 THEN 'none' ELSE d.sold_by END AS "soldBy",
            d.zone, d.weight_cell AS cell, d.scale_cell > d.weight_cell AS heavier,
            d.charged_of_rated_mills AS "chargedMills", d.expected_mills AS "expectedMills",
            d.compared_mills AS "comparedMills", d.published_mills AS "publishedMills", count(*)::int AS cases
       FROM ${OF_LATE} JOIN judged d ON d.tracking_number = l.tracking_number
      WHERE ${LIVE} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`,
    valuesOf(late),
  );
}
