/** Wires the outbox and what is worth telling whom. */
import { Module } from '@nestjs/common';
import { ReportsModule } from '../reports/reports.module.ts';
import { AlertMail } from './alert-mail.service.ts';
import { AlertJob } from './alert.job.ts';
import { Alerts } from './alert.service.ts';
import { Delivery } from './delivery.service.ts';
import { MailClient } from './mail.client.ts';
import { OperatorMail } from './operator-mail.service.ts';
import { Outbox } from './outbox.service.ts';
import { ReportMailJob } from './report-mail.job.ts';
import { ReportMail } from './report-mail.service.ts';
import { SendMailJob } from './send-mail.job.ts';
import { TellOperatorJob } from './tell-operator.job.ts';
import { TestMail } from './test-mail.service.ts';

@Module({
  imports: [ReportsModule],
  providers: [
    AlertMail,
    Alerts,
    AlertJob,
    Outbox,
    MailClient,
    OperatorMail,
    Delivery,
    ReportMail,
    ReportMailJob,
    SendMailJob,
    TellOperatorJob,
    TestMail,
  ],
  exports: [Alerts, Outbox, MailClient, Delivery, ReportMail, TestMail],
})
export class AlertsModule {}
