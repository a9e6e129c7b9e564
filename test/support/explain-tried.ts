/** The explanations of a rule by a catalog of a test's own. */
import type { DataSource } from 'typeorm';
import { AuditService } from '../../src/audit/audit.service.ts';
import { ExplainService, type ExplainedRule } from '../../src/audit/explain.service.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';

export function explainTried(
  dataSource: DataSource,
  catalog: Catalog,
  { id, subject, asOf }: { id: string; subject: string; asOf: number },
): Promise<ExplainedRule> {
  const audits = new AuditService(dataSource, catalog, new FoldService(dataSource, catalog));
  return new ExplainService(dataSource, catalog, audits).explain(id, subject, asOf);
}
