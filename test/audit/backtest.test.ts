/** A backtest against audits: what it says was told, since when, and what a change makes of it, is what audits of those days find. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DataSource } from 'typeorm';
import { AuditService } from '../../src/audit/audit.service.ts';
import { type Backtest, BacktestService } from '../../src/audit/backtest.service.ts';
import { endOf } from '../../src/audit/backtest-days.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { readRules } from '../../src/catalog/rules.ts';
import type { Told } from '../../src/core/finding/backtest.ts';
import { OPEN_STATES } from '../../src/core/finding/lifecycle.ts';
import { ruleBookOf } from '../../src/core/rules/book.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import { type Day, addDays, daysBetween } from '../../src/core/units/day.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { World } from '../support/small-world.ts';

const NOW = Date.parse('2027-01-01T00:00:00Z');

/** The rules of the book with their files edited. */
function edited(edit: (text: string) => string): Rule[] {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    const root = join(projectRoot(), 'rules');
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.yaml')) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), edit(readFileSync(join(root, name), 'utf8')));
    }
    const { rules, problems } = readRules(folder, { shownFrom: folder, sha256Hex, examples: false });
    expect(problems).toEqual([]);
    return rules;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const retired = (): Rule[] => edited((text) => text.replace(/^status: active/m, 'status: retired'));

function withRules(catalog: Catalog, rules: readonly Rule[]): Catalog {
  const copy: Catalog = Object.create(catalog) as Catalog;
  return Object.defineProperty(copy, 'rules', { value: ruleBookOf(rules, sha256Hex) });
}

class Bench {
  readonly story: Auditing;

  constructor(private readonly dataSource: () => DataSource) {
    this.story = new Auditing(dataSource);
  }

  backtest(candidates: readonly Rule[], range: { from: Day | null; to: Day | null }): Promise<Backtest> {
    const { catalog } = this.story;
    const fold = new FoldService(this.dataSource(), catalog);
    const audits = new AuditService(this.dataSource(), catalog, fold);
    return new BacktestService(this.dataSource(), catalog, audits, fold).run({ candidates, ...range, now: NOW });
  }

