/**
 * The coverage parcels are judged by, and which of them have to be judged again when it changes. It changes by imports and by
 * time alone (a later audit knows of more labels), so audits compare: what is kept is what every judgement rests on.
 */
import type { EntityManager, QueryRunner } from 'typeorm';
import type { VendorCoverage } from '../core/ledger/charge.ts';
import { type CoverageChange, coverageChanges } from '../core/ledger/coverage.ts';
import type { JudgedCoverageRow } from './coverage.table.ts';

type Runner = Pick<QueryRunner | EntityManager, 'query'>;

/** By vendor. */
export async function readJudgedCoverages(runner: Runner): Promise<Map<string, VendorCoverage>> {
  const rows: JudgedCoverageRow[] = await runner.query(
    'SELECT vendor, invoiced, currencies, sold FROM judged_coverage ORDER BY vendor',
  );
  return new Map(rows.map(({ vendor, ...coverage }) => [vendor, coverage]));
}

/**
 * Leaves the coverage that is to be judged by from now on, and marks as due exactly the parcels whose answers may change with
 * it; in the caller's transaction, so that neither is ever there without the other.
 */
export async function changeJudgedCoverages(
  runner: Runner,
  coverages: ReadonlyMap<string, VendorCoverage>,
): Promise<void> {
  const changes = coverageChanges(await readJudgedCoverages(runner), coverages);
  if (changes.length === 0) return;
  await markDue(runner, changes);
  const vendors = changes.map(({ vendor }) => vendor);
  await runner.query('DELETE FROM judged_coverage WHERE vendor = ANY($1)', [vendors]);
  const rows = vendors.flatMap((vendor) => {
    const coverage = coverages.get(vendor);
    return coverage === undefined ? [] : [{ vendor, ...coverage }];
  });
  await runner.query(
    'INSERT INTO judged_coverage SELECT * FROM jsonb_populate_recordset(NULL::judged_coverage, $1::jsonb)',
    [JSON.stringify(rows)],
  );
}

/** No book: what was judged by it is judged again, whatever the next run judges by. */
const NO_BOOK = '';

async function markDue(runner: Runner, changes: readonly CoverageChange[]): Promise<void> {
  const [{ any } = { any: false }]: { any: boolean }[] = await runner.query(
    'SELECT EXISTS (SELECT FROM judged) AS any',
  );
  if (!any) return;
  const periods = changes.flatMap(({ vendor, periods: all }) => all.map((period) => ({ vendor, ...period })));
  const mark = async (numbers: string, told: unknown) =>
    runner.query(`UPDATE judged SET book = $1 WHERE book <> $1 AND tracking_number IN (${numbers})`, [NO_BOOK, told]);
  await mark(
    WITHOUT_LABEL_OF_VENDOR,
    changes.map(({ vendor }) => vendor),
  );
  if (periods.length > 0) {
    await mark(OF_PERIODS, JSON.stringify(periods));
    await mark(CHARGED_ON_USE, [...new Set(periods.map(({ vendor }) => vendor))]);
  }
  const others = changes.filter(({ currencies }) => currencies).map(({ vendor }) => vendor);
  if (others.length > 0) await mark(OF_VENDORS, others);
}

/** Whether a label should be there depends on the days of the vendor's labels; where it is there, on nothing. */
const WITHOUT_LABEL_OF_VENDOR = ['charge', 'adjustment']
  .map(
    (table) => `SELECT c.tracking_number FROM ${table} c WHERE c.vendor = ANY($2)
      AND NOT EXISTS (SELECT FROM label l WHERE l.tracking_number = c.tracking_number AND l.vendor = c.vendor)`,
  )
  .join(' UNION ');

const PERIODS = 'jsonb_to_recordset($2::jsonb) AS p(vendor text, "from" date, "to" date)';

const OF_PERIODS = `
  SELECT l.tracking_number FROM label l JOIN ${PERIODS}
    ON l.vendor = p.vendor AND l.purchased_day BETWEEN p."from" AND p."to"
  UNION SELECT c.tracking_number FROM charge c JOIN ${PERIODS}
    ON c.vendor = p.vendor AND c.charged_day BETWEEN p."from" AND p."to"`;

/** The day of such a label is that of its first scan. */
const CHARGED_ON_USE = `SELECT tracking_number FROM label WHERE vendor = ANY($2) AND kind <> 'outbound'`;

const OF_VENDORS = 'SELECT tracking_number FROM label WHERE vendor = ANY($2)';
