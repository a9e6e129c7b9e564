/** The outbox: what is to be sent is written down whole before anybody tries to send it, and each mail once. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Day } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { type Letter, compose, subjectLine } from './compose.ts';
import { type MailKind, hostOf, mailId, messageIdOf } from './mail-id.ts';
import {
  deleteHeldMail,
  hasReportMail,
  insertMail,
  readDueMails,
  readHeldMails,
  readMail,
  readWaitingMails,
} from './mail.store.ts';
import type { MailRow } from './mail.table.ts';

/** What a mail says; who sends it, when, and under which Message-ID is the outbox's to know. */
export type Content = Pick<Letter, 'subject' | 'severity' | 'text' | 'html' | 'attachments'>;

/** A mail that is to be queued: what it is about, and who gets it. */
export interface Matter {
  kind: MailKind;
  about: string;
  /** What an earlier mail was about that this one brings up to date. */
  updates: readonly string[];
  to: readonly string[];
}

/** Finds fault with the finished bytes; null = none. */
export type Check = (raw: Buffer) => Promise<string | null>;

export interface QueueOptions {
  check?: Check;
  /** Written down in the transaction that keeps the mail: both stand, or neither. */
  together?: (manager: EntityManager) => Promise<void>;
}

@Injectable()
export class Outbox {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Whether mails of the recipients can be queued at all: a file needs no recipient, a mail server does. */
  canReach(to: readonly string[]): boolean {
    return to.length > 0 || this.config.smtpUrl === null;
  }

  /** The mail about the matter, or null. One to nobody counts only while nobody is configured to get it. */
  async of({ kind, about }: Pick<Matter, 'kind' | 'about'>): Promise<MailRow | null> {
    const mail = await readMail(this.dataSource, mailId(kind, about, 'somebody'));
    if (mail !== null || this.hasRecipient(kind)) return mail;
    return readMail(this.dataSource, mailId(kind, about, 'nobody'));
  }

  /** Forgets a mail that is held, so that it is composed and checked anew: what was wrong may be mended. */
  async dropHeld(matter: Pick<Matter, 'kind' | 'about'>): Promise<void> {
    const mail = await this.of(matter);
    if (mail !== null) await deleteHeldMail(this.dataSource, mail.id);
  }

  /**
   * Composes the mail and keeps its bytes to be sent; one that `check` finds fault with is kept as held. A matter that
   * was queued before stays as it was then: answers the mail that stands.
   */
  async queue(matter: Matter, content: Content, { check, together }: QueueOptions = {}): Promise<MailRow> {
    const { kind, about, updates, to } = matter;
    const host = hostOf(this.config);
    const now = this.clock.now();
    const messageId = messageIdOf(matter, host);
    const raw = await compose({
      ...content,
      from: this.config.mailFrom,
      to,
      messageId,
      references: updates.map((earlier) => messageIdOf({ kind, about: earlier }, host)),
      date: now,
    });
    const fault = (await check?.(raw)) ?? null;
    const row: MailRow = {
      id: mailId(kind, about, to.length > 0 ? 'somebody' : 'nobody'),
      kind,
      about,
      messageId,
      subject: subjectLine(content.subject),
      recipients: [...to],
      accepted: [],
      refused: [],
      raw,
      state: fault === null ? 'ready' : 'held',
      problem: fault,
      attempts: 0,
      createdAt: now,
      nextTryAt: now,
      sentAt: null,
    };
    const inserted = await this.dataSource.transaction(async (manager) => {
      const isNew = await insertMail(manager, row);
      await together?.(manager);
      return isNew;
    });
    return inserted ? row : ((await this.of(matter)) ?? row);
  }

  /** Whether any edition of the day's report was put in; one to nobody counts only while nobody is configured. */
  async hasReportOf(day: Day): Promise<boolean> {
    return hasReportMail(this.dataSource, { day, toNobody: !this.hasRecipient('report') });
  }

  private hasRecipient(kind: MailKind): boolean {
    const { reportTo, alertTo, operatorTo } = this.config;
    return kind === 'test' || { report: reportTo, alert: alertTo, operator: operatorTo }[kind].length > 0;
  }

  /** Ids of the mails that are to be tried now. */
  async due(): Promise<string[]> {
    return readDueMails(this.dataSource, this.clock.now());
  }

  /** Ids of the mails that have not ended, whether their time to be tried has come or not. */
  async waiting(): Promise<string[]> {
    return readWaitingMails(this.dataSource);
  }

  /** Mails whose self-check found a difference. */
  async held(): Promise<Pick<MailRow, 'kind' | 'about' | 'problem'>[]> {
    return readHeldMails(this.dataSource);
  }
}
