/** Killed at any moment and run again, an import and an audit end where an undisturbed one ends. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { projectRoot } from '../src/platform/config.ts';
import { builtCli } from './support/built.ts';
import { useDatabase } from './support/database.ts';
import { Dice } from './support/month/dice.ts';

/** Times a chain is killed before it is left to finish; with the chains below, twenty kills. */
const KILLS = 5;
const SEEDS = [11, 12, 13, 14];

const root = projectRoot();

/** Starts the audit of the samples over the database; kills it after `killAfterMs` unless it ended before. */
async function audit(url: string, out: string, killAfterMs?: number): Promise<number | null> {
  const words = [builtCli(), 'audit', join(root, 'samples')];
  const child = spawn(
    process.execPath,
    [...words, '--as-of', '2026-12-01T06:00:00Z', '--database', url, '--out', out],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (killAfterMs === undefined) {
    const code = await ended;
    if (code !== 0) throw new Error(complaints);
    return code;
  }
  await Promise.race([ended, sleep(killAfterMs)]);
  child.kill('SIGKILL');
  return ended;
}

/** Every row of every table as text, sorted, without clocks. */
async function dump(dataSource: DataSource): Promise<string[]> {
  const tables: { name: string }[] = await dataSource.query(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_name <> 'migration' ORDER BY 1`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const found: { row: Record<string, unknown> }[] = await dataSource.query(
      `SELECT to_jsonb(t) AS row FROM "${name}" t`,
    );
    for (const { row } of found) {
      for (const clock of ['imported_at', 'started_at', 'finished_at']) delete row[clock];
      rows.push(`${name} ${JSON.stringify(row)}`);
    }
  }
  return rows.sort();
}

describe('an audit that is killed', () => {
  const undisturbed = useDatabase();
  let out = '';
  let expected: string[] = [];
  let tookMs = 0;

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'killed-audit-'));
    const started = performance.now();
    await audit(undisturbed.url(), out);
    tookMs = performance.now() - started;
    expected = await dump(undisturbed.dataSource());
  }, 60_000);

  afterAll(() => rm(out, { recursive: true, force: true }));

  test('an undisturbed one leaves labels, events, journeys, judgements and findings', () => {
    for (const table of ['label ', 'event ', 'charge ', 'journey ', 'judged ', 'finding ', 'run ']) {
      expect(expected.some((row) => row.startsWith(table))).toBe(true);
    }
  });

  describe.each(SEEDS)('five times at moments of seed %i', (seed) => {
    const disturbed = useDatabase();

    test('ends, run once more, with the same tables', async () => {
      const dice = new Dice(seed);
      for (let kill = 0; kill < KILLS; kill += 1) await audit(disturbed.url(), out, (0.2 + 0.8 * dice.next()) * tookMs);
      await audit(disturbed.url(), out);
      expect(await dump(disturbed.dataSource())).toEqual(expected);
    }, 120_000);
  });
});
