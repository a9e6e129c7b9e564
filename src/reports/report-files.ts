/** The five files of a report, by the names other programs rely on. */

export const REPORT_FILES = ['report.html', 'report.json', 'report.xlsx', 'findings.csv', 'rejected-rows.csv'] as const;
export type ReportFile = (typeof REPORT_FILES)[number];

/** What stands in each of them. */
export type ReportContents = Readonly<Record<ReportFile, string | Buffer>>;
