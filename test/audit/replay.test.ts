/** Every finding of the sample month can be made again, byte for byte, from what was stored with it. */
import { join } from 'node:path';
import type { Finding } from '../../src/core/finding/finding.ts';
import { type Replayable, explainAgain, replay } from '../../src/core/finding/replay.ts';
import { restoreRule } from '../../src/core/rules/load.ts';
import { readRuleVersions } from '../../src/audit/rule-version.store.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { recognise } from '../../src/ingest/recognise.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const auditing = new Auditing(database.dataSource);

interface Stored extends Record<string, unknown> {
  id: string;
  rule: string;
  rule_version: string;
}

/** A number nobody sold, charged twice on an invoice that comes twice. */
const LINE = {
  invoice_number: 'R-1',
  vendor: 'Lucky Parcel',
  charge_type: 'postage',
  amount: '5.10',
  invoice_date: '2026-11-15',
  period_from: '2026-11-01',
  period_to: '2026-11-15',
  charged_at: '2026-11-10',
  tracking_number: '9400111899223197428404',
};

beforeAll(async () => {
  const { files } = await recognise([{ path: join(projectRoot(), 'samples') }]);
  for (const { path, shownAs, kind } of files) await auditing.takeFile({ path, shownAs, kind });
  await auditing.take('invoice', [
    { ...LINE, line_number: '1' },
    { ...LINE, line_number: '2' },
    { ...LINE, line_number: '3', tracking_number: '', charge_type: 'fee' },
    { ...LINE, line_number: '1', invoice_number: 'R-2' },
    { ...LINE, line_number: '2', invoice_number: 'R-2' },
    { ...LINE, line_number: '3', invoice_number: 'R-2', tracking_number: '', charge_type: 'fee' },
  ]);
  await auditing.audit('2026-12-01T06:00:00Z');
}, 60_000);

async function stored(): Promise<Stored[]> {
  return database.dataSource().query('SELECT * FROM finding ORDER BY rule, tracking_number, id');
}

async function ruleOf(version: string) {
  const [kept] = await readRuleVersions(database.dataSource(), [version]);
  if (kept === undefined) throw new Error(`${version} is not kept`);
  return restoreRule(kept, sha256Hex);
}

/** Columns as text, in order of their names. */
function bytesOf(row: Record<string, unknown>): string {
  const sorted = Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function replayable(row: Stored): Replayable {
  return {
    id: row.id,
    subject: row['subject'] as Replayable['subject'],
    trackingNumber: String(row['tracking_number']),
    vendor: row['vendor'] as string | null,
    saleKey: row['sale_key'] as string | null,
    labelId: row['label_id'] as string | null,
    evidence: row['evidence'] as Replayable['evidence'],
    facts: row['facts'] as Replayable['facts'],
  };
}

test('what is judged again from the stored facts is the stored finding', async () => {
  const rows = await stored();
  expect(rows.length).toBeGreaterThan(20);
  const charged = rows.filter((row) => row['subject'] === 'charge').map(({ rule }) => rule);
  expect(charged).toEqual(expect.arrayContaining(['charge-without-label', 'duplicate-charge', 'duplicate-invoice']));
  for (const row of rows) {
    const again = replay(replayable(row), await ruleOf(row.rule_version));
    expect(again).not.toBeNull();
    const judged = columnsOf(again as Finding);
    const kept = Object.fromEntries(Object.keys(judged).map((name) => [name, row[name]]));
    expect(bytesOf(judged)).toBe(bytesOf(kept));
  }
});

/** The columns that its judgement decides, as the store writes them. */
function columnsOf(finding: Finding): Record<string, unknown> {
  return {
    tracking_number: finding.trackingNumber,
    id: finding.id,
    rule: finding.rule,
    rule_version: finding.ruleVersion,
    severity: finding.severity,
    verdict: finding.verdict,
    attribution: finding.attribution,
    confidence: finding.confidence,
    subject: finding.subject,
    vendor: finding.vendor,
    sale_key: finding.saleKey,
    label_id: finding.labelId,
    amount_mills: finding.amount?.mills ?? null,
    currency: finding.amount?.currency ?? null,
    amount_kind: finding.amountKind,
    goods_mills: finding.goods?.mills ?? null,
    goods_currency: finding.goods?.currency ?? null,
    message: finding.message,
    next_step: finding.nextStep,
    deadline: finding.deadline,
    evidence: finding.evidence,
    facts: finding.facts,
  };
}

test('the explanation of a stored finding says that it fires, and the parts that decided are true', async () => {
  for (const row of await stored()) {
    const explained = explainAgain(replayable(row), await ruleOf(row.rule_version));
    if (String(row['tracking_number']).startsWith('@carrier/')) continue;
    expect(explained?.result.answer).toBe('fires');
    expect(explained?.when).toMatchObject({ value: 'true', decided: true });
    expect(explained?.facts.map(({ name }) => name).toSorted()).toEqual(Object.keys(row['facts'] as object).toSorted());
  }
});

test('a version is kept once, and its content is what it is the hash of', async () => {
  const kept: { version: string; content: string }[] = await database
    .dataSource()
    .query('SELECT version, content FROM rule_version');
  expect(kept.length).toBe(auditing.catalog.rules.rules.length);
  for (const { version, content } of kept) expect(sha256Hex(content).slice(0, 16)).toBe(version);
  await auditing.audit('2026-12-02T06:00:00Z');
  expect(await database.dataSource().query('SELECT count(*)::int AS kept FROM rule_version')).toEqual([
    { kept: kept.length },
  ]);
});
