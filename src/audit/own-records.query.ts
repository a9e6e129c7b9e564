/** What we said of ourselves: warehouses and mailer ids, few enough to be read as a whole. */
import type { EntityManager, QueryRunner } from 'typeorm';
import type { OwnRecords } from '../core/facts/input.ts';
import { sha256Hex } from '../platform/hash.ts';

type Runner = Pick<QueryRunner | EntityManager, 'query'>;

/** Null of a kind stands for no file of it: one with a header alone says that there are none, one refused as a whole nothing. */
export async function readOwnRecords(runner: Runner): Promise<OwnRecords> {
  const given: { kind: string }[] = await runner.query(
    `SELECT DISTINCT kind FROM import WHERE kind IN ('mailers', 'warehouses') AND (rejected < rows OR rows = 0)`,
  );
  const kinds = new Set(given.map(({ kind }) => kind));
  const warehouses: { zip: string }[] = kinds.has('warehouses')
    ? await runner.query('SELECT zip FROM warehouse ORDER BY zip')
    : [];
  const mailers: { mailerId: string; owner: string }[] = kinds.has('mailers')
    ? await runner.query('SELECT mailer_id AS "mailerId", owner FROM mailer ORDER BY mailer_id')
    : [];
  return {
    warehouses: kinds.has('warehouses') ? warehouses.map(({ zip }) => zip) : null,
    mailers: kinds.has('mailers') ? new Map(mailers.map(({ mailerId, owner }) => [mailerId, owner])) : null,
  };
}

/** The same text for the same records; null where none were given. */
export function ownRecordsHash({ warehouses, mailers }: OwnRecords): string | null {
  if (warehouses === null && mailers === null) return null;
  return sha256Hex(JSON.stringify([warehouses, mailers && [...mailers]]));
}
