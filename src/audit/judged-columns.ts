/** What a judgement says of a finding, by the names of the columns that keep it. */
import type { Finding } from '../core/finding/finding.ts';

/** The columns that `finding` and, as far as it has them, `shadow_finding` take from a judgement. */
export function judgedColumns(finding: Finding): Record<string, unknown> {
  return {
    tracking_number: finding.trackingNumber,
    id: finding.id,
    rule: finding.rule,
    rule_version: finding.ruleVersion,
    severity: finding.severity,
    verdict: finding.verdict,
    attribution: finding.attribution,
    confidence: finding.confidence,
    subject: finding.subject,
    vendor: finding.vendor,
    sale_key: finding.saleKey,
    label_id: finding.labelId,
    amount_mills: finding.amount?.mills ?? null,
    currency: finding.amount?.currency ?? null,
    amount_kind: finding.amountKind,
    goods_mills: finding.goods?.mills ?? null,
    goods_currency: finding.goods?.currency ?? null,
    message: finding.message,
    next_step: finding.nextStep,
    deadline: finding.deadline,
    evidence: finding.evidence,
    facts: finding.facts,
  };
}
