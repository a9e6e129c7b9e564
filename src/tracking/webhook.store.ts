/** SQL of deliveries: stored once, read in the order they came, and marked with what became of them. */
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Provider } from '../core/mapping/providers/provider.ts';
import type { DELIVERY_STATES } from './webhook.table.ts';

/** What identifies a delivery. */
export interface DeliveryKey {
  provider: Provider;
  /** Hex of SHA-256 over the body. */
  bodySha256: string;
}

/** A delivery as it came. */
export interface NewDelivery extends DeliveryKey {
  body: Buffer;
  receivedAt: Date;
}

/** What became of a delivery. */
export interface SettledDelivery extends DeliveryKey {
  state: Exclude<(typeof DELIVERY_STATES)[number], 'waiting'>;
  /** Why it is unreadable; null otherwise. */
  problem: string | null;
  /** Canonical numbers of the parcels it tells of. */
  trackingNumbers: readonly string[];
}

/**
 * Stores the deliveries that are not there yet, in one statement that commits by itself; answers which those were. Two
 * processes may store the same ones at once: sorted, neither waits for what the other holds while it holds what that one wants.
 */
export async function insertDeliveries(
  client: PoolClient,
  deliveries: readonly NewDelivery[],
): Promise<readonly DeliveryKey[]> {
  const sorted = deliveries.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
  const rows = sorted.map((_, at) => `($${4 * at + 1}, $${4 * at + 2}, $${4 * at + 3}, $${4 * at + 4}, 'waiting')`);
  const { rows: stored } = await client.query<DeliveryKey>(
    `INSERT INTO webhook_delivery (provider, body_sha256, body, received_at, state) VALUES ${rows.join(', ')}
     ON CONFLICT DO NOTHING RETURNING provider, body_sha256 AS "bodySha256"`,
    sorted.flatMap(({ provider, bodySha256, body, receivedAt }) => [provider, bodySha256, body, receivedAt]),
  );
  return stored;
}

/** The identity as one text. */
export function keyOf({ provider, bodySha256 }: DeliveryKey): string {
  return `${provider} ${bodySha256}`;
}

/** The deliveries that wait longest, no more than so many, nor more than so many bytes unless a single one is larger. */
export async function readWaiting(
  client: PoolClient,
  { most, mostBytes }: { most: number; mostBytes: number },
): Promise<NewDelivery[]> {
  const order = 'ORDER BY received_at, provider, body_sha256';
  const { rows } = await client.query<NewDelivery>(
    `SELECT provider, body_sha256 AS "bodySha256", body, received_at AS "receivedAt" FROM (
       SELECT *, sum(octet_length(body)) OVER (${order}) - octet_length(body) AS bytes_before
         FROM (SELECT * FROM webhook_delivery WHERE state = 'waiting' ${order} LIMIT $1) oldest) w
      WHERE bytes_before < $2 ${order}`,
    [most, mostBytes],
  );
  return rows;
}

/** Whether any delivery waits. */
export async function anyWaiting(dataSource: DataSource): Promise<boolean> {
  const [row] = await dataSource.query<{ any: boolean }[]>(
    `SELECT EXISTS (SELECT FROM webhook_delivery WHERE state = 'waiting') AS any`,
  );
  return row?.any ?? false;
}

/** Marks deliveries with what became of them, and keeps which parcels they are about; to be called in a transaction. */
export async function settleDeliveries(
  client: PoolClient,
  settled: readonly SettledDelivery[],
  at: Date,
): Promise<void> {
  const parcels = settled.flatMap(({ trackingNumbers, ...key }) =>
    trackingNumbers.map((number) => ({ number, ...key })),
  );
  if (parcels.length > 0) {
    await client.query(
      `INSERT INTO webhook_parcel (tracking_number, provider, body_sha256)
       SELECT * FROM unnest($1::text[], $2::text[], $3::bpchar[]) ON CONFLICT DO NOTHING`,
      [
        parcels.map(({ number }) => number),
        parcels.map(({ provider }) => provider),
        parcels.map(({ bodySha256 }) => bodySha256),
      ],
    );
  }
  await client.query(
    `UPDATE webhook_delivery d SET state = s.state, problem = s.problem, processed_at = $5
       FROM unnest($1::text[], $2::bpchar[], $3::text[], $4::text[]) AS s (provider, body_sha256, state, problem)
      WHERE d.provider = s.provider AND d.body_sha256 = s.body_sha256`,
    [
      settled.map(({ provider }) => provider),
      settled.map(({ bodySha256 }) => bodySha256),
      settled.map(({ state }) => state),
      settled.map(({ problem }) => problem),
      at,
    ],
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
