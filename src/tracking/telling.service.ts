/**
 * What becomes of an answer. The order of writing loses nothing: it is kept as it came, then told on as events, then the row of
 * its number is settled; a process that dies in between leaves an answer that the next one tells on.
 */
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import type { Askable } from '../catalog/providers.ts';
import type { AskOutcome } from '../core/journey/event.ts';
import { SOURCE_NAMES } from '../core/mapping/providers/provider.ts';
import type { ToldParcel } from '../core/mapping/told.ts';
import { HOUR_MS, type Instant } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { inTransaction } from '../platform/database-client.ts';
import { sha256Hex } from '../platform/hash.ts';
import { readUntold, saveAnswer } from './answer.store.ts';
import { Arrivals } from './arrivals.service.ts';
import { type Planned, Planner, newPoll } from './planner.service.ts';
import type { PollRow } from './poll.table.ts';
import { type CameBack, type Told, toldBy } from './told-answer.ts';

/** What a number was told about when it was asked. */
export interface Heard extends Told {
  trackingNumber: string;
  provider: Askable;
  at: Instant;
}

/** 17TRACK has to ask the carrier first; until it has had the time, that it knows nothing of a number says nothing. */
const SETTLING_MS = 6 * HOUR_MS;
const SETTLING_LOOK_MS = HOUR_MS;
const SETTLING = '17TRACK has just begun to follow the number and has to ask the carrier first: ask again in an hour';

/** What stands for a file's name in the list of imports. */
const SHOWN_AS: Readonly<Record<Askable, string>> = { usps: 'asked USPS', '17track': 'asked 17TRACK' };

@Injectable()
export class Telling {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Pick<Catalog, 'published'>,
    @Inject(Arrivals) private readonly arrivals: Arrivals,
    @Inject(Planner) private readonly planner: Planner,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What an answer about the numbers tells of each; `why` says why none came. */
  read(provider: Askable, numbers: readonly string[], answer: CameBack & { at: Instant; why?: string }): Heard[] {
    const { at, why } = answer;
    const told = toldBy(provider, numbers, answer, this.catalog.published);
    return [...told].map(([trackingNumber, each]) => ({
      ...each,
      trackingNumber,
      provider,
      at,
      why: why ?? each.why,
    }));
  }

  /** Keeps what came and tells it on; answers how it is to be taken. */
  async take(provider: Askable, heard: readonly Heard[], came: CameBack): Promise<Heard[]> {
    if (heard.length > 0) await this.keep(heard, came);
    return this.tell(provider, heard);
  }

  /** Tells on the answers of a process that died before it had; the numbers they were about. */
  async finish(provider: Askable, numbers: readonly string[]): Promise<Set<string>> {
    const finished = new Set<string>();
    for (const answer of await readUntold(this.dataSource, { provider, numbers })) {
      const { trackingNumber, askedAt, httpStatus: status, bytes } = answer;
      await this.tell(provider, this.read(provider, [trackingNumber], { status, bytes, at: askedAt.getTime() }));
      finished.add(trackingNumber);
    }
    return finished;
  }

  private async keep(heard: readonly Heard[], { status, bytes }: CameBack): Promise<void> {
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

  /** Hands the parcels on as events, then writes down what was told and when to ask next. */
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
    const at = Math.max(row.lastAskedAt.getTime() + SETTLING_LOOK_MS, this.now());
    const turns = new Map(planned.turns.next).set(provider, { ...next, at });
    return { ...planned, turns: { ...planned.turns, next: turns } };
  }

  private now(): Instant {
    return this.clock.now().getTime();
  }
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
  const { trackingNumber, outcome, lookedAt, events } = heard;
  const answer = { trackingNumber, outcome, lookedAt };
  if (row.toldSha256 === hashOfTold(heard)) return { ...answer, events: [] };
  const known = row.undatedSha256 === hashOfUndated(heard);
  return { ...answer, events: known ? events.filter(({ at }) => at !== null) : events };
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
    // What is told after an error as it was before is no news.
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
