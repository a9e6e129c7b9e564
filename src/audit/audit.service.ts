/** An audit run: judges the parcels whose revision, book or review date asks for it, slice by slice. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { PoolClient } from 'pg';
import { Catalog } from '../catalog/catalog.ts';
import { DIGEST_VERSION } from '../core/journey/digest.ts';
import type { Life } from '../core/journey/lives.ts';
import { CARRIER_KEYS, judgeCarrierWide, wideHoldDays } from '../core/finding/carrier-wide.ts';
import type { Finding } from '../core/finding/finding.ts';
import { type Bench, type ParcelKnown, judgeParcel } from '../core/finding/parcel.ts';
import { type MailerIdUse, firstsOfMailerIds } from '../core/finding/mailer-id.ts';
import { INVOICE_KEYS, asksForInvoices, judgeInvoices } from '../core/finding/invoice.ts';
import { shadowOfInvoices, shadowOfVendors } from '../core/finding/shadow.ts';
import { VENDOR_KEYS, type VendorOutcome, judgeVendors } from '../core/finding/vendor.ts';
import { coverageChanges } from '../core/ledger/coverage.ts';
import { ruleBookInForce, rulesAbout, shadowBookInForce } from '../core/rules/book.ts';
import type { RuleBook } from '../core/rules/rule.ts';
import { atlasOf } from '../core/rating/distance.ts';
import { cheapestCells } from '../core/rating/floor.ts';
import { type Instant, dayOf } from '../core/units/day.ts';
import { rollBack, withClient } from '../platform/database-client.ts';
import { withLock } from '../platform/database-lock.ts';
import { sha256Hex } from '../platform/hash.ts';
import { mapInTurns, overlapped } from '../platform/overlap.ts';
import { FoldService } from '../tracking/fold.service.ts';
import { readClaimedLower, readEarlierSpecs } from './adjusted.query.ts';
import { readCoverages } from './coverage.query.ts';
import { changeJudgedCoverages, readJudgedCoverages } from './coverage.store.ts';
import { type ContextScope, readHolds, readLabelsUnderHalf, readOrderChanges, readOrders } from './context.query.ts';
import { type JudgedWith, mergeFindings, readKeysWith, takeTurnWithFindings } from './finding.store.ts';
import { bookHash, judgedBy } from './judged-by.ts';
import { type JudgedParcel, stillToWrite, writeJudged } from './judged.store.ts';
import { readInvoices } from './invoice-facts.query.ts';
import { goesOn, journeyOver, livesApart, withReview } from './lives-apart.ts';
import { readMailerIds } from './mailer-id.query.ts';
import { readOwnRecords } from './own-records.query.ts';
import type { ParcelRows } from './parcel-row.ts';
import { keepRules } from './rule-version.store.ts';
import { closeRun, noteProgress, openRun } from './run.store.ts';
import type { LaterRows } from './run.table.ts';
import { hasNoSavings, writeSavings } from './saving.store.ts';
import { leaveShadowOf, replaceShadow, replaceShadowWith } from './shadow.store.ts';
import { suppressionTests } from './suppression-tests.ts';
import { readExpressions, readHidingIds } from './suppression.query.ts';
import { askExpressionsAgain, markHiding } from './suppression.store.ts';
import { gatherVendors } from './vendor-facts.query.ts';
import { countLaterRows, countParcels, hasAlarming, readAlarming, readWork } from './work.query.ts';

/**
 * Parcels a slice: large enough for few transactions, small enough to lose little when interrupted; one is read and one is
 * written while another is judged.
 */
const SLICE = 1_000;
/** The same beside runs, where each slice is judged by a reading of its vendors of its own. */
const SLICE_BESIDE_RUNS = 4_000;
/** Parcels judged in one go: some milliseconds, for which reading and writing wait. */
const PER_TURN = 100;

export interface AuditRequest {
  asOf: Instant;
  now: () => Date;
}

export interface AuditRun {
  /** What `judged.book` holds for parcels judged by this run's rules and data. */
  book: string;
  /** Parcels judged by this run; the others stood as they were. */
  parcels: number;
  /** Rows dated after the clock of the audit, which it ignored. */
  laterRows: LaterRows;
}

/** What every slice is judged by: the bench, and its rules, data and digest version as one hash. */
interface SliceBench {
  bench: Bench;
  book: string;
  /** What is judged beside a run must not write by a coverage that the run has changed meanwhile. */
  besideRuns: boolean;
  /** Whether parcels of the run may have savings from an earlier one. */
  hadSavings: boolean;
  /** Whether rules are tried out. */
  hasShadow: boolean;
}

/** Parcels as they were read, and their judgements in the same order. */
interface JudgedSlice {
  parcels: readonly ParcelRows[];
  judgements: readonly JudgedParcel[];
}

