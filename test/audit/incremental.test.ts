/**
 * Incremental equals full: whatever comes in which order and wherever audits are made between, what stands in the end is what
 * one audit over everything finds.
 */
import type { DataSource } from 'typeorm';
import { OPEN_STATES } from '../../src/core/finding/lifecycle.ts';
import { DAY_MS, formatInstant, startOfDay } from '../../src/core/units/day.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { World } from '../support/small-world.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];
const LAST = '2026-12-12T06:00:00Z';

describe.each(SEEDS)('seed %i', (seed) => {
  const bitByBit = useDatabase();
  const atOnce = useDatabase();

  test('audits between imports leave the same as one audit over everything', async () => {
    const world = new World(seed);
    const steps = world.steps();
    const parts = new Auditing(() => bitByBit.dataSource());
    const whole = new Auditing(() => atOnce.dataSource());
    let clock = startOfDay('2026-11-05');
    for (const step of steps) {
      await parts.take(step.kind, step.rows);
      await whole.take(step.kind, step.rows);
      clock += world.below(4) * DAY_MS;
      if (world.below(2) === 0) await parts.audit(formatInstant(Math.min(clock, Date.parse(LAST))));
    }
    await parts.audit(LAST);
    await whole.audit(LAST);
    expect(await standing(bitByBit.dataSource())).toEqual(await standing(atOnce.dataSource()));
  });
});

/** What an audit leaves: open findings in full, and how every rule answered. */
async function standing(dataSource: DataSource): Promise<Record<string, unknown>> {
  const findings = await dataSource.query(
    `SELECT id, rule, tracking_number, vendor, sale_key, label_id, subject, severity, verdict, attribution, confidence,
            amount_mills, currency, amount_kind, goods_mills, message, next_step, deadline, evidence
       FROM finding WHERE state = ANY($1) ORDER BY id, tracking_number`,
    [OPEN_STATES],
  );
  const judged = await dataSource.query(
    `SELECT tracking_number, outcomes, charge_outcomes, rated, expected_mills FROM judged
      WHERE outcomes <> '{}' OR charge_outcomes <> '{}' ORDER BY tracking_number`,
  );
  const [run] = await dataSource.query(
    'SELECT vendor_outcomes, invoice_outcomes, later_rows FROM run ORDER BY as_of DESC LIMIT 1',
  );
  return { findings, judged, run };
}
