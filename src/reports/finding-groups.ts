/** Findings as a page shows them: by severity, then by rule and what it concluded, the first few of each in full. */
import { SEVERITIES, type Severity } from '../core/rules/answer.ts';
import { formatMills, parseMills } from '../core/units/money.ts';
import { compareText } from './order.ts';
import type { ReportFinding } from './report-document.ts';

/** Enough to show the pattern; a page with hundreds is read by nobody, and every finding is in findings.csv. */
const SHOWN_PER_RULE = 6;

export interface FindingGroup {
  rule: string;
  verdict: ReportFinding['verdict'];
  attribution: ReportFinding['attribution'];
  confidence: ReportFinding['confidence'];
  count: number;
  /** What the findings of the group add up to, by currency; not capped by what was charged. */
  amounts: { value: string; currency: string }[];
  vendors: string[];
  shown: ReportFinding[];
  more: number;
}

export interface SeverityGroup {
  severity: Severity;
  count: number;
  groups: FindingGroup[];
}

/** Worst severity first; within it the groups in the order of their first finding. */
export function groupFindings(findings: readonly ReportFinding[]): SeverityGroup[] {
  return [...SEVERITIES].reverse().flatMap((severity) => {
    const ofSeverity = findings.filter((finding) => finding.severity === severity);
    if (ofSeverity.length === 0) return [];
    const groups = new Map<string, [ReportFinding, ...ReportFinding[]]>();
    for (const finding of ofSeverity) {
      const key = [finding.rule, finding.verdict, finding.attribution, finding.confidence].join(' ');
      const group = groups.get(key);
      if (group) group.push(finding);
      else groups.set(key, [finding]);
    }
    return [{ severity, count: ofSeverity.length, groups: [...groups.values()].map(groupOf) }];
  });
}

function groupOf(findings: readonly [ReportFinding, ...ReportFinding[]]): FindingGroup {
  const { rule, verdict, attribution, confidence } = findings[0];
  const sums = new Map<string, number>();
  for (const { amount } of findings) {
    if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + (parseMills(amount.value) ?? 0));
  }
  const shown = findings.slice(0, findings.length === SHOWN_PER_RULE + 1 ? undefined : SHOWN_PER_RULE);
  return {
    rule,
    verdict,
    attribution,
    confidence,
    count: findings.length,
    amounts: [...sums]
      .sort(([a], [b]) => compareText(a, b))
      .map(([currency, mills]) => ({ currency, value: formatMills(mills) })),
    vendors: [...new Set(findings.flatMap(({ vendor }) => (vendor === null ? [] : [vendor])))].sort(compareText),
    shown,
    more: findings.length - shown.length,
  };
}
