/** The check figures of a report: plain sums, by other SQL than that of the report itself. */
import type { EntityManager } from 'typeorm';
import { isShown } from '../audit/suppression.query.ts';
import { OPEN_STATES } from '../core/finding/lifecycle.ts';
import { type Instant, dayOf } from '../core/units/day.ts';
import { countClaims } from './follow-up.query.ts';
import { countOutstanding } from './outstanding.query.ts';
import type { ReportChecks } from './report-checks.ts';
import type { OutstandingRows } from './report-rows.ts';

interface Sum {
  name: string;
  value: number;
}

/** Counts in the transaction of the caller, so that it sees what the report saw. */
export async function readReportChecks(
  manager: EntityManager,
  { asOf, outstanding }: { asOf: Instant; outstanding: Pick<OutstandingRows, 'vendors' | 'from'> },
): Promise<ReportChecks> {
  const bySeverity = await manager.query<Sum[]>(
    `SELECT severity AS name, count(*)::float8 AS value FROM finding f
      WHERE state = ANY($1) AND ${isShown('$2')} GROUP BY severity`,
    [OPEN_STATES, new Date(asOf)],
  );
  const amounts = await manager.query<Sum[]>(
    `SELECT currency AS name, sum(amount_mills)::float8 AS value FROM finding f
      WHERE state = ANY($1) AND amount_mills IS NOT NULL AND currency IS NOT NULL AND ${isShown('$2')} GROUP BY currency`,
    [OPEN_STATES, new Date(asOf)],
  );
  const charged = await manager.query<Sum[]>(
    `SELECT currency AS name, sum(charged_mills)::float8 AS value FROM label
      WHERE purchased_at <= $1::timestamptz OR (purchased_at IS NULL AND purchased_day <= $2::date) GROUP BY currency`,
    [new Date(asOf), dayOf(asOf)],
  );
  return {
    findings: bySeverity.reduce((sum, { value }) => sum + value, 0),
    bySeverity: byName(bySeverity),
    amountMills: byName(amounts),
    chargedMills: byName(charged),
    outstanding: await countOutstanding(manager, { ...outstanding, now: new Date(asOf) }),
    claims: await countClaims(manager, asOf),
  };
}

function byName(sums: readonly Sum[]): Record<string, number> {
  return Object.fromEntries(sums.map(({ name, value }) => [name, value]));
}
