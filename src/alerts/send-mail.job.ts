/** Sends mails of the outbox; once a minute it looks for those whose time to be tried has come. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { z } from 'zod';
import { type Job, Queue } from '../platform/queue.ts';
import { Delivery } from './delivery.service.ts';
import { Outbox } from './outbox.service.ts';

export const SEND_MAIL_QUEUE = 'send-mail';
const SendMail = z.object({ id: z.string() });

@Injectable()
export class SendMailJob implements Job {
  readonly queue = SEND_MAIL_QUEUE;

  constructor(
    @Inject(Delivery) private readonly delivery: Delivery,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Queue) private readonly bell: Queue,
  ) {}

  async run(data: object): Promise<void> {
    await this.delivery.deliver(SendMail.parse(data).id);
    await this.ringForDue();
  }

  /** Mails to be tried again, mails about mails, and those whose bell was lost. */
  @Cron('15 * * * * *', { name: 'mails' })
  async ringForDue(): Promise<void> {
    for (const id of await this.outbox.due()) await this.bell.send(SEND_MAIL_QUEUE, { id }, { key: id });
  }
}
