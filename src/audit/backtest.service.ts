/** What changed rules would have told over a range of days, on stored rows and as it was known on each day; writes nothing. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import { vendorPriceFacts } from '../core/facts/vendor-prices.ts';
import { vendorNoticeFacts } from '../core/facts/vendor-habits.ts';
import { weekFacts } from '../core/facts/vendor.ts';
import {
  AnswerTally,
  type BothSides,
  type Compared,
  Comparison,
  type RuleAnswers,
  type Told,
} from '../core/finding/backtest.ts';
import { BacktestTotals } from '../core/finding/backtest-totals.ts';
import { judgeCarrierWide } from '../core/finding/carrier-wide.ts';
import type { Finding } from '../core/finding/finding.ts';
import { asksForInvoices, judgeInvoices } from '../core/finding/invoice.ts';
import type { FindingState } from '../core/finding/lifecycle.ts';
import { orderKey } from '../core/finding/order-key.ts';
import { type ParcelJudgement, judgeParcel } from '../core/finding/parcel.ts';
import { type VendorJudgement, judgeVendors } from '../core/finding/vendor.ts';
import { ruleBookOf, rulesAbout } from '../core/rules/book.ts';
import type { Rule, RuleBook } from '../core/rules/rule.ts';
import { type Day, type Instant, addDays, dayOf } from '../core/units/day.ts';
import { UsageError } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import { FoldService } from '../tracking/fold.service.ts';
import type { JourneyHistory } from '../tracking/journey-history.ts';
import { AuditService } from './audit.service.ts';
import { type JudgedDay, type LastJudged, daysAround, endOf, isDueOn, judgedDay, ratedOnce } from './backtest-days.ts';
import { type Snapshot, inSnapshot, readDecided, readLastDay } from './backtest.query.ts';
import { readHolds } from './context.query.ts';
import { readCoverages } from './coverage.query.ts';
import { readInvoices } from './invoice-facts.query.ts';
import { journeyOver, livesApart } from './lives-apart.ts';
import { readMailerIds } from './mailer-id.query.ts';
import type { ParcelRows } from './parcel-row.ts';
import { gatherVendors } from './vendor-facts.query.ts';
import { countParcels, readStored } from './work.query.ts';

/** Parcels in a slice, whose events are in memory all at once. */
const SLICE = 2_000;
/** Days of a range that names no first one. */
const STANDARD_DAYS = 28;

export interface BacktestRequest {
  /** As read from their files; whatever their status and dates, they judge on every day, but retired ones on none. */
  candidates: readonly Rule[];
  /** Left out = 28 days up to the last. */
  from: Day | null;
  /** Left out = the last day stored. */
  to: Day | null;
  now: Instant;
}

export interface TestedRule {
  candidate: Rule;
  /** The active rule of its id; null = there is none, and all it finds is new. */
  active: Rule | null;
  /** Rests on what the last audit kept of labels, and cannot be asked about earlier days. */
  lastDayOnly: boolean;
}

/** A finding that differs, with what people had decided about it; null = nothing. */
export interface BacktestChange extends Compared {
  state: FindingState | null;
}

export interface Backtest {
  from: Day;
  to: Day;
  /** How many there are in the range. */
  days: number;
  rules: TestedRule[];
  /** As of the last day. */
  answers: RuleAnswers[];
  parcels: number;
  /** Days on which a parcel was judged, summed over parcels. */
  parcelDays: number;
  changes: BacktestChange[];
  totals: BacktestTotals;
  /** The day of a place; null = before the range. */
  dayAt: (place: number) => Day | null;
  stands: (told: Told) => boolean;
}

/** How many parcels are behind us. */
export type BacktestProgress = (state: { parcels: number; total: number }) => void;

/** Facts about vendors that stand in what judgements left of labels, and not in the labels themselves. */
const FROM_JUDGEMENTS: ReadonlySet<string> = new Set(
  [...vendorPriceFacts, ...vendorNoticeFacts, ...weekFacts].map(({ name }) => name),
);

