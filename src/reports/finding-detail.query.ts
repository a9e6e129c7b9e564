/** One finding and everything on file about its parcel. */
import type { EntityManager } from 'typeorm';
import type { FindingHistoryRow, FindingRow } from '../audit/finding.table.ts';
import { INVOICE_KEYS } from '../core/finding/invoice.ts';
import { type AdjustmentRow, AdjustmentTable } from '../ingest/adjustment.table.ts';
import { type ChargeRow, ChargeTable } from '../ingest/charge.table.ts';
import { type EventRow, EventTable } from '../ingest/event.table.ts';
import { ImportTable } from '../ingest/import.table.ts';
import { type LabelRow, LabelTable } from '../ingest/label.table.ts';
import { STORED_COLUMNS, type StoredFinding } from './finding-list.query.ts';

/** No parcel has as many; a number somebody wrote into a million rows must not fill the memory. */
const MOST_EVENTS = 1_000;
const MOST_SALES = 100;
const MOST_CHARGES = 500;
const MOST_CHANGES = 500;

export interface FindingRecords {
  finding: StoredFinding & {
    dataVersion: string;
    digestVersion: number;
    facts: FindingRow['facts'];
    book: string | null;
  };
  /** The earliest first. */
  history: FindingHistoryRow[];
  sales: LabelRow[];
  /** The latest of them, in no order to rely on. */
  events: EventRow[];
  eventsKnown: number;
  charges: ChargeRow[];
  adjustments: AdjustmentRow[];
  /** Names of files by import. */
  files: ReadonlyMap<string, string>;
}

/** Reads it all as of one moment; null when there is no such finding. Call it in a REPEATABLE READ transaction. */
export async function readFindingRecords(manager: EntityManager, id: string): Promise<FindingRecords | null> {
  const [finding] = await manager.query<FindingRecords['finding'][]>(
    `SELECT ${STORED_COLUMNS}, data_version AS "dataVersion", digest_version AS "digestVersion", facts,
            (SELECT d.book FROM judged d WHERE d.tracking_number = f.tracking_number) AS book
       FROM finding f WHERE id = $1`,
    [id],
  );
  if (finding === undefined) return null;
  const { trackingNumber } = finding;
  const where = { trackingNumber };
  const sales = await manager.getRepository(LabelTable).find({
    where,
    order: { purchasedDay: 'ASC', purchasedAt: 'ASC', vendor: 'ASC', saleKey: 'ASC' },
    take: MOST_SALES,
  });
  const events = manager.getRepository(EventTable);
  const latest = await events.find({ where, order: { eventTime: 'DESC', eventHash: 'ASC' }, take: MOST_EVENTS });
  const charges = await manager.getRepository(ChargeTable).find({
    where: invoiceOf(finding) ?? where,
    order: { invoiceDate: 'ASC', vendor: 'ASC', chargeKey: 'ASC' },
    take: MOST_CHARGES,
  });
  const adjustments = await manager.getRepository(AdjustmentTable).find({
    where,
    order: { assessedDay: 'ASC', vendor: 'ASC', adjustmentId: 'ASC' },
    take: MOST_CHARGES,
  });
  return {
    finding,
    history: await readHistory(manager, finding),
    sales,
    events: latest,
    eventsKnown:
      latest.length < MOST_EVENTS ? countEvents(latest) : await events.countBy({ trackingNumber, kind: 'event' }),
    charges,
    adjustments,
    files: await readFiles(manager, [...sales, ...charges, ...adjustments]),
  };
}

/** The lines of an invoice stand under the numbers they name; null for a finding about anything else. */
function invoiceOf({ trackingNumber, vendor }: StoredFinding): { vendor: string; invoiceNumber: string } | null {
  const begins = `${INVOICE_KEYS}${vendor}/`;
  if (vendor === null || !trackingNumber.startsWith(begins)) return null;
  return { vendor, invoiceNumber: trackingNumber.slice(begins.length) };
}

function countEvents(rows: readonly EventRow[]): number {
  return rows.filter(({ kind }) => kind === 'event').length;
}

async function readHistory(
  manager: EntityManager,
  { trackingNumber, id }: StoredFinding,
): Promise<FindingHistoryRow[]> {
  const latest = await manager.query<FindingHistoryRow[]>(
    `SELECT sequence, at, state, severity, amount_mills AS "amountMills", reason, by, note, changes
       FROM finding_history WHERE tracking_number = $1 AND id = $2 ORDER BY sequence DESC LIMIT ${MOST_CHANGES}`,
    [trackingNumber, id],
  );
  return latest.reverse();
}

async function readFiles(
  manager: EntityManager,
  rows: readonly { importId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map(({ importId }) => importId))];
  const imports = await manager.query<{ id: string; file: string }[]>(
    `SELECT id, file FROM ${ImportTable.options.name} WHERE id = ANY($1)`,
    [ids],
  );
  return new Map(imports.map(({ id, file }) => [id, file]));
}
