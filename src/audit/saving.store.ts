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
 * Leaves the savings of a slice in the caller's transaction, in place of those of the same parcels. What stays as it was is
 * not written: another book changes few savings, and a table that is never rewritten stays small. `replacing` is false where
 * none can be there.
 */
export async function writeSavings(
  client: PoolClient,
  judged: readonly JudgedParcel[],
  { replacing }: { replacing: boolean },
): Promise<void> {
  const stored = replacing ? await readLines(client, judged) : new Map<string, string>();
  const gone: string[] = [];
  const lines: string[] = [];
  for (const parcel of judged) {
    const before = stored.get(parcel.trackingNumber) ?? '';
    const after = linesOf(parcel);
    if (before === after) continue;
    if (before !== '') gone.push(parcel.trackingNumber);
    if (after !== '') lines.push(after);
  }
  if (gone.length > 0) await client.query('DELETE FROM label_saving WHERE tracking_number = ANY($1)', [gone]);
  if (lines.length > 0) await copyIn(client, `COPY label_saving (${COLUMNS}) FROM STDIN`, [lines.join('')]);
}

/** The savings on a parcel as they are copied, in order of vendor and sale key; empty without any. */
function linesOf({ trackingNumber, savings }: JudgedParcel): string {
  let lines = '';
  for (const saving of savings) {
    lines += copyLine([
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
    ]);
  }
  return lines;
}

/** What is stored of the parcels, in the same form. A name that COPY escapes differs from it, and is written again. */
async function readLines(client: PoolClient, judged: readonly JudgedParcel[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ number: string; lines: string }>(
    `SELECT tracking_number AS number,
            string_agg(concat_ws(E'\t', ${COLUMNS}) || E'\n', '' ORDER BY vendor, sale_key) AS lines
       FROM label_saving WHERE tracking_number = ANY($1) GROUP BY tracking_number`,
    [judged.map((parcel) => parcel.trackingNumber)],
  );
  return new Map(rows.map(({ number, lines }) => [number, lines]));
}
