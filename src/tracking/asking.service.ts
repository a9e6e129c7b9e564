/**
 * Asks one provider about numbers, from the call to the settled row. The order of writing loses nothing: the answer is kept as
 * it came, then told as events, then settled; a process that dies in between leaves an answer that the next one tells on.
 */
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import type { Askable } from '../catalog/providers.ts';
import type { AskOutcome } from '../core/journey/event.ts';
import { SOURCE_NAMES } from '../core/mapping/providers/provider.ts';
import { readRegistration } from '../core/mapping/providers/track17-account.ts';
import type { ToldParcel } from '../core/mapping/told.ts';
import { HOUR_MS, type Instant } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { inTransaction } from '../platform/database-client.ts';
import { sha256Hex } from '../platform/hash.ts';
import { readUntold, saveAnswer } from './answer.store.ts';
import { Arrivals } from './arrivals.service.ts';
import type { Answer, Later, Nothing } from './calling.service.ts';
import { type Planned, Planner, newPoll } from './planner.service.ts';
import type { PollRow } from './poll.table.ts';
import { Quota } from './quota.service.ts';
import { type Told, toldBy } from './told-answer.ts';
import { Track17Client } from './track17.client.ts';
import { UspsClient } from './usps.client.ts';

/** What a number was told about when it was asked. */
export interface Heard extends Told {
  trackingNumber: string;
  provider: Askable;
  at: Instant;
}

/** What came of asking; `later` = nothing more can be asked of the provider before that instant. */
export interface Asked {
  heard: Heard[];
  later: Later | null;
}

/** 17TRACK has to ask the carrier first; until it has had the time, that it knows nothing of a number says nothing. */
const SETTLING_MS = 6 * HOUR_MS;
const SETTLING_LOOK_MS = HOUR_MS;
const SETTLING = '17TRACK has just begun to follow the number and has to ask the carrier first: ask again in an hour';

/** What stands for a file's name in the list of imports. */
const SHOWN_AS: Readonly<Record<Askable, string>> = { usps: 'asked USPS', '17track': 'asked 17TRACK' };

@Injectable()
export class Asking {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(UspsClient) private readonly usps: UspsClient,
    @Inject(Track17Client) private readonly track17: Track17Client,
    @Inject(Arrivals) private readonly arrivals: Arrivals,
    @Inject(Planner) private readonly planner: Planner,
    @Inject(Quota) private readonly quota: Quota,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** How many numbers one call asks about. */
  numbersACall(provider: Askable): number {
    return provider === 'usps' ? 1 : this.catalog.providers['17track'].numbersACall;
  }

  /** Asks about as many numbers as one call takes, each of which has its row at the provider. */
  async ask(provider: Askable, numbers: readonly string[]): Promise<Asked> {
    const unfollowed = provider === '17track' ? await this.follow(numbers) : { heard: [], later: null };
    if (unfollowed.later !== null) return unfollowed;
    const refused = new Set(unfollowed.heard.map(({ trackingNumber }) => trackingNumber));
    const others = numbers.filter((number) => !refused.has(number));
    if (others.length === 0) return unfollowed;
    const reply = provider === 'usps' ? await this.usps.ask(others[0] ?? '') : await this.track17.ask(others);
    if (reply.came === 'later') return { heard: unfollowed.heard, later: reply };
    const heard = await this.take(provider, others, reply);
    return { heard: [...unfollowed.heard, ...heard], later: null };
  }

  /** Tells on the answers that a process left behind which died before it had; the numbers they were about. */
  async finish(provider: Askable, numbers: readonly string[]): Promise<Set<string>> {
    const finished = new Set<string>();
    for (const answer of await readUntold(this.dataSource, { provider, numbers })) {
      const { trackingNumber, askedAt, httpStatus: status, bytes } = answer;
      const told = this.read(provider, [trackingNumber], { status, bytes });
      const heard = heardOf(told, { provider, at: askedAt.getTime(), why: null });
      await this.tell(provider, heard);
      finished.add(trackingNumber);
    }
    return finished;
  }

  /** Keeps what came, tells it on, and settles when the numbers are asked about next. */
  private async take(provider: Askable, numbers: readonly string[], reply: Answer | Nothing): Promise<Heard[]> {
    const came = { status: reply.came === 'answer' ? reply.status : null, bytes: bytesOf(reply) };
    const why = reply.came === 'nothing' ? reply.why : null;
    const heard = heardOf(this.read(provider, numbers, came), { provider, at: reply.at, why });
    await this.keep(heard, came);
    const told = await this.tell(provider, heard);
    const failed = heard.every(({ outcome }) => outcome === 'error');
    if (failed) await this.quota.failed(provider, heard[0]?.why ?? 'the answer cannot be read');
    else await this.quota.succeeded(provider);
    return told;
  }

  private read(provider: Askable, numbers: readonly string[], came: { status: number | null; bytes: Buffer | null }) {
    return toldBy(provider, numbers, came, this.catalog.published);
  }

