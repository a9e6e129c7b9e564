/** Tells the operator what the service cannot do by itself: each trouble once. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Config, projectRoot } from '../platform/config.ts';
import type { Trouble } from '../reports/daily.job.ts';
import { type Wording, loadWording } from '../reports/wording.ts';
import { type Content, Outbox } from './outbox.service.ts';
import type { MailRow } from './mail.table.ts';
import { renderNote } from './note.ts';
import { cleanText } from './plain-words.ts';

/** What a person does about trouble with a report's mail, and with alerts. */
const REMEDIES = { report: 'mail.operator_step', alert: 'mail.operator_step_alert' } as const;
type Remedy = keyof typeof REMEDIES;

@Injectable()
export class OperatorMail {
  private readonly logger = new Logger('mail');

  constructor(
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * Queues the mail unless the same trouble was told before; `remedy` names what it says to do. Null where nobody is
   * configured to be told.
   */
  async tell({ about, problem }: Trouble, remedy: Remedy = 'report'): Promise<MailRow | null> {
    const to = this.config.operatorTo;
    const known = await this.outbox.of({ kind: 'operator', about });
    if (known !== null) return known;
    this.logger.error(`trouble with ${about}: ${problem}`);
    if (!this.outbox.canReach(to)) {
      this.logger.warn('nobody is told by mail: set OPERATOR_TO');
      return null;
    }
    const wording = loadWording(projectRoot(), this.config.reportLocale);
    const matter = { kind: 'operator', about, updates: [], to } as const;
    return this.outbox.queue(matter, content({ about, problem }, remedy, wording));
  }
}

function content(trouble: Trouble, remedy: Remedy, wording: Wording): Content {
  const about = cleanText(trouble.about);
  const note = {
    subject: wording.say('mail.operator_subject', { about }),
    lead: wording.say('mail.operator_lead', { about }),
    paragraphs: [cleanText(trouble.problem), wording.say(REMEDIES[remedy])],
  };
  return { ...renderNote(note, { root: projectRoot(), wording }), severity: 'high' };
}
