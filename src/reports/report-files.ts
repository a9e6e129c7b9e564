/** The files of a report, by the names other programs rely on. */

/** The five that `audit` writes. */
export const REPORT_FILES = ['report.html', 'report.json', 'report.xlsx', 'findings.csv', 'rejected-rows.csv'] as const;
export type ReportFile = (typeof REPORT_FILES)[number];

/** What stands in each of them. */
export type ReportContents = Readonly<Record<ReportFile, string | Buffer>>;

/** Lists to work through, kept with the report of a day; they are sheets of the workbook, too. */
export const LIST_FILES = ['claims.csv', 'stop-list.csv', 'in-transit.csv'] as const;
export type ListFile = (typeof LIST_FILES)[number];
export type ListContents = Readonly<Record<ListFile, string>>;

/** What the archive holds of a day; an earlier release kept no lists. */
export const ARCHIVE_FILES = [...REPORT_FILES, ...LIST_FILES] as const;
export type ArchiveFile = ReportFile | ListFile;
export type ArchiveContents = ReportContents & Readonly<Partial<Record<ListFile, string | Buffer>>>;
