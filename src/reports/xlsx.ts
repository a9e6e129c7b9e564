/** report.xlsx: the report as a workbook with typed cells; the same report gives the same bytes. */
import ExcelJS from 'exceljs';
import type { ReportModel } from './report-model.ts';
import { type ColumnKind, type Sheet, sheetsOf } from './sheets.ts';
import type { Wording } from './wording.ts';
import { fixZipDates } from './zip-date.ts';

const FORMATS: Record<ColumnKind, Partial<ExcelJS.Style>> = {
  text: { numFmt: '@' },
  long: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } },
  count: { numFmt: '#,##0' },
  money: { numFmt: '#,##0.00#' },
  share: { numFmt: '0 %' },
};
const NARROWEST = 10;
const WIDEST = 60;
/** A cell holds at most this many characters (Excel specifications and limits). */
const CELL_LIMIT = 32_767;

/** The workbook as bytes of a ZIP file. Dates in it are those of the audit, never of the machine. */
export async function renderXlsx(model: ReportModel, wording: Wording): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'postage-auditor';
  workbook.lastModifiedBy = 'postage-auditor';
  workbook.created = new Date(model.asOf);
  workbook.modified = new Date(model.asOf);
  for (const sheet of sheetsOf(model, wording)) addSheet(workbook, sheet);
  return fixZipDates(Buffer.from(await workbook.xlsx.writeBuffer()));
}

function addSheet(workbook: ExcelJS.Workbook, { name, columns, rows }: Sheet): void {
  const page = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  page.columns = columns.map(({ heading, kind }, index) => ({
    header: heading,
    style: FORMATS[kind],
    width: widthOf([heading, ...rows.map((cells) => cells[index] ?? '')]),
  }));
  page.addRows(rows.map((cells) => cells.map((cell) => (typeof cell === 'string' ? cell.slice(0, CELL_LIMIT) : cell))));
  const header = page.getRow(1);
  header.font = { bold: true };
  header.alignment = { vertical: 'top' };
  if (columns.length > 0) page.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  // A number among the texts of a column (the summary) is still a number.
  page.eachRow((row, number) => {
    if (number > 1) row.eachCell((cell) => typeof cell.value === 'number' && cell.numFmt === '@' && showNumber(cell));
  });
}

function showNumber(cell: ExcelJS.Cell): void {
  cell.numFmt = Number.isInteger(cell.value) ? '#,##0' : '#,##0.00#';
}

/** Wide enough for most cells, with Chinese characters counted twice. */
function widthOf(cells: readonly (string | number)[]): number {
  const lengths = cells.map((cell) => {
    let units = 0;
    for (const character of String(cell)) units += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
    return units;
  });
  const widest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return Math.min(WIDEST, Math.max(NARROWEST, widest + 2));
}
