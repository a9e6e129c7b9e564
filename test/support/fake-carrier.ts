/** A real HTTP server on loopback that stands for one who is asked for tracking: it counts its calls, and fails as a story asks. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen, stopListening } from '../../src/platform/listen.ts';

/** One call as it arrived. */
export interface Call {
  /** By the story's clock. */
  at: number;
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Said {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** What goes wrong with one call. */
export type Fault =
  | { status: number; retryAfter?: string; body?: string }
  | 'half a body'
  | 'half a JSON'
  | 'a page'
  | 'reset'
  | 'silence'
  | 'elsewhere';

export const JSON_TYPE = { 'Content-Type': 'application/json' };

export abstract class FakeCarrier {
  readonly calls: Call[] = [];
  /** What goes wrong with the next calls, one after the other. */
  readonly faults: (Fault | null)[] = [];
  /** What goes wrong with every call that comes when nothing stands in `faults`. */
  broken: Fault | null = null;
  /** Awaited when a call has arrived, before it is answered. */
  onCall: (call: Call) => Promise<void> | void = () => undefined;
  url = '';
  private readonly server: Server;

  constructor(private readonly now: () => number) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  async start(): Promise<this> {
    const port = await listen(this.server, { host: '127.0.0.1', port: 0 });
    this.url = `http://127.0.0.1:${port}`;
    return this;
  }

  async stop(): Promise<void> {
    await stopListening(this.server, 100);
  }

  /** Forgets what came and what was to go wrong. */
  clear(): void {
    this.calls.length = 0;
    this.faults.length = 0;
    this.broken = null;
    this.onCall = () => undefined;
  }

  /** The most calls that arrived within any span of so many milliseconds, both of its ends included. */
  mostWithin(ms: number): number {
    const times = this.calls.map(({ at }) => at).sort((a, b) => a - b);
    return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at <= from + ms).length));
  }

  protected abstract answer(call: Call): Said;

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call: Call = {
      at: this.now(),
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: await text(request),
    };
    this.calls.push(call);
    await this.onCall(call);
    const fault = this.faults.length > 0 ? (this.faults.shift() ?? null) : this.broken;
    if (fault === null) send(response, this.answer(call));
    else fail(response, fault, () => this.answer(call));
  }
}

function send(response: ServerResponse, { status, body, headers = JSON_TYPE }: Said): void {
  response.writeHead(status, headers).end(body);
}

function fail(response: ServerResponse, fault: Fault, answer: () => Said): void {
  if (typeof fault === 'object') {
    const headers: Record<string, string> = { ...JSON_TYPE };
    if (fault.retryAfter !== undefined) headers['Retry-After'] = fault.retryAfter;
    send(response, { status: fault.status, body: fault.body ?? '{}', headers });
    return;
  }
  if (fault === 'silence') return;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'elsewhere') {
    send(response, { status: 302, body: '', headers: { Location: 'http://127.0.0.1:9/stolen' } });
    return;
  }
  if (fault === 'a page') {
    const page = '<html><body><h1>Scheduled maintenance</h1></body></html>';
    send(response, { status: 200, body: page, headers: { 'Content-Type': 'text/html' } });
    return;
  }
  const whole = Buffer.from(answer().body);
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const length = fault === 'half a body' ? whole.length : half.length;
  response.writeHead(200, { ...JSON_TYPE, 'Content-Length': String(length) });
  response.write(half, () => response.destroy());
}
