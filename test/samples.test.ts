/** The sample month: what is found in it is exactly what was put into it, and the committed files are those of the seed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '../src/catalog/csv.ts';
import { projectRoot } from '../src/platform/config.ts';
import type { ReportDocument } from '../src/reports/report-document.ts';
import { REPORT_FILES } from '../src/reports/report-files.ts';
import { builtCli } from './support/built.ts';

const root = projectRoot();
const files = [
  'harbor-labels.csv',
  'quickship-labels.csv',
  'lucky-labels.csv',
  'tracking.csv',
  'harbor-invoice.csv',
  'truth.csv',
];

describe('the sample month', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sample-month-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is made by its seed, byte for byte', async () => {
    const script = join(root, 'test/support/month/make.ts');
    const made = spawnSync(process.execPath, ['--import', 'tsx', script, '20261101', folder], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(made.stderr).toBe('');
    for (const file of files) {
      expect(await readFile(join(folder, file), 'utf8')).toBe(await readFile(join(root, 'samples', file), 'utf8'));
    }
  });

  test('audited by the two words of the README, yields its truth and nothing else, in five files, the same bytes twice', async () => {
    const outs = [join(folder, 'first'), join(folder, 'second')];
    for (const out of outs) {
      const run = spawnSync(process.execPath, [builtCli(), 'audit', '--out', out], { cwd: root, encoding: 'utf8' });
      expect(run).toMatchObject({ status: 0 });
      expect(run.stdout).toContain('Stop buying from Lucky Parcel');
    }
    for (const file of REPORT_FILES) {
      const [first, second] = await Promise.all(outs.map((out) => readFile(join(out, file))));
      expect(first?.equals(second ?? Buffer.of())).toBe(true);
    }
    const report = JSON.parse(await readFile(join(folder, 'first', 'report.json'), 'utf8')) as ReportDocument;
    const found = new Set(report.findings.map(({ rule, trackingNumber }) => `${rule} ${trackingNumber ?? ''}`));
    const truth = readCsv(join(root, 'samples/truth.csv')).rows.map(
      ({ cells }) => `${cells['rule']} ${cells['tracking_number']}`,
    );
    expect([...found].sort()).toEqual([...truth].sort());
    expect(report.findings.filter(({ vendor }) => vendor === 'Harbor Postage')).toEqual([]);
    // Quickship's Priority Mail costs more than a slower service, and no file says what the buyers were promised.
    const cheaper = report.outcomes.find(({ rule }) => rule === 'cheaper-service');
    expect(cheaper?.missing['week.promises_known']).toBeGreaterThan(0);
    expect(report.notChecked.some(({ why }) => why.includes('promised a day'))).toBe(true);
    expect(report.vendors.map(({ vendor, decision }) => [vendor, decision])).toEqual([
      ['Lucky Parcel', 'stop'],
      ['Quickship Labels', 'watch'],
      ['Harbor Postage', 'buy'],
    ]);
  }, 120_000);
});
