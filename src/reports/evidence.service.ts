/** The evidence of one number: read as of one moment, as a document and as a page to print. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.ts';
import { RuleArchive } from '../audit/rule-archive.service.ts';
import { Catalog } from '../catalog/catalog.ts';
import type { Locale } from '../core/rules/answer.ts';
import { rulesAbout } from '../core/rules/book.ts';
import { Config, projectRoot } from '../platform/config.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { EvidenceDocument } from './evidence-document.ts';
import type { BookInForce } from './evidence-findings.ts';
import { renderEvidenceHtml } from './evidence-html.ts';
import { rawBodies, rawDocuments } from './evidence-raw.ts';
import { type EvidenceView, evidenceView } from './evidence-view.ts';
import { type EvidenceRecords, isOnFile, readBytes, readEvidence } from './evidence.query.ts';
import { instantTextIn } from './instant-text.ts';
import { makeEvidence } from './make-evidence.ts';
import { type Wording, loadWording } from './wording.ts';

/** The clock of a document. */
export interface EvidenceClock {
  /** The present: what is on file is read as of it. */
  asOf: Date;
  madeAt: Date;
}

@Injectable()
export class EvidenceService {
  private readonly wordings = new Map<Locale, Wording>();

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(AuditService) private readonly audits: AuditService,
    @Inject(Config) private readonly config: Config,
    @Inject(RuleArchive) private readonly archive: RuleArchive,
  ) {}

  /** Throws a NotFoundError where nothing is on file about the number, which is canonical. */
  async mustKnow(trackingNumber: string): Promise<void> {
    if (!(await isOnFile(this.dataSource.manager, trackingNumber))) throw nothingOn(trackingNumber);
  }

  /** Everything on file about the number, which is canonical. Throws a NotFoundError where that is nothing. */
  async of(trackingNumber: string, { asOf, madeAt }: EvidenceClock): Promise<EvidenceDocument> {
    const { records, raw, archive } = await this.inSnapshot(async (manager) => {
      if (!(await isOnFile(manager, trackingNumber))) throw nothingOn(trackingNumber);
      const found = await readEvidence(manager, trackingNumber);
      const versions = found.findings.map(({ ruleVersion }) => ruleVersion);
      return {
        records: found,
        raw: await readRaw(manager, found),
        archive: await this.archive.restore(manager, versions),
      };
    });
    const { catalog } = this;
    const book = await this.bookOf(records);
    return makeEvidence({ trackingNumber, records, raw, archive, catalog, book, asOf, madeAt });
  }

  /** What its page shows: everything but the bytes of raw documents. */
  view(document: EvidenceDocument, locale: Locale): EvidenceView {
    const timeZone = this.config.reportTimeZone;
    return evidenceView(document, {
      wording: this.wording(locale),
      timeZone,
      instantText: instantTextIn(timeZone),
      ruleTitles: new Map(this.catalog.rules.rules.map(({ id, title }) => [id, title])),
    });
  }

  /** The page as a file of its own. */
  html(document: EvidenceDocument, locale: Locale): string {
    return renderEvidenceHtml(this.view(document, locale), { root: projectRoot(), wording: this.wording(locale) });
  }

  private wording(locale: Locale): Wording {
    let wording = this.wordings.get(locale);
    if (!wording) this.wordings.set(locale, (wording = loadWording(projectRoot(), locale)));
    return wording;
  }

  /** The book of the day on which the number was judged, as it would judge now. */
  private async bookOf({ judged }: EvidenceRecords): Promise<BookInForce | null> {
    if (judged === null) return null;
    const asOf = judged.asOf.getTime();
    const labelRules = rulesAbout('label', this.audits.rulesAsOf(asOf)).map(({ id }) => id);
    return { judgedBy: await this.audits.judgedByAsOf(asOf), labelRules };
  }

  private inSnapshot<T>(read: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return read(manager);
    });
  }
}

async function readRaw(manager: EntityManager, { deliveries, answers }: EvidenceRecords) {
  const found = rawDocuments(deliveries, answers);
  const places = found.flatMap(({ place }) => place ?? []);
  const { bodies, leftOut } = await rawBodies(places, (place) => readBytes(manager, place));
  return { documents: found.map(({ document }) => document), bodies, leftOut };
}

function nothingOn(trackingNumber: string): NotFoundError {
  return new NotFoundError(`nothing is on file about the number ${trackingNumber}`);
}
