/** Everything on file about one number, whatever room it is of: what the evidence of it is made from. */
import type { EntityManager } from 'typeorm';
import type { FindingHistoryRow, FindingRow } from '../audit/finding.table.ts';
import { type JudgedRow, JudgedTable } from '../audit/judged.table.ts';
import { type AdjustmentRow, AdjustmentTable } from '../ingest/adjustment.table.ts';
import { type ChargeRow, ChargeTable } from '../ingest/charge.table.ts';
import { type EventRow, EventTable } from '../ingest/event.table.ts';
import { type ImportRow, ImportTable } from '../ingest/import.table.ts';
import { type LabelHistoryRow, LabelHistoryTable, type LabelRow, LabelTable } from '../ingest/label.table.ts';
import { ParcelTable } from '../ingest/parcel.table.ts';
import { type CarrierAnswerRow, CarrierAnswerTable } from '../tracking/answer.table.ts';
import type { WebhookDeliveryRow } from '../tracking/webhook.table.ts';
import { STORED_COLUMNS, type StoredFinding } from './finding-list.query.ts';

/** No parcel has as many of anything; a number somebody wrote into a million rows must not fill the memory. */
const MOST_ROWS = 10_000;

/** A finding with the versions it was judged by. */
export type FoundFinding = StoredFinding & {
  dataVersion: string;
  digestVersion: number;
  facts: FindingRow['facts'];
};

/** A delivery without its bytes. */
export type Delivery = Omit<WebhookDeliveryRow, 'body'>;

/** Where the bytes of a raw document lie. */
export type BodyPlace = { kind: 'webhook'; provider: string; sha256: string } | { kind: 'answer'; sha256: string };

export interface EvidenceRecords {
  sales: LabelRow[];
  /** In no order to rely on. */
  earlier: LabelHistoryRow[];
  charges: ChargeRow[];
  adjustments: AdjustmentRow[];
  /** The latest of them, in order of time. */
  events: EventRow[];
  findings: FoundFinding[];
  /** Of all the findings, each finding's changes the earliest first. */
  history: FindingHistoryRow[];
  deliveries: Delivery[];
  answers: CarrierAnswerRow[];
  imports: ImportRow[];
  judged: JudgedRow | null;
  /** The revision the number stands at; null where no row names it. */
  revision: number | null;
  /** Rows beyond the most that are read. */
  leftOut: number;
}

/** Whether anything at all is on file about the number. */
export async function isOnFile(manager: EntityManager, trackingNumber: string): Promise<boolean> {
  const [found] = await manager.query<{ known: boolean }[]>(
    `SELECT EXISTS (SELECT FROM parcel WHERE tracking_number = $1)
         OR EXISTS (SELECT FROM webhook_parcel WHERE tracking_number = $1)
         OR EXISTS (SELECT FROM carrier_answer WHERE tracking_number = $1) AS known`,
    [trackingNumber],
  );
  return found?.known ?? false;
}

/** Reads it all as of one moment, but for the bytes. Call it in a REPEATABLE READ transaction. */
export async function readEvidence(manager: EntityManager, trackingNumber: string): Promise<EvidenceRecords> {
  const where = { trackingNumber };
  const take = MOST_ROWS;
  const [sales, salesKnown] = await manager.getRepository(LabelTable).findAndCount({
    where,
    order: { purchasedDay: 'ASC', purchasedAt: 'ASC', vendor: 'ASC', saleKey: 'ASC' },
    take,
  });
  const [earlier, earlierKnown] = await manager.getRepository(LabelHistoryTable).findAndCount({ where, take });
  const [charges, chargesKnown] = await manager.getRepository(ChargeTable).findAndCount({
    where,
    order: { invoiceDate: 'ASC', vendor: 'ASC', chargeKey: 'ASC' },
    take,
  });
  const [adjustments, adjustmentsKnown] = await manager.getRepository(AdjustmentTable).findAndCount({
    where,
    order: { assessedDay: 'ASC', vendor: 'ASC', adjustmentId: 'ASC' },
    take,
  });
  const [events, eventsKnown] = await manager.getRepository(EventTable).findAndCount({
    where,
    order: { eventTime: 'DESC', eventHash: 'DESC' },
    take,
  });
  const [answers, answersKnown] = await manager.getRepository(CarrierAnswerTable).findAndCount({
    where,
    order: { askedAt: 'DESC', provider: 'DESC' },
    take,
  });
  const { deliveries, deliveriesKnown } = await readDeliveries(manager, trackingNumber);
  const known =
    salesKnown + earlierKnown + chargesKnown + adjustmentsKnown + eventsKnown + answersKnown + deliveriesKnown;
  const read = [sales, earlier, charges, adjustments, events, answers, deliveries].reduce(
    (sum, rows) => sum + rows.length,
    0,
  );
  return {
    sales,
    earlier,
    charges,
    adjustments,
    events: events.reverse(),
    answers,
    deliveries,
    ...(await readFindings(manager, trackingNumber)),
    imports: await readImports(manager, importsOf({ sales, earlier, charges, adjustments, events })),
    judged: await manager.getRepository(JudgedTable).findOneBy(where),
    revision: (await manager.getRepository(ParcelTable).findOneBy(where))?.revision ?? null,
    leftOut: known - read,
  };
}

