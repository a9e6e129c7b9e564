/** Rules through their life: tried out beside the active ones, promoted, retired. */
import { join } from 'node:path';
import { summariseBook } from '../../src/reports/book-summary.ts';
import { readShadow } from '../../src/reports/shadow.query.ts';
import { listShadow } from '../../src/reports/shadow.ts';
import { ruleBookInForce, shadowBookInForce } from '../../src/core/rules/book.ts';
import { explainTried } from '../support/explain-tried.ts';
import { lockFaults, lockedAlso } from '../../src/core/rules/lock.ts';
import { readRules } from '../../src/catalog/rules.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { OwnRules } from '../support/own-rules.ts';

const RULE = 'below-floor-price';
const FILE = `pricing/${RULE}.yaml`;
const SHADOW = `pricing/${RULE}.shadow.yaml`;
const number = (serial: number): string => impb('001', '900000044', serial);

/** Of the shipped file; each value stands below its name. */
const NEXT_VERSION = ['version: 2\n', 'version: 3\n'] as const;
const TRIED_OUT = ['status: active', 'status: shadow'] as const;
const param = (name: string, from: string, to: string) =>
  [`${name}:\n    value: ${from}`, `${name}:\n    value: ${to}`] as const;
/** Fires for more, and graver. */
const STRICTER = [param('suspect_share', '0.20', '0.05'), param('severe_share', '0.40', '0.25')] as const;
/** Fires for less. */
const MILDER = [param('suspect_share', '0.20', '0.80')] as const;

const database = useDatabase();
const rules = new OwnRules();
afterAll(() => rules.leave());

function auditing(): Auditing {
  return new Auditing(database.dataSource, {}, rules.root);
}

async function sell(story: Auditing, serial: number, charged: string): Promise<void> {
  await story.take('labels', [
    {
      tracking_number: number(serial),
      vendor: 'Story Labels',
      label_id: `S${serial}`,
      purchased_at: '2026-11-10T09:00:00Z',
      ship_date: '2026-11-10',
      service: 'ground_advantage',
      rate_type: 'weight',
      packaging: 'package',
      weight_oz: '8',
      length_in: '8',
      width_in: '6',
      height_in: '4',
      origin_zip: '90058',
      destination_zip: '85004',
      charged,
    },
  ]);
}

type Row = [number: string, severity: string, version: string];

async function stored(table: 'finding' | 'shadow_finding'): Promise<Row[]> {
  const rows: { tracking_number: string; severity: string; rule_version: string }[] = await database
    .dataSource()
    .query(`SELECT tracking_number, severity, rule_version FROM ${table} WHERE rule = $1 ORDER BY 1`, [RULE]);
  return rows.map((row) => [row.tracking_number, row.severity, row.rule_version]);
}

/** The part of a report about what is tried out. */
async function told({ catalog }: Auditing): Promise<ReturnType<typeof listShadow>> {
  const day = '2026-11-20';
  const book = ruleBookInForce(catalog.rules, day, sha256Hex);
  const shadow = shadowBookInForce(catalog.shadowRules, day, sha256Hex);
  const tried = summariseBook({ book, shadow }, '').shadow ?? [];
  return listShadow(tried, await readShadow(database.dataSource().manager, tried), 'en');
}

async function everythingOfPeople(): Promise<string> {
  const rows: unknown[] = await database
    .dataSource()
    .query(
      `SELECT f.*, h.sequence, h.reason FROM finding f JOIN finding_history h USING (tracking_number, id) ORDER BY 1, 2, h.sequence`,
    );
  return JSON.stringify(rows);
}

