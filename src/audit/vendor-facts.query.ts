/**
 * What rules about vendors need to know, gathered in SQL over every label known by the clock of the audit. A new fact about
 * vendors is its entry in core/facts/vendor.ts and, where it needs another figure, a query of its own in the list here.
 */
import type { QueryRunner } from 'typeorm';
import type { GatheredRow } from '../core/finding/vendor.ts';
import type { Instant } from '../core/units/day.ts';
import { gatherSavings } from './saving.query.ts';

/** Reads one kind of figures, by vendor and week or over all its labels; runs after every label was judged. */
type Gatherer = (runner: QueryRunner, asOf: Instant) => Promise<GatheredRow[]>;

const GATHERERS: readonly Gatherer[] = [gatherSavings];

/** Everything that is gathered about vendors as of the instant. */
export async function gatherVendors(runner: QueryRunner, asOf: Instant): Promise<GatheredRow[]> {
  const rows: GatheredRow[] = [];
  for (const gather of GATHERERS) rows.push(...(await gather(runner, asOf)));
  return rows;
}
