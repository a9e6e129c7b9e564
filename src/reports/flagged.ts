/** A rule that is to be looked at, since people keep dismissing what it finds, in words. */
import type { DismissedShare } from '../core/risk/dismissed.ts';
import { percentText } from './number-text.ts';
import type { ReportDocument } from './report-document.ts';
import type { Wording } from './wording.ts';

/** As the document has it; nothing for a rule that is not flagged. */
export function describeFlag({ flagged, ...share }: DismissedShare): ReportDocument['flaggedRules'] {
  return flagged ? [share] : [];
}

/** What the document says of the rule; null where it is not flagged. */
export function flagText(
  { flaggedRules }: Pick<ReportDocument, 'flaggedRules'>,
  rule: string,
  wording: Wording,
): string | null {
  const flagged = flaggedRules.find((each) => each.rule === rule);
  return flagged === undefined ? null : flagSentence(flagged, wording);
}

export function flagSentence(
  { dismissed, decided, share }: Pick<DismissedShare, 'dismissed' | 'decided' | 'share'>,
  wording: Wording,
): string {
  return wording.say('flagged.often', { dismissed, decided, share: percentText(share) });
}
