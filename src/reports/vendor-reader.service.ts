/** Vendors for readers, as the latest report judges them, with what is open about each now. */
import { Inject, Injectable } from '@nestjs/common';
import type { Severity } from '../core/rules/answer.ts';
import type { Day } from '../core/units/day.ts';
import { NotFoundError } from '../platform/errors.ts';
import { FindingReader } from './finding-reader.service.ts';
import { ReportArchive } from './report-archive.service.ts';
import { ReportDocumentSchema, type ReportVendor } from './report-document.ts';

export interface VendorCard extends ReportVendor {
  /** Of the report the decision stands in. */
  day: Day;
  /** Findings about the vendor that are somebody's work now. */
  findings: Record<Severity, number>;
}

@Injectable()
export class VendorReader {
  constructor(
    @Inject(ReportArchive) private readonly archive: ReportArchive,
    @Inject(FindingReader) private readonly findings: FindingReader,
  ) {}

  /** All vendors of the latest report, the worst decision first; none before the first report. */
  async list(): Promise<VendorCard[]> {
    const latest = await this.latest();
    const cards: VendorCard[] = [];
    for (const vendor of latest?.vendors ?? []) cards.push(await this.card(vendor, latest?.day ?? ''));
    return cards;
  }

  /** One vendor. Throws a NotFoundError naming those the latest report knows. */
  async one(name: string): Promise<VendorCard> {
    const latest = await this.latest();
    const found = latest?.vendors.find(({ vendor }) => vendor === name);
    if (latest === null || found === undefined) {
      const known = latest?.vendors.map(({ vendor }) => vendor).join(', ') ?? '';
      throw new NotFoundError(`the latest report knows no vendor "${name}"${known && `, but ${known}`}`);
    }
    return this.card(found, latest.day);
  }

  private async card(vendor: ReportVendor, day: Day): Promise<VendorCard> {
    return { ...vendor, day, findings: await this.findings.countOpen(vendor.vendor) };
  }

  private async latest(): Promise<{ day: Day; vendors: readonly ReportVendor[] } | null> {
    const report = await this.archive.latest();
    const file = report && (await this.archive.fileOf(report, 'report.json'));
    if (report === null || file === null) return null;
    const { vendors } = ReportDocumentSchema.parse(JSON.parse(file.content.toString('utf8')));
    return { day: report.day, vendors };
  }
}