/** What a backtest works with and what comes of it. */
interface Work {
  snapshot: Snapshot;
  books: BothSides<RuleBook>;
  days: readonly JudgedDay[];
  answers: AnswerTally;
  /** Takes what was told about subjects that are done with. */
  close: (comparison: Comparison) => void;
}

@Injectable()
export class BacktestService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(AuditService) private readonly audits: AuditService,
    @Inject(FoldService) private readonly fold: FoldService,
  ) {}

  /**
   * Judges by the candidates and by the active rules of their ids as of the end of every day of the range, and compares.
   * Everything is read in one snapshot, in which nothing can be written. Throws a UsageError for days that cannot be.
   */
  async run(request: BacktestRequest, progress?: BacktestProgress): Promise<Backtest> {
    const rules = request.candidates.map((candidate) => this.tested(candidate));
    return inSnapshot(this.dataSource, async (snapshot) => {
      const range = await rangeOf(request, snapshot);
      const dates = daysAround(range);
      const books = booksOf(rules);
      const days = await this.readDays(snapshot, dates, { books, rules });
      const decided = await readDecided(
        snapshot.runner,
        rules.map(({ candidate }) => candidate.id),
      );
      const totals = new BacktestTotals();
      const answers = new AnswerTally(books);
      const changes: BacktestChange[] = [];
      const stands = ({ last }: Told): boolean => last === dates.length - 1;
      const close = (comparison: Comparison): void => {
        for (const compared of comparison.results()) {
          const state = decided.get(compared.id) ?? null;
          totals.add(compared, { state, stands });
          if (compared.kind !== 'same') changes.push({ ...compared, state });
        }
      };
      const work: Work = { snapshot, books, days, answers, close };
      const judged = await this.judgeParcels(work, progress);
      await this.judgeOthers(work, rules);
      const dayAt = (place: number): Day | null => (place === 0 ? null : (dates[place] ?? null));
      return {
        ...range,
        days: dates.length - 1,
        rules,
        answers: answers.counted(),
        ...judged,
        changes: changes.toSorted(byWeight),
        totals,
        dayAt,
        stands,
      };
    });
  }

  private tested(candidate: Rule): TestedRule {
    const active =
      this.catalog.rules.rules.find(({ id, file }) => id === candidate.id && file.status === 'active') ?? null;
    const lastDayOnly = [candidate, active].some(
      (rule) => rule?.subject === 'vendor' && [...rule.factsUsed].some((name) => FROM_JUDGEMENTS.has(name)),
    );
    return { candidate, active, lastDayOnly };
  }

  private async readDays(
    { runner }: Snapshot,
    dates: readonly Day[],
    { books, rules }: { books: BothSides<RuleBook>; rules: readonly TestedRule[] },
  ): Promise<JudgedDay[]> {
    const asksMailers = rules.some(
      ({ candidate, active }) => namesVendor(candidate) || (active !== null && namesVendor(active)),
    );
    const days: JudgedDay[] = [];
    const rate = ratedOnce(this.catalog.rating);
    for (const day of dates) {
      const asOf = endOf(day);
      const mailerIds = asksMailers ? await readMailerIds(runner, asOf, null) : [];
      const coverages = await readCoverages(runner, asOf);
      const bench = { ...(await this.audits.bench(runner, { asOf, mailerIds, scope: null })), coverages };
      const holds = await readHolds(runner, asOf);
      days.push(judgedDay({ day, bench, rate, holds, mailerIds }, books, days.at(-1) ?? null));
    }
    return days;
  }

  /** Judges every parcel on the days on which an answer about it may have changed. */
  private async judgeParcels(
    work: Work,
    progress?: BacktestProgress,
  ): Promise<{ parcels: number; parcelDays: number }> {
    const sum = { parcels: 0, parcelDays: 0 };
    const { books, days, snapshot } = work;
    if ([books.active, books.candidate].every((book) => book.rules.every(({ subject }) => subject === 'vendor')))
      return sum;
    const until = days.at(-1)?.benches.active.asOf ?? 0;
    const total = await countParcels(snapshot.client);
    for await (const slice of readStored(snapshot.reader, { wanted: 'true', slice: SLICE })) {
      const numbers = slice.map(({ trackingNumber }) => trackingNumber);
      const histories = await this.fold.historiesUntil(snapshot.client, numbers, until);
      for (const parcel of slice) {
        sum.parcelDays += this.judgeParcel(parcel, histories.get(parcel.trackingNumber), work);
      }
      sum.parcels += slice.length;
      progress?.({ parcels: sum.parcels, total });
    }
    return sum;
  }

  /** Answers on how many days the parcel was judged. */
  private judgeParcel(parcel: ParcelRows, history: JourneyHistory | undefined, { days, answers, close }: Work): number {
    const comparison = new Comparison(days.length);
    let judged = 0;
    let from = 0;
    let last: LastJudged | null = null;
    let said: BothSides<ParcelJudgement> | null = null;
    for (const [place, day] of days.entries()) {
      if (last !== null && !isDueOn(day, { parcel, history, last })) continue;
      if (said !== null) comparison.add({ from, until: place }, findingsOf(said));
      said = this.judgeBoth(parcel, history, day);
      const asksOthers = said.active.asksOthers || said.candidate.asksOthers;
      last = { asOf: day.benches.active.asOf, nextReviewAt: firstOf(said), asksOthers };
      from = place;
      judged += 1;
    }
    if (said === null) return 0;
    comparison.add({ from, until: days.length }, findingsOf(said));
    answers.addParcel(said);
    close(comparison);
    return judged;
  }

  private judgeBoth(
    { trackingNumber, sales, charges }: ParcelRows,
    history: JourneyHistory | undefined,
    { benches }: JudgedDay,
  ): BothSides<ParcelJudgement> {
    const { asOf } = benches.active;
    const firstAt = history?.firstAt ?? null;
    const lives = livesApart({ sales }, { asOf, firstAt, uniqueDays: this.catalog.barcodes.uniqueDays });
    const journey = journeyOver(lives, history?.foldAsOf({ asOf, stretches: lives }) ?? []);
    const known = { trackingNumber, sales, journey, charges };
    return { active: judgeParcel(known, benches.active), candidate: judgeParcel(known, benches.candidate) };
  }

  /** Vendors, invoices and the carrier as a whole, on every day; what stands in judgements on the last day only. */
  private async judgeOthers(
    { snapshot, books, days, answers, close }: Work,
    rules: readonly TestedRule[],
  ): Promise<void> {
    const comparison = new Comparison(days.length);
    const lastOnly = new Set(rules.flatMap(({ candidate, lastDayOnly }) => (lastDayOnly ? [candidate.id] : [])));
    for (const [place, day] of days.entries()) {
      const isLast = place === days.length - 1;
      const asked = isLast
        ? books
        : { active: without(books.active, lastOnly), candidate: without(books.candidate, lastOnly) };
      const vendors = await this.judgeVendors(snapshot, day, asked);
      const invoices = await judgeInvoicesOn(snapshot, day, asked);
      const findingsBy = (side: keyof BothSides<unknown>): Finding[] => [
        ...judgeCarrierWide(day.holds, { book: asked[side], sha256Hex }),
        ...vendors[side].findings,
        ...invoices[side].findings,
      ];
      const findings = { active: findingsBy('active'), candidate: findingsBy('candidate') };
      comparison.add({ from: place, until: place + 1 }, findings);
      if (!isLast) continue;
      answers.addCounted({ active: vendors.active.outcomes, candidate: vendors.candidate.outcomes });
      answers.addCounted({ active: invoices.active.outcomes, candidate: invoices.candidate.outcomes });
    }
    close(comparison);
  }

  private async judgeVendors(
    { runner }: Snapshot,
    { benches, mailerIds }: JudgedDay,
    books: BothSides<RuleBook>,
  ): Promise<BothSides<VendorJudgement>> {
    const { asOf } = benches.active;
    const { accessClosedOn } = this.catalog;
    const asked = [books.active, books.candidate].some((book) => rulesAbout('vendor', book).length > 0);
    const rows = asked ? await gatherVendors(runner, { asOf, mailerIds, accessClosedOn }) : [];
    return {
      active: judgeVendors(rows, { asOf, book: books.active, sha256Hex }),
      candidate: judgeVendors(rows, { asOf, book: books.candidate, sha256Hex }),
    };
  }
}

