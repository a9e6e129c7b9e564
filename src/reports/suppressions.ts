/** Suppressions as the document lists them, and in words: what is hidden, by whom, why and until when. */
import type { SuppressionView } from '../audit/suppression.service.ts';
import { SCOPE_FIELDS, type SuppressionScope } from '../core/finding/suppression.ts';
import { formatInstant } from '../core/units/day.ts';
import { formatMills } from '../core/units/money.ts';
import { moneyText } from './number-text.ts';
import type { ReportSuppression } from './report-document.ts';
import type { Wording } from './wording.ts';

/** One as the document has it. */
export function describeSuppression(view: SuppressionView): ReportSuppression {
  return {
    id: view.id,
    rule: view.rule,
    vendor: view.vendor,
    trackingNumber: view.trackingNumber,
    labelId: view.labelId,
    orderId: view.orderId,
    expression: view.expression,
    reason: view.reason,
    owner: view.owner,
    createdAt: formatInstant(view.createdAt.getTime()),
    expiresOn: view.expiresOn,
    findings: view.hides,
    amounts: view.amounts.map(({ mills, currency }) => ({ value: formatMills(mills), currency })),
    spared: view.spares,
    expiresSoon: view.expiresSoon,
    idle: view.idle,
  };
}

/** What it is about in one line: every criterion it names. */
export function scopeText(
  scope: SuppressionScope,
  { wording, ruleTitles }: { wording: Wording; ruleTitles: ReadonlyMap<string, string> },
): string {
  const parts = SCOPE_FIELDS.flatMap((field) => {
    const value = scope[field];
    if (value === null) return [];
    const shown = field === 'rule' ? (ruleTitles.get(value) ?? value) : value;
    return [wording.say(`suppression.scope_${field}`, { value: shown })];
  });
  return parts.join(wording.say('page.standing_separator'));
}

/** The sentences that ask for a look at it: it ends soon, hides nothing, or spares what it must not hide. */
export function suppressionWarnings(
  { expiresSoon, idle, spared, expiresOn }: Pick<ReportSuppression, 'expiresSoon' | 'idle' | 'spared' | 'expiresOn'>,
  wording: Wording,
): string[] {
  return [
    ...(expiresSoon ? [wording.say('suppression.expires_soon', { day: expiresOn })] : []),
    ...(idle ? [wording.say('suppression.idle')] : []),
    ...(spared > 0 ? [wording.say('suppression.spares', { count: spared })] : []),
  ];
}

/** As a row of a page. */
export function suppressionRow(
  suppression: ReportSuppression,
  words: { wording: Wording; ruleTitles: ReadonlyMap<string, string> },
) {
  const { wording } = words;
  return {
    what: scopeText(suppression, words),
    reason: suppression.reason,
    owner: suppression.owner,
    until: wording.say('suppression.until', { day: suppression.expiresOn }),
    warnings: suppressionWarnings(suppression, wording),
    count: suppression.findings,
    amounts: suppression.amounts.map(({ value, currency }) => moneyText(value, currency)),
  };
}
