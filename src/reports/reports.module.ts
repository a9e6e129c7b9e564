/** Wires the reports: read-only queries and the files written from them. */
import { Module } from '@nestjs/common';
import { ReportService } from './report.service.ts';

@Module({ providers: [ReportService], exports: [ReportService] })
export class ReportsModule {}
