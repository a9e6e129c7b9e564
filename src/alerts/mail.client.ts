/** Hands mails over: to a mail server, or as .eml files into the outbox folder where none is configured. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Transporter, createTransport } from 'nodemailer';
import { Config } from '../platform/config.ts';
import { DataDir } from '../platform/data-dir.ts';
import { type Handover, handoverOfFailure, handoverOfSuccess } from './handover.ts';
import { addressOf } from './mail-id.ts';
import type { MailRow } from './mail.table.ts';

/** No answer for so long means: not now. A server may look through a mail for a while before it takes it. */
const TIMEOUTS = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 120_000, dnsTimeout: 20_000 };

@Injectable()
export class MailClient {
  private readonly folder: string;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(DataDir) dataDir: DataDir,
  ) {
    this.folder = join(dataDir.path, 'outbox');
  }

  /** Where mails go, in words. */
  get where(): string {
    return this.config.smtpUrl === null ? this.folder : `mail server ${new URL(this.config.smtpUrl).host}`;
  }

  /** Hands the bytes over for those recipients who have not got them. Does not throw for what a server says. */
  async handOver(mail: Pick<MailRow, 'kind' | 'about' | 'raw'>, pending: readonly string[]): Promise<Handover> {
    const { smtpUrl } = this.config;
    return smtpUrl === null ? this.writeFile(mail, pending) : this.send(smtpUrl, mail, pending);
  }

  /** Greets the mail server and signs in, or tries the folder. Throws what stands in the way. */
  async verify(): Promise<void> {
    const { smtpUrl } = this.config;
    if (smtpUrl === null) {
      await mkdir(this.folder, { recursive: true });
      return;
    }
    const transport = createTransport({ url: smtpUrl, ...TIMEOUTS });
    try {
      await transport.verify();
    } finally {
      transport.close();
    }
  }

  private async send(url: string, { raw }: Pick<MailRow, 'raw'>, pending: readonly string[]): Promise<Handover> {
    const transport = createTransport({ url, ...TIMEOUTS });
    try {
      const envelope = { from: addressOf(this.config.mailFrom), to: [...pending] };
      const info = await transport.sendMail({ envelope, raw });
      return handoverOfSuccess(
        { accepted: textsOf(info.accepted), rejectedErrors: info.rejectedErrors ?? [] },
        pending,
      );
    } catch (error) {
      return handoverOfFailure(error, pending);
    } finally {
      (transport satisfies Transporter).close();
    }
  }

  /** Under a temporary name first: a reader of the folder never meets half a mail. The name is the same at every try. */
  private async writeFile({ kind, about, raw }: Pick<MailRow, 'kind' | 'about' | 'raw'>, pending: readonly string[]) {
    const name = `${kind}-${about.replaceAll(/[^\w-]+/g, '-')}.eml`;
    const temporary = join(this.folder, `.${name}.${randomUUID()}.tmp`);
    await mkdir(this.folder, { recursive: true });
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(raw);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, join(this.folder, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return { accepted: [...pending], refused: [], deferred: [] };
  }
}

function textsOf(addresses: readonly (string | { address: string })[]): string[] {
  return addresses.map((each) => (typeof each === 'string' ? each : each.address));
}
