/** Reads figures back out of the parts of a finished mail, each by other means than wrote them. */
import { load } from 'cheerio';
import ExcelJS from 'exceljs';
import { formatMills, parseMills } from '../core/units/money.ts';
import { CsvSplitter } from '../ingest/csv-splitter.ts';
import type { ReportDocument } from '../reports/report-document.ts';
import type { Wording } from '../reports/wording.ts';
import { AMOUNTS, FINDINGS, type Figures, type ListedFinding, amountFigure, severityFigure, sumUp } from './figures.ts';

/** Figures of the HTML part: they are marked with their names. */
export function readHtmlFigures(html: string): Figures {
  const page = load(html);
  return new Map(
    page('[data-figure]')
      .toArray()
      .map((element): [string, string] => [page(element).attr('data-figure') ?? '', plainNumber(page(element).text())]),
  );
}

/** Figures of the text part: a line each, `<label>: <number>`; of a label that occurs twice the first counts. */
export function readTextFigures(text: string, document: Pick<ReportDocument, 'totals'>, wording: Wording): Figures {
  return readLabelledFigures(text, labels(document, wording));
}

/** The same for any figures, whose names are given by their labels. */
export function readLabelledFigures(text: string, named: ReadonlyMap<string, string>): Figures {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, label = '', value = ''] = /^(\S.*): (-?[\d,.]+)$/.exec(line) ?? [];
    const name = named.get(label);
    if (name !== undefined && !found.has(name)) found.set(name, plainNumber(value));
  }
  return found;
}

/** Name of the figure by how the text part calls it. */
function labels({ totals }: Pick<ReportDocument, 'totals'>, wording: Wording): Map<string, string> {
  const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
  return new Map([
    [wording.say('summary.findings'), FINDINGS],
    ...severities.map((severity): [string, string] => [wording.say(`severity.${severity}`), severityFigure(severity)]),
    ...totals.flatMap(({ currency }) =>
      AMOUNTS.map((name): [string, string] => [
        `${wording.say(`money.${name}`)} (${currency})`,
        amountFigure(currency, name),
      ]),
    ),
  ]);
}

/** What the rows of findings.csv add up to. */
export function readCsvFigures(content: Buffer): Figures {
  const splitter = new CsvSplitter();
  const [header, ...rows] = [...splitter.push(content), ...splitter.end()].map(({ cells }) => cells);
  const columnOf = (name: string): number => header?.indexOf(name) ?? -1;
  const [severity, amount, currency] = [columnOf('severity'), columnOf('amount'), columnOf('currency')];
  return sumUp(
    rows.map((cells) => ({
      severity: cells[severity] ?? '',
      mills: parseMills(cells[amount] ?? '') ?? 0,
      currency: cells[currency] || null,
    })),
  );
}

/** What a workbook says: its summary, and what the rows of its findings add up to. */
export interface WorkbookFigures {
  summary: Figures;
  findings: Figures;
}

/**
 * Sheets and columns are found by their headings in the report's language. Throws when the file is no workbook. It is
 * read whole: the library's reader of streams now and then misses the names of sheets.
 */
export async function readWorkbookFigures(content: Buffer, wording: Wording): Promise<WorkbookFigures> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(content).buffer);
  return {
    summary: summaryFigures(rowsOf(workbook, wording.say('sheet.summary')), wording),
    findings: sumUp(listed(rowsOf(workbook, wording.say('sheet.findings')), wording)),
  };
}

type Row = (string | number | null)[];

function summaryFigures(rows: readonly Row[], wording: Wording): Figures {
  const amounts = new Map(AMOUNTS.map((name) => [wording.say(`money.${name}`), name]));
  const findings = wording.say('summary.findings');
  return new Map(
    rows.flatMap(([label, value, currency]): [string, string][] => {
      if (label === findings && (currency ?? null) === null) return [[FINDINGS, String(value)]];
      const name = amounts.get(String(label));
      if (name === undefined || typeof currency !== 'string' || typeof value !== 'number') return [];
      return [[amountFigure(currency, name), formatMills(millsOf(value))]];
    }),
  );
}

function listed(rows: readonly Row[], wording: Wording): ListedFinding[] {
  const [header = [], ...findings] = rows;
  const columnOf = (name: string): number => header.indexOf(wording.say(`column.${name}`));
  const [severity, amount, currency] = [columnOf('severity'), columnOf('amount'), columnOf('currency')];
  return findings.map((cells) => ({
    severity: String(cells[severity] ?? ''),
    mills: millsOf(Number(cells[amount] ?? 0)),
    currency: (cells[currency] ?? null) === null ? null : String(cells[currency]),
  }));
}

function rowsOf(workbook: ExcelJS.Workbook, name: string): Row[] {
  const rows: Row[] = [];
  workbook.getWorksheet(name)?.eachRow((row) => {
    rows.push(Array.from({ length: row.cellCount }, (_, index) => cellOf(row.getCell(index + 1).value)));
  });
  return rows;
}

function cellOf(value: ExcelJS.CellValue): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** A spreadsheet holds amounts as doubles; they were decimals of at most three places. */
function millsOf(value: number): number {
  return Math.round(value * 1000);
}

function plainNumber(text: string): string {
  return text.replaceAll(',', '').trim();
}