  /** What stands after an audit as of the end of the day, by id. */
  async audit(day: Day, rules: readonly Rule[] | null = null): Promise<Map<string, Record<string, unknown>>> {
    const catalog = rules === null ? this.story.catalog : withRules(this.story.catalog, rules);
    const fold = new FoldService(this.dataSource(), catalog);
    await fold.foldTouched();
    await new AuditService(this.dataSource(), catalog, fold).run({ asOf: endOf(day), now: () => new Date(0) });
    const rows: (Record<string, unknown> & { id: string })[] = await this.dataSource().query(
      `SELECT id, rule, severity, verdict, attribution, confidence, amount_mills, currency, goods_mills, deadline
         FROM finding WHERE state = ANY($1)`,
      [OPEN_STATES],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const lastDayOnly = ({ rules }: Backtest): Set<string> =>
  new Set(rules.flatMap(({ candidate, lastDayOnly: only }) => (only ? [candidate.id] : [])));

type Days = Map<string, { first: Day | null; last: Day }>;

/** The first and last day on which audits of each day find each finding; the day before the range is null. */
async function daysFound(
  bench: Bench,
  days: readonly Day[],
  { rules = null, leaveOut }: { rules?: readonly Rule[] | null; leaveOut: ReadonlySet<string> },
): Promise<Days> {
  const found: Days = new Map();
  for (const [place, day] of days.entries()) {
    for (const [id, { rule }] of await bench.audit(day, rules)) {
      if (leaveOut.has(String(rule))) continue;
      const before = found.get(id);
      const first = place === 0 ? null : day;
      found.set(id, { first: before === undefined ? first : before.first, last: day });
    }
  }
  for (const [id, { last }] of found) if (last === days[0]) found.delete(id);
  return found;
}

function daysTold(backtest: Backtest, side: 'active' | 'candidate') {
  const only = lastDayOnly(backtest);
  const told = backtest.changes.flatMap((change) => {
    const own: Told | null = change[side];
    if (own === null || only.has(own.finding.rule)) return [];
    return [[change.id, { first: backtest.dayAt(own.first), last: backtest.dayAt(own.last) }] as const];
  });
  return new Map(told);
}

describe.each([2])('a small world, seed %i', (seed) => {
  const database = useDatabase();
  const bench = new Bench(database.dataSource);
  const range = { from: '2026-11-06', to: '2026-12-10' };
  const days = Array.from({ length: daysBetween('2026-11-05', range.to) + 1 }, (_, at) => addDays('2026-11-05', at));

  beforeAll(async () => {
    for (const { kind, rows } of new World(seed).steps()) await bench.story.take(kind, rows);
    await new FoldService(database.dataSource(), bench.story.catalog).foldTouched();
  });

  test('the days told are those on which audits find it first and last, and retiring all leaves nothing', async () => {
    const backtest = await bench.backtest(retired(), range);
    const told = daysTold(backtest, 'active');
    expect(backtest.changes.every(({ kind }) => kind === 'gone')).toBe(true);
    expect(told.size).toBeGreaterThan(10);
    expect(told).toEqual(await daysFound(bench, days, { leaveOut: lastDayOnly(backtest) }));
  });

  test('the unchanged rules change nothing, on any range', async () => {
    for (const [from, to] of [
      [range.from, range.to],
      ['2026-11-10', '2026-11-10'],
      ['2026-10-01', '2026-11-03'],
    ] as const) {
      const { changes, totals } = await bench.backtest(bench.story.catalog.rules.rules, { from, to });
      expect(changes).toEqual([]);
      expect(totals.all.findings.active).toBe(totals.all.findings.candidate);
    }
  });
});

/** A rule with a part of its text replaced. */
interface Turn {
  rule: string;
  from: RegExp;
  to: string;
}

const param = (name: string): RegExp => new RegExp(`(?<=\\n  ${name}:\\n    value: )[\\d.]+`);

function turned({ rule, from, to }: Turn): Rule {
  const rules = edited((text) => (new RegExp(`^id: ${rule}$`, 'm').test(text) ? text.replace(from, to) : text));
  const found = rules.find(({ id }) => id === rule);
  if (found === undefined) throw new Error(`there is no rule ${rule}`);
  return found;
}

describe.each([2])('a changed rule over a small world, seed %i', (seed) => {
  const database = useDatabase();
  const bench = new Bench(database.dataSource);
  const range = { from: '2026-11-20', to: '2026-12-10' };
  const days = Array.from({ length: daysBetween('2026-11-19', range.to) + 1 }, (_, at) => addDays('2026-11-19', at));

  beforeAll(async () => {
    for (const { kind, rows } of new World(seed).steps()) await bench.story.take(kind, rows);
    await new FoldService(database.dataSource(), bench.story.catalog).foldTouched();
  });

  test.each<Turn>([
    { rule: 'charge-differs', from: param('settle_days'), to: '20' },
    { rule: 'charge-without-label', from: param('settle_days'), to: '0' },
    { rule: 'below-floor-price', from: param('suspect_share'), to: '0.7' },
    { rule: 'unpaid-piece-notice', from: param('grace_hours'), to: '168' },
    { rule: 'weight-understated', from: param('tolerance_milli_oz'), to: '16000' },
    { rule: 'duplicate-charge', from: /is: recoverable/, to: 'is: exposure' },
  ])('$rule with $to: what changes is what audits of every day by either make of it', async (turn) => {
    const { rules } = bench.story.catalog.rules;
    const before = rules.filter(({ id }) => id === turn.rule);
    const after = [turned(turn)];
    const backtest = await bench.backtest(after, range);
    const nobody: ReadonlySet<string> = new Set();
    const byActive = await daysFound(bench, days, { rules: before, leaveOut: nobody });
    const byCandidate = await daysFound(bench, days, { rules: after, leaveOut: nobody });
    const changes = new Map(backtest.changes.map((change) => [change.id, change]));
    const expected = [...new Set([...byActive.keys(), ...byCandidate.keys()])].map((id) => {
      const [active, candidate] = [byActive.get(id) ?? null, byCandidate.get(id) ?? null];
      const kind = active === null ? 'new' : candidate === null ? 'gone' : null;
      return { id, kind: kind ?? changes.get(id)?.kind ?? 'same', active, candidate };
    });
    const told = (id: string, side: 'active' | 'candidate', otherwise: Days): unknown => {
      const change = changes.get(id);
      if (change === undefined) return otherwise.get(id) ?? null;
      const own: Told | null = change[side];
      return own && { first: backtest.dayAt(own.first), last: backtest.dayAt(own.last) };
    };
    expect(expected).toEqual(
      expected.map(({ id }) => ({
        id,
        kind: changes.get(id)?.kind ?? 'same',
        active: told(id, 'active', byCandidate),
        candidate: told(id, 'candidate', byCandidate),
      })),
    );
    expect(backtest.totals.kinds.same + backtest.changes.length).toBe(expected.length);
  });

  test('amounts and severities told in the end are those of two audits on the last day', async () => {
    const turn = { rule: 'duplicate-charge', from: /is: recoverable/, to: 'is: exposure' };
    const backtest = await bench.backtest([turned(turn)], range);
    const { money, findings } = backtest.totals.all;
    expect(findings.active).toBeGreaterThan(0);
    expect(backtest.changes.map(({ differences }) => differences)).toContainEqual(['amountKind']);
    const sum = (side: 'active' | 'candidate'): number => money.reduce((all, each) => all + each[side], 0);
    expect(sum('active')).toBe(sum('candidate'));
    expect(money.map(({ kind }) => kind)).toContain('exposure');
  });
});

describe('the sample month', () => {
  const database = useDatabase();
  const bench = new Bench(database.dataSource);
  const range = { from: null, to: null };

  beforeAll(async () => {
    for (const name of ['harbor-labels', 'quickship-labels', 'lucky-labels', 'tracking', 'harbor-invoice']) {
      const path = join(projectRoot(), 'samples', `${name}.csv`);
      const kind = name.endsWith('labels') ? 'labels' : name === 'tracking' ? 'tracking' : 'invoice';
      await bench.story.takeFile({ path, shownAs: name, kind });
    }
    await bench.audit('2026-11-30');
  });

  test('the last 28 days stored; a parcel held for long is as grave as the rule says', async () => {
    const backtest = await bench.backtest(
      [turned({ rule: 'held-for-postage', from: param('escalation_hours'), to: '400' })],
      range,
    );
    expect(backtest.days).toBe(28);
    expect(backtest.parcelDays).toBeLessThan(backtest.parcels * 15);
    const severities = backtest.changes.map(({ kind, differences, active, candidate }) => {
      const told = [active?.finding.severity, candidate?.finding.severity];
      return { kind, differences, told };
    });
    expect(severities).toEqual([{ kind: 'changed', differences: ['severity'], told: ['high', 'medium'] }]);
  });

  test('what people decided is told, and nothing is written', async () => {
    const [finding]: { id: string }[] = await database
      .dataSource()
      .query(`UPDATE finding SET state = 'dismissed' WHERE rule = 'off-route-acceptance' RETURNING id`)
      .then(([rows]: [{ id: string }[]]) => rows);
    const before = await contents(database.dataSource());
    const backtest = await bench.backtest(retired(), range);
    expect(await contents(database.dataSource())).toEqual(before);
    expect(backtest.changes.find(({ id }) => id === finding?.id)).toMatchObject({ kind: 'gone', state: 'dismissed' });
    expect(backtest.totals.byDecision()).toMatchObject([{ state: 'dismissed', same: 0 }]);
  });

  test('days that cannot be are refused', async () => {
    const { rules } = bench.story.catalog.rules;
    await expect(bench.backtest(rules, { from: '2026-11-20', to: '2026-11-10' })).rejects.toThrow('is after --to');
    await expect(bench.backtest(rules, { from: null, to: '2027-02-01' })).rejects.toThrow('yet to come');
  });
});

/** Every row of every table. */
async function contents(dataSource: DataSource): Promise<Record<string, unknown>> {
  const tables: { name: string }[] = await dataSource.query(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const all: Record<string, unknown> = {};
  for (const { name } of tables) {
    const [row] = await dataSource.query(
      `SELECT count(*) AS rows, md5(coalesce(string_agg(t::text, E'\n' ORDER BY t::text), '')) AS hash FROM ${name} t`,
    );
    all[name] = row;
  }
  return all;
}
