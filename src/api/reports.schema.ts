/** What is said about archived reports, and about vendors by the latest of them, over HTTP. */
import { z } from 'zod';
import { SEVERITIES } from '../core/rules/answer.ts';
import { ReportDocumentSchema } from '../reports/report-document.ts';
import { givenText, wholeQuery } from '../platform/given-text.ts';
import { ARCHIVE_FILES } from '../reports/report-files.ts';
import { openFindings } from './audits.schema.ts';

const instant = z.iso.datetime();
const count = z.int().nonnegative();
const day = z.iso.date('must be a day such as 2026-12-01');
const edition = z.string().meta({ description: 'First 16 hex digits of SHA-256 over report.json.' });

export const dateParam = z.object({ date: day });
export const fileParam = z.object({
  date: day,
  file: z.enum(ARCHIVE_FILES, `must be one of ${ARCHIVE_FILES.join(', ')}`),
});

export const reportLine = z.object({
  day,
  edition,
  asOf: instant,
  madeAt: instant,
  severity: z.enum(SEVERITIES).nullable().meta({ description: 'The greatest in it; null without a finding.' }),
  changes: z.object({ since: day.nullable(), new: count, stillOpen: count, resolved: count, reopened: count }),
});
export const reportList = z.object({ items: z.array(reportLine), nextCursor: z.string().nullable() });
export type ReportList = z.infer<typeof reportList>;

export const reportRequested = z.object({ day, state: z.literal('queued') });
export type ReportRequested = z.infer<typeof reportRequested>;

const ids = z.array(z.string());
export const dayReport = ReportDocumentSchema.extend({
  day,
  edition,
  madeAt: instant,
  changes: z
    .object({ since: day.nullable(), new: ids, stillOpen: ids, resolved: ids, reopened: ids })
    .meta({ description: 'Ids of findings beside the report of the day `since`; null = it is the first.' }),
});
export type DayReport = z.infer<typeof dayReport>;

/** A list that is told whole and narrowed by nothing. */
export const noQuery = wholeQuery({});
export const vendorParam = z.object({ name: givenText(200) });

export const vendor = ReportDocumentSchema.shape.vendors.element.extend({
  day: day.meta({ description: 'Of the report the decision stands in.' }),
  findings: openFindings.meta({ description: 'Findings about the vendor that are somebody’s work now.' }),
});
export type Vendor = z.infer<typeof vendor>;
export const vendorList = z.object({ items: z.array(vendor), nextCursor: z.null() });
export type VendorList = z.infer<typeof vendorList>;
