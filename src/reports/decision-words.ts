/** How a vendor's decision stands beside that of the report before, in words. */
import { addDays } from '../core/units/day.ts';
import { dayIn } from './report-day.ts';
import type { ReportVendor } from './report-document.ts';
import type { ReportModel } from './report-model.ts';
import type { Wording } from './wording.ts';

/** "yesterday Buy", or "Buy in the report of 2026-11-27"; null where nothing changed or nothing was decided before. */
export function beforeText({ decision, before }: ReportVendor, model: ReportModel, wording: Wording): string | null {
  if (before === null || before.decision === decision) return null;
  const today = dayIn(model.asOf, { reportTimeZone: model.document.window.timeZone });
  const key = before.day === addDays(today, -1) ? 'changes.decided_yesterday' : 'changes.decided_earlier';
  return wording.say(key, { day: before.day, before: wording.say(`decision.${before.decision}`) });
}

export interface ChangedDecision {
  vendor: string;
  tone: ReportVendor['decision'];
  /** "Watch, yesterday Buy". */
  decision: string;
  /** The first of its reasons: they are those of the decision. */
  why: string;
}

/** Vendors about which the report before decided otherwise, the worst decision first. */
export function changedDecisions(model: ReportModel, wording: Wording): ChangedDecision[] {
  return model.document.vendors.flatMap((vendor) => {
    const before = beforeText(vendor, model, wording);
    if (before === null) return [];
    const now = wording.say(`decision.${vendor.decision}`);
    return [
      {
        vendor: vendor.vendor,
        tone: vendor.decision,
        decision: wording.say('changes.decision', { now, before }),
        why: vendor.reasons[0] ?? '',
      },
    ];
  });
}
