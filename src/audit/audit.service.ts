/** An audit run: judges the parcels whose revision, book or review date asks for it, slice by slice. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { PoolClient } from 'pg';
import { Catalog } from '../catalog/catalog.ts';
import { DIGEST_VERSION, type JourneyDigest } from '../core/journey/digest.ts';
import { CARRIER_KEYS, judgeCarrierWide, wideHoldDays } from '../core/finding/carrier-wide.ts';
import type { Finding } from '../core/finding/finding.ts';
import { type MailerIdUse, firstsOfMailerIds } from '../core/finding/mailer-id.ts';
import { type Bench, type ParcelJudgement, judgeParcel } from '../core/finding/parcel.ts';
import { VENDOR_KEYS, type VendorOutcome, judgeVendors } from '../core/finding/vendor.ts';
import { ruleBookInForce, rulesAbout } from '../core/rules/book.ts';
import type { RuleBook } from '../core/rules/rule.ts';
import { cheapestCells } from '../core/rating/floor.ts';
import { type Instant, dayOf } from '../core/units/day.ts';
import { rollBack, withClient } from '../platform/database-client.ts';
import { withLock } from '../platform/database-lock.ts';
import { sha256Hex } from '../platform/hash.ts';
import { FoldService } from '../tracking/fold.service.ts';
import { readHolds, readLabelsUnderHalf, readOrders } from './context.query.ts';
import { type JudgedWith, mergeFindings, readKeysWith, takeTurnWithFindings } from './finding.store.ts';
import { writeJudged } from './judged.store.ts';
import { readMailerIds } from './mailer-id.query.ts';
import type { ParcelRows } from './parcel-row.ts';
import { closeRun, noteProgress, openRun } from './run.store.ts';
import { hasNoSavings, writeSavings } from './saving.store.ts';
import { gatherVendors } from './vendor-facts.query.ts';
import { countLaterRows, countParcels, readWork } from './work.query.ts';

/** Parcels a slice: large enough to hide a round trip, small enough to lose little when interrupted. */
const SLICE = 4_000;

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
  laterRows: { labels: number; events: number };
}

/** What every slice of a run is judged by: the bench, and its rules, data and digest version as one hash. */
interface RunBench {
  bench: Bench;
  book: string;
  runId: string;
  /** Whether parcels of the run may have savings from an earlier one. */
  hadSavings: boolean;
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

