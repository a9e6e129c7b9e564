/** What cheaper services would have saved, purchase by purchase, as the last judgement left it. */
import type { PoolClient } from 'pg';
import { copyIn, copyLine } from '../platform/database-copy.ts';
import type { JudgedParcel } from './judged.store.ts';

const COLUMNS =
  'tracking_number, vendor, sale_key, week, service, packaging, to_service, to_packaging, paid_mills, alternative_mills, saving_mills, slower';

/** Whether no saving is kept at all, so that a run needs to take none away. */
export async function hasNoSavings(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ empty: boolean }>('SELECT NOT EXISTS (SELECT FROM label_saving) AS empty');
  return rows[0]?.empty ?? false;
}

/**
 * Writes the savings of a slice in the caller's transaction, in place of those of the same parcels. `replacing` is false
 * where none can be there.
 */
export async function writeSavings(
  client: PoolClient,
  judged: readonly JudgedParcel[],
  { replacing }: { replacing: boolean },
): Promise<void> {
  if (replacing) {
    const numbers = judged.map((parcel) => parcel.trackingNumber);
    await client.query('DELETE FROM label_saving WHERE tracking_number = ANY($1)', [numbers]);
  }
  const lines = judged.flatMap(({ trackingNumber, savings }) =>
    savings.map((saving) =>
      copyLine([
        trackingNumber,
        saving.vendor,
        saving.saleKey,
        saving.week,
        saving.service,
        saving.packaging,
        saving.toService,
        saving.toPackaging,
        saving.paidMills,
        saving.alternativeMills,
        saving.savingMills,
        saving.slower,
      ]),
    ),
  );
  if (lines.length > 0) await copyIn(client, `COPY label_saving (${COLUMNS}) FROM STDIN`, [lines.join('')]);
}
