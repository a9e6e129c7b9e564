/** Findings for readers, over HTTP and as pages: lists, and one with its evidence and its parcel's journey. */
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readDismissed } from '../audit/dismissed.query.ts';
import { RuleArchive } from '../audit/rule-archive.service.ts';
import { readHiding } from '../audit/suppression.query.ts';
import type { SuppressionRow } from '../audit/suppression.table.ts';
import { Catalog } from '../catalog/catalog.ts';
import { serviceOf } from '../core/barcode/service-type.ts';
import { parseBarcode } from '../core/barcode/parse.ts';
import { ALL_FACTS } from '../core/facts/dictionary.ts';
import { stillOut } from '../core/finding/handling.ts';
import { FINDING_STATES, settableFrom } from '../core/finding/lifecycle.ts';
import type { DismissedShare } from '../core/risk/dismissed.ts';
import { type Locale, SEVERITIES, type Severity } from '../core/rules/answer.ts';
import { formatInstant } from '../core/units/day.ts';
import type { Money } from '../core/units/money.ts';
import { Clock } from '../platform/clock.ts';
import { Config, projectRoot } from '../platform/config.ts';
import { NotFoundError, UsageError } from '../platform/errors.ts';
import { evidenceText } from './evidence-text.ts';
import { type FindingDetail, FindingDetailSchema, type ListedFinding } from './finding-detail.ts';
import { type FindingRecords, readFindingRecords } from './finding-detail.query.ts';
import { type FindingFilters, type StoredFinding, countOpen, readFindings } from './finding-list.query.ts';
import { explanationOf } from './explanation.ts';
import { historyCsv } from './finding-history-csv.ts';
import { type HistoryFilters, readChanges } from './finding-history.query.ts';
import { historyOf } from './finding-history.ts';
import { describeFinding } from './findings.ts';
import { instantTextIn } from './instant-text.ts';
import { describeJourney } from './journey-words.ts';
import { describeAdjustment, describeCharge, describePurchase, money } from './parcel-records.ts';
import { type Wording, loadWording } from './wording.ts';

export interface FindingPage {
  items: ListedFinding[];
  /** Give it back to have the findings after these; null at the end. */
  nextCursor: string | null;
}

const UNITS = new Map(ALL_FACTS.map(({ name, unit }) => [name, unit]));

