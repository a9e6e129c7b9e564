/** Asks carriers and providers about what is due, the most pressing first, as far as their quotas go. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Askable } from '../catalog/providers.ts';
import { BY_HAND } from '../core/journey/asking.ts';
import type { Instant } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { type LockName, tryWithLock, withLock } from '../platform/database-lock.ts';
import { Asking } from './asking.service.ts';
import { Enrolment } from './enrolment.service.ts';
import { type Planned, Planner } from './planner.service.ts';
import { readDue } from './poll.store.ts';
import type { Heard } from './telling.service.ts';

/** Numbers that were not asked about, and when the provider may be asked again. */
export interface Left {
  provider: Askable;
  trackingNumbers: string[];
  until: Instant;
  why: string;
}

/** What came of a round of asking. */
export interface Round {
  heard: Heard[];
  left: Left[];
}

const LOCK_OF: Readonly<Record<Askable, LockName>> = { usps: 'askUsps', '17track': 'ask17track' };
/** A round ends in good time before the next one is rung for, and before a process that is told to stop must have. */
const ROUND_MS = 12_000;
/** Numbers looked at together: most of them are asked about, and some turn out not to be due. */
const LOOKED_AT = 200;
/** So soon a quota is waited for, and not left. */
const SOON_MS = 1_500;

@Injectable()
export class Polling {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Enrolment) private readonly enrolment: Enrolment,
    @Inject(Planner) private readonly planner: Planner,
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Those we have an account with. */
  get providers(): readonly Askable[] {
    return this.planner.providers;
  }

  /** Asks what is due. One process at a time asks a provider: another leaves it to that one. */
  async askDue(): Promise<Round> {
    await this.enrolment.takeUp(this.now() + ROUND_MS);
    const rounds: Round[] = [];
    for (const provider of this.providers) {
      const ask = () => this.askDueOf(provider, this.now() + ROUND_MS);
      const round = await tryWithLock(this.dataSource, LOCK_OF[provider], ask);
      const busy = { provider, trackingNumbers: [], until: this.now(), why: 'another process is asking it' };
      rounds.push(round ?? { heard: [], left: [busy] });
    }
    return joined(rounds);
  }

  /**
   * Asks about these numbers at once, each of whom it is to be asked first of, and of the next where that one gives no access.
   * What cannot be asked now is put before all else, so that the service asks it as soon as it may.
   */
  async askThese(trackingNumbers: readonly string[]): Promise<Round> {
    const rounds: Round[] = [];
    let open = [...new Set(trackingNumbers)];
    for (const provider of this.providers) {
      const planned = await this.planner.plan(await this.planner.read(open), this.now());
      const its = planned.filter(
        ({ turns, canBeAsked }) => canBeAsked && (turns.first ?? this.providers[0]) === provider,
      );
      const numbers = its.map(({ trackingNumber }) => trackingNumber);
      if (numbers.length === 0) continue;
      const round = await withLock(this.dataSource, LOCK_OF[provider], async () => {
        await this.asking.finish(provider, numbers);
        await this.planner.putFirst(provider, numbers, new Date(this.now()));
        return this.askAll(provider, numbers, Infinity);
      });
      rounds.push(round);
      const done = new Set([
        ...round.heard.filter(({ outcome }) => outcome !== 'no_access').map(({ trackingNumber }) => trackingNumber),
        ...round.left.flatMap((left) => left.trackingNumbers),
      ]);
      open = open.filter((number) => !done.has(number));
    }
    return joined(rounds);
  }

  /**
   * These vendors, and no others, are under suspicion from now on: their parcels are asked about more often, and those of
   * vendors new among them are looked at at once.
   */
  async suspect(vendors: readonly string[]): Promise<void> {
    await this.enrolment.suspect(vendors);
  }

  private async askDueOf(provider: Askable, endsAt: Instant): Promise<Round> {
    const rounds: Round[] = [];
    while (this.now() < endsAt) {
      const { at, why } = await this.asking.nextFree(provider);
      const due = await readDue(this.dataSource, { provider, now: new Date(this.now()), limit: LOOKED_AT });
      if (due.length === 0) break;
      if (at - this.now() > SOON_MS) {
        rounds.push({ heard: [], left: [{ provider, trackingNumbers: due, until: at, why: why ?? '' }] });
        break;
      }
      const round = await this.askAll(provider, await this.reallyDue(provider, due), endsAt);
      rounds.push(round);
      if (round.left.length > 0) break;
    }
    return joined(rounds);
  }

  /** Those that are due by what is known now, the most pressing first; the others are put where they belong. */
  private async reallyDue(provider: Askable, numbers: readonly string[]): Promise<string[]> {
    const finished = await this.asking.finish(provider, numbers);
    const rest = numbers.filter((number) => !finished.has(number));
    const planned = await this.planner.plan(await this.planner.read(rest), this.now());
    const isDue = (each: Planned): boolean => this.isDue(provider, each);
    await this.planner.save(planned.filter((each) => !isDue(each)));
    const place = ({ polls, turns }: Planned): number =>
      polls.get(provider)?.priority === BY_HAND ? BY_HAND : (turns.next.get(provider)?.priority ?? Infinity);
    const due = planned.filter(isDue).toSorted((a, b) => place(a) - place(b));
    return due.map(({ trackingNumber }) => trackingNumber);
  }

  private isDue(provider: Askable, { polls, turns, canBeAsked }: Planned): boolean {
    if (!canBeAsked) return false;
    if (polls.get(provider)?.priority === BY_HAND) return true;
    const next = turns.next.get(provider);
    return next !== undefined && next !== null && next.at <= this.now();
  }

  private async askAll(provider: Askable, numbers: readonly string[], endsAt: Instant): Promise<Round> {
    const heard: Heard[] = [];
    const size = this.asking.numbersACall(provider);
    for (let from = 0; from < numbers.length && this.now() < endsAt; from += size) {
      const asked = await this.asking.ask(provider, numbers.slice(from, from + size));
      heard.push(...asked.heard);
      if (asked.later !== null) {
        const answered = new Set(asked.heard.map(({ trackingNumber }) => trackingNumber));
        const trackingNumbers = numbers.slice(from).filter((number) => !answered.has(number));
        const { until, why } = asked.later;
        return { heard, left: [{ provider, trackingNumbers, until, why }] };
      }
    }
    return { heard, left: [] };
  }

  private now(): Instant {
    return this.clock.now().getTime();
  }
}

function joined(rounds: readonly Round[]): Round {
  return { heard: rounds.flatMap(({ heard }) => heard), left: rounds.flatMap(({ left }) => left) };
}
