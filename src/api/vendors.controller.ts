/** Vendors over HTTP, as the latest report judges them, with what is open about each now. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Needs } from '../platform/access.ts';
import { VendorReader } from '../reports/vendor-reader.service.ts';
import { type Vendor, type VendorList, noQuery, vendorParam } from './reports.schema.ts';

@Controller('api/v1/vendors')
@Needs('viewer')
export class VendorsController {
  constructor(@Inject(VendorReader) private readonly vendors: VendorReader) {}

  /** GET /api/v1/vendors: all of the latest report, the worst decision first; none before the first report. */
  @Get()
  async list(@Query({ schema: noQuery }) _query: object): Promise<VendorList> {
    return { items: await this.vendors.list(), nextCursor: null };
  }

  /** GET /api/v1/vendors/{name} */
  @Get(':name')
  async one(@Param({ schema: vendorParam }) { name }: z.infer<typeof vendorParam>): Promise<Vendor> {
    return this.vendors.one(name);
  }
}
