/**
 * Answers a request that is sent again under the same Idempotency-Key with what was answered the first time. The work
 * behind a key is done once, however many requests carry it at once and whichever process they reach; only a process
 * that died between its work and the note of it has the work done again, 60 seconds later.
 */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Clock } from './clock.ts';
import { HttpProblem, type Problem, problemOf } from './http-problem.ts';
import {
  type Claim,
  type KnownRequest,
  type StoredAnswer,
  claimKey,
  keepAnswer,
  purgeKeys,
  releaseKey,
  renewClaim,
} from './idempotency.store.ts';

/** A request that carries a key. */
export interface KeyedRequest {
  key: string;
  /** Id of the access key it came with; "-" without one. */
  caller: string;
  /** Hex of SHA-256 over everything that makes it another request. */
  requestSha256: string;
}

/** An answer, and whether it had been given before. */
export interface RepeatableAnswer extends StoredAnswer {
  replayed: boolean;
}

/** What came of a request: an answer, or an error, kept where it is a refusal that would come again. */
type Outcome = { answer: StoredAnswer; replayed: boolean } | { error: unknown; kept: boolean };

const KEPT_MS = 24 * 3_600_000;
const DEAD_AFTER_MS = 60_000;
const RENEW_EVERY_MS = 20_000;
/** Refusals that say nothing of the request itself: the same one may pass later. */
const PASSING = [401, 403, 408, 429];
export const REPLAYED = 'Idempotent-Replayed';

const refusalSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

@Injectable()
export class Idempotency {
  private readonly logger = new Logger('idempotency');
  private readonly running = new Map<string, { requestSha256: string; outcome: Promise<Outcome> }>();

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Does the work unless the key's was done, and answers alike. An error that the work throws is thrown to the caller;
   * a refusal of the request (most of 4xx) is kept as an answer is, any other error gives the key back.
   * Throws an HttpProblem: 422 where the key came with another request, 409 while another process is at the work.
   */
  async once(request: KeyedRequest, work: () => Promise<StoredAnswer>): Promise<RepeatableAnswer> {
    const id = `${request.caller} ${request.key}`;
    const running = this.running.get(id);
    if (running !== undefined) {
      refuseAnother(running, request);
      return repeated(await running.outcome);
    }
    // Noted before anything is waited for, so that requests arriving meanwhile find it.
    const outcome = this.answer(request, work);
    this.running.set(id, { requestSha256: request.requestSha256, outcome });
    try {
      return given(await outcome);
    } finally {
      this.running.delete(id);
    }
  }

  /** Once an hour the keys whose time is over are removed. */
  @Cron('0 17 * * * *', { name: 'kept answers' })
  async purge(): Promise<void> {
    try {
      await purgeKeys(this.dataSource, this.before(KEPT_MS));
    } catch (error) {
      this.logger.warn(`old keys stay until the next hour: ${String(error)}`);
    }
  }

  private async answer(request: KeyedRequest, work: () => Promise<StoredAnswer>): Promise<Outcome> {
    try {
      const claim = { ...request, claimedAt: this.clock.now() };
      const limits = { forgottenBefore: this.before(KEPT_MS), deadBefore: this.before(DEAD_AFTER_MS) };
      const known = await claimKey(this.dataSource, claim, limits);
      return known === 'claimed' ? await this.work(claim, work) : stored(known, request);
    } catch (error) {
      return { error, kept: false };
    }
  }

  private async work(claim: Claim, work: () => Promise<StoredAnswer>): Promise<Outcome> {
    try {
      const answer = await this.whileRenewing(claim, work);
      await this.note(claim, answer.status >= 200 && answer.status < 300 ? answer : null);
      return { answer, replayed: false };
    } catch (error) {
      const refusal = refusalOf(problemOf(error));
      await this.note(claim, refusal);
      return { error, kept: refusal !== null };
    }
  }

  /** The work is done: that the note of it fails is no reason to answer that the work failed. */
  private async note(claim: Claim, answer: StoredAnswer | null): Promise<void> {
    try {
      if (answer === null) await releaseKey(this.dataSource, claim);
      else await keepAnswer(this.dataSource, claim, answer);
    } catch (error) {
      this.logger.warn(`an answer could not be kept: ${String(error)}`);
    }
  }

  /** Tells other processes, as long as the work goes on, that it does. */
  private async whileRenewing<T>(claim: Claim, work: () => Promise<T>): Promise<T> {
    let renewing = Promise.resolve();
    const timer = setInterval(() => {
      renewing = renewing.then(() => this.renew(claim));
    }, RENEW_EVERY_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      await renewing;
    }
  }

  private async renew(claim: Claim): Promise<void> {
    try {
      const now = this.clock.now();
      if (await renewClaim(this.dataSource, claim, now)) claim.claimedAt = now;
    } catch (error) {
      this.logger.warn(`a claim could not be renewed: ${String(error)}`);
    }
  }

  private before(ageMs: number): Date {
    return new Date(this.clock.now().getTime() - ageMs);
  }
}

function given(outcome: Outcome): RepeatableAnswer {
  if ('error' in outcome) throw outcome.error;
  return { ...outcome.answer, replayed: outcome.replayed };
}

/** What requests get that came while the first was being answered. */
function repeated(outcome: Outcome): RepeatableAnswer {
  if ('answer' in outcome) return { ...outcome.answer, replayed: true };
  throw outcome.kept ? replay(problemOf(outcome.error)) : outcome.error;
}

function stored(known: KnownRequest, request: KeyedRequest): Outcome {
  refuseAnother(known, request);
  const { answer } = known;
  if (answer === null) {
    const detail = 'the first request with this Idempotency-Key is still being answered: ask again in a second';
    throw new HttpProblem(409, detail, { headers: { 'Retry-After': '1' } });
  }
  if (answer.status < 400) return { answer, replayed: true };
  const { detail, errors } = refusalSchema.parse(JSON.parse(answer.body ?? ''));
  return { error: replay({ status: answer.status, detail, ...(errors && { errors }) }), kept: true };
}

function refuseAnother(known: { requestSha256: string }, request: KeyedRequest): void {
  if (known.requestSha256 === request.requestSha256) return;
  const detail = 'this Idempotency-Key was used for another request: take a new key for every new request';
  throw new HttpProblem(422, detail);
}

/** The problem as it is kept, or null for one that is not. */
function refusalOf({ status, detail, errors }: Problem): StoredAnswer | null {
  if (status < 400 || status >= 500 || PASSING.includes(status)) return null;
  return { status, body: JSON.stringify({ detail, errors }), location: null };
}

function replay({ status, detail, errors, headers }: Problem): HttpProblem {
  return new HttpProblem(status, detail, { ...(errors && { errors }), headers: { ...headers, [REPLAYED]: 'true' } });
}
