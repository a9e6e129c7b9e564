/** The mail of a batch of alerts: composed from one reading of the database, checked against it, put into the outbox once. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import { DAY_MS, addDays, dayOf } from '../core/units/day.ts';
import { Config, projectRoot } from '../platform/config.ts';
import { readStoppable, readTransit } from '../reports/outstanding.query.ts';
import { OUTSTANDING_DAYS } from '../reports/outstanding.ts';
import { stoppedAtOnce, stoppingRules } from '../reports/stopped-vendors.ts';
import { loadWording } from '../reports/wording.ts';
import type { CheckedAlert } from './alert-check.ts';
import { alertMailContent } from './alert-mail-content.ts';
import { type BatchRows, alertMatter } from './alert-matter.ts';
import { readAlertCounts, readBatchFindings, readSales, readVendorsTold } from './alert.query.ts';
import { settleBatch } from './alert.store.ts';
import { OperatorMail } from './operator-mail.service.ts';
import { Outbox } from './outbox.service.ts';

@Injectable()
export class AlertMail {
  private readonly logger = new Logger('alerts');

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(OperatorMail) private readonly operator: OperatorMail,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Who gets alerts: somebody, a file in the outbox folder, or nobody, and then none is composed. */
  get reaches(): 'somebody' | 'file' | 'nobody' {
    if (this.config.alertTo.length > 0) return 'somebody';
    return this.outbox.canReach([]) ? 'file' : 'nobody';
  }

  /**
   * Puts the mail of a batch into the outbox and settles the batch with it. What was closed meanwhile is left out; a batch
   * with nothing left makes no mail. One that fails its self-check is held and the operator told.
   */
  async queue(batch: string, now: Date): Promise<void> {
    const rows = await this.inSnapshot((manager) => this.read(manager, batch, now));
    if (rows.findings.length === 0) {
      await settleBatch(this.dataSource, { batch, told: [], outcome: 'gone', now });
      return;
    }
    const { rules } = this.catalog.rules;
    const { content, checked } = alertMailContent({
      matter: alertMatter(rows, rules),
      now: now.getTime(),
      days: OUTSTANDING_DAYS,
      publicUrl: this.config.publicUrl,
      wording: loadWording(projectRoot(), this.config.reportLocale),
      rules,
    });
    const told = rows.findings.map(({ id }) => id);
    const outcome = this.reaches === 'somebody' ? 'told' : 'filed';
    const matter = { kind: 'alert', about: batch, updates: [], to: this.config.alertTo } as const;
    const mail = await this.outbox.queue(matter, content, {
      check: (raw) => check(raw, checked),
      together: (manager) => settleBatch(manager, { batch, told, outcome, now }),
    });
    this.logger.log(`the alert ${batch} tells of ${told.length} findings`);
    if (mail.state === 'held') await this.tellHeld(batch, mail.problem);
  }

  private async tellHeld(batch: string, fault: string | null): Promise<void> {
    const problem = `held back, since its figures do not agree with what was found: ${fault ?? ''}`;
    this.logger.error(`the mail of the alert ${batch} is ${problem}`);
    await this.operator.tell({ about: `mail/alert/${batch}`, problem }, 'alert');
  }

  private async read(manager: EntityManager, batch: string, now: Date): Promise<BatchRows> {
    const findings = await readBatchFindings(manager, batch, now);
    const vendors = stoppedAtOnce(findings, stoppingRules(this.catalog.rules.rules));
    const scope = { vendors, now, from: addDays(dayOf(now.getTime()), -OUTSTANDING_DAYS) };
    return {
      findings,
      sales: await readSales(manager, [...new Set(findings.map(({ trackingNumber }) => trackingNumber))]),
      stoppable: await readStoppable(manager, scope),
      transit: await readTransit(manager, scope),
      toldBefore: await readVendorsTold(manager, new Date(now.getTime() - DAY_MS)),
      counts: await readAlertCounts(manager, batch, scope),
    };
  }

  private inSnapshot<T>(read: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return read(manager);
    });
  }
}

/** Loaded with the first alert: its readers take tens of megabytes that an idle service does without. */
async function check(raw: Buffer, alert: CheckedAlert): Promise<string | null> {
  const { alertDifferences } = await import('./alert-check.ts');
  return alertDifferences(raw, alert);
}
