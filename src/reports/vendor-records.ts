/** What an audit found about each vendor, counted for the score: whose fault, how grave, how sure. */
import { severityRank } from '../core/finding/finding.ts';
import type { Severity } from '../core/rules/answer.ts';
import type { VendorRecord } from '../core/risk/score.ts';
import { compareText } from './order.ts';
import type { OpenFinding, ReportRows } from './report-rows.ts';
import { sourceLossOf } from './source-loss.ts';

/** One record a vendor that sold a label or that a finding names, sorted by name. */
export function recordVendors(rows: Pick<ReportRows, 'sold' | 'answers' | 'rated' | 'findings'>): VendorRecord[] {
  const names = new Set([
    ...rows.sold.map((row) => row.vendor),
    ...rows.findings.flatMap((finding) => (finding.vendor === null ? [] : [finding.vendor])),
  ]);
  return [...names].sort(compareText).map((vendor) => {
    const of = <T extends { vendor: string | null }>(list: readonly T[]): T[] =>
      list.filter((row) => row.vendor === vendor);
    return {
      vendor,
      labels: sum(of(rows.sold).map((row) => row.labels)),
      rated: sum(of(rows.rated).map((row) => row.rated)),
      answered: sum(of(rows.answers).map((row) => (row.answer === 'answered' ? row.labels : 0))),
      ...countFindings(of(rows.findings)),
      sourceLost: sourceLossOf(of(rows.findings)),
    };
  });
}

type FindingCounts = Omit<VendorRecord, 'vendor' | 'labels' | 'rated' | 'answered' | 'sourceLost'>;

function countFindings(findings: readonly OpenFinding[]): FindingCounts {
  const attributed = findings.filter((finding) => finding.attribution === 'vendor');
  const critical = attributed.filter((finding) => finding.severity === 'critical');
  const onLabels = critical.filter((finding) => finding.subject === 'label');
  const proven = subjects(onLabels.filter((finding) => finding.confidence === 'proven'));
  const strong = subjects(onLabels.filter((finding) => finding.confidence === 'strong'));
  const indicative = subjects(onLabels.filter((finding) => finding.confidence === 'indicative'));
  const high = attributed.filter((finding) => finding.severity === 'high');
  const grave = findings.filter((finding) => atLeast(finding, 'high'));
  return {
    criticalProven: proven.size,
    criticalStrong: [...strong].filter((key) => !proven.has(key)).length,
    criticalIndicative: [...indicative].filter((key) => !proven.has(key) && !strong.has(key)).length,
    criticalAboutVendor: critical.filter(
      (finding) => finding.subject !== 'label' && finding.confidence !== 'indicative',
    ).length,
    graveRules: [...new Set([...critical, ...high].map((finding) => finding.rule))].sort(compareText),
    high: subjects(high).size,
    openGrave: subjects(grave.filter((finding) => finding.attribution === 'open')).size,
    medium: subjects(attributed.filter((finding) => finding.severity === 'medium')).size,
    attributed: subjects(attributed.filter((finding) => atLeast(finding, 'low'))).size,
  };
}

function atLeast(finding: OpenFinding, severity: Severity): boolean {
  return severityRank(finding.severity) >= severityRank(severity);
}

/** What the findings are about, each once: a purchase, or a vendor or charge by its key. */
function subjects(findings: readonly OpenFinding[]): Set<string> {
  return new Set(findings.map((finding) => JSON.stringify([finding.trackingNumber, finding.saleKey])));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
