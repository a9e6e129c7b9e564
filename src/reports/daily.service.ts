/** Makes the report of a day, once however many ask, and keeps it in the archive. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readLatestDone } from '../audit/run.store.ts';
import { SEVERITIES, type Severity } from '../core/rules/answer.ts';
import { type Day, type Instant, formatInstant } from '../core/units/day.ts';
import { Config, projectRoot } from '../platform/config.ts';
import { withLock } from '../platform/database-lock.ts';
import { ConflictError } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import { hasImports } from './daily.query.ts';
import { DailyAudit } from './daily-audit.service.ts';
import { pageView } from './page-view.ts';
import { renderLists, renderReport } from './render.ts';
import { ReportArchive } from './report-archive.service.ts';
import type { ArchivedReport, Edition } from './report-archive.store.ts';
import type { ReportChecks } from './report-checks.ts';
import { asOfOfReport, instantOfReport } from './report-day.ts';
import type { ReportDocument } from './report-document.ts';
import type { SourceSummary } from './report-input.ts';
import type { ReportModel } from './report-model.ts';
import { ReportService } from './report.service.ts';
import { loadWording } from './wording.ts';

/** Hex digits of the hash of report.json that name an edition. */
const EDITION_DIGITS = 16;

/** What was made, or found made before. */
export interface DailyReport {
  report: ArchivedReport;
  /** Whether it says something that no earlier edition of the day said. */
  fresh: boolean;
}

/** A report before it is rendered and kept. */
interface Made {
  model: ReportModel;
  checks: ReportChecks;
  sources: readonly SourceSummary[];
}

@Injectable()
export class DailyReportService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Config) private readonly config: Config,
    @Inject(DailyAudit) private readonly audit: DailyAudit,
    @Inject(ReportService) private readonly reports: ReportService,
    @Inject(ReportArchive) private readonly archive: ReportArchive,
  ) {}

  /**
   * Audits and makes the report of the day, one process at a time. A day before the last audit is answered from the
   * archive; throws a ConflictError where the archive has none, since findings stand as of the last audit only.
   */
  async make(day: Day, { now }: { now: () => Date }): Promise<DailyReport> {
    return withLock(this.dataSource, 'report', () => this.makeLocked(day, now));
  }

  /** The same unless the day's report was made at its time or later already: for who must not make it twice. */
  async makeOnce(day: Day, { now }: { now: () => Date }): Promise<DailyReport> {
    return withLock(this.dataSource, 'report', async () => {
      const report = await this.archive.of(day);
      return report && isMadeInTime(report, instantOfReport(day, this.config))
        ? { report, fresh: false }
        : this.makeLocked(day, now);
    });
  }

  /**
   * Whether the report of a day that is due has still to be made: not where one was made at its time or later, nor before
   * the first file has come, when there is nothing to report on.
   */
  async isWanted(day: Day): Promise<boolean> {
    const report = await this.archive.lastEdition(day);
    if (report !== null && isMadeInTime(report, instantOfReport(day, this.config))) return false;
    return hasImports(this.dataSource);
  }

  /** Throws the ConflictError that `make` would throw now, for who only asks for a report and does not wait for it. */
  async refuseWhenOver(day: Day, now: Date): Promise<void> {
    const latestAudit = await readLatestDone(this.dataSource.manager, now);
    if (asOfOfReport(day, { latestAudit, schedule: this.config }) === null) await this.archived(day);
  }

  private async makeLocked(day: Day, now: () => Date): Promise<DailyReport> {
    const made = await withLock(this.dataSource, 'audit', () => this.audited(day, now));
    return made === null ? { report: await this.archived(day), fresh: false } : this.keep(day, made, now());
  }

  /** Null when the day lies before the last audit. */
  private async audited(day: Day, now: () => Date): Promise<Made | null> {
    const latestAudit = await readLatestDone(this.dataSource.manager, now());
    const asOf = asOfOfReport(day, { latestAudit, schedule: this.config });
    if (asOf === null) return null;
    const before = await this.archive.before(day);
    const input = { ...(await this.audit.inputFor(day, { asOf, now })), before };
    return { ...(await this.reports.buildChecked(input)), sources: input.sources };
  }

  private async archived(day: Day): Promise<ArchivedReport> {
    const found = await this.archive.of(day);
    if (found !== null) return found;
    throw new ConflictError(
      `no report of ${day} was made at its time, and an audit here has looked further since: findings stand as of the ` +
        'last audit, so this report cannot be made any more. Look at the past beside the service with ' +
        `npm run audit -- FILES --as-of ${formatInstant(instantOfReport(day, this.config))}`,
    );
  }

  private async keep(day: Day, made: Made, madeAt: Date): Promise<DailyReport> {
    const ids = made.model.document.findings.map(({ id }) => id);
    const changes = await this.archive.changesFor(day, ids, made.model.hiddenIds);
    const model = { ...made.model, changes };
    const wording = loadWording(projectRoot(), model.locale);
    const files = await renderReport(model, { root: projectRoot(), wording });
    const contents = { ...files, ...renderLists(model, wording) };
    const report = {
      day,
      edition: sha256Hex(String(contents['report.json'])).slice(0, EDITION_DIGITS),
      asOf: new Date(model.asOf),
      madeAt,
      locale: model.locale,
      timeZone: model.document.window.timeZone,
      severity: greatestSeverity(model.document),
      changes,
    };
    const row = { ...report, view: pageView(model, wording), checks: made.checks };
    const importIds = made.sources.flatMap((source) => source.importIds);
    return { report, fresh: await this.archive.keep(row, contents, importIds) };
  }
}

/** A report made before its time (somebody asked for it early) does not stand for the one due then. */
function isMadeInTime({ madeAt, asOf }: Edition, due: Instant): boolean {
  return madeAt.getTime() >= due && asOf.getTime() >= due;
}

function greatestSeverity({ findings }: ReportDocument): Severity | null {
  return (
    [...SEVERITIES].reverse().find((severity) => findings.some((finding) => finding.severity === severity)) ?? null
  );
}
