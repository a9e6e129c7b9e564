/** What changed since the report before, as a page shows it: what is new first. */
import { type ChangedDecision, changedDecisions } from './decision-words.ts';
import type { EvidenceContext } from './evidence-text.ts';
import { type FindingView, findingView } from './finding-view.ts';
import type { ReportModel } from './report-model.ts';

/** Enough to see what happened; every finding is among the others below, and in findings.csv. */
const SHOWN_PER_CHANGE = 8;

export interface ChangesView {
  heading: string;
  counts: string;
  /** Vendors about which the report before decided otherwise. */
  decisions: ChangedDecision[];
  /** What is new, then what came back; a list without a finding is left out. */
  lists: { title: string; shown: FindingView[]; more: string | null }[];
}

/** Null for a report that stands alone, or is the first one: there is nothing to compare it with. */
export function changesView(model: ReportModel, context: EvidenceContext): ChangesView | null {
  const { changes, document } = model;
  if (changes === null || changes.since === null) return null;
  const { wording } = context;
  const findings = new Map(document.findings.map((finding) => [finding.id, finding]));
  const list = (name: 'new' | 'reopened'): ChangesView['lists'] => {
    const ids = changes[name];
    if (ids.length === 0) return [];
    const shown = ids.slice(0, ids.length === SHOWN_PER_CHANGE + 1 ? undefined : SHOWN_PER_CHANGE);
    const count = ids.length - shown.length;
    return [
      {
        title: wording.say(`changes.${name}`),
        shown: shown.flatMap((id) => findings.get(id) ?? []).map((finding) => findingView(finding, context)),
        more: count > 0 ? wording.say('page.more', { count }) : null,
      },
    ];
  };
  return {
    heading: wording.say('changes.since', { day: changes.since }),
    counts: wording.say('changes.counts', {
      new: changes.new.length,
      reopened: changes.reopened.length,
      resolved: changes.resolved.length,
      open: changes.stillOpen.length,
    }),
    decisions: changedDecisions(model, wording),
    lists: [...list('new'), ...list('reopened')],
  };
}
