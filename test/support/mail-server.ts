/** A real mail server on loopback that keeps what it takes, and refuses, delays or dies as a story asks. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** One mail as the server took it. */
export interface TakenMail {
  from: string;
  to: string[];
  raw: Buffer;
}

/** What the server answers; without an answer it takes everything. */
export interface Answers {
  /** A refusal of the recipient, such as `550 5.1.1 no such mailbox`. */
  recipient?: (address: string) => string | null;
  /** A refusal of the whole mail after its bytes. */
  data?: () => string | null;
  /** Called when the bytes are in, before they are answered: a story may wait here, or let the sender die. */
  beforeAnswer?: () => Promise<void>;
}

export class MailServer {
  readonly taken: TakenMail[] = [];
  /** Times a sender gave the bytes of a mail, whatever became of them. */
  handed = 0;
  answers: Answers = {};
  private readonly server: SMTPServer;

  constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, callback) => callback(refusal(this.answers.recipient?.(address) ?? null)),
      onData: (stream, session, callback) => {
        const { mailFrom, rcptTo } = session.envelope;
        const take = async (): Promise<string | null> => {
          const raw = await buffer(stream);
          this.handed += 1;
          await this.answers.beforeAnswer?.();
          const refused = this.answers.data?.() ?? null;
          if (refused !== null) return refused;
          this.taken.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw,
          });
          return null;
        };
        take().then(
          (refused) => callback(refusal(refused)),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    this.server.on('error', () => undefined);
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server.server, 'listening');
    return this;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }

  /** The mails taken, read as a recipient's program reads them. */
  async read(): Promise<ParsedMail[]> {
    return Promise.all(this.taken.map(({ raw }) => simpleParser(raw)));
  }
}

function refusal(answer: string | null): Error | null {
  if (answer === null) return null;
  return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
}
