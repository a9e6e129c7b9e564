/** Puts one question to a provider: within its quota, tried again where that helps, and left for later where it does not. */
import { Inject, Injectable } from '@nestjs/common';
import type { Askable } from '../catalog/providers.ts';
import type { Instant } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { type HttpAnswer, type HttpCall, type HttpFault, callHttp } from '../platform/http-client.ts';
import { Patience } from '../platform/patience.ts';
import { type Closed, type Passage, Quota } from './quota.service.ts';
import { LONGEST_PAUSE_MS, MOST_TRIES, pauseAfter, retryAfter } from './retry.ts';

export interface Question extends Pick<HttpCall, 'method' | 'url' | 'headers' | 'body'> {
  provider: Askable;
  /** In a word, for whoever looks where the calls went. */
  purpose: string;
}

/** What became of it. */
export type Reply = Answer | Nothing | Later;

/** Something came back over HTTP, whatever it says. */
export interface Answer {
  came: 'answer';
  status: number;
  body: Buffer;
  at: Instant;
}

/**
 * What stood in the way: the connection, a redirect, our own id, secret or key, an application that may not track, or an
 * answer in which there was nothing of use.
 */
export type Obstacle = HttpFault['kind'] | 'redirect' | 'credentials' | 'scope' | 'answer';

/** Nothing came that could be kept, after every try. */
export interface Nothing {
  came: 'nothing';
  why: string;
  kind: Obstacle;
  at: Instant;
}

/** Not asked, or asked to come again: nothing is known before that instant. */
export interface Later {
  came: 'later';
  until: Instant;
  why: string;
}

/** After which an answer is given up. */
const TIMEOUT_MS = 20_000;
/** Forty parcels with their whole history are far below. */
const MOST_BYTES = 8 * 1024 * 1024;
/** A quota that opens so soon is waited for. */
const WAITED_FOR_MS = 1_500;
/** Told to come later without a word when. */
const UNSAID_REST_MS = 300_000;
/** Told to come in a week: looked at again after a day. */
const LONGEST_REST_MS = 24 * 3_600_000;

@Injectable()
export class Calling {
  constructor(
    @Inject(Quota) private readonly quota: Quota,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Patience) private readonly patience: Patience,
  ) {}

  /** Puts the question. Throws only for what goes wrong on our side. */
  async ask(question: Question): Promise<Reply> {
    for (let tries = 1; ; tries += 1) {
      const entry = await this.enter(question);
      if (!entry.free) return { came: 'later', until: entry.until, why: entry.why };
      const reply = await callHttp({ ...question, timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES });
      await this.quota.leave(entry);
      const trouble = troubleOf(reply);
      if (trouble === null) return this.replyOf(reply, '');
      const wait = this.waitFor(reply, tries);
      if (!trouble.passing || wait === null) return this.giveUp(question, reply, trouble.why);
      await this.patience.wait(wait);
    }
  }

  private async enter({ provider, purpose }: Question): Promise<Passage | Closed> {
    for (;;) {
      const entry = await this.quota.enter(provider, { purpose, timeoutMs: TIMEOUT_MS });
      if (entry.free) return entry;
      const wait = entry.until - this.now();
      if (wait > WAITED_FOR_MS) return entry;
      await this.patience.wait(Math.max(wait, 1));
    }
  }

  /** How long before the next try; null = none. */
  private waitFor(reply: HttpAnswer | HttpFault, tries: number): number | null {
    if (tries >= MOST_TRIES) return null;
    const asked = this.askedToWait(reply);
    const wait = asked === null ? pauseAfter(tries, this.patience.chance()) : asked - this.now();
    return wait > LONGEST_PAUSE_MS ? null : wait;
  }

  /** Asked to wait, we do, all of us; what else fails may be about this question alone. */
  private async giveUp({ provider }: Question, reply: HttpAnswer | HttpFault, why: string): Promise<Reply> {
    const asked = this.askedToWait(reply);
    if (asked === null && !(reply.answered && reply.status === TOO_MANY)) return this.replyOf(reply, why);
    const until = Math.min(asked ?? this.now() + UNSAID_REST_MS, this.now() + LONGEST_REST_MS);
    await this.quota.rest(provider, { until, why });
    return { came: 'later', until, why };
  }

  private replyOf(reply: HttpAnswer | HttpFault, why: string): Reply {
    const at = this.now();
    if (!reply.answered) return { came: 'nothing', why: reply.why, kind: reply.kind, at };
    if (isRedirect(reply)) return { came: 'nothing', why, kind: 'redirect', at };
    return { came: 'answer', status: reply.status, body: reply.body, at };
  }

  private askedToWait(reply: HttpAnswer | HttpFault): Instant | null {
    if (!reply.answered || (reply.status !== TOO_MANY && reply.status !== AWAY)) return null;
    return retryAfter(reply.header('retry-after'), this.now());
  }

  private now(): Instant {
    return this.clock.now().getTime();
  }
}

const TOO_MANY = 429;
const AWAY = 503;

/** What keeps the reply from being an answer to the question, and whether it may pass; null = it is one. */
function troubleOf(reply: HttpAnswer | HttpFault): { why: string; passing: boolean } | null {
  if (!reply.answered) return { why: reply.why, passing: reply.kind !== 'certificate' && reply.kind !== 'long' };
  const { status } = reply;
  if (status === TOO_MANY) return { why: 'too many calls (HTTP 429)', passing: true };
  if (status >= 500) return { why: `HTTP ${status}`, passing: true };
  if (isRedirect(reply)) return { why: `HTTP ${status}: it sends us elsewhere, which is not followed`, passing: false };
  if (isBrokenOff(reply)) return { why: 'the answer breaks off', passing: true };
  return null;
}

function isRedirect({ status }: HttpAnswer): boolean {
  return status >= 300 && status < 400;
}

/** Said to be JSON, and is not: half of it is missing. A page in the place of an answer is complete as it is. */
function isBrokenOff({ status, body, header }: HttpAnswer): boolean {
  if (status >= 300 || !/\bjson\b/i.test(header('content-type') ?? '')) return false;
  try {
    JSON.parse(body.toString('utf8'));
    return false;
  } catch {
    return true;
  }
}
