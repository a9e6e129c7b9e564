/** The first line of a report: what to do, or that nothing was found in what could be checked. */
import { countsLabels, tellsOfMissingFile } from './not-checked.ts';
import { joinSentences } from './outstanding-words.ts';
import type { ReportModel } from './report-model.ts';
import type { Wording } from './wording.ts';

export type Tone = 'stop' | 'watch' | 'buy';

export interface Headline {
  /** One sentence. */
  line: string;
  /** What the line rests on, or what limits it. */
  detail: string;
  tone: Tone;
}

/** The verdict of a report. It never says "all clear" while something could not be checked without saying so beside it. */
export function headlineOf(model: ReportModel, wording: Wording): Headline {
  const { document } = model;
  const named = (decision: Tone): string =>
    joinNames(
      document.vendors.filter((vendor) => vendor.decision === decision).map((vendor) => vendor.vendor),
      wording,
    );
  const worst = document.vendors.find((vendor) => vendor.decision === 'stop');
  if (worst) {
    return {
      tone: 'stop',
      line: wording.say('headline.stop', { vendors: named('stop') }),
      detail: worst.reasons[0] ?? '',
    };
  }
  if (document.labels.audited === 0) {
    return { tone: 'watch', line: wording.say('headline.no_labels'), detail: wording.say('headline.no_labels_detail') };
  }
  if (document.findings.length === 0) return nothingFound(model, wording);
  const watched = document.vendors.find((vendor) => vendor.decision === 'watch');
  if (watched) {
    const line = wording.say('headline.watch', { vendors: named('watch') });
    return { tone: 'watch', line, detail: watched.reasons[0] ?? '' };
  }
  const line = wording.say('headline.minor', { count: document.findings.length });
  const less = document.notChecked.some(tellsOfMissingFile) || hasLost(model);
  return {
    tone: less ? 'watch' : 'buy',
    line,
    detail: joinSentences([...hidden(model, wording), limits(model, wording)], wording),
  };
}

/** What people chose not to be shown is no part of the line, and the line is not to sound as if it were not there. */
function hidden({ document }: ReportModel, wording: Wording): string[] {
  const count = document.suppressedFindings;
  return count === 0 ? [] : [wording.say('headline.hidden', { count })];
}

function nothingFound(model: ReportModel, wording: Wording): Headline {
  const unchecked = uncheckedLabels(model);
  const missing = model.document.notChecked.some(tellsOfMissingFile) || hasLost(model);
  const tone = missing || model.document.vendors.some((vendor) => vendor.decision !== 'buy') ? 'watch' : 'buy';
  const said = wording.say(unchecked === 0 && !missing ? 'headline.nothing' : 'headline.nothing_in_checked');
  const count = model.document.suppressedFindings;
  const line = count === 0 ? said : wording.say('headline.only_hidden', { count });
  return { tone, line, detail: limits(model, wording) };
}

function limits(model: ReportModel, wording: Wording): string {
  const missing = model.document.notChecked.find(tellsOfMissingFile);
  if (missing) return missing.why;
  const [lost] = [...model.lost.overall, ...model.lost.byVendor];
  if (lost !== undefined) return wording.say('headline.less_checked', { why: lost });
  const count = uncheckedLabels(model);
  const labels = model.document.labels.audited;
  const why = model.document.notChecked.filter(countsLabels).sort((a, b) => b.count - a.count)[0]?.why;
  if (count === 0 || why === undefined) return wording.say('headline.all_checked', { count: labels });
  return wording.say('headline.partly_checked', { count, labels, why });
}

function hasLost({ lost }: ReportModel): boolean {
  return lost.overall.length + lost.byVendor.length > 0;
}

/** Purchases that were not looked at in full: by a rule, by price or by tracking, whichever left out more. */
export function uncheckedLabels({ document, vendors, labelsWithUnknown }: ReportModel): number {
  const answered = vendors.reduce((sum, { record }) => sum + record.answered, 0);
  return Math.max(labelsWithUnknown, document.labels.unrated, document.labels.audited - answered);
}

/** "A, B and C". */
export function joinNames(names: readonly string[], wording: Wording): string {
  if (names.length <= 1) return names[0] ?? '';
  const last = names.at(-1) ?? '';
  return wording.say('headline.and', { first: names.slice(0, -1).join(wording.say('headline.comma')), last });
}