async function judgeInvoicesOn(
  { runner }: Snapshot,
  {
    benches: {
      active: { asOf },
    },
  }: JudgedDay,
  books: BothSides<RuleBook>,
): Promise<BothSides<ReturnType<typeof judgeInvoices>>> {
  const asked = [books.active, books.candidate].some(asksForInvoices);
  const rows = asked ? await readInvoices(runner, asOf) : [];
  return {
    active: judgeInvoices(rows, { asOf, book: books.active, sha256Hex }),
    candidate: judgeInvoices(rows, { asOf, book: books.candidate, sha256Hex }),
  };
}

/** Days are those of what was known: none after today's can be asked about. */
async function rangeOf({ from, to, now }: BacktestRequest, { runner }: Snapshot): Promise<{ from: Day; to: Day }> {
  const today = dayOf(now);
  const last = to ?? (await readLastDay(runner, now)) ?? today;
  if (last > today) throw new UsageError(`--to ${last} is yet to come: nothing of it is known`);
  const first = from ?? addDays(last, 1 - STANDARD_DAYS);
  if (first > last) throw new UsageError(`--from ${first} is after --to ${last}`);
  return { from: first, to: last };
}

function booksOf(rules: readonly TestedRule[]): BothSides<RuleBook> {
  const candidates = rules.map(({ candidate }) => candidate).filter(({ file }) => file.status !== 'retired');
  return {
    active: ruleBookOf(
      rules.flatMap(({ active }) => active ?? []),
      sha256Hex,
    ),
    candidate: ruleBookOf(candidates, sha256Hex),
  };
}

