/**
 * Whether a finished mail tells what the report tells: its bytes are read back as a recipient's reader would, and every
 * figure in them held against the archived document, and the document against sums the database made by other means.
 */
import { simpleParser } from 'mailparser';
import { sha256Hex } from '../platform/hash.ts';
import type { ReportChecks } from '../reports/report-checks.ts';
import type { ReportDocument } from '../reports/report-document.ts';
import { LIST_FILES, type ListFile } from '../reports/report-files.ts';
import type { Wording } from '../reports/wording.ts';
import {
  FINDINGS,
  type Figures,
  amountFigures,
  claimFigures,
  countableFigures,
  countedFigures,
  differences,
  listedFigures,
  statedFigures,
  stopFigures,
} from './figures.ts';
import {
  readCsvFigures,
  readHtmlFigures,
  readListFigures,
  readTextFigures,
  readWorkbookFigures,
} from './mail-reading.ts';

/** What a mail is checked against. */
export interface CheckedReport {
  document: ReportDocument;
  checks: ReportChecks;
  /** The archived files that were to be attached. */
  attachments: readonly { filename: string; content: Buffer }[];
  wording: Wording;
}

/** Names every figure that differs, with both values; null when none does. */
export async function differencesIn(raw: Buffer, report: CheckedReport): Promise<string | null> {
  const { document, wording } = report;
  const { text = '', html, attachments } = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  const arrived = attachments.map(({ filename = '', content }) => ({ filename, content }));
  const stated = statedFigures(document);
  const found = [
    ...differences('the database', countedFigures(report.checks), countableFigures(document)),
    ...differences('the text part', readTextFigures(text, document, wording), stated),
    ...differences('the HTML part', readHtmlFigures(html || ''), stated),
    ...differences('the list of attachments', fileFigures(arrived), fileFigures(report.attachments)),
    ...(await attachedDifferences(arrived, report)),
  ];
  return found.length === 0 ? null : found.join('; ');
}

async function attachedDifferences(
  arrived: readonly { filename: string; content: Buffer }[],
  { document, wording }: CheckedReport,
): Promise<string[]> {
  const listed = listedFigures(document);
  const csv = arrived.find(({ filename }) => filename === 'findings.csv');
  const xlsx = arrived.find(({ filename }) => filename === 'report.xlsx');
  const found = [
    ...(csv === undefined ? [] : differences('findings.csv', readCsvFigures(csv.content), listed)),
    ...LIST_FILES.flatMap((name) => listDifferences(name, arrived, document)),
  ];
  if (xlsx === undefined) return found;
  try {
    const { summary, findings } = await readWorkbookFigures(xlsx.content, wording);
    return [
      ...found,
      ...differences('the summary of report.xlsx', summary, summaryOf(document)),
      ...differences('the findings of report.xlsx', findings, listed),
    ];
  } catch (error) {
    return [...found, `report.xlsx does not open: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** A list that is not attached is told of by the list of attachments. */
function listDifferences(
  name: ListFile,
  arrived: readonly { filename: string; content: Buffer }[],
  document: ReportDocument,
): string[] {
  const file = arrived.find(({ filename }) => filename === name);
  if (file === undefined) return [];
  const [stop, ...transit] = stopFigures(document);
  const due = { 'claims.csv': claimFigures(document), 'stop-list.csv': stop ? [stop] : [], 'in-transit.csv': transit };
  return differences(name, readListFigures(name, file.content), new Map(due[name]));
}

function summaryOf(document: ReportDocument): Figures {
  return new Map([[FINDINGS, String(document.findings.length)], ...amountFigures(document.totals)]);
}

function fileFigures(files: readonly { filename: string; content: Buffer }[]): Figures {
  return new Map(
    files.map(({ filename, content }) => [
      filename,
      `${content.length} bytes (${sha256Hex(content.toString('base64')).slice(0, 12)})`,
    ]),
  );
}
