/** Which values each vendor's labels of late declare most often, and what the orders behind them are worth. */
import type { QueryRunner } from 'typeorm';
import type { GatheredRow } from '../core/finding/vendor.ts';
import {
  type DeclaredValues,
  type DeclaringGroup,
  type OrderGroup,
  type ValueGroup,
  declaredOf,
  orderVariation,
} from '../core/risk/declared.ts';
import { LIVE, type OfLate, type OfVendor, OF_LATE, RECENT, byVendor, valuesOf } from './vendor-labels.query.ts';

/** Most values stand on one label each; one on fewer than these is no habit, and is not carried here. */
const FEWEST_REPEATED = 10;

const DECLARED = `${OF_LATE} WHERE ${LIVE} AND l.declared_mills > 0`;

/** One row a vendor that declares values. */
export async function gatherDeclared(runner: QueryRunner, late: OfLate): Promise<GatheredRow[]> {
  const values = byVendor(await readValues(runner, late));
  const declared = [...byVendor(await readDeclaring(runner, late))].flatMap(([vendor, groups]) => {
    const found = declaredOf(groups, values.get(vendor) ?? []);
    return found === null ? [] : [{ vendor, found }];
  });
  const orders = byVendor(await readOrders(runner, late, declared));
  return declared.map(({ vendor, found: { repeated, ...found } }) => {
    const ofVendor = orders.get(vendor) ?? [];
    const withOrders = repeated.map((value) => ({
      ...value,
      orderVariation: orderVariation(value, ofVendor, found.days),
    }));
    return { vendor, week: null, gathered: { declared: { ...found, repeated: withOrders } } };
  });
}

async function readDeclaring(runner: QueryRunner, late: OfLate): Promise<OfVendor<DeclaringGroup>[]> {
  return runner.query(
    `SELECT l.vendor, l.currency, ${RECENT} AS recent, count(*)::int AS cases FROM ${DECLARED} GROUP BY 1, 2, 3`,
    valuesOf(late),
  );
}

async function readValues(runner: QueryRunner, late: OfLate): Promise<OfVendor<ValueGroup>[]> {
  return runner.query(
    `WITH counted AS (
       SELECT l.vendor, l.currency, l.declared_mills AS mills, count(*)::int AS labels,
              (count(*) FILTER (WHERE ${RECENT}))::int AS recent
         FROM ${DECLARED} GROUP BY 1, 2, 3 HAVING count(*) >= $4)
     SELECT vendor, currency, mills, true AS recent, recent AS cases FROM counted WHERE recent > 0
     UNION ALL
     SELECT vendor, currency, mills, false, labels - recent FROM counted WHERE labels > recent`,
    [...valuesOf(late), FEWEST_REPEATED],
  );
}

/** Of the labels that bear one of the repeated values, where the order is worth something in the label's currency. */
async function readOrders(
  runner: QueryRunner,
  late: OfLate,
  declared: readonly { vendor: string; found: DeclaredValues }[],
): Promise<OfVendor<OrderGroup>[]> {
  const asked = declared.flatMap(({ vendor, found: { currency, repeated } }) =>
    repeated.map(({ mills }) => ({ vendor, currency, mills })),
  );
  if (asked.length === 0) return [];
  return runner.query(
    `SELECT l.vendor, l.declared_mills AS mills, l.order_mills AS "orderMills", ${RECENT} AS recent, count(*)::int AS cases
       FROM ${DECLARED} AND l.order_mills > 0 AND l.order_currency = l.currency
        AND (l.vendor, l.currency, l.declared_mills) IN (SELECT * FROM unnest($4::text[], $5::text[], $6::bigint[]))
      GROUP BY 1, 2, 3, 4`,
    [
      ...valuesOf(late),
      asked.map(({ vendor }) => vendor),
      asked.map(({ currency }) => currency),
      asked.map(({ mills }) => mills),
    ],
  );
}
