/** Decisions of people about findings, as rows. Every function runs in the caller's transaction. */
import type { EntityManager } from 'typeorm';
import type { Handling, HandlingChanges, HandlingField } from '../core/finding/handling.ts';
import type { Money } from '../core/units/money.ts';

/** A finding as it stands before somebody decides about it. */
export interface StandingFinding extends Handling {
  trackingNumber: string;
  id: string;
  /** How often it changed, by audits and by people: one number names one standing. */
  version: number;
  /** Who changed it last, by the name of their access key; null = an audit. */
  changedBy: string | null;
  /** What was said when somebody last set a state; null when nobody has. */
  note: string | null;
  /** What the last change said; null when it said nothing. */
  lastNote: string | null;
}

type StandingRow = Omit<StandingFinding, 'recovered'> & {
  recoveredMills: number | null;
  recoveredCurrency: string | null;
};

/** How often a finding `f` changed: the number its next change starts from. */
export const VERSION_OF_FINDING = `(SELECT coalesce(max(h.sequence), 0) FROM finding_history h
  WHERE h.tracking_number = f.tracking_number AND h.id = f.id)`;

/** The finding by its id alone, or null. */
export async function readStanding(manager: EntityManager, id: string): Promise<StandingFinding | null> {
  const [standing] = await manager.query<StandingRow[]>(
    `SELECT f.tracking_number AS "trackingNumber", f.id, f.state, f.assignee, f.own_deadline::text AS "ownDeadline",
            f.dispute_reference AS "disputeReference", f.recovered_mills AS "recoveredMills",
            f.recovered_currency AS "recoveredCurrency", ${VERSION_OF_FINDING} AS version,
            last.by AS "changedBy", last.note AS "lastNote",
            (SELECT h.note FROM finding_history h
              WHERE h.tracking_number = f.tracking_number AND h.id = f.id AND h.reason = 'set'
              ORDER BY h.sequence DESC LIMIT 1) AS note
       FROM finding f
       LEFT JOIN finding_history last ON last.tracking_number = f.tracking_number AND last.id = f.id
        AND last.sequence = ${VERSION_OF_FINDING}
      WHERE f.id = $1`,
    [id],
  );
  if (standing === undefined) return null;
  const { recoveredMills, recoveredCurrency, ...rest } = standing;
  return { ...rest, recovered: moneyOf(recoveredMills, recoveredCurrency) };
}

function moneyOf(mills: number | null, currency: string | null): Money | null {
  return mills === null || currency === null ? null : { mills, currency };
}

/** What a person did to a finding. */
export interface DecisionRecord {
  reason: 'set' | 'edited' | 'commented';
  changes: HandlingChanges;
  note: string | null;
  by: string;
  now: Date;
}

const COLUMNS: Record<HandlingField, (changes: HandlingChanges) => [column: string, value: unknown][]> = {
  state: ({ state }) => (state ? [['state', state[1]]] : []),
  assignee: ({ assignee }) => (assignee ? [['assignee', assignee[1]]] : []),
  ownDeadline: ({ ownDeadline }) => (ownDeadline ? [['own_deadline', ownDeadline[1]]] : []),
  disputeReference: ({ disputeReference }) => (disputeReference ? [['dispute_reference', disputeReference[1]]] : []),
  recovered: ({ recovered }) =>
    recovered
      ? [
          ['recovered_mills', recovered[1]?.mills ?? null],
          ['recovered_currency', recovered[1]?.currency ?? null],
        ]
      : [],
};

/** Writes what changed, and keeps who changed it, from what to what, and why. */
export async function addDecision(
  manager: EntityManager,
  { trackingNumber, id, version }: StandingFinding,
  { reason, changes, note, by, now }: DecisionRecord,
): Promise<void> {
  const written: [string, unknown][] = [
    ...Object.values(COLUMNS).flatMap((columnsOf) => columnsOf(changes)),
    ['changed_at', now],
  ];
  await manager.query(
    `UPDATE finding SET ${written.map(([column], index) => `${column} = $${index + 3}`).join(', ')}
      WHERE tracking_number = $1 AND id = $2`,
    [trackingNumber, id, ...written.map(([, value]) => value)],
  );
  await manager.query(
    `INSERT INTO finding_history
       (tracking_number, id, sequence, at, state, severity, amount_mills, reason, by, note, changes)
     SELECT tracking_number, id, $3::integer, $4::timestamptz, state, severity, amount_mills, $5, $6, $7, $8::jsonb
       FROM finding WHERE tracking_number = $1 AND id = $2`,
    [trackingNumber, id, version + 1, now, reason, by, note, JSON.stringify(changes)],
  );
}

/** Has the next run judge the parcel again, whatever its clock. */
export async function lookAgain(manager: EntityManager, trackingNumber: string): Promise<void> {
  await manager.query('UPDATE judged SET due_next_run = true WHERE tracking_number = $1', [trackingNumber]);
}
