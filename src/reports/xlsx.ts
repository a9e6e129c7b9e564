/** report.xlsx: the report as a workbook with typed cells; the same report gives the same bytes. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type ExcelJS from 'exceljs';
import { displayWidth } from './display-width.ts';
import type { ReportModel } from './report-model.ts';
import type { ColumnKind, Sheet } from './sheet.ts';
import { sheetsOf } from './sheets.ts';
import type { Wording } from './wording.ts';
import { fixZipDates } from './zip-date.ts';

const FORMATS: Record<ColumnKind, Partial<ExcelJS.Style>> = {
  text: { numFmt: '@' },
  long: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } },
  count: { numFmt: '#,##0' },
  money: { numFmt: '#,##0.00#' },
  share: { numFmt: '0 %' },
  fine_share: { numFmt: '0.00 %' },
};
const NARROWEST = 10;
const WIDEST = 60;
const ROWS_MEASURED = 200;
/** A cell holds at most this many characters (Excel specifications and limits). */
const CELL_LIMIT = 32_767;

/** The workbook as bytes of a ZIP file. Dates in it are those of the audit, never of the machine. */
export async function renderXlsx(model: ReportModel, wording: Wording): Promise<Buffer> {
  // Loaded by the first workbook: tens of megabytes that an idle service does without.
  const { default: Excel } = await import('exceljs');
  const stream = new PassThrough();
  // Rows leave memory as they are written: the library's other writer needs ten times as much for many findings.
  const workbook = new Excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  workbook.creator = 'postage-auditor';
  workbook.lastModifiedBy = 'postage-auditor';
  workbook.created = new Date(model.asOf);
  workbook.modified = new Date(model.asOf);
  const [bytes] = await Promise.all([buffer(stream), writeSheets(workbook, sheetsOf(model, wording))]);
  return fixZipDates(bytes);
}

async function writeSheets(workbook: ExcelJS.stream.xlsx.WorkbookWriter, sheets: readonly Sheet[]): Promise<void> {
  for (const sheet of sheets) writeSheet(workbook, sheet);
  await workbook.commit();
}

function writeSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, { name, columns, rows }: Sheet): void {
  const page = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  page.columns = columns.map(({ heading, kind }, index) => ({
    header: heading,
    style: FORMATS[kind],
    width: widthOf(heading, rows, index),
  }));
  if (columns.length > 0) page.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  const header = page.getRow(1);
  header.font = { bold: true };
  header.alignment = { vertical: 'top' };
  for (const cells of rows) {
    const row = page.addRow(cells.map((cell) => (typeof cell === 'string' ? cell.slice(0, CELL_LIMIT) : cell)));
    for (const [index, cell] of cells.entries()) {
      if (typeof cell === 'number' && isText(columns[index]?.kind)) showNumber(row.getCell(index + 1), cell);
    }
    row.commit();
  }
  page.commit();
}

function isText(kind: ColumnKind | undefined): boolean {
  return kind === 'text' || kind === 'long';
}

/** A number among the texts of a column (the summary) is still a number. */
function showNumber(cell: ExcelJS.Cell, value: number): void {
  cell.numFmt = Number.isInteger(value) ? '#,##0' : '#,##0.00#';
}

/** Wide enough for most cells, with Chinese characters counted twice; the first rows speak for all. */
function widthOf(heading: string, rows: Sheet['rows'], index: number): number {
  let widest = displayWidth(heading);
  for (const cells of rows.slice(0, ROWS_MEASURED)) widest = Math.max(widest, displayWidth(String(cells[index] ?? '')));
  return Math.min(WIDEST, Math.max(NARROWEST, widest + 2));
}
