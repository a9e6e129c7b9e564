/** Decisions of people about findings, as rows. Every function runs in the caller's transaction. */
import type { EntityManager } from 'typeorm';
import type { FindingState, SettableState } from '../core/finding/lifecycle.ts';

/** A finding as it stands before somebody decides about it. */
export interface StandingFinding {
  trackingNumber: string;
  id: string;
  state: FindingState;
  /** What was said when somebody last set a state; null when nobody has. */
  note: string | null;
}

/** The finding by its id alone, or null. */
export async function readStanding(manager: EntityManager, id: string): Promise<StandingFinding | null> {
  const [standing] = await manager.query<StandingFinding[]>(
    `SELECT f.tracking_number AS "trackingNumber", f.id, f.state,
            (SELECT h.note FROM finding_history h
              WHERE h.tracking_number = f.tracking_number AND h.id = f.id AND h.reason = 'set'
              ORDER BY h.sequence DESC LIMIT 1) AS note
       FROM finding f WHERE f.id = $1`,
    [id],
  );
  return standing ?? null;
}

/** Sets the state, and keeps who set it and why. */
export async function addDecision(
  manager: EntityManager,
  { trackingNumber, id }: StandingFinding,
  { state, reason, by, now }: { state: SettableState; reason: string; by: string; now: Date },
): Promise<void> {
  await manager.query('UPDATE finding SET state = $3, changed_at = $4 WHERE tracking_number = $1 AND id = $2', [
    trackingNumber,
    id,
    state,
    now,
  ]);
  await manager.query(
    `INSERT INTO finding_history (tracking_number, id, sequence, at, state, severity, amount_mills, reason, by, note)
     SELECT tracking_number, id,
            (SELECT coalesce(max(sequence), 0) + 1 FROM finding_history WHERE tracking_number = $1 AND id = $2),
            $3, state, severity, amount_mills, 'set', $4, $5
       FROM finding WHERE tracking_number = $1 AND id = $2`,
    [trackingNumber, id, now, by, reason],
  );
}

/** Has the next audit judge the parcel again, whatever its clock, as long as that is not an earlier one. */
export async function lookAgain(manager: EntityManager, trackingNumber: string): Promise<void> {
  await manager.query('UPDATE judged SET next_review_at = as_of WHERE tracking_number = $1', [trackingNumber]);
}