  private async keep(heard: readonly Heard[], { status, bytes }: { status: number | null; bytes: Buffer | null }) {
    const body = bytes === null ? null : { sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
    const answers = heard.map(({ trackingNumber, provider, at, outcome }) => ({
      trackingNumber,
      provider,
      askedAt: new Date(at),
      httpStatus: status,
      outcome: statedOutcome(outcome),
      bodySha256: body?.sha256 ?? null,
    }));
    await inTransaction(this.dataSource, (client) => saveAnswer(client, { answers, body }));
  }

  /** Hands the parcels on as events, then writes down what was told and when to ask next; answers how it is to be taken. */
  private async tell(provider: Askable, heard: readonly Heard[]): Promise<Heard[]> {
    const [first] = heard;
    if (first === undefined) return [];
    const kept = await this.planner.read(heard.map(({ trackingNumber }) => trackingNumber));
    const parcels: ToldParcel[] = [];
    const taken: Heard[] = [];
    for (const each of heard) {
      const polls = kept.get(each.trackingNumber);
      const row = polls?.get(provider) ?? newPoll(each.trackingNumber, provider);
      const settling = isSettling(row, each);
      if (!settling) parcels.push(newsOf(row, each));
      taken.push(settling ? { ...each, outcome: null, why: SETTLING } : each);
      polls?.set(provider, settled(row, each));
    }
    const teller = { source: SOURCE_NAMES.asked[provider], shownAs: SHOWN_AS[provider], at: new Date(first.at) };
    await this.arrivals.store(parcels, teller);
    const planned = await this.planner.plan(kept, this.now());
    await this.planner.save(planned.map((each) => this.lookSoon(provider, each)));
    return taken;
  }

  /** A number that 17TRACK has only begun to follow is looked at within the hour. */
  private lookSoon(provider: Askable, planned: Planned): Planned {
    const row = planned.polls.get(provider);
    const next = planned.turns.next.get(provider);
    if (row === undefined || row.lastAskedAt === null || row.lastOutcome !== null || !next) return planned;
    const at = row.lastAskedAt.getTime() + SETTLING_LOOK_MS;
    const turns = new Map(planned.turns.next).set(provider, { ...next, at: Math.max(at, this.now()) });
    return { ...planned, turns: { ...planned.turns, next: turns } };
  }

  /** Has 17TRACK follow those it does not follow yet; what it will not is told as an error. */
  private async follow(numbers: readonly string[]): Promise<Asked> {
    const kept = await this.planner.read(numbers);
    const unknown = numbers.filter((number) => !kept.get(number)?.get('17track')?.registeredAt);
    if (unknown.length === 0) return { heard: [], later: null };
    const reply = await this.track17.register(unknown);
    if (reply.came === 'later') return { heard: [], later: reply };
    if (reply.came === 'nothing') return { heard: await this.take('17track', unknown, reply), later: null };
    const { codes } = this.catalog.published.errors.track17;
    const read = readRegistration(reply.body.toString('utf8'), codes);
    const followed = new Set(read.ok ? read.value.followed : []);
    const refused = new Map(read.ok ? read.value.refused.map(({ number, says }) => [number, says]) : []);
    await this.planner.follow(
      unknown.filter((number) => followed.has(number)),
      new Date(reply.at),
    );
    const heard = unknown
      .filter((number) => !followed.has(number))
      .map((trackingNumber): Heard => {
        const why = refused.get(trackingNumber) ?? '17TRACK did not take the number';
        return {
          trackingNumber,
          provider: '17track',
          at: reply.at,
          outcome: 'error',
          events: [],
          why,
          state: 'unfollowed',
        };
      });
    if (heard.length > 0) await this.keep(heard, { status: reply.status, bytes: reply.body });
    return { heard: await this.tell('17track', heard), later: null };
  }

  private now(): Instant {
    return this.clock.now().getTime();
  }
}

function bytesOf(reply: Answer | Nothing): Buffer | null {
  return reply.came === 'answer' ? reply.body : null;
}

function heardOf(
  told: ReadonlyMap<string, Told>,
  { provider, at, why }: { provider: Askable; at: Instant; why: string | null },
): Heard[] {
  return [...told].map(([trackingNumber, each]) => ({ ...each, trackingNumber, provider, at, why: why ?? each.why }));
}

/** A source that told something and proves no silence by it did answer. */
function statedOutcome(outcome: AskOutcome | null): AskOutcome {
  return outcome ?? 'answered';
}

function isSettling({ registeredAt }: PollRow, { outcome, events, state, at }: Heard): boolean {
  const justBegun = registeredAt !== null && at - registeredAt.getTime() < SETTLING_MS;
  return justBegun && events.length === 0 && (outcome === 'not_found' || state === 'nothing');
}

/** What is new in what was told: how the source answered, and what it has not told before. */
function newsOf(row: PollRow, heard: Heard): ToldParcel {
  const { trackingNumber, outcome, events } = heard;
  if (row.toldSha256 === hashOfTold(heard)) return { trackingNumber, outcome, events: [] };
  const known = row.undatedSha256 === hashOfUndated(heard);
  return { trackingNumber, outcome, events: known ? events.filter(({ at }) => at !== null) : events };
}

function settled(row: PollRow, heard: Heard): PollRow {
  const { at, outcome, state } = heard;
  const asked = { ...row, lastAskedAt: new Date(at), registeredAt: state === 'unfollowed' ? null : row.registeredAt };
  if (isSettling(row, heard)) return { ...asked, lastOutcome: null };
  const failed = outcome === 'error';
  return {
    ...asked,
    lastOutcome: statedOutcome(outcome),
    failures: failed ? row.failures + 1 : 0,
    // After an error the same as before it is still the same.
    toldSha256: failed ? row.toldSha256 : hashOfTold(heard),
    undatedSha256: failed ? row.undatedSha256 : hashOfUndated(heard),
  };
}

function hashOfTold({ outcome, events }: Heard): string {
  return sha256Hex(JSON.stringify([outcome, events]));
}

function hashOfUndated({ events }: Heard): string {
  return sha256Hex(JSON.stringify(events.filter(({ at }) => at === null)));
}