@Injectable()
export class FindingReader {
  private readonly wordings = new Map<Locale, Wording>();

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Config) private readonly config: Config,
    @Inject(RuleArchive) private readonly archive: RuleArchive,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Findings in the order of reports. Throws a UsageError for a cursor that is none of ours. */
  async list(
    filters: FindingFilters,
    { cursor, limit, locale }: { cursor?: string | null; limit: number; locale: Locale },
  ): Promise<FindingPage> {
    const after = placeOf(cursor ?? null);
    const now = this.clock.now();
    const hidden = filters.suppressed === undefined ? { suppressed: { at: now, are: 'left out' as const } } : null;
    const found = await readFindings(this.dataSource, { ...hidden, ...filters }, { after, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const more = found.length > limit && last !== undefined;
    return {
      items: await this.listedAll(shown, locale),
      nextCursor: more ? Buffer.from(last.orderKey).toString('base64url') : null,
    };
  }

  /** The changes of the findings as a CSV file, each finding's in order of time. */
  history(filters: HistoryFilters): Readable {
    const all = { states: FINDING_STATES, ...filters };
    return historyCsv((page) => readChanges(this.dataSource, all, page));
  }

  /** One finding with everything known about it. Throws a NotFoundError. */
  async one(id: string, locale: Locale): Promise<FindingDetail> {
    const records = await this.dataSource.transaction('REPEATABLE READ', (manager) => readFindingRecords(manager, id));
    if (records === null) throw new NotFoundError(`there is no finding ${id}`);
    const { ruleVersion } = records.finding;
    const rule = (await this.archive.restore(this.dataSource.manager, [ruleVersion])).get(ruleVersion);
    const [shown] = await this.listedAll([records.finding], locale);
    if (shown === undefined) throw new NotFoundError(`there is no finding ${id}`);
    return FindingDetailSchema.parse({
      ...this.detail(records, shown, locale),
      ruleFlag: await this.flagOf(records.finding.rule),
      explanation: explanationOf(records.finding, rule),
    });
  }

  /** What people dismissed of the findings of the rules as they read now; rules on which nobody decided are left out. */
  dismissed(): Promise<DismissedShare[]> {
    return readDismissed(
      this.dataSource,
      this.catalog.rules.rules.map(({ version }) => version),
    );
  }

  /** What people made of a rule of the book; null where it is not flagged. */
  private async flagOf(rule: string): Promise<FindingDetail['ruleFlag']> {
    const version = this.catalog.rules.rules.find(({ id }) => id === rule)?.version;
    if (version === undefined) return null;
    const [share] = await readDismissed(this.dataSource, [version]);
    return share?.flagged ? share : null;
  }

  private async listedAll(findings: readonly StoredFinding[], locale: Locale): Promise<ListedFinding[]> {
    const ids = findings.map(({ id }) => id);
    const hiding = ids.length === 0 ? new Map() : await readHiding(this.dataSource, ids, this.clock.now());
    return findings.map((finding) => listed(finding, hiding.get(finding.id) ?? [], locale));
  }

  /** How many findings are somebody's work, by severity, every severity named; of one vendor, or of all. */
  async countOpen(vendor: string | null = null): Promise<Record<Severity, number>> {
    const counts = new Map(
      (await countOpen(this.dataSource, vendor, this.clock.now())).map(({ severity, count }) => [severity, count]),
    );
    const entries = SEVERITIES.toReversed().map((severity) => [severity, counts.get(severity) ?? 0] as const);
    return Object.fromEntries(entries) as Record<Severity, number>;
  }

  /** The ids of the rules there are: what a list can be narrowed to. */
  rules(): string[] {
    return this.catalog.rules.rules.map(({ id }) => id);
  }

  /** The rules there are with their titles. */
  ruleTitles(locale: Locale): { id: string; title: string }[] {
    return this.catalog.rules.rules.map(({ id, title }) => ({ id, title: title[locale] }));
  }

  private detail(
    records: FindingRecords,
    shown: ListedFinding,
    locale: Locale,
  ): Omit<FindingDetail, 'explanation' | 'ruleFlag'> {
    const { finding, files, sales } = records;
    const wording = this.wording(locale);
    const context = { wording, instantText: instantTextIn(this.config.reportTimeZone), factUnits: UNITS };
    return {
      ...shown,
      ruleTitle: this.catalog.rules.rules.find(({ id }) => id === finding.rule)?.title[locale] ?? finding.rule,
      goods: money(finding.goodsMills, finding.goodsCurrency),
      judgedBy: {
        rule: finding.ruleVersion,
        data: finding.dataVersion,
        digest: finding.digestVersion,
        book: finding.book,
      },
      evidenceInWords: evidenceText(shown.evidence, context),
      nextStates: [...settableFrom(finding.state)],
      history: historyOf(records.history, finding.currency),
      purchases: sales.map((sale) => describePurchase(sale, { files, concerned: concerns(finding, sale) })),
      journey: describeJourney(records.events, {
        codes: this.catalog.tracking,
        wording,
        eventsKnown: records.eventsKnown,
      }),
      charges: records.charges.map((charge) => describeCharge(charge, files)),
      adjustments: records.adjustments.map((adjustment) => describeAdjustment(adjustment, files)),
      barcode: shown.trackingNumber === null ? null : this.barcode(records),
    };
  }

  private barcode({ finding, sales }: FindingRecords): FindingDetail['barcode'] {
    const sale = sales.find((each) => concerns(finding, each)) ?? sales[0];
    const read = parseBarcode(sale?.trackingRaw ?? finding.trackingNumber, this.catalog.barcodes);
    const { input, valid, reason, kind, canonical, mailerId, serial, checkDigit, destinationZip } = read;
    const meaning = sale && serviceOf(read.serviceTypeCode, this.catalog.barcodes.serviceTypes, sale.purchasedDay);
    return {
      input,
      valid,
      reason,
      kind,
      canonical,
      serviceType: read.serviceTypeCode,
      meaning: meaning?.description ?? null,
      mailerId,
      serial,
      checkDigit,
      destinationZip,
    };
  }

  private wording(locale: Locale): Wording {
    let wording = this.wordings.get(locale);
    if (!wording) this.wordings.set(locale, (wording = loadWording(projectRoot(), locale)));
    return wording;
  }
}

function listed(finding: StoredFinding, hiding: readonly SuppressionRow[], locale: Locale): ListedFinding {
  const out = stillOut(
    pair(finding.amountMills, finding.currency),
    pair(finding.recoveredMills, finding.recoveredCurrency),
  );
  return {
    ...describeFinding(finding, locale),
    amountKind: finding.amountKind as ListedFinding['amountKind'],
    state: finding.state,
    firstSeenAt: formatInstant(finding.firstSeenAt.getTime()),
    changedAt: formatInstant(finding.changedAt.getTime()),
    version: finding.version,
    assignee: finding.assignee,
    ownDeadline: finding.ownDeadline,
    disputeReference: finding.disputeReference,
    recovered: money(finding.recoveredMills, finding.recoveredCurrency),
    stillOut: out === null ? null : money(out.mills, out.currency),
    suppressedBy: hiding.map(({ id, reason, owner, expiresOn }) => ({ id, reason, owner, expiresOn })),
  };
}

function pair(mills: number | null, currency: string | null): Money | null {
  return mills === null || currency === null ? null : { mills, currency };
}

function concerns(finding: StoredFinding, sale: { vendor: string; saleKey: string }): boolean {
  return sale.vendor === finding.vendor && sale.saleKey === finding.saleKey;
}

/** A cursor is the place in the order after which the list goes on. */
function placeOf(cursor: string | null): string | null {
  if (cursor === null) return null;
  const place = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^[0-4][01][\x20-\x7e]{16,60}$/.test(place)) return place;
  throw new UsageError('cursor is not one this list has answered: leave it out to start anew');
}
