/** The audit behind a day's report, and all the report has to know of it. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service.ts';
import { Catalog } from '../catalog/catalog.ts';
import type { Day, Instant } from '../core/units/day.ts';
import { Config, projectRoot } from '../platform/config.ts';
import { withLock } from '../platform/database-lock.ts';
import { FoldService } from '../tracking/fold.service.ts';
import { summariseBook } from './book-summary.ts';
import { type UnreadFile, readDeliveries, readSources, readUnread } from './daily.query.ts';
import { lateSources } from './late-sources.ts';
import type { ReportInput } from './report-input.ts';
import { loadWording } from './wording.ts';

@Injectable()
export class DailyAudit {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Config) private readonly config: Config,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(FoldService) private readonly fold: FoldService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * Audits as of the instant what is due, and answers what the report of the day is made from. The caller holds the lock
   * `audit` until it has read the findings: they stand as of the last audit, whoever asked for it.
   */
  async inputFor(day: Day, { asOf, now }: { asOf: Instant; now: () => Date }): Promise<ReportInput> {
    // Before the audit: a file that comes while it judges is the next report's, which is the first to judge by it.
    const sources = await readSources(this.dataSource, day);
    const unread = await readUnread(this.dataSource, day);
    const deliveries = await readDeliveries(this.dataSource, asOf);
    await withLock(this.dataSource, 'fold', () => this.fold.foldTouched());
    const run = await this.audit.runHoldingLock({ asOf, now });
    const { config, catalog } = this;
    return {
      asOf,
      locale: config.reportLocale,
      timeZone: config.reportTimeZone,
      sources,
      book: summariseBook({ book: this.audit.rulesAsOf(asOf), shadow: this.audit.shadowAsOf(asOf) }, run.book),
      data: { version: catalog.dataVersion, priceLists: catalog.rating.lists.map((list) => list.id) },
      notRead: unread.map((file) => this.whyNotRead(file)),
      lateSources: lateSources(deliveries, { asOf, withinHours: config.sourceLateHours }),
      laterRows: run.laterRows,
    };
  }

  /** The problem of an upload names its file, and so does the report's sentence. */
  private whyNotRead({ file, problem }: UnreadFile): ReportInput['notRead'][number] {
    const waits = (): string => loadWording(projectRoot(), this.config.reportLocale).say('not_checked.waiting');
    const why = problem?.startsWith(`${file} `) ? problem.slice(file.length + 1) : (problem ?? waits());
    return { file, why, sent: true };
  }
}
