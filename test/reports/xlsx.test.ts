/** The workbook, opened again: typed cells, the figures of the document, the same bytes, no formulas. */
import ExcelJS from 'exceljs';
import { makeReport } from '../../src/reports/make-report.ts';
import type { ReportRows } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { renderXlsx } from '../../src/reports/xlsx.ts';
import { fixZipDates } from '../../src/reports/zip-date.ts';
import { PROJECT_ROOT, openFinding, reportInput, reportRows, rowsToFollow } from '../support/report.ts';

const wording = loadWording(PROJECT_ROOT, 'en');
const model = (rows: Partial<ReportRows> = {}) => makeReport(reportInput(), reportRows(rows), wording);

async function open(rows: Partial<ReportRows> = {}): Promise<ExcelJS.Workbook> {
  const bytes = await renderXlsx(model(rows), wording);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook;
}

/** Cells of a sheet, header first; an empty cell is null. */
function cells(workbook: ExcelJS.Workbook, name: string): ExcelJS.CellValue[][] {
  const sheet = workbook.getWorksheet(name);
  const rows: ExcelJS.CellValue[][] = [];
  sheet?.eachRow((row) => {
    rows.push(Array.from({ length: sheet.columnCount }, (_, index) => row.getCell(index + 1).value));
  });
  return rows;
}

test('every finding of the document stands in it, amounts as numbers', async () => {
  const { findings } = model().document;
  const [header, ...rows] = cells(await open(), 'Findings');
  expect(header?.slice(0, 3)).toEqual(['Id', 'Rule', 'Severity']);
  expect(rows.map((row) => row.slice(0, 14))).toEqual(
    findings.map((finding) => [
      finding.id,
      finding.rule,
      finding.severity,
      finding.verdict,
      finding.attribution,
      finding.confidence,
      finding.subject,
      finding.trackingNumber,
      finding.vendor,
      finding.labelId,
      finding.amount === null ? null : Number(finding.amount.value),
      finding.amount?.currency ?? null,
      finding.message,
      finding.deadline,
    ]),
  );
});

test('totals, vendors, outcomes, gaps and sources are those of the document', async () => {
  const { document } = model();
  const workbook = await open();
  const summary = cells(workbook, 'Summary');
  expect(summary).toContainEqual(['At stake', Number(document.totals[0]?.atStake), 'USD']);
  expect(summary).toContainEqual(['Labels audited', 300, null]);
  expect(
    cells(workbook, 'Vendors')
      .slice(1)
      .map((row) => [row[0], row[1], row[2], row[6]]),
  ).toEqual(
    document.vendors.map(({ vendor, decision, labels, reasons }) => [vendor, decision, labels, reasons.join(' ')]),
  );
  expect(
    cells(workbook, 'Outcomes')
      .slice(1)
      .map((row) => [row[0], row[2], row[3], row[4]]),
  ).toEqual(document.outcomes.map(({ rule, fires, clear, unknown }) => [rule, fires, clear, unknown]));
  expect(cells(workbook, 'Not checked').slice(1)).toEqual(
    document.notChecked.map(({ what, why, count }) => [what, why, count]),
  );
  expect(cells(workbook, 'Sources').slice(1)).toEqual(document.sources.map((source) => Object.values(source)));
});

test('sheets have a frozen header and a filter, tracking numbers stay text', async () => {
  const workbook = await open();
  for (const sheet of workbook.worksheets) {
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBeTruthy();
  }
  expect(workbook.getWorksheet('Findings')?.getCell('H2').value).toBe('9400111899223344550060');
});

test('text that looks like a formula is none', async () => {
  const finding = openFinding({
    id: '1'.repeat(32),
    vendor: '=1+1',
    labelId: '@x',
    message: { en: '-2', 'zh-CN': '' },
  });
  const row = cells(await open({ findings: [finding] }), 'Findings')[1] ?? [];
  expect([row[8], row[9], row[12]]).toEqual(["'=1+1", "'@x", "'-2"]);
});

test('the same report gives the same bytes, whenever it is written', async () => {
  const first = await renderXlsx(model(), wording);
  // Two seconds are the finest step of dates in a ZIP file.
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect((await renderXlsx(model(), wording)).equals(first)).toBe(true);
});

test('bytes that are no ZIP file are refused', () => {
  expect(() => fixZipDates(Buffer.from('PK'))).toThrow('Not a ZIP file.');
});

test('what is to be done stands in sheets of its own, and none is there where nothing is', async () => {
  const peers = [
    { vendor: 'Cheap Labels', week: '2026-11-16', code: ';!;;;', purchases: 23 },
    { vendor: 'ParcelWorks', week: '2026-11-16', code: ';;;;', purchases: 77 },
  ];
  const workbook = await open({ ...rowsToFollow(), peers });
  expect(cells(workbook, 'Stop list')[1]?.slice(1, 8)).toEqual([
    'Cheap Labels',
    'CL-90',
    'SO-90',
    '2026-11-28T09:00:00Z',
    null,
    2.1,
    'USD',
  ]);
  expect(cells(workbook, 'In transit').slice(1)).toHaveLength(2);
  expect(cells(workbook, 'Claims')[1]?.slice(0, 3)).toEqual(['2026-12-01', 'refund of an unused label', 'ParcelWorks']);
  expect(cells(workbook, 'Other vendors').map((row) => row.slice(5))).toContainEqual([23, 23, 1, 1, 0, 77, 0]);
  const names = (await open({ findings: [], charged: [] })).worksheets.map(({ name }) => name);
  expect(names).toEqual(['Summary', 'Findings', 'Vendors', 'Outcomes', 'Not checked', 'Sources']);
});
