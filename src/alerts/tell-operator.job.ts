/** Tells the operator by mail of trouble that another room met. */
import { Inject, Injectable } from '@nestjs/common';
import type { Job } from '../platform/queue.ts';
import { TROUBLE_QUEUE, Trouble } from '../reports/daily.job.ts';
import { OperatorMail } from './operator-mail.service.ts';
import { SendMailJob } from './send-mail.job.ts';

@Injectable()
export class TellOperatorJob implements Job {
  readonly queue = TROUBLE_QUEUE;

  constructor(
    @Inject(OperatorMail) private readonly operator: OperatorMail,
    @Inject(SendMailJob) private readonly sending: SendMailJob,
  ) {}

  async run(data: object): Promise<void> {
    await this.operator.tell(Trouble.parse(data));
    await this.sending.ringForDue();
  }
}
