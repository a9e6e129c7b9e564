/** Findings as the document lists them: worst first, in one language, without the keys no barcode can be. */
import { severityRank } from '../core/finding/finding.ts';
import type { Locale } from '../core/rules/answer.ts';
import { formatMills } from '../core/units/money.ts';
import { compareText } from './order.ts';
import { ReportFindingSchema, type ReportFinding } from './report-document.ts';
import type { OpenFinding } from './report-rows.ts';

/** The findings of the document, ordered by severity, then currency and amount (the greatest first, none last), then id. */
export function listFindings(findings: readonly OpenFinding[], locale: Locale): ReportFinding[] {
  return [...findings].sort(compareFindings).map((finding) => describeFinding(finding, locale));
}

function compareFindings(a: OpenFinding, b: OpenFinding): number {
  const bySeverity = severityRank(b.severity) - severityRank(a.severity);
  if (bySeverity !== 0) return bySeverity;
  if ((a.amountMills === null) !== (b.amountMills === null)) return a.amountMills === null ? 1 : -1;
  return (
    compareText(a.currency ?? '', b.currency ?? '') ||
    (b.amountMills ?? 0) - (a.amountMills ?? 0) ||
    compareText(a.id, b.id) ||
    compareText(a.trackingNumber, b.trackingNumber)
  );
}

/** One finding in the language, as the document has it. Throws when a stored value breaks the contract. */
export function describeFinding(finding: OpenFinding, locale: Locale): ReportFinding {
  const { amountMills, currency } = finding;
  return ReportFindingSchema.parse({
    id: finding.id,
    rule: finding.rule,
    severity: finding.severity,
    verdict: finding.verdict,
    attribution: finding.attribution,
    confidence: finding.confidence,
    subject: finding.subject,
    trackingNumber: finding.trackingNumber.startsWith('@') ? null : finding.trackingNumber,
    vendor: finding.vendor,
    labelId: finding.labelId,
    amount: amountMills === null || currency === null ? null : { value: formatMills(amountMills), currency },
    message: finding.message[locale],
    evidence: sortKeys(finding.evidence),
    deadline: finding.deadline,
    nextStep: finding.nextStep[locale],
  });
}

/** PostgreSQL keeps the keys of jsonb in its own order; the document has them by name. */
function sortKeys<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}