  /** What `judged.book` and `run.book` hold for an audit as of an instant: another rule, price or digest makes another. */
  bookAsOf(asOf: Instant): string {
    return bookHash(this.rulesAsOf(asOf), this.catalog.dataVersion);
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
      const mailerIds = await readMailerIds(runner, request.asOf);
      const bench = await this.bench(runner, request.asOf, mailerIds);
      const book = bookHash(bench.book, this.catalog.dataVersion);
      const runId = await openRun(runner, { asOf: request.asOf, book }, request.now());
      const hadSavings = !(await hasNoSavings(client));
      const parcels = await this.judgeDue(runner, { bench, book, runId, hadSavings }, progress);
      await this.judgeCarrier(runner, bench);
      const vendorOutcomes = await this.judgeVendors(runner, bench, mailerIds);
      const laterRows = await countLaterRows(client, request.asOf);
      await closeRun(runner, runId, { finishedAt: request.now(), laterRows, vendorOutcomes });
      return { book, parcels, laterRows };
    } finally {
      await runner.release();
    }
  }

  /** Judges every parcel that is due; answers how many. */
  private async judgeDue(runner: QueryRunner, work: RunBench, progress?: AuditProgress): Promise<number> {
    const total = await countParcels((await runner.connect()) as PoolClient);
    const { book, bench } = work;
    return withClient(this.dataSource, async (reader) => {
      let judged = 0;
      const again = [...bench.firstsOfMailerIds.keys()];
      for await (const slice of readWork(reader, { book, asOf: bench.asOf, again, slice: SLICE })) {
        await this.judgeSlice(runner, slice, work);
        judged += slice.length;
        await noteProgress(runner, work.runId, judged);
        progress?.({ judged, total });
      }
      return judged;
    });
  }

  private async bench(runner: QueryRunner, asOf: Instant, mailerIds: readonly MailerIdUse[]): Promise<Bench> {
    const { catalog } = this;
    const book = this.rulesAsOf(asOf);
    return {
      asOf,
      book,
      tables: catalog.rating,
      barcodes: catalog.barcodes,
      calendar: catalog.calendar,
      isBound: catalog.isBound,
      zoneChartChanges: catalog.rating.zones.chartChanges,
      orders: await readOrders(runner, asOf),
      labelsUnderHalfCheapestCell: await readLabelsUnderHalf(runner, asOf, cheapestCells(catalog.rating)),
      firstsOfMailerIds: firstsOfMailerIds(mailerIds),
      carrierWideHoldDays: new Set(wideHoldDays(await readHolds(runner, asOf), book).keys()),
      sha256Hex,
    };
  }

  private async judgeSlice(
    runner: QueryRunner,
    slice: readonly ParcelRows[],
    { bench, book, hadSavings }: RunBench,
  ): Promise<void> {
    const journeys = await this.journeysAsOf(slice, bench.asOf);
    const judged = slice.map((parcel) => {
      const again = journeys.get(parcel.trackingNumber);
      const journey = again === undefined ? parcel.journey : again;
      const judgement = judgeParcel({ sales: parcel.sales, journey, charges: parcel.charges }, bench);
      const later = laterEvents(parcel, bench.asOf);
      return { trackingNumber: parcel.trackingNumber, revision: parcel.revision, ...withReview(judgement, later) };
    });
    await runner.startTransaction();
    try {
      const client = (await runner.connect()) as PoolClient;
      // Before anything is written: a decision about one of these parcels takes its turn first, too.
      await takeTurnWithFindings(runner);
      await writeJudged(client, judged, { book, asOf: bench.asOf });
      await writeSavings(client, judged, { replacing: hadSavings });
      const trackingNumbers = slice.map((parcel) => parcel.trackingNumber);
      const findings = judged.flatMap((parcel) => parcel.findings);
      await mergeFindings(runner, { trackingNumbers }, findings, this.judgedWith(bench.asOf));
      await runner.commitTransaction();
    } catch (error) {
      await rollBack(runner);
      throw error;
    }
  }

  /** Journeys folded again without the events after as-of, for the parcels that have such events. */
  private async journeysAsOf(
    slice: readonly ParcelRows[],
    asOf: Instant,
  ): Promise<ReadonlyMap<string, JourneyDigest | null>> {
    const late = slice.filter((parcel) => laterEvents(parcel, asOf) !== null).map((parcel) => parcel.trackingNumber);
    return late.length === 0 ? new Map() : this.fold.foldAsOf(late, asOf);
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
    const asked = rulesAbout('vendor', bench.book).length > 0;
    const { findings, outcomes } = judgeVendors(asked ? await gatherVendors(runner, { asOf, mailerIds }) : [], bench);
    await this.mergeUnder(runner, { keys: VENDOR_KEYS, asOf }, findings);
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
    await runner.startTransaction();
    try {
      await mergeFindings(runner, { trackingNumbers }, findings, this.judgedWith(asOf));
      await runner.commitTransaction();
    } catch (error) {
      await rollBack(runner);
      throw error;
    }
  }

  private judgedWith(asOf: Instant): JudgedWith {
    return { asOf, dataVersion: this.catalog.dataVersion, digestVersion: DIGEST_VERSION };
  }
}

function bookHash(book: RuleBook, dataVersion: string): string {
  return sha256Hex(JSON.stringify([book.version, dataVersion, DIGEST_VERSION])).slice(0, 32);
}

/** The latest instant of the journey when it is after as-of; null when all of it was known by then. */
function laterEvents(parcel: ParcelRows, asOf: Instant): Instant | null {
  const latest = parcel.journey?.latestAt ?? null;
  return latest !== null && latest > asOf ? latest : null;
}

/** A journey that goes on after as-of has to be judged again as soon as an audit looks later than this one. */
function withReview(judgement: ParcelJudgement, later: Instant | null): ParcelJudgement {
  if (later === null) return judgement;
  return { ...judgement, nextReviewAt: Math.min(judgement.nextReviewAt ?? later, later) };
}
