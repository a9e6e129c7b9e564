/** A service over the test database, asked over HTTP as other programs ask it, with a clock of the story's. */
import { projectRoot, readConfig } from '../../src/platform/config.ts';
import { type Service, startService } from '../../src/service.ts';
import type { TestDatabase } from './database.ts';

/** What stories look at in an answer: of a list, of one thing, or of a problem. Any of it may be missing. */
export interface AnswerBody {
  items: { id: string; day: string; asOf: string; [name: string]: unknown }[];
  nextCursor: string | null;
  id: string;
  state: string;
  message: string;
  detail: string;
  errors: { field: string; message: string }[];
  [name: string]: unknown;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Throws when the text is no JSON. */
  body: AnswerBody;
}

export class Api {
  private service: Service | undefined;
  private now = '2026-11-20T08:00:00Z';

  constructor(
    private readonly database: TestDatabase,
    private readonly variables: Record<string, string> = {},
  ) {}

  /** Starts the service; a free port, and nothing of the schedule falls due by itself. */
  async start(): Promise<void> {
    const variables = { PORT: '0', DATABASE_URL: this.database.url(), REPORT_AT: '23:59', ...this.variables };
    const clock = { now: () => new Date(this.now) };
    this.service = await startService(readConfig(variables), projectRoot(), clock);
  }

  async stop(): Promise<void> {
    await this.service?.stop();
  }

  get url(): string {
    if (this.service === undefined) throw new Error('the service runs only inside tests');
    return this.service.url;
  }

  /** Sets the story's clock. */
  at(now: string): this {
    this.now = now;
    return this;
  }

  /** One request; a body is sent as JSON. */
  async ask(
    method: string,
    path: string,
    more: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { body, headers = {} } = more;
    const answer = await fetch(new URL(path, this.url), {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      get body() {
        const parsed: AnswerBody = JSON.parse(text);
        return parsed;
      },
    };
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.ask('GET', path, headers && { headers });
  }
}
