/** Settles when each number is asked about next and of whom, from its labels, its way and what came of asking before. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import { ASKABLE, type Askable } from '../catalog/providers.ts';
import { parseBarcode } from '../core/barcode/parse.ts';
import {
  BY_HAND,
  type Asking,
  type LastAsk,
  type Turns,
  UNLABELLED,
  type Watched,
  firstOf,
  turnsOf,
} from '../core/journey/asking.ts';
import { ASK_OUTCOMES } from '../core/journey/event.ts';
import { EMPTY_DIGEST } from '../core/journey/digest.ts';
import { DAY_MS, type Instant } from '../core/units/day.ts';
import { Config } from '../platform/config.ts';
import { accountsIn } from './accounts.ts';
import { FoldService } from './fold.service.ts';
import { type LabelToWatch, readLabelsToWatch, readPolls, savePolls } from './poll.store.ts';
import type { PollRow } from './poll.table.ts';

/** What is kept about a number, by provider. */
export type Polls = Map<Askable, PollRow>;

/** A number with what is kept about it and whose turn it is. */
export interface Planned {
  trackingNumber: string;
  polls: Polls;
  /** A number of USPS, whole and right: no other is ever asked about. */
  canBeAsked: boolean;
  isLabelled: boolean;
  turns: Turns<Askable>;
}

@Injectable()
export class Planner {
  /** Those we have an account with, in the order in which they are preferred. */
  readonly providers: readonly Askable[];

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Pick<Catalog, 'barcodes'>,
    @Inject(FoldService) private readonly fold: FoldService,
    @Inject(Config) config: Config,
  ) {
    this.providers = accountsIn(config);
  }

  /** What is kept about the numbers, each of them there. */
  async read(numbers: readonly string[]): Promise<Map<string, Polls>> {
    const kept = new Map<string, Polls>(numbers.map((number) => [number, new Map()]));
    for (const row of await readPolls(this.dataSource, numbers)) {
      const provider = ASKABLE.find((each) => each === row.provider);
      if (provider !== undefined) kept.get(row.trackingNumber)?.set(provider, row);
    }
    return kept;
  }

  /** The turns of the numbers by all that is known now, events not yet folded included. */
  async plan(kept: ReadonlyMap<string, Polls>, now: Instant): Promise<Planned[]> {
    const numbers = [...kept.keys()];
    const labels = byNumber(await readLabelsToWatch(this.dataSource, numbers));
    // A carrier's clock may be a little ahead of ours, and a time without a zone is read by the state's.
    const ways = await this.fold.foldAsOf(new Map(numbers.map((number) => [number, []])), now + DAY_MS);
    return [...kept].map(([trackingNumber, polls]) => {
      const canBeAsked = parseBarcode(trackingNumber, this.catalog.barcodes).valid;
      const ours = labels.get(trackingNumber) ?? [];
      const watched = canBeAsked ? watchedOf(ours) : null;
      const asked = askedOf(polls);
      const way = ways.get(trackingNumber)?.[0] ?? EMPTY_DIGEST;
      const turns = this.turns(watched, { way, asked }, now);
      return { trackingNumber, polls, canBeAsked, isLabelled: ours.length > 0, turns };
    });
  }

  /** Writes the rows as they stand, and when each is looked at next. */
  async save(planned: readonly Planned[]): Promise<void> {
    await savePolls(this.dataSource, planned.flatMap(rowsOf));
  }

  /** Writes down that 17TRACK follows the numbers from now on. */
  async follow(numbers: readonly string[], registeredAt: Date): Promise<void> {
    const kept = await this.read(numbers);
    const rows = [...kept].map(([number, polls]) => polls.get('17track') ?? newPoll(number, '17track'));
    await savePolls(
      this.dataSource,
      rows.map((row) => ({ ...row, registeredAt })),
    );
  }

  /** Has the numbers asked about before all others, of the provider, when there is a call for them. */
  async putFirst(provider: Askable, numbers: readonly string[], now: Date): Promise<void> {
    const kept = await this.read(numbers);
    const rows = [...kept].map(([number, polls]) => polls.get(provider) ?? newPoll(number, provider));
    await savePolls(
      this.dataSource,
      rows.map((row) => ({ ...row, nextAt: now, priority: BY_HAND })),
    );
  }

  /** A number nobody has a label for is asked about once, when somebody asks. */
  private turns(
    watched: Watched | null,
    known: Omit<Parameters<typeof turnsOf<Askable>>[1], 'watched'>,
    now: Instant,
  ): Turns<Askable> {
    if (watched !== null) return turnsOf(this.providers, { watched, ...known }, now);
    const next = this.providers.map((provider): [Askable, Asking | null] => [provider, null]);
    return { first: firstOf(this.providers, known.asked), next: new Map(next) };
  }
}

/** A row of a number at a provider that was never asked about it. */
export function newPoll(trackingNumber: string, provider: Askable): PollRow {
  return {
    trackingNumber,
    provider,
    nextAt: null,
    priority: BY_HAND,
    registeredAt: null,
    lastAskedAt: null,
    lastOutcome: null,
    failures: 0,
    toldSha256: null,
    undatedSha256: null,
  };
}

/** The rows there are, and one for whoever is to be asked first. */
function rowsOf({ trackingNumber, polls, isLabelled, turns }: Planned): PollRow[] {
  return [...turns.next].flatMap(([provider, asking]) => {
    const row = polls.get(provider) ?? (provider === turns.first && asking ? newPoll(trackingNumber, provider) : null);
    if (row === null) return [];
    const { at, priority } = asking ?? { at: null, priority: isLabelled ? row.priority : UNLABELLED };
    return [{ ...row, nextAt: at === null ? null : new Date(at), priority }];
  });
}

function byNumber(labels: readonly LabelToWatch[]): Map<string, LabelToWatch[]> {
  const grouped = new Map<string, LabelToWatch[]>();
  for (const label of labels) {
    const others = grouped.get(label.trackingNumber);
    if (others === undefined) grouped.set(label.trackingNumber, [label]);
    else others.push(label);
  }
  return grouped;
}

function askedOf(polls: Polls): Map<Askable, LastAsk> {
  const asked = new Map<Askable, LastAsk>();
  for (const [provider, { lastAskedAt, lastOutcome, failures }] of polls) {
    const outcome = ASK_OUTCOMES.find((each) => each === lastOutcome);
    if (lastAskedAt !== null && outcome !== undefined) {
      asked.set(provider, { at: lastAskedAt.getTime(), outcome, failures });
    }
  }
  return asked;
}

/** Two purchases of one number are watched as the more telling of them asks. */
function watchedOf(labels: readonly LabelToWatch[]): Watched | null {
  const [first] = labels;
  if (first === undefined) return null;
  return {
    kind: labels.some(({ kind }) => kind === 'outbound') ? 'outbound' : first.kind,
    live: labels.some(({ status }) => status === 'purchased'),
    mailingDay: labels.map(({ mailingDay }) => mailingDay).reduce((a, b) => (a > b ? a : b)),
    suspected: labels.some(({ suspected }) => suspected),
  };
}
