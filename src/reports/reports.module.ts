/** Wires the reports: read-only queries, the files written from them, and the archive of each day's. */
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { TrackingModule } from '../tracking/tracking.module.ts';
import { DailyAudit } from './daily-audit.service.ts';
import { DailyReportJob } from './daily.job.ts';
import { DailyReportService } from './daily.service.ts';
import { EvidenceService } from './evidence.service.ts';
import { FindingReader } from './finding-reader.service.ts';
import { Letters } from './letters.service.ts';
import { ReportArchive } from './report-archive.service.ts';
import { ReportService } from './report.service.ts';
import { VendorReader } from './vendor-reader.service.ts';

@Module({
  imports: [TrackingModule, AuditModule],
  providers: [
    ReportService,
    FindingReader,
    EvidenceService,
    Letters,
    ReportArchive,
    VendorReader,
    DailyAudit,
    DailyReportService,
    DailyReportJob,
  ],
  exports: [ReportService, FindingReader, EvidenceService, Letters, ReportArchive, VendorReader, DailyReportService],
})
export class ReportsModule {}
