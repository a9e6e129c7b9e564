/** Sends a test mail to whoever is configured to be told something, role by role. */
import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config, projectRoot } from '../platform/config.ts';
import { loadWording } from '../reports/wording.ts';
import { troubleOf } from './delivery.ts';
import { Delivery } from './delivery.service.ts';
import { renderNote } from './note.ts';
import { Outbox } from './outbox.service.ts';

/** The variables that name recipients, each for one role. */
export const RECIPIENT_VARIABLES = ['REPORT_TO', 'OPERATOR_TO', 'ALERT_TO'] as const;
export type RecipientVariable = (typeof RECIPIENT_VARIABLES)[number];

/** What came of the test of one role. */
export interface TestedRole {
  variable: RecipientVariable;
  recipients: string[];
  /** skipped = nobody is configured. */
  outcome: 'sent' | 'failed' | 'skipped';
  /** In the server's words. */
  problem: string | null;
}

@Injectable()
export class TestMail {
  constructor(
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Delivery) private readonly delivery: Delivery,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** One mail a role, each tried once. */
  async sendAll(): Promise<TestedRole[]> {
    const { reportTo, operatorTo, alertTo } = this.config;
    const recipients: Record<RecipientVariable, string[]> = {
      REPORT_TO: reportTo,
      OPERATOR_TO: operatorTo,
      ALERT_TO: alertTo,
    };
    const tested: TestedRole[] = [];
    for (const variable of RECIPIENT_VARIABLES) tested.push(await this.send(variable, recipients[variable]));
    return tested;
  }

  private async send(variable: RecipientVariable, recipients: string[]): Promise<TestedRole> {
    if (!this.outbox.canReach(recipients)) return { variable, recipients, outcome: 'skipped', problem: null };
    const wording = loadWording(projectRoot(), this.config.reportLocale);
    const note = {
      subject: wording.say('mail.test_subject'),
      lead: wording.say('mail.test_lead'),
      paragraphs: [wording.say('mail.test_step', { role: variable })],
    };
    const matter = { kind: 'test', about: `${variable}/${randomUUID()}`, updates: [], to: recipients } as const;
    const content = renderNote(note, { root: projectRoot(), wording });
    const { id } = await this.outbox.queue(matter, { ...content, severity: 'info' });
    const problem = troubleOf(await this.delivery.deliver(id));
    return { variable, recipients, outcome: problem === null ? 'sent' : 'failed', problem };
  }
}
