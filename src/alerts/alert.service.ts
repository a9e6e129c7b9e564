/** Tells at once what cannot wait for the report: findings are noted, put into one batch, and told in one mail, once. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import { HOUR_MS, formatInstant } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { withLock } from '../platform/database-lock.ts';
import { AlertMail } from './alert-mail.service.ts';
import {
  type AlertStanding,
  assignBatch,
  noteAlerts,
  readPendingBatches,
  readStanding,
  readWaiting,
  reopenHeldBatches,
} from './alert.store.ts';
import { OperatorMail } from './operator-mail.service.ts';

/** What is found so shortly after one another is one mail ... */
const SETTLE_MS = 1_000;
/** ... and while more comes it is waited for, but not for ever. */
const MOST_ROUNDS = 2;
/** What nobody could be told of for so long is told by the report alone: it would be a flood, and no news. */
const NEWS_HOURS = 48;

@Injectable()
export class Alerts {
  private readonly logger = new Logger('alerts');

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(AlertMail) private readonly mail: AlertMail,
    @Inject(OperatorMail) private readonly operator: OperatorMail,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Whether there is anything to note, or to tell where it can be told. */
  async waiting(): Promise<boolean> {
    const { findings, alerts } = await readWaiting(this.dataSource, {
      rules: this.rules(),
      ...this.news(),
      now: this.clock.now(),
    });
    return findings || (alerts && this.mail.reaches !== 'nobody');
  }

  /**
   * Puts the mail of everything that was found and not told into the outbox. A process that dies in the middle leaves rows
   * that the next call goes on with: a batch is fixed before its mail is composed, and settled together with it.
   */
  async tellNew(settleMs = SETTLE_MS): Promise<void> {
    await withLock(this.dataSource, 'alert', async () => {
      const noted = await this.noteUntilQuiet(settleMs);
      if (this.mail.reaches === 'nobody') {
        if (noted > 0) await this.tellOfNobody();
        return;
      }
      await this.assign();
      await this.composePending();
    });
  }

  /** Composes and checks anew what was held: what was wrong may be mended. */
  async composeHeldAgain(): Promise<void> {
    await withLock(this.dataSource, 'alert', async () => {
      await reopenHeldBatches(this.dataSource);
      if (this.mail.reaches !== 'nobody') await this.composePending();
    });
  }

  /** Whether and when a finding was told at once; null for one that was never to be. */
  async standingOf(findingId: string): Promise<AlertStanding | null> {
    return readStanding(this.dataSource, findingId);
  }

  private async noteUntilQuiet(settleMs: number): Promise<number> {
    let fresh = await this.note();
    let noted = fresh;
    for (let round = 0; fresh > 0 && round < MOST_ROUNDS; round += 1) {
      await sleep(settleMs);
      fresh = await this.note();
      noted += fresh;
    }
    return noted;
  }

  private async note(): Promise<number> {
    return noteAlerts(this.dataSource, { rules: this.rules(), now: this.clock.now() });
  }

  private async assign(): Promise<void> {
    const now = this.clock.now();
    // Its time in front, so that batches stand in their order and a person can tell them apart.
    const batch = `${formatInstant(now.getTime()).replaceAll(/[-:]|\.\d+/g, '')}-${randomUUID().slice(0, 8)}`;
    const late = await assignBatch(this.dataSource, { batch, ...this.news(), now });
    if (late === 0) return;
    const problem =
      `findings that were not told at once: ${late}. They had stood for over ${NEWS_HOURS} hours before anybody could be ` +
      'told; the report has them';
    this.logger.warn(problem);
    await this.operator.tell({ about: `alerts/untold/${batch}`, problem }, 'alert');
  }

  private async composePending(): Promise<void> {
    for (const batch of await readPendingBatches(this.dataSource)) await this.mail.queue(batch, this.clock.now());
  }

  private async tellOfNobody(): Promise<void> {
    const problem =
      'findings that cannot wait reach nobody: ALERT_TO names no address. Set it and start the service again; ' +
      `what was found in the ${NEWS_HOURS} hours before is told then`;
    await this.operator.tell({ about: 'alerts/nobody', problem }, 'alert');
  }

  /** Ids of the rules whose findings are told. */
  private rules(): string[] {
    return this.catalog.rules.rules.filter(({ file }) => file.alert).map(({ id }) => id);
  }

  /** Since when what was found is news, and whether what was only filed can be told to somebody now. */
  private news(): { since: Date; refile: boolean } {
    const since = new Date(this.clock.now().getTime() - NEWS_HOURS * HOUR_MS);
    return { since, refile: this.mail.reaches === 'somebody' };
  }
}