/** The bytes of one delivery or answer; null where they are gone. */
export async function readBytes(manager: EntityManager, place: BodyPlace): Promise<Buffer | null> {
  const [found] =
    place.kind === 'webhook'
      ? await manager.query<{ bytes: Buffer }[]>(
          'SELECT body AS bytes FROM webhook_delivery WHERE provider = $1 AND body_sha256 = $2',
          [place.provider, place.sha256],
        )
      : await manager.query<{ bytes: Buffer }[]>('SELECT bytes FROM answer_body WHERE sha256 = $1', [place.sha256]);
  return found?.bytes ?? null;
}

async function readDeliveries(manager: EntityManager, trackingNumber: string) {
  const rows = await manager.query<(Delivery & { known: number })[]>(
    `SELECT d.provider, d.body_sha256 AS "bodySha256", d.received_at AS "receivedAt", d.state, d.problem,
            d.processed_at AS "processedAt", (count(*) OVER ())::int AS known
       FROM webhook_parcel p JOIN webhook_delivery d USING (provider, body_sha256)
      WHERE p.tracking_number = $1
      ORDER BY d.received_at DESC, d.provider, d.body_sha256 LIMIT ${MOST_ROWS}`,
    [trackingNumber],
  );
  return { deliveries: rows, deliveriesKnown: rows[0]?.known ?? 0 };
}

async function readFindings(manager: EntityManager, trackingNumber: string) {
  const findings = await manager.query<FoundFinding[]>(
    `SELECT ${STORED_COLUMNS}, data_version AS "dataVersion", digest_version AS "digestVersion", facts
       FROM finding f WHERE tracking_number = $1 ORDER BY order_key, id`,
    [trackingNumber],
  );
  const history = await manager.query<FindingHistoryRow[]>(
    `SELECT id, sequence, at, state, severity, amount_mills AS "amountMills", reason, by, note, changes
       FROM finding_history WHERE tracking_number = $1 ORDER BY id, sequence LIMIT ${MOST_ROWS}`,
    [trackingNumber],
  );
  return { findings, history };
}

/** Every import that a row names: the one that brought it, and the one that replaced it. */
function importsOf({
  sales,
  earlier,
  charges,
  adjustments,
  events,
}: Pick<EvidenceRecords, 'sales' | 'earlier' | 'charges' | 'adjustments' | 'events'>) {
  const brought = [...sales, ...charges, ...adjustments, ...events].map(({ importId }) => importId);
  const replacing = earlier.flatMap(({ replacedBy, label }) => [replacedBy, String(label['import_id'])]);
  return [...new Set([...brought, ...replacing])];
}

async function readImports(manager: EntityManager, ids: readonly string[]): Promise<ImportRow[]> {
  return manager
    .getRepository(ImportTable)
    .createQueryBuilder('i')
    .where('i.id = ANY(:ids)', { ids })
    .orderBy('i.importedAt')
    .addOrderBy('i.id')
    .getMany();
}
