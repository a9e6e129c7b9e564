/** Every vendor's figures beside its decision, and how much of its labels could be looked at. */
import {
  type Coverage,
  type CoverageFall,
  type FellFrom,
  type MissedSource,
  coverageFalls,
  coverageReasons,
} from '../core/risk/coverage.ts';
import { DECISIONS, scoreVendor } from '../core/risk/score.ts';
import { dayOf } from '../core/units/day.ts';
import { coveredBefore, decidedBefore } from './report-before.ts';
import type { LateSource, ReportInput } from './report-input.ts';
import type { VendorView } from './report-model.ts';
import type { AuditRows } from './report-rows.ts';
import { recordVendors } from './vendor-records.ts';

type Viewed = Pick<AuditRows, 'sold' | 'answers' | 'rated' | 'findings'>;

export interface ViewedVendors {
  /** The worst decision first, of each those first about which the report before decided otherwise, then by name. */
  vendors: VendorView[];
  /** Of all vendors together. */
  together: { now: Coverage; falls: CoverageFall[]; fellFrom: FellFrom | null };
}

/** Decides about each vendor, by what was found and by what could be looked at, now and by the report before. */
export function viewVendors(rows: Viewed, input: Pick<ReportInput, 'asOf' | 'before' | 'lateSources'>): ViewedVendors {
  const { before = null, lateSources = [] } = input;
  const day = dayOf(input.asOf);
  const records = recordVendors(rows);
  const covered = records.map(({ vendor }) => coverageOf(vendor, rows));
  const total = covered.reduce(add, { labels: 0, answered: 0, rated: 0 });
  const together = { now: total, ...coverageFalls(total, { before: coveredBefore(before, null), day }) };
  const views = records.map((record, index): VendorView => {
    const { vendor } = record;
    const now = covered[index] ?? NOTHING;
    const { falls, fellFrom } = coverageFalls(now, { before: coveredBefore(before, vendor), day });
    const lost = coverageReasons({ own: { now, falls }, all: together.falls, missed: missedOf(vendor, lateSources) });
    const rated = rows.rated.find((row) => row.vendor === vendor);
    return {
      record,
      score: scoreVendor(record, lost),
      coverage: { now, falls, fellFrom },
      charged: rows.sold
        .filter((row) => row.vendor === vendor)
        .map(({ currency, chargedMills }) => ({ currency, mills: chargedMills })),
      chargedOfRatedMills: rated?.chargedOfRatedMills ?? 0,
      expectedMills: rated?.expectedMills ?? 0,
    };
  });
  const isChanged = ({ record, score }: VendorView): boolean => {
    const decided = decidedBefore(before, record.vendor)?.decision ?? score.decision;
    return decided !== score.decision;
  };
  const vendors = DECISIONS.flatMap((decision) => {
    const alike = views.filter(({ score }) => score.decision === decision);
    return [...alike.filter(isChanged), ...alike.filter((view) => !isChanged(view))];
  });
  return { vendors, together };
}

const NOTHING: Coverage = { labels: 0, answered: 0, rated: 0 };

function coverageOf(vendor: string, { answers, rated }: Viewed): Coverage {
  const own = answers.filter((row) => row.vendor === vendor);
  const labels = recentOf(own);
  const priced = recentOf(rated.filter((row) => row.vendor === vendor));
  return {
    labels,
    answered: recentOf(own.filter(({ answer }) => answer === 'answered')),
    // A number sold twice is priced twice and is one purchase of the day here.
    rated: Math.min(priced, labels),
  };
}

function recentOf(rows: readonly { recent: number }[]): number {
  return rows.reduce((total, { recent }) => total + recent, 0);
}

function add(a: Coverage, b: Coverage): Coverage {
  return { labels: a.labels + b.labels, answered: a.answered + b.answered, rated: a.rated + b.rated };
}

/** Files that came until lately; one that never came took nothing away. */
function missedOf(vendor: string, late: readonly LateSource[]): MissedSource[] {
  return late.flatMap(({ kind, vendor: whose, hours }) =>
    hours === null || (whose !== null && whose !== vendor) ? [] : [{ kind, hours, ofVendor: whose !== null }],
  );
}
