/** How people decided on the findings of each rule as it reads now, read-only. */
import type { DataSource, EntityManager } from 'typeorm';
import { type DismissedShare, dismissedShare } from '../core/risk/dismissed.ts';
import type { SettableState } from '../core/finding/lifecycle.ts';

/** What settles whether there was a case; in hand and opened again leave it open. */
const DECIDED: readonly SettableState[] = ['dismissed', 'disputed', 'recovered', 'written_off'];

/**
 * By rule, the share of its findings that people dismissed, over those of the given versions (`Rule.version`): what an earlier
 * version found, and this one does not, says nothing about it. The latest decision on a finding counts, also where it is
 * resolved since. Rules on which nobody decided are left out.
 */
export async function readDismissed(
  manager: Pick<DataSource | EntityManager, 'query'>,
  versions: readonly string[],
): Promise<DismissedShare[]> {
  const rows: { rule: string; decided: number; dismissed: number }[] = await manager.query(
    `SELECT f.rule, count(*)::int AS decided, (count(*) FILTER (WHERE d.state = 'dismissed'))::int AS dismissed
       FROM (SELECT DISTINCT ON (tracking_number, id) tracking_number, id, state FROM finding_history
              WHERE reason = 'set' ORDER BY tracking_number, id, sequence DESC) d
       JOIN finding f ON f.tracking_number = d.tracking_number AND f.id = d.id
      WHERE d.state = ANY($1) AND f.rule_version = ANY($2)
      GROUP BY f.rule ORDER BY f.rule COLLATE "C"`,
    [DECIDED, versions],
  );
  return rows.flatMap((row) => dismissedShare(row) ?? []);
}
