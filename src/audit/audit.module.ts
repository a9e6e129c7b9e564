/** Wires audits; whoever includes it provides the DataSource, the Catalog and the platform. */
import { Module } from '@nestjs/common';
import { TrackingModule } from '../tracking/tracking.module.ts';
import { AuditRequests } from './audit-requests.service.ts';
import { AuditJob } from './audit.job.ts';
import { AuditService } from './audit.service.ts';
import { BacktestService } from './backtest.service.ts';
import { ExplainService } from './explain.service.ts';
import { FindingService } from './finding.service.ts';
import { JudgeNowJob } from './judge-now.job.ts';
import { RuleArchive } from './rule-archive.service.ts';
import { RunReader } from './run-reader.service.ts';
import { SuppressionService } from './suppression.service.ts';
import { SuspicionJob } from './suspicion.job.ts';

@Module({
  imports: [TrackingModule],
  providers: [
    AuditService,
    AuditRequests,
    AuditJob,
    JudgeNowJob,
    SuspicionJob,
    RunReader,
    RuleArchive,
    ExplainService,
    BacktestService,
    FindingService,
    SuppressionService,
  ],
  exports: [
    AuditService,
    AuditRequests,
    RunReader,
    RuleArchive,
    ExplainService,
    BacktestService,
    FindingService,
    SuppressionService,
  ],
})
export class AuditModule {}
