/** Sends what stands in the outbox: rendered before, handed over here, recorded after; one process at a time. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { withLock } from '../platform/database-lock.ts';
import { NotFoundError } from '../platform/errors.ts';
import { afterTry, pendingOf, refusedMeanwhile, troubleOf } from './delivery.ts';
import type { Handover } from './handover.ts';
import { MailClient } from './mail.client.ts';
import { type MailStatus, readMail, recordTry } from './mail.store.ts';
import type { MailRow } from './mail.table.ts';
import { OperatorMail } from './operator-mail.service.ts';

@Injectable()
export class Delivery {
  private readonly logger = new Logger('mail');

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(MailClient) private readonly client: MailClient,
    @Inject(OperatorMail) private readonly operator: OperatorMail,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Tries a mail once, unless it is sent, held or failed already. A process that dies between the server's answer and
   * the record leaves the mail as it was: the next try hands over the same bytes under the same Message-ID.
   */
  async deliver(id: string): Promise<MailStatus> {
    return withLock(this.dataSource, 'mail', async () => {
      const mail = await readMail(this.dataSource, id);
      if (mail === null) throw new NotFoundError(`there is no mail ${id} in the outbox`);
      if (mail.state !== 'ready') return mail;
      const after = afterTry(mail, await this.handOver(mail), this.clock.now());
      await this.tell(after);
      await recordTry(this.dataSource, after);
      return after;
    });
  }

  private async handOver(mail: MailRow): Promise<Handover> {
    const pending = pendingOf(mail);
    try {
      return await this.client.handOver(mail, pending);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      // Without a recipient it is a file that could not be written: somebody has to stand for it.
      return {
        accepted: [],
        refused: [],
        deferred: (pending.length > 0 ? pending : ['outbox']).map((address) => ({ address, why })),
      };
    }
  }

  /** Before it is recorded: told twice is told once, but recorded first it might never be told. */
  private async tell(after: MailStatus): Promise<void> {
    const { kind, about, state, problem, recipients } = after;
    const trouble = troubleOf(after) ?? refusedMeanwhile(after);
    if (trouble === null) {
      if (state === 'ready') this.logger.warn(`the ${kind} mail about ${about} is tried again later: ${problem ?? ''}`);
      else if (recipients.length === 0)
        this.logger.warn(`the ${kind} mail about ${about} is a file, and sent to nobody`);
      else this.logger.log(`the ${kind} mail about ${about} is sent`);
      return;
    }
    this.logger.error(`the ${kind} mail about ${about} was not taken by everybody: ${trouble}`);
    // A mail to the operator that nobody takes is not told to the operator; who asked for a test is told at once.
    if (kind === 'report' || kind === 'alert')
      await this.operator.tell({ about: `mail/${kind}/${about}`, problem: trouble }, kind);
  }
}
