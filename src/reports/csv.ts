/** findings.csv, rejected-rows.csv and other tables: UTF-8 without a mark in front, RFC 4180 quotes, formulas made harmless. */
import { harmlessText } from './formula.ts';
import type { ReportFinding } from './report-document.ts';
import type { RejectedRowView } from './report-model.ts';

/** A number is written as it is; text of users is made harmless first. */
export type Cell = { text: string | null } | { number: string | number | null };

/** A table's columns in their order, each by its name. */
export type Columns<Row> = readonly [string, (row: Row) => Cell][];

const FINDING_COLUMNS: Columns<ReportFinding> = [
  ['id', ({ id }) => ({ text: id })],
  ['rule', ({ rule }) => ({ text: rule })],
  ['severity', ({ severity }) => ({ text: severity })],
  ['verdict', ({ verdict }) => ({ text: verdict })],
  ['attribution', ({ attribution }) => ({ text: attribution })],
  ['confidence', ({ confidence }) => ({ text: confidence })],
  ['subject', ({ subject }) => ({ text: subject })],
  ['trackingNumber', ({ trackingNumber }) => ({ text: trackingNumber })],
  ['vendor', ({ vendor }) => ({ text: vendor })],
  ['labelId', ({ labelId }) => ({ text: labelId })],
  ['amount', ({ amount }) => ({ number: amount?.value ?? null })],
  ['currency', ({ amount }) => ({ text: amount?.currency ?? null })],
  ['message', ({ message }) => ({ text: message })],
  ['deadline', ({ deadline }) => ({ text: deadline })],
  ['nextStep', ({ nextStep }) => ({ text: nextStep })],
];

/** The scalar fields of every finding, in the order of the document; the amount in two columns. */
export function findingsCsv(findings: readonly ReportFinding[]): string {
  return tableCsv(findings, FINDING_COLUMNS);
}

/** One line a problem; a row with two problems has two lines. */
export function rejectedRowsCsv(rows: readonly RejectedRowView[]): string {
  const header = ['file', 'row', 'field', 'problem', 'value'].map((text) => ({ text }));
  const lines = rows.map(({ file, row, field, problem, value }): Cell[] => [
    { text: file },
    { number: row },
    { text: field },
    { text: problem },
    { text: value },
  ]);
  return csvText([header, ...lines]);
}

/** A header and a line a row. */
export function tableCsv<Row>(rows: readonly Row[], columns: Columns<Row>): string {
  const header = columns.map(([name]): Cell => ({ text: name }));
  return csvText([header, ...rows.map((row) => columns.map(([, cellOf]) => cellOf(row)))]);
}

/** The lines as they are written, their cells quoted where needed. */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  return lines.map((cells) => `${cells.map(cellText).join(',')}\n`).join('');
}

function cellText(cell: Cell): string {
  const text = 'text' in cell ? harmlessText(cell.text ?? '') : String(cell.number ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