interface RunBench extends SliceBench {
  runId: string;
}

/** How far a run is; `total` is every parcel known, judged again or not. */
export type AuditProgress = (state: { judged: number; total: number }) => void;

@Injectable()
export class AuditService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(FoldService) private readonly fold: FoldService,
  ) {}

  /** The rules an audit as of an instant judges by. */
  rulesAsOf(asOf: Instant): RuleBook {
    return ruleBookInForce(this.catalog.rules, dayOf(asOf), sha256Hex);
  }

  /** The rules that are tried out beside them. */
  shadowAsOf(asOf: Instant): RuleBook {
    return shadowBookInForce(this.catalog.shadowRules, dayOf(asOf), sha256Hex);
  }

  /** The book of an audit as of an instant as one text: another rule, price or digest makes another. */
  bookAsOf(asOf: Instant): string {
    return bookHash(this.rulesAsOf(asOf), this.shadowAsOf(asOf), this.catalog.dataVersion);
  }

  /** What `judged.book` and `run.book` hold for an audit as of an instant: the book, and what we said of ourselves. */
  async judgedByAsOf(asOf: Instant): Promise<string> {
    return judgedBy(this.bookAsOf(asOf), await readOwnRecords(this.dataSource.manager));
  }

  /**
   * Judges what is due as of `request.asOf` and merges the findings, once no other audit of this database runs. Every
   * slice is a transaction of its own, so an interrupted run is finished by the next; the same run again judges nothing.
   */
  async run(request: AuditRequest, progress?: AuditProgress): Promise<AuditRun> {
    return withLock(this.dataSource, 'audit', () => this.runHoldingLock(request, progress));
  }

  /** The same, for a caller that holds the lock `audit`. */
  async runHoldingLock(request: AuditRequest, progress?: AuditProgress): Promise<AuditRun> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const { asOf } = request;
      await this.takeCoverages(runner, asOf);
      const mailerIds = await readMailerIds(runner, asOf, null);
      const bench = await this.bench(runner, { asOf, mailerIds, scope: null });
      await keepRules(runner, [...bench.book.rules, ...bench.shadow.rules], asOf);
      const key = { asOf, book: this.bookAsOf(asOf) };
      const book = judgedBy(key.book, bench.own);
      const runId = await openRun(runner, { ...key, judgedBy: book }, request.now());
      const had = await this.hadBefore(runner, bench);
      await askExpressionsAgain(runner, new Date(asOf));
      const parcels = await this.judgeDue(runner, { bench, book, runId, ...had, besideRuns: false }, progress);
      await this.judgeCarrier(runner, bench);
      const vendorOutcomes = await this.judgeVendors(runner, bench, mailerIds);
      const invoiceOutcomes = await this.judgeInvoices(runner, bench);
      await this.markHiding(runner, asOf);
      const laterRows = await countLaterRows(client, asOf);
      await closeRun(runner, runId, { finishedAt: request.now(), laterRows, vendorOutcomes, invoiceOutcomes });
      return { book, parcels, laterRows };
    } finally {
      await runner.release();
    }
  }

  /**
   * Judges the parcels about which something was stated, as far as they are due, beside an audit that may run: where both
   * judge a parcel, the first to write it is right. Answers how many were judged.
   */
  async judgeAlarming(asOf: Instant): Promise<number> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await withClient(this.dataSource, async (reader) => {
        let judged = 0;
        let last: Bench | null = null;
        const { foldedBy } = this.fold;
        for await (const slice of readAlarming(reader, { asOf, foldedBy, slice: SLICE_BESIDE_RUNS })) {
          const scope = slice.map(({ trackingNumber }) => trackingNumber);
          const mailerIds = await readMailerIds(runner, asOf, scope);
          const bench = (last = await this.bench(runner, { asOf, mailerIds, scope }));
          await keepRules(runner, [...bench.book.rules, ...bench.shadow.rules], asOf);
          const book = judgedBy(this.bookAsOf(asOf), bench.own);
          const had = await this.hadBefore(runner, bench);
          const work = { bench, book, ...had, besideRuns: true };
          judged += await this.write(runner, await this.judgeSlice(slice, bench), work);
        }
        // What stands in for the holds of a day that are nobody's has to stand as soon as they answer by it.
        if (last !== null) await this.judgeCarrier(runner, last);
        return judged;
      });
    } finally {
      await runner.release();
    }
  }

  /** Whether any such parcel is due. */
  async anyAlarming(asOf: Instant): Promise<boolean> {
    return withClient(this.dataSource, (client) => hasAlarming(client, { asOf, foldedBy: this.fold.foldedBy }));
  }

  /** Judges every parcel that is due; answers how many. */
  private async judgeDue(runner: QueryRunner, work: RunBench, progress?: AuditProgress): Promise<number> {
    const total = await countParcels((await runner.connect()) as PoolClient);
    const { book, bench } = work;
    return withClient(this.dataSource, async (reader) => {
      let judged = 0;
      const again = [...bench.firstsOfMailerIds.keys()];
      await overlapped(
        readWork(reader, { book, asOf: bench.asOf, foldedBy: this.fold.foldedBy, again, slice: SLICE }),
        {
          work: async (slice) => this.judgeSlice(slice, bench),
          put: async (slice) => {
            await this.write(runner, slice, work);
            judged += slice.parcels.length;
            await noteProgress(runner, work.runId, judged);
            progress?.({ judged, total });
          },
        },
      );
      return judged;
    });
  }

  /** What an audit as of the instant judges by. `scope` = the parcels that are to be judged; null = all. */
  async bench(
    runner: QueryRunner,
    { asOf, mailerIds, scope }: { asOf: Instant; mailerIds: readonly MailerIdUse[]; scope: ContextScope },
  ): Promise<Bench> {
    const { catalog } = this;
    const book = this.rulesAsOf(asOf);
    return {
      asOf,
      book,
      shadow: this.shadowAsOf(asOf),
      tables: catalog.rating,
      barcodes: catalog.barcodes,
      atlas: atlasOf(catalog.rating.zones),
      calendar: catalog.calendar,
      isBound: catalog.isBound,
      zoneChartChanges: catalog.rating.zones.chartChanges,
      orders: await readOrders(runner, asOf, scope),
      orderChanges: await readOrderChanges(runner, asOf, scope),
      labelsUnderHalfCheapestCell: await readLabelsUnderHalf(runner, asOf, {
        cheapest: cheapestCells(catalog.rating),
        scope,
      }),
      labelsClaimedLower: await readClaimedLower(runner, asOf, { tables: catalog.rating, scope }),
      earlierSpecs: await readEarlierSpecs(runner, scope),
      firstsOfMailerIds: firstsOfMailerIds(mailerIds),
      carrierWideHoldDays: new Set(wideHoldDays(await readHolds(runner, asOf), book).keys()),
      coverages: await readJudgedCoverages(runner),
      own: await readOwnRecords(runner),
      terms: catalog.terms,
      suppressions: suppressionTests(await readExpressions(runner, new Date(asOf)), catalog.rules),
      sha256Hex,
    };
  }

  /** What is judged from now on is judged by the coverage as of the instant; what it changes is due. */
  private async takeCoverages(runner: QueryRunner, asOf: Instant): Promise<void> {
    const coverages = await readCoverages(runner, asOf);
    await inTurn(runner, () => changeJudgedCoverages(runner, coverages));
  }

  private async judgeSlice(parcels: readonly ParcelRows[], bench: Bench): Promise<JudgedSlice> {
    const { asOf } = bench;
    const journeys = await this.journeysAsOf(parcels, asOf);
    const judge = (parcel: ParcelRows): JudgedParcel => {
      const again = journeys.get(parcel.trackingNumber);
      const journey = again === undefined ? parcel.journey : again;
      const { trackingNumber, revision, sales, charges } = parcel;
      const judgement = judgeParcel({ trackingNumber, sales, journey, charges }, bench);
      return { trackingNumber, revision, ...(goesOn(parcel, asOf) ? withReview(judgement, asOf) : judgement) };
    };
    return { parcels, judgements: await mapInTurns(parcels, judge, PER_TURN) };
  }

  /** Answers how many parcels were judged: none where a run has changed what they are judged by. */
  private async write(
    runner: QueryRunner,
    { parcels, judgements }: JudgedSlice,
    { bench, book, hadSavings, hasShadow, besideRuns }: SliceBench,
  ): Promise<number> {
    // A decision about one of these parcels takes its turn first, too.
    return inTurn(runner, async () => {
      const client = (await runner.connect()) as PoolClient;
      if (besideRuns && coverageChanges(await readJudgedCoverages(runner), bench.coverages).length > 0) return 0;
      const judged = await stillToWrite(client, parcels, judgements);
      await writeJudged(client, judged, { book, asOf: bench.asOf });
      await writeSavings(client, judged, { replacing: hadSavings });
      const trackingNumbers = judged.map((parcel) => parcel.trackingNumber);
      const findings = judged.flatMap((parcel) => parcel.findings);
      await mergeFindings(runner, { trackingNumbers }, findings, this.judgedWith(bench.asOf));
      if (hasShadow) {
        const shadow = judged.flatMap((parcel) => parcel.shadow);
        await replaceShadow(runner, trackingNumbers, shadow);
      }
      return parcels.length;
    });
  }

  /**
   * Journeys folded again for the parcels whose stored one does not do: it holds events after as-of, or those of several
   * lives of the number. `anew` = fold every one, for what is stored may be behind its events.
   */
  async journeysAsOf(
    slice: readonly ParcelRows[],
    asOf: Instant,
    anew = false,
  ): Promise<ReadonlyMap<string, ParcelKnown['journey']>> {
    const lives = new Map<string, Life[]>();
    const { uniqueDays } = this.catalog.barcodes;
    for (const parcel of slice) {
      const all = livesApart(parcel, { asOf, firstAt: parcel.journey?.firstAt ?? null, uniqueDays });
      if (all.length > 0 || anew || goesOn(parcel, asOf)) lives.set(parcel.trackingNumber, all);
    }
    if (lives.size === 0) return new Map();
    const folded = await this.fold.foldAsOf(lives, asOf);
    return new Map([...lives].map(([number, all]) => [number, journeyOver(all, folded.get(number) ?? [])]));
  }

  /** Findings about the carrier as a whole, which stand in for those of its single parcels. */
  private async judgeCarrier(runner: QueryRunner, bench: Bench): Promise<void> {
    const findings = judgeCarrierWide(await readHolds(runner, bench.asOf), bench);
    await this.mergeUnder(runner, { keys: CARRIER_KEYS, asOf: bench.asOf }, findings);
  }

  /** Findings about vendors, over what their labels were judged to be; answers how each rule about vendors answered. */
  private async judgeVendors(
    runner: QueryRunner,
    bench: Bench,
    mailerIds: readonly MailerIdUse[],
  ): Promise<VendorOutcome[]> {
    const { asOf } = bench;
    const asked = [bench.book, bench.shadow].some((book) => rulesAbout('vendor', book).length > 0);
    const { accessClosedOn } = this.catalog;
    const rows = asked ? await gatherVendors(runner, { asOf, mailerIds, accessClosedOn }) : [];
    const { findings, outcomes } = judgeVendors(rows, bench);
    await this.mergeUnder(runner, { keys: VENDOR_KEYS, asOf }, findings);
    await replaceShadowWith(runner, VENDOR_KEYS, shadowOfVendors(rows, bench));
    return outcomes;
  }

  /** Findings about invoices as a whole; answers how each rule about them answered. */
  private async judgeInvoices(runner: QueryRunner, bench: Bench): Promise<VendorOutcome[]> {
    const { asOf } = bench;
    const asked = [bench.book, bench.shadow].some(asksForInvoices);
    const rows = asked ? await readInvoices(runner, asOf) : [];
    const { findings, outcomes } = judgeInvoices(rows, bench);
    await this.mergeUnder(runner, { keys: INVOICE_KEYS, asOf }, findings);
    await replaceShadowWith(runner, INVOICE_KEYS, shadowOfInvoices(rows, bench));
    return outcomes;
  }

  /** Merges findings that stand under no barcode: those under a key that begins so and are not among them resolve. */
  private async mergeUnder(
    runner: QueryRunner,
    { keys, asOf }: { keys: string; asOf: Instant },
    findings: readonly Finding[],
  ): Promise<void> {
    const earlier = await readKeysWith(runner, keys);
    const trackingNumbers = [...new Set([...earlier, ...findings.map((finding) => finding.trackingNumber)])];
    await inTurn(runner, () => mergeFindings(runner, { trackingNumbers }, findings, this.judgedWith(asOf)));
  }

  /** Remembers which suppressions hid something: one that does not for long is told of. */
  private async markHiding(runner: QueryRunner, asOf: Instant): Promise<void> {
    const at = new Date(asOf);
    await markHiding(runner, await readHidingIds(runner, at), at);
  }

  /** What a run may have to replace; what rules said that are tried out no more is taken away. */
  private async hadBefore(
    runner: QueryRunner,
    { shadow }: Bench,
  ): Promise<Pick<SliceBench, 'hadSavings' | 'hasShadow'>> {
    const hadSavings = !(await hasNoSavings((await runner.connect()) as PoolClient));
    return { hadSavings, hasShadow: await leaveShadowOf(runner, shadow) };
  }

  private judgedWith(asOf: Instant): JudgedWith {
    const retired = this.catalog.rules.rules.filter(({ file }) => file.status === 'retired');
    return {
      asOf,
      dataVersion: this.catalog.dataVersion,
      digestVersion: DIGEST_VERSION,
      retired: new Set(retired.map(({ id }) => id)),
    };
  }
}

/** Writes in a transaction of its own, in which nobody else changes findings. */
async function inTurn<T>(runner: QueryRunner, write: () => Promise<T>): Promise<T> {
  await runner.startTransaction();
  try {
    await takeTurnWithFindings(runner);
    const answer = await write();
    await runner.commitTransaction();
    return answer;
  } catch (error) {
    await rollBack(runner);
    throw error;
  }
}
