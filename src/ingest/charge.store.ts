/** Merges staged invoice lines. */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { type Charge, settledMills } from '../core/ledger/charge.ts';
import { CHARGE_SOURCES } from '../core/ledger/charge-row.ts';
import { gatherTouched } from './charge-digest.store.ts';
import { type ChargeRow, ChargeTable } from './charge.table.ts';
import { type MergeOptions, execute, mergeIncoming } from './merge.store.ts';
import { type StagedRow, stagingOf } from './staging.store.ts';

export const CHARGE_STAGING = stagingOf<ChargeRow, Charge>(ChargeTable, { sources: CHARGE_SOURCES });

/**
 * A function from the charges of one file, in their order, to rows of the table. A line without a number is known by
 * what it says, as its file wrote it, and by its place among equal lines: two equal lines of an invoice are two charges.
 */
export function chargeRows(): (charge: Charge) => StagedRow {
  const keyOf = chargeKeys();
  return (charge) => ({
    ...charge,
    amountMills: settledMills(charge),
    trackingNumber: charge.trackingNumber ?? `@${charge.vendor}/${charge.invoiceNumber}`,
    chargeKey: JSON.stringify([charge.invoiceNumber, ...keyOf(charge)]),
  });
}

/** Stored rows keep their key for ever, so that a change of what is hashed stores every line without a number again. */
function chargeKeys(): (charge: Charge) => (string | number)[] {
  const seen = new Map<string, number>();
  return (charge) => {
    if (charge.lineNumber !== null) return [charge.lineNumber];
    const said = createHash('sha256').update(JSON.stringify(charge)).digest('hex').slice(0, 32);
    const place = (seen.get(said) ?? 0) + 1;
    seen.set(said, place);
    return [said, place];
  };
}

/**
 * Merges `incoming`, fills `touched` and gathers the charges of touched parcels again. A numbered line that names another
 * parcel than before has moved there. Answers how many rows said something new.
 */
export async function mergeCharges(client: PoolClient, options: MergeOptions): Promise<number> {
  const { accepted } = await mergeIncoming(client, CHARGE_STAGING, options);
  if (accepted === 0) return 0;
  await execute(client, TOUCH, [options.importId]);
  await execute(client, LEAVE_OLD_PARCELS);
  await gatherTouched(client);
  return accepted;
}

const KEY = CHARGE_STAGING.key.join(', ');

const TOUCH = `
  INSERT INTO touched (tracking_number)
  SELECT DISTINCT tracking_number FROM charge
  JOIN (SELECT DISTINCT ${KEY} FROM incoming WHERE problems IS NULL) i USING (${KEY}) WHERE import_id = $1`;

/** Where a file names two parcels for one line, the last one counts. */
const LEAVE_OLD_PARCELS = `
  WITH gone AS (
    DELETE FROM charge c USING (
      SELECT DISTINCT ON (vendor, charge_key) vendor, charge_key, invoice_number, tracking_number FROM incoming
      WHERE problems IS NULL AND line_number IS NOT NULL ORDER BY vendor, charge_key, row_number DESC
    ) i
    WHERE c.invoice_number = i.invoice_number AND c.vendor = i.vendor AND c.charge_key = i.charge_key
      AND c.tracking_number <> i.tracking_number
    RETURNING c.tracking_number
  )
  INSERT INTO touched (tracking_number) SELECT tracking_number FROM gone`;
