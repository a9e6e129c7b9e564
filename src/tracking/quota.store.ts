/** SQL of calls made and of rests: what the quota of a provider is counted by. */
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Askable } from '../catalog/providers.ts';
import type { ProviderCallRow, ProviderRestRow } from './provider-call.table.ts';

/** Any numbers will do, as long as every process takes the same. */
const QUOTA_LOCKS: Readonly<Record<Askable, number>> = { usps: 7_420_919_233, '17track': 7_420_919_234 };

/** Lets one process at a time count the calls of a provider, until its transaction ends. */
export async function lockQuota(client: PoolClient, provider: Askable): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [QUOTA_LOCKS[provider]]);
}

/** The calls that count after the instant, and forgets the others. */
export async function readCalls(
  client: PoolClient,
  { provider, after }: { provider: Askable; after: Date },
): Promise<Pick<ProviderCallRow, 'calledAt' | 'overAt'>[]> {
  await client.query('DELETE FROM provider_call WHERE provider = $1 AND over_at <= $2', [provider, after]);
  const { rows } = await client.query<Pick<ProviderCallRow, 'calledAt' | 'overAt'>>(
    `SELECT called_at AS "calledAt", over_at AS "overAt" FROM provider_call WHERE provider = $1`,
    [provider],
  );
  return rows;
}

/** Writes a call down. */
export async function insertCall(client: PoolClient, call: ProviderCallRow): Promise<void> {
  await client.query('INSERT INTO provider_call (provider, called_at, over_at, purpose) VALUES ($1, $2, $3, $4)', [
    call.provider,
    call.calledAt,
    call.overAt,
    call.purpose,
  ]);
}

/** Writes down when a call was over. */
export async function endCall(
  dataSource: DataSource,
  { provider, calledAt, overAt }: Omit<ProviderCallRow, 'purpose'>,
): Promise<void> {
  await dataSource.query('UPDATE provider_call SET over_at = $3 WHERE provider = $1 AND called_at = $2', [
    provider,
    calledAt,
    overAt,
  ]);
}

/** Whether the provider is let rest; null = it never was in trouble. */
export async function readRest(db: Pick<PoolClient, 'query'>, provider: Askable): Promise<ProviderRestRow | null> {
  const { rows } = await db.query<ProviderRestRow>(
    'SELECT provider, until, why, faults FROM provider_rest WHERE provider = $1',
    [provider],
  );
  return rows[0] ?? null;
}

/** Writes a rest down in the place of the last. */
export async function saveRest(client: PoolClient, { provider, until, why, faults }: ProviderRestRow): Promise<void> {
  await client.query(
    `INSERT INTO provider_rest (provider, until, why, faults) VALUES ($1, $2, $3, $4)
      ON CONFLICT (provider) DO UPDATE SET until = EXCLUDED.until, why = EXCLUDED.why, faults = EXCLUDED.faults`,
    [provider, until, why, faults],
  );
}
