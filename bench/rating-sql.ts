/** The same prices as SQL: quotes joined to a table of zones by pair and a table of prices by step. */
import { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import type { RatedParcel } from '../src/core/rating/price.ts';
import type { RateTables } from '../src/core/rating/tables.ts';
import { ZONE_COUNT } from '../src/core/rating/price-table.ts';
import { AREA_COUNT, ZONE_BITS } from '../src/core/rating/zone-tables.ts';
import { type CopyValue, copyIn, copyLine } from '../src/platform/database-copy.ts';

/** As narrow as can be, so that the join reads as little as possible. */
const TABLES = `
  CREATE UNLOGGED TABLE zone_pair (origin smallint, destination smallint, zone smallint,
                                   PRIMARY KEY (origin, destination));
  CREATE UNLOGGED TABLE price_list (list smallint PRIMARY KEY, first_day date, last_day date);
  CREATE UNLOGGED TABLE price_step (list smallint, product smallint, zone smallint, not_over integer, mills integer,
                                    PRIMARY KEY (list, product, zone, not_over) INCLUDE (mills));
  CREATE UNLOGGED TABLE quote (id integer PRIMARY KEY, product smallint, origin smallint, destination smallint,
                               weight integer, day date);`;

/** The first step that is not under the weight, as a breakdown would take it. */
const PRICED = `
    FROM quote q
    JOIN zone_pair z USING (origin, destination)
    JOIN price_list l ON q.day BETWEEN l.first_day AND l.last_day
   CROSS JOIN LATERAL (SELECT mills FROM price_step s
                        WHERE s.list = l.list AND s.product = q.product AND s.zone = z.zone AND s.not_over >= q.weight
                        ORDER BY s.not_over LIMIT 1) p`;

export const JOIN_SQL = `SELECT count(p.mills), sum(p.mills) ${PRICED}`;
export const EACH_SQL = `SELECT q.id, p.mills ${PRICED}`;

/** Makes and fills the tables. A cell that nobody published is a step without a price. */
export async function fillTables(
  client: PoolClient,
  quotes: readonly RatedParcel[],
  { lists, zones }: RateTables,
): Promise<void> {
  await client.query(TABLES);
  const copy = (table: string, rows: Iterable<CopyValue[]>): Promise<unknown> =>
    copyIn(client, `COPY ${table} FROM STDIN`, Readable.from(linesOf(rows)));
  await copy('zone_pair', zonePairs(zones.pairs));
  await copy(
    'price_list',
    lists.map(({ from, to }, list) => [list, from, to]),
  );
  await copy('price_step', priceSteps(lists));
  await copy(
    'quote',
    quotes.map((quote, id) => [
      id,
      productNumber(quote.service, quote.priceList),
      Number(quote.originZip?.slice(0, 3)),
      Number(quote.destinationZip?.slice(0, 3)),
      quote.weightMilliOz,
      quote.day,
    ]),
  );
  await client.query('VACUUM ANALYZE');
  // One core against one core.
  await client.query('SET max_parallel_workers_per_gather = 0');
}

const products: string[] = [];

/** A small number for a product and list, so that SQL compares numbers as well. */
function productNumber(service: string, priceList: string): number {
  const name = `${service} ${priceList}`;
  const found = products.indexOf(name);
  return found === -1 ? products.push(name) - 1 : found;
}

function* zonePairs(pairs: Uint8Array): Generator<CopyValue[]> {
  for (const [index, byte] of pairs.entries()) {
    if (byte !== 0) yield [Math.floor(index / AREA_COUNT), index % AREA_COUNT, byte & ZONE_BITS];
  }
}

function* priceSteps(lists: RateTables['lists']): Generator<CopyValue[]> {
  for (const [list, { products: byService }] of lists.entries()) {
    for (const [service, byList] of Object.entries(byService)) {
      for (const [priceList, { byWeight }] of Object.entries(byList)) {
        const table = byWeight.package;
        if (!table) continue;
        const product = productNumber(service, priceList);
        for (const [row, step] of table.steps.entries()) {
          for (let zone = 1; zone <= ZONE_COUNT; zone += 1) {
            const answer = table.answers[table.zoned ? row * ZONE_COUNT + zone - 1 : row];
            yield [list, product, zone, step, answer?.known ? answer.mills : null];
          }
        }
      }
    }
  }
}

const LINES_A_CHUNK = 2_000;

function* linesOf(rows: Iterable<CopyValue[]>): Generator<string> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(copyLine(row));
    if (lines.length < LINES_A_CHUNK) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}