function without(book: RuleBook, ids: ReadonlySet<string>): RuleBook {
  return ids.size === 0
    ? book
    : ruleBookOf(
        book.rules.filter(({ id }) => !ids.has(id)),
        sha256Hex,
      );
}

/** Whether a rule may ask for mailer ids: those are facts about the vendor. */
function namesVendor({ factsUsed }: Rule): boolean {
  return [...factsUsed].some((name) => name.startsWith('vendor.'));
}

function findingsOf({ active, candidate }: BothSides<ParcelJudgement>): BothSides<Finding[]> {
  return { active: active.findings, candidate: candidate.findings };
}

function firstOf({ active, candidate }: BothSides<ParcelJudgement>): Instant | null {
  const reviews = [active.nextReviewAt, candidate.nextReviewAt].filter((at) => at !== null);
  return reviews.length === 0 ? null : Math.min(...reviews);
}

const KIND_ORDER = ['gone', 'new', 'changed', 'same'];

/** Gone, new, changed; of each the gravest, then the greatest amount first. */
function byWeight(a: Compared, b: Compared): number {
  return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || (weightOf(a) < weightOf(b) ? -1 : 1);
}

function weightOf({ active, candidate, id }: Compared): string {
  const finding = (candidate ?? active)?.finding;
  if (finding === undefined) return id;
  const { severity, amount } = finding;
  return orderKey({ id, severity, amountMills: amount?.mills ?? null, currency: amount?.currency ?? null });
}
