/** The five files of a report, rendered from one model so that they cannot tell different things. */
import { findingsCsv, rejectedRowsCsv } from './csv.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { claimsCsv } from './claims.ts';
import { tableCsv } from './csv.ts';
import { stopColumns, transitColumns } from './outstanding-csv.ts';
import type { ListContents, ReportContents } from './report-files.ts';
import type { ReportModel } from './report-model.ts';
import type { Wording } from './wording.ts';
import { renderXlsx } from './xlsx.ts';

/** `root` is the folder that holds templates/. */
export async function renderReport(
  model: ReportModel,
  { root, wording }: { root: string; wording: Wording },
): Promise<ReportContents> {
  return {
    'report.html': renderHtml(model, { root, wording }),
    'report.json': renderJson(model.document),
    'report.xlsx': await renderXlsx(model, wording),
    'findings.csv': findingsCsv(model.document.findings),
    'rejected-rows.csv': rejectedRowsCsv(model.rejectedRows),
  };
}

/** The lists of a report of a day, whole; one without a row is a header alone. */
export function renderLists({ document, outstanding }: ReportModel, wording: Wording): ListContents {
  return {
    'claims.csv': claimsCsv(document.claims?.items ?? []),
    'stop-list.csv': tableCsv(outstanding.stop, stopColumns(wording)),
    'in-transit.csv': tableCsv(outstanding.transit, transitColumns(wording)),
  };
}
