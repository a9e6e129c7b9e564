/** The real audit of a folder of files over a database that is thrown away: imported, folded, judged; its open findings. */
import type { DataSource } from 'typeorm';
import { AuditService } from '../../src/audit/audit.service.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { loadPersonalData } from '../../src/catalog/personal-data.ts';
import type { Severity, SubjectKind } from '../../src/core/rules/answer.ts';
import { sourceRanker } from '../../src/core/mapping/source-rank.ts';
import type { Instant } from '../../src/core/units/day.ts';
import { ImportVocabulary } from '../../src/ingest/import-vocabulary.ts';
import { ImportService } from '../../src/ingest/import.service.ts';
import { recognise } from '../../src/ingest/recognise.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';

/** A finding, as far as it is scored. */
export interface Found {
  rule: string;
  subject: SubjectKind;
  /** Canonical number, or the key of what has none. */
  trackingNumber: string;
  vendor: string | null;
  severity: Severity;
  verdict: string;
  attribution: string;
  amountMills: number | null;
}

export interface Audited {
  findings: Found[];
  labels: number;
  /** Rows that no import took, by file. */
  rejected: ReadonlyMap<string, number>;
  /** Files that nothing recognised. */
  ignored: string[];
}

/** Audits the folder's files as of the instant. */
export async function auditFolder(
  folder: string,
  { dataSource, catalog, asOf }: { dataSource: DataSource; catalog: Catalog; asOf: Instant },
): Promise<Audited> {
  const { spellings, tracking, published } = catalog;
  const isPersonal = loadPersonalData(projectRoot());
  const vocabulary = new ImportVocabulary(spellings, isPersonal, sourceRanker(tracking), published);
  const imports = new ImportService(dataSource, vocabulary);
  const { files, notRead } = await recognise([{ path: folder }]);
  const rejected = new Map<string, number>();
  let labels = 0;
  for (const { path, shownAs, kind } of files) {
    const result = await imports.importFile({ path, shownAs, kind, importedAt: new Date(asOf) });
    if (result.rejected > 0) rejected.set(shownAs, result.rejected);
    if (kind === 'labels') labels += result.accepted;
  }
  const fold = new FoldService(dataSource, catalog);
  await fold.foldTouched();
  await new AuditService(dataSource, catalog, fold).run({ asOf, now: () => new Date(asOf) });
  const rows: Found[] = await dataSource.query(
    `SELECT rule, subject, tracking_number AS "trackingNumber", vendor, severity, verdict, attribution,
            amount_mills::float8 AS "amountMills"
       FROM finding WHERE state <> 'resolved' ORDER BY rule, tracking_number, vendor, sale_key`,
  );
  return { findings: rows, labels, rejected, ignored: notRead.map(({ file }) => file) };
}
