/** Wires the outbox and what is worth telling whom. */
import { Module } from '@nestjs/common';
import { ReportsModule } from '../reports/reports.module.ts';

@Module({ imports: [ReportsModule] })
export class AlertsModule {}
