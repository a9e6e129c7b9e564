/** Vendors over HTTP, as the latest report judges them, with what is open about each now. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Needs } from '../platform/access.ts';
import { NotFoundError } from '../platform/errors.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import { ReportDocumentSchema, type ReportVendor } from '../reports/report-document.ts';
import { type Vendor, type VendorList, noQuery, vendorParam } from './reports.schema.ts';

@Controller('api/v1/vendors')
@Needs('viewer')
export class VendorsController {
  constructor(
    @Inject(ReportArchive) private readonly archive: ReportArchive,
    @Inject(FindingReader) private readonly findings: FindingReader,
  ) {}

  /** GET /api/v1/vendors: all of the latest report, the worst decision first; none before the first report. */
  @Get()
  async list(@Query({ schema: noQuery }) _query: object): Promise<VendorList> {
    const latest = await this.latest();
    const items: Vendor[] = [];
    for (const vendor of latest?.vendors ?? []) items.push(await this.withFindings(vendor, latest?.day ?? ''));
    return { items, nextCursor: null };
  }

  /** GET /api/v1/vendors/{name} */
  @Get(':name')
  async one(@Param({ schema: vendorParam }) { name }: z.infer<typeof vendorParam>): Promise<Vendor> {
    const latest = await this.latest();
    const found = latest?.vendors.find(({ vendor }) => vendor === name);
    if (latest === null || found === undefined) {
      const known = latest?.vendors.map(({ vendor }) => vendor).join(', ') ?? '';
      throw new NotFoundError(`the latest report knows no vendor "${name}"${known && `, but ${known}`}`);
    }
    return this.withFindings(found, latest.day);
  }

  private async withFindings(vendor: ReportVendor, day: string): Promise<Vendor> {
    return { ...vendor, day, findings: await this.findings.countOpen(vendor.vendor) };
  }

  private async latest(): Promise<{ day: string; vendors: readonly ReportVendor[] } | null> {
    const report = await this.archive.latest();
    const file = report && (await this.archive.fileOf(report, 'report.json'));
    if (report === null || file === null) return null;
    const { vendors } = ReportDocumentSchema.parse(JSON.parse(file.content.toString('utf8')));
    return { day: report.day, vendors };
  }
}
