/** The summary on a terminal: what to do first, nothing that steers the terminal, columns that line up. */
import { makeReport } from '../../src/reports/make-report.ts';
import { displayWidth } from '../../src/reports/display-width.ts';
import { textSummary } from '../../src/reports/summary.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { PROJECT_ROOT, openFinding, reportInput, reportRows } from '../support/report.ts';

const wording = loadWording(PROJECT_ROOT, 'en');
const summary = (rows = {}) =>
  textSummary(makeReport(reportInput(), reportRows(rows), wording), { wording, outDir: 'audit-report' });

test('starts with the verdict and ends with the files', () => {
  const lines = summary().trimEnd().split('\n');
  expect(lines[0]).toBe('Stop buying from Cheap Labels.');
  expect(lines.at(-1)).toBe(
    'Report in audit-report: report.html, report.json, report.xlsx, findings.csv, rejected-rows.csv',
  );
  expect(summary()).toContain('Findings  84 critical, 10 low\n');
  expect(summary()).toContain('At stake USD 147.95');
});

test('is plain ASCII in English', () => {
  expect(summary()).toMatch(/^[\n -~]+$/);
});

test('separates what it lists as its language does', () => {
  const chinese = loadWording(PROJECT_ROOT, 'zh-CN');
  const model = makeReport(reportInput({ locale: 'zh-CN' }), reportRows(), chinese);
  expect(textSummary(model, { wording: chinese, outDir: 'audit-report' })).not.toMatch(/[;,] [^ -~]/);
});

test('shows the most frequent gaps and how many more there are', () => {
  const text = summary();
  expect(text).toContain('\nWhat was not checked\n  27  Sold below the lowest lawful price');
  expect(text).toContain('and 2 more causes in the report');
});

test('a statement about a number nobody is known to have bought comes first, however rare', () => {
  const text = summary({ withoutLabel: { tracked: 500, stated: 1, charges: 0 } });
  expect(text).toMatch(
    /What was not checked\n +1 +Statements without a label .*counterfeit.*\n +500 +Tracking without/,
  );
});

test('values about people that were dropped stand in a line of their own, summed over the files', () => {
  const sources = reportInput().sources.map((source) => ({ ...source, personalDropped: 300 }));
  const model = makeReport(reportInput({ sources }), reportRows(), wording);
  const text = textSummary(model, { wording, outDir: 'audit-report' });
  expect(text).toMatch(/\nPersonal data +600 values in columns about people were dropped/);
  expect(text.match(/columns about people/g)).toHaveLength(1);
});

test('a name with an escape sequence steers no terminal', () => {
  const sold = [
    {
      vendor: 'Evil\u001b[2J\nx',
      currency: 'USD',
      labels: 1,
      chargedMills: 1,
      firstDay: '2026-11-01',
      lastDay: '2026-11-01',
    },
  ];
  const text = summary({ sold, findings: [openFinding({ id: '1'.repeat(32), vendor: 'Evil\u001b[2J\nx' })] });
  expect(text).toContain('Evil?[2J?x');
  expect(text).not.toContain('\u001b');
});

test('Chinese characters take two columns', () => {
  expect(displayWidth('面单 ab')).toBe(7);
});