describe('a version that is tried out', () => {
  let before: string;
  let activeVersion: string;

  test('without any, nothing is kept apart', async () => {
    const story = auditing();
    await sell(story, 1, '2.00');
    await sell(story, 2, '3.80');
    await sell(story, 3, '5.40');
    await story.audit('2026-11-20T06:00:00Z');
    expect((await stored('finding')).map(([of, severity]) => [of, severity])).toEqual([
      [number(1), 'high'],
      [number(2), 'medium'],
    ]);
    expect(await stored('shadow_finding')).toEqual([]);
    before = await everythingOfPeople();
    activeVersion = (await stored('finding'))[0]?.[2] ?? '';
  });

  test('is judged beside the active one and changes nothing of it', async () => {
    rules.write(SHADOW, FILE, [NEXT_VERSION, TRIED_OUT, ...STRICTER]);
    const story = auditing();
    // Everything is judged anew, though no parcel changed.
    expect(await story.audit('2026-11-20T06:00:00Z')).toBe(3);
    expect(await everythingOfPeople()).toBe(before);
    const said = await stored('shadow_finding');
    expect(said.map(([of, severity]) => [of, severity])).toEqual([
      [number(1), 'high'],
      [number(2), 'high'],
      [number(3), 'medium'],
    ]);
    expect(said.every(([, , version]) => version !== activeVersion)).toBe(true);
    const [part, ...others] = await told(story);
    expect(others).toEqual([]);
    const compared = { new: 1, gone: 0, changed: 1, same: 1, goneDismissed: 0 };
    expect(part).toMatchObject({ rule: RULE, number: 3, active: 2, fires: 3, compared });
    expect(part?.amounts).toEqual([{ value: '7.67', currency: 'USD' }]);
    expect(part?.vendors).toMatchObject([{ vendor: 'Story Labels', fires: 3, compared }]);
    expect(part?.examples).toMatchObject([
      { change: 'changed', trackingNumber: number(2), severity: 'high', activeSeverity: 'medium' },
      { change: 'new', trackingNumber: number(3), severity: 'medium', activeSeverity: null, activeAmount: null },
    ]);
    // The first hangs on the vendor's other labels, and is looked at in every audit.
    expect(await story.audit('2026-11-20T06:00:00Z')).toBe(1);
  });

  test('is another one when its file changes: what the one before said is gone', async () => {
    rules.write(SHADOW, FILE, [NEXT_VERSION, TRIED_OUT, ...MILDER]);
    const story = auditing();
    expect(await story.audit('2026-11-20T06:00:00Z')).toBe(3);
    expect(await stored('shadow_finding')).toEqual([]);
    expect(await everythingOfPeople()).toBe(before);
    const compared = { new: 0, gone: 2, changed: 0, same: 0, goneDismissed: 0 };
    expect(await told(story)).toMatchObject([{ rule: RULE, fires: 0, amounts: [], compared }]);
  });

  test('can be explained by its own name', async () => {
    rules.write(SHADOW, FILE, [NEXT_VERSION, TRIED_OUT, ...STRICTER]);
    const story = auditing();
    const asOf = Date.parse('2026-11-20T06:00:00Z');
    const active = await explainTried(database.dataSource(), story.catalog, { id: RULE, subject: number(3), asOf });
    const tried = await explainTried(database.dataSource(), story.catalog, {
      id: `${RULE}.shadow`,
      subject: number(3),
      asOf,
    });
    expect([active, tried].map(({ answers }) => answers[0]?.explanation.result.answer)).toEqual(['clear', 'fires']);
  });

  test('promoted, its findings become real under the identities that they had, and nothing is doubled', async () => {
    await auditing().audit('2026-11-20T06:00:00Z');
    const tried = await stored('shadow_finding');
    rules.remove(SHADOW);
    rules.write(FILE, FILE, [NEXT_VERSION, ...STRICTER]);
    const story = auditing();
    await story.audit('2026-11-21T06:00:00Z');
    const real = await stored('finding');
    expect(real.map(([of, severity]) => [of, severity])).toEqual(tried.map(([of, severity]) => [of, severity]));
    expect(await stored('shadow_finding')).toEqual([]);
    expect(await story.history(number(2), RULE)).toEqual(['found: open', 'changed: open']);
    expect(await story.history(number(3), RULE)).toEqual(['found: open']);
  });

  test('promoted without a new number, the lock refuses it', () => {
    const read = () =>
      readRules(join(rules.root, 'rules'), { shownFrom: rules.root, sha256Hex, examples: false }).rules;
    const lock = lockedAlso(read(), {}, sha256Hex);
    rules.write(FILE, FILE, [NEXT_VERSION, ...MILDER]);
    expect(lockFaults(read(), lock, sha256Hex)).toMatchObject([{ rule: { id: RULE } }]);
    rules.write(FILE, FILE, [['version: 2\n', 'version: 4\n'], ...MILDER]);
    expect(lockFaults(read(), lock, sha256Hex)).toEqual([]);
  });
});

test('what a retired rule found resolves for that reason, and what people closed stays closed', async () => {
  rules.write(FILE, FILE, [NEXT_VERSION, ...STRICTER]);
  await auditing().audit('2026-11-21T06:00:00Z');
  await database.dataSource().query(`UPDATE finding SET state = 'dismissed' WHERE tracking_number = $1`, [number(1)]);
  rules.write(FILE, FILE, [['status: active', 'status: retired']]);
  const story = auditing();
  await story.audit('2026-11-22T06:00:00Z');
  expect((await story.history(number(3), RULE)).at(-1)).toBe('retired: resolved');
  expect((await story.findings({ rule: RULE })).map(({ state }) => state)).toEqual([
    'dismissed',
    'resolved',
    'resolved',
  ]);
  rules.write(FILE, FILE, [NEXT_VERSION, ...STRICTER]);
  await auditing().audit('2026-11-23T06:00:00Z');
  expect((await story.history(number(3), RULE)).at(-1)).toBe('reopened: reopened');
});

test('a rule about charges, one about invoices and a draft: the first two are tried out, the last is only checked', async () => {
  const story = auditing();
  const line = {
    invoice_number: 'SL-11',
    vendor: 'Story Labels',
    charge_type: 'postage',
    amount: '2.00',
    invoice_date: '2026-11-15',
    charged_at: '2026-11-10',
    tracking_number: number(1),
  };
  await story.take('invoice', [
    { ...line, line_number: '1' },
    { ...line, line_number: '2' },
    { ...line, line_number: '1', invoice_number: 'SL-12' },
    { ...line, line_number: '2', invoice_number: 'SL-12' },
  ]);
  for (const id of ['duplicate-charge', 'duplicate-invoice']) {
    rules.write(`money/${id}.yaml`, `money/${id}.yaml`, [TRIED_OUT]);
  }
  rules.write('money/charge-differs.yaml', 'money/charge-differs.yaml', [['status: active', 'status: draft']]);
  await auditing().audit('2026-11-24T06:00:00Z');
  const kept: { rule: string; found: number }[] = await database
    .dataSource()
    .query('SELECT rule, count(*)::int AS found FROM shadow_finding GROUP BY rule ORDER BY rule');
  expect(kept).toEqual([
    { rule: 'duplicate-charge', found: 3 },
    { rule: 'duplicate-invoice', found: 1 },
  ]);
  const real = await story.findings();
  expect(real.filter(({ rule }) => rule.startsWith('duplicate-') || rule === 'charge-differs')).toEqual([]);
});
