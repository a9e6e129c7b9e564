/** Reads figures back out of the parts of a finished mail, each by other means than wrote them. */
import { load } from 'cheerio';
import ExcelJS from 'exceljs';
import { formatMills, parseMills } from '../core/units/money.ts';
import { CsvSplitter } from '../ingest/csv-splitter.ts';
import { orderWorth } from '../reports/outstanding.ts';
import type { ListFile } from '../reports/report-files.ts';
import type { Wording } from '../reports/wording.ts';
import {
  AMOUNTS,
  CLAIMS,
  type CheckedDocument,
  FINDINGS,
  type Figures,
  type ListedFinding,
  STOP,
  TRANSIT,
  amountFigure,
  claimFigure,
  severityFigure,
  sumUp,
  worthFigure,
  worthFigures,
} from './figures.ts';

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
export function readTextFigures(text: string, document: CheckedDocument, wording: Wording): Figures {
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
function labels({ totals, stopList, claims }: CheckedDocument, wording: Wording): Map<string, string> {
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
    [wording.say('outstanding.figure_stop'), STOP],
    [wording.say('outstanding.figure_transit'), TRANSIT],
    ...(stopList?.orders ?? []).map(({ currency }): [string, string] => [
      `${wording.say('outstanding.figure_worth')} (${currency})`,
      worthFigure(currency),
    ]),
    [wording.say('claims.figure'), CLAIMS],
    ...(claims?.totals ?? []).map(({ currency }): [string, string] => [
      `${wording.say('claims.figure_worth')} (${currency})`,
      claimFigure(currency),
    ]),
  ]);
}

/** The rows of one of the lists: how many there are, and what they add up to. */
export function readListFigures(filename: ListFile, content: Buffer): Figures {
  const { rows, cell } = readTable(content);
  if (filename === 'stop-list.csv') return new Map([[STOP, String(rows.length)]]);
  if (filename === 'in-transit.csv') {
    const worth = orderWorth(
      rows.map((cells) => ({
        trackingNumber: cell(cells, 'tracking_number'),
        orderId: cell(cells, 'order_id') || null,
        orderMills: parseMills(cell(cells, 'order_value')),
        orderCurrency: cell(cells, 'order_currency') || null,
      })),
    );
    return new Map([[TRANSIT, String(rows.length)], ...worthFigures(worth)]);
  }
  const sums = new Map<string, number>();
  for (const cells of rows) {
    const currency = cell(cells, 'currency');
    sums.set(currency, (sums.get(currency) ?? 0) + (parseMills(cell(cells, 'amount')) ?? 0));
  }
  return new Map([
    [CLAIMS, String(rows.length)],
    ...[...sums].map(([currency, mills]): [string, string] => [claimFigure(currency), formatMills(mills)]),
  ]);
}

/** The rows of a table below its header, and how to find a cell by the name of its column. */
export function readTable(content: Buffer): {
  rows: string[][];
  cell: (cells: readonly string[], name: string) => string;
} {
  const splitter = new CsvSplitter();
  const [header = [], ...rows] = [...splitter.push(content), ...splitter.end()].map(({ cells }) => cells);
  return { rows, cell: (cells, name) => cells[header.indexOf(name)] ?? '' };
}

/** What the rows of findings.csv add up to. */
export function readCsvFigures(content: Buffer): Figures {
  const { rows, cell } = readTable(content);
  return sumUp(
    rows.map((cells) => ({
      severity: cell(cells, 'severity'),
      mills: parseMills(cell(cells, 'amount')) ?? 0,
      currency: cell(cells, 'currency') || null,
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
