/** Quotes a second on one core in memory, beside the same quotes as one SQL join; memory and start of the tables. */
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { loadRateTables } from '../src/catalog/rating.ts';
import { type RatedParcel, priceOf } from '../src/core/rating/price.ts';
import type { RateTables } from '../src/core/rating/tables.ts';
import { projectRoot } from '../src/platform/config.ts';
import { startThrowAway } from '../src/platform/database-throwaway.ts';
import { openDatabase } from '../src/platform/database.ts';
import { schema } from '../src/schema.ts';
import { median, print, sideBySide, timed } from './measure.ts';
import { benchRatingMemory } from './rating-memory.ts';
import { isPlain, makeQuotes } from './rating-quotes.ts';
import { EACH_SQL, JOIN_SQL, fillTables } from './rating-sql.ts';

const QUOTES = 200_000;
const ROUNDS = 9;
/** A pass over the plain quotes is too short to time by itself. */
const PASSES = 10;

/** Prints the measurements; throws when SQL and memory disagree about any price. */
export async function benchRating(): Promise<void> {
  const tables = loadRateTables(projectRoot());
  const quotes = makeQuotes(QUOTES, tables.zones);
  const walls: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    walls.push((await timed(async () => priceAll(quotes, tables))).wallMs);
  }
  print('rating.quotes_per_second', QUOTES / (median(walls) / 1000), 'quotes/s');
  print('rating.quotes_priced', (100 * quotes.filter((quote) => priceOf(quote, tables).known).length) / QUOTES, '%');
  await benchAgainstSql(
    quotes.filter((quote) => isPlain(quote, tables.zones)),
    tables,
  );
  await benchRatingMemory();
}

/** The sum of all known prices, so that no work can be left out. */
function priceAll(quotes: readonly RatedParcel[], tables: RateTables): number {
  let mills = 0;
  for (const quote of quotes) {
    const price = priceOf(quote, tables);
    if (price.known) mills += price.mills;
  }
  return mills;
}

async function benchAgainstSql(quotes: readonly RatedParcel[], tables: RateTables): Promise<void> {
  const server = await startThrowAway();
  const dataSource = await openDatabase({ url: server.url, ...schema });
  try {
    await withClient(dataSource, async (client) => {
      await fillTables(client, quotes, tables);
      await assertEqual(client, quotes, tables);
      const { a, b, ratio } = await sideBySide(
        ROUNDS,
        () => timed(async () => Array.from({ length: PASSES }, () => priceAll(quotes, tables))),
        () => timed(() => client.query(JOIN_SQL)),
      );
      print('rating.plain_quotes_per_second', (quotes.length * PASSES) / (a.wallMs / 1000), 'quotes/s');
      print('sql_join.quotes_per_second', quotes.length / (b.wallMs / 1000), 'quotes/s');
      print('rating.vs_sql_join', PASSES / ratio, 'x');
    });
  } finally {
    await dataSource.destroy();
    await server.stop();
  }
}

async function assertEqual(client: PoolClient, quotes: readonly RatedParcel[], tables: RateTables): Promise<void> {
  const { rows } = await client.query<{ id: number; mills: number | null }>(EACH_SQL);
  const bySql = new Map(rows.map(({ id, mills }) => [id, mills]));
  for (const [id, quote] of quotes.entries()) {
    const price = priceOf(quote, tables);
    const ours = price.known ? price.mills : null;
    const theirs = bySql.get(id) ?? null;
    if (ours !== theirs) throw new Error(`${JSON.stringify(quote)} is ${ours} in memory and ${theirs} in SQL`);
  }
}

async function withClient(dataSource: DataSource, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await work((await runner.connect()) as PoolClient);
  } finally {
    await runner.release();
  }
}
