/** `rules backtest`: what changed rules would have told, as text and JSON, and its exit codes. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CliIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/program.ts';
import { type BacktestDocument, backtestSchema } from '../../src/cli/rules-backtest-document.ts';
import { registerRules } from '../../src/cli/rules.command.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { schema } from '../../src/schema.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
const drafts = mkdtempSync(join(tmpdir(), 'drafts-'));

const HELD = '9400111899223197428497';
const rule = readFileSync(join(projectRoot(), 'rules/fraud/held-for-postage.yaml'), 'utf8');

/** Writes a rule where `rules check` takes it, and answers its path. */
function draft(folder: string, content: string): string {
  const path = join(drafts, folder, 'fraud/held-for-postage.yaml');
  mkdirSync(join(drafts, folder, 'fraud'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

beforeAll(async () => {
  await story.take('labels', [
    {
      tracking_number: HELD,
      vendor: 'Lucky Parcel',
      purchased_at: '2026-11-05T10:00:00Z',
      service: 'ground_advantage',
      charged: '2.40',
      label_id: 'L1',
      origin_zip: '90210',
      destination_zip: '10001',
    },
  ]);
  await story.take('tracking', [
    {
      tracking_number: HELD,
      event_time: '2026-11-08T10:00:00Z',
      event_text: 'Package delayed for postage assessment and held awaiting payment',
      source: 'usps',
      outcome: 'answered',
      retrieved_at: '2026-11-19T10:00:00Z',
    },
  ]);
  await story.audit('2026-11-20T08:00:00Z');
});

afterAll(() => rmSync(drafts, { recursive: true }));

async function backtest(url: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io: CliIo = { stdout, stderr, now: () => Date.UTC(2026, 10, 20, 8), root: projectRoot() };
  const commands = {
    rules: async () => (program: Parameters<typeof registerRules>[0], cliIo: CliIo) =>
      registerRules(program, cliIo, async () => schema),
  };
  const code = await runCli(['rules', 'backtest', ...words, '--database', url], commands, io);
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

test('the active rule as it stands changes nothing', async () => {
  const path = join(projectRoot(), 'rules/fraud/held-for-postage.yaml');
  const { code, out, err } = await backtest(database.url(), path);
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/^nothing changes$/m) });
  expect(out).toMatch(/^from 2026-10-23 to 2026-11-19, 28 days/);
  expect(out).toMatch(/^gone 0, new 0, changed 0, the same 1$/m);
  expect(out).toMatch(/which judges the same$/m);
  expect(err).toMatch(/^Judging parcels: 1 over 28 days$/m);
});

test('a retired one: what goes, since when it was told, and what had been decided', async () => {
  await database.dataSource().query(`UPDATE finding SET state = 'dismissed' WHERE rule = 'held-for-postage'`);
  const path = draft('retired', rule.replace(/^status: active/m, 'status: retired'));
  const { code, out } = await backtest(database.url(), path);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^gone +held-for-postage +9400111899223197428497 +Lucky Parcel +2026-11-08 +high +2\.40 USD exposure +dismissed/m,
  );
  expect(out).toMatch(/^dismissed +1 +0 +0 +0$/m);
  expect(out).toMatch(/^Lucky Parcel +1 +0 +2\.40 -> 0\.00 USD exposure$/m);
});

test('a draft without an active rule of its id, as JSON: all it finds is new', async () => {
  const path = join(drafts, 'new/fraud/held-for-long.yaml');
  mkdirSync(join(drafts, 'new/fraud'), { recursive: true });
  const written = rule
    .replace(/^id: held-for-postage$/m, 'id: held-for-long')
    .replace(/^status: active/m, 'status: draft');
  writeFileSync(path, written);
  const { code, out } = await backtest(database.url(), path, '--from', '2026-11-10', '--to', '2026-11-19', '--json');
  expect(code).toBe(0);
  const document: BacktestDocument = backtestSchema.parse(JSON.parse(out));
  expect(document).toMatchObject({ days: 10, parcels: 1, counts: { new: 1, gone: 0, changed: 0, same: 0 } });
  expect(document.rules).toMatchObject([{ rule: 'held-for-long', active: null, judged: 'each_day' }]);
  expect(document.changes).toMatchObject([
    { change: 'new', active: null, candidate: { firstTold: null, toldBefore: true, standing: true }, decided: null },
  ]);
});

test.each([
  { story: 'no such path', words: ['/nowhere/rule.yaml'], says: /it does not exist/ },
  { story: 'a day that is none', words: ['rules', '--from', 'monday'], says: /--from takes a day/ },
  {
    story: 'days the wrong way round',
    words: ['rules', '--from', '2026-11-12', '--to', '2026-11-02'],
    says: /is after/,
  },
  { story: 'a day to come', words: ['rules', '--to', '2027-01-01'], says: /yet to come/ },
])('$story is wrong usage', async ({ words: [path = '', ...others], says }) => {
  const given = path === 'rules' ? join(projectRoot(), 'rules/fraud/held-for-postage.yaml') : path;
  expect(await backtest(database.url(), given, ...others)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(says),
  });
});

test('a rule with faults is refused with file and line, as rules check does', async () => {
  const path = draft('faulty', rule.replace(/^severity:/m, 'severty:'));
  const { code, out, err } = await backtest(database.url(), path);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/held-for-postage\.yaml:\d+: /);
});

describe('a database that lacks what is read', () => {
  const broken = useDatabase();

  test('is a fault of ours', async () => {
    await broken.dataSource().query('DROP TABLE journey');
    const { code, out } = await backtest(broken.url(), join(projectRoot(), 'rules/fraud/held-for-postage.yaml'));
    expect({ code, out }).toEqual({ code: 70, out: '' });
  });
});
