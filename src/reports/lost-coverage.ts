/** What could be looked at by the report before and cannot any more, in sentences: nobody is to take it for an all-clear. */
import { type CoverageFall, fallReason } from '../core/risk/coverage.ts';
import { joinNames } from './headline.ts';
import { reasonText } from './reasons.ts';
import { type ReportBefore, vendorsGone } from './report-before.ts';
import type { VendorView } from './report-model.ts';
import type { Wording } from './wording.ts';

export interface LostCoverage {
  /** Of all vendors together, and vendors of which nothing is on file any more. */
  overall: string[];
  /** Of each vendor for itself, its name in front. */
  byVendor: string[];
}

export function lostCoverage(
  {
    vendors,
    falls,
    before,
  }: { vendors: readonly VendorView[]; falls: readonly CoverageFall[]; before: ReportBefore | null },
  wording: Wording,
): LostCoverage {
  const gone = vendorsGone(
    before,
    vendors.map(({ record }) => record.vendor),
  );
  const names = joinNames(
    gone.map(({ vendor }) => vendor),
    wording,
  );
  return {
    overall: [
      ...falls.map((fall) => reasonText(fallReason(fall, 'overall'), wording)),
      ...(before === null || gone.length === 0
        ? []
        : [wording.say('headline.vendors_gone', { vendors: names, day: before.day })]),
    ],
    byVendor: vendors.flatMap(({ record, coverage }) =>
      coverage.falls.map((fall) =>
        wording.say('headline.of_vendor', {
          vendor: record.vendor,
          why: reasonText(fallReason(fall, 'vendor'), wording),
        }),
      ),
    ),
  };
}
