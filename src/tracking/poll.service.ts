/** Asks carriers and providers about what is due, the most pressing first, as far as their quotas go. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import type { Askable } from '../catalog/providers.ts';
import { parseBarcode } from '../core/barcode/parse.ts';
import { BY_HAND, WATCHED_DAYS } from '../core/journey/asking.ts';
import { type Day, type Instant, addDays, dayOf } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { type LockName, tryWithLock, withLock } from '../platform/database-lock.ts';
import { Asking, type Heard } from './asking.service.ts';
import { type Planned, Planner } from './planner.service.ts';
import { enrol, lookAtVendors, numberAfter, readDue, replaceSuspects } from './poll.store.ts';
import { Quota } from './quota.service.ts';

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
/** Labels looked through at a time for new ones, and how often all of them are. */
const LABELS_A_SLICE = 20_000;
const ENROL_EVERY_MS = 600_000;
/** So soon a quota is waited for, and not left. */
const SOON_MS = 1_500;

@Injectable()
export class Polling {
  /** How far this process has looked for new labels: all of them, or those up to a number. */
  private enrolment: { at: Instant; after: string | null } | null = null;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Planner) private readonly planner: Planner,
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Quota) private readonly quota: Quota,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Those we have an account with. */
  get providers(): readonly Askable[] {
    return this.planner.providers;
  }

  /** Asks what is due. One process at a time asks a provider: another leaves it to that one. */
  async askDue(): Promise<Round> {
    const endsAt = this.now() + ROUND_MS;
    await this.enrolNew(endsAt);
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
      const its = planned.filter(({ turns }) => (turns.first ?? this.providers[0]) === provider);
      const numbers = its.map(({ trackingNumber }) => trackingNumber);
      if (numbers.length === 0) continue;
      const round = await withLock(this.dataSource, LOCK_OF[provider], async () => {
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
    const now = new Date(this.now());
    const added = await replaceSuspects(this.dataSource, { vendors, now });
    if (added.length > 0) await lookAtVendors(this.dataSource, { vendors: added, since: this.watchedSince(), now });
  }

  private async askDueOf(provider: Askable, endsAt: Instant): Promise<Round> {
    const rounds: Round[] = [];
    while (this.now() < endsAt) {
      const { at, why } = await this.quota.nextFree(provider);
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
    const isDue = (each: Planned): boolean => this.canBeAsked(each.trackingNumber) && this.isDue(provider, each);
    await this.planner.save(planned.filter((each) => !isDue(each)).map((each) => this.withoutInvalid(each)));
    const place = ({ polls, turns }: Planned): number =>
      polls.get(provider)?.priority === BY_HAND ? BY_HAND : (turns.next.get(provider)?.priority ?? Infinity);
    const due = planned.filter(isDue).toSorted((a, b) => place(a) - place(b));
    return due.map(({ trackingNumber }) => trackingNumber);
  }

  private isDue(provider: Askable, { polls, turns }: Planned): boolean {
    if (polls.get(provider)?.priority === BY_HAND) return true;
    const next = turns.next.get(provider);
    return next !== undefined && next !== null && next.at <= this.now();
  }

  /** Whether it is a number of USPS, whole and right: no other is ever asked about. */
  canBeAsked(trackingNumber: string): boolean {
    return parseBarcode(trackingNumber, this.catalog.barcodes).valid;
  }

  private withoutInvalid(planned: Planned): Planned {
    if (this.canBeAsked(planned.trackingNumber)) return planned;
    return { ...planned, turns: { first: null, next: new Map([...planned.polls.keys()].map((each) => [each, null])) } };
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

  /** Takes up labels that came since it last looked; where they are many, it goes on in the next round. */
  private async enrolNew(endsAt: Instant): Promise<void> {
    const last = this.enrolment;
    if (last !== null && last.after === null && this.now() - last.at < ENROL_EVERY_MS) return;
    const at = last === null || last.after === null ? this.now() : last.at;
    let after: string | null = last?.after ?? '';
    while (after !== null && this.now() < endsAt) {
      const upTo = await numberAfter(this.dataSource, { after, labels: LABELS_A_SLICE });
      for (const [place, provider] of this.providers.entries()) {
        const before = this.providers.slice(0, place);
        const now = new Date(this.now());
        await enrol(this.dataSource, { provider, before, after, upTo, since: this.watchedSince(), now });
      }
      after = upTo;
      this.enrolment = { at, after };
    }
  }

  private watchedSince(): Day {
    return addDays(dayOf(this.now()), -WATCHED_DAYS);
  }

  private now(): Instant {
    return this.clock.now().getTime();
  }
}

function joined(rounds: readonly Round[]): Round {
  return { heard: rounds.flatMap(({ heard }) => heard), left: rounds.flatMap(({ left }) => left) };
}
