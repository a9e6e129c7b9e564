/** One finding as a row of a page. */
import { type EvidenceContext, evidenceText } from './evidence-text.ts';
import { moneyText } from './number-text.ts';
import type { ReportFinding } from './report-document.ts';

export type FindingView = ReturnType<typeof findingView>;

/** What was found about which label, in words. */
export function findingView(finding: ReportFinding, context: EvidenceContext) {
  const { wording } = context;
  return {
    id: finding.id,
    number: finding.trackingNumber ?? wording.say(`page.about_${finding.subject}`),
    vendor: finding.vendor ?? '',
    labelId: finding.labelId ?? '',
    message: finding.message,
    // What the sentence says already is not told twice; a word as short as "1" may stand in it for something else.
    evidence: evidenceText(finding.evidence, context).filter(
      ({ value }) => value.length <= 3 || !finding.message.includes(value),
    ),
    amount: finding.amount ? moneyText(finding.amount.value, finding.amount.currency) : '',
    deadline: finding.deadline === null ? null : wording.say('page.deadline', { day: finding.deadline }),
  };
}
