/** Wires the reports: read-only queries, the files written from them, and the archive of each day's. */
import { Module } from '@nestjs/common';
import { ReportArchive } from './report-archive.service.ts';
import { ReportService } from './report.service.ts';

@Module({ providers: [ReportService, ReportArchive], exports: [ReportService, ReportArchive] })
export class ReportsModule {}
