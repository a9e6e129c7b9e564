/** What the audit command prints: the verdict, the counts, the money and where the files are, in under a screen. */
import { SEVERITIES } from '../core/rules/answer.ts';
import { addDays } from '../core/units/day.ts';
import { claimsLine } from './claims.ts';
import { displayWidth } from './display-width.ts';
import { groupGaps } from './gap-groups.ts';
import { headlineOf } from './headline.ts';
import { groupDigits, moneyText } from './number-text.ts';
import { REPORT_FILES } from './report-files.ts';
import type { NotChecked, ReportDocument } from './report-document.ts';
import type { ReportModel } from './report-model.ts';
import { stopListLine } from './stop-list.ts';
import type { Wording } from './wording.ts';

/** More causes than these are in the report; a terminal shows the most frequent. */
const CAUSES_SHOWN = 5;

/** Plain text with a newline at its end, without colours; `outDir` is the folder as the user named it. */
export function textSummary(model: ReportModel, { wording, outDir }: { wording: Wording; outDir: string }): string {
  const { document } = model;
  const { line, detail } = headlineOf(model, wording);
  const blocks = [
    [line, `  ${detail}`],
    columns([
      [wording.say('summary.labels'), labelsText(document, wording)],
      [wording.say('summary.findings'), findingsText(document, wording)],
      ...document.totals.map((totals) => [wording.say('page.money'), totalsText(totals, wording)]),
      ...followUps(document, wording),
      ...suppressed(document, wording),
      ...personalData(document, wording),
    ]),
    titled(wording.say('page.vendors'), vendorLines(document, wording)),
    titled(wording.say('page.not_checked'), notCheckedLines(model, wording)),
    [wording.say('summary.files', { folder: outDir, files: REPORT_FILES.join(wording.say('headline.comma')) })],
  ];
  const lines = blocks.filter((block) => block.length > 0).flatMap((block) => ['', ...block]);
  return `${lines.slice(1).map(printable).join('\n')}\n`;
}

/** Names in files may hold anything; a terminal must not take them for commands. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, '?');
}

function titled(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

/** Rows with every column but the last padded to its widest cell. */
function columns(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => displayWidth(row[index] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - displayWidth(cell)),
      )
      .join('  '),
  );
}

/** How many findings are not among those told of, and why. */
function suppressed({ suppressions, suppressedFindings }: ReportDocument, wording: Wording): string[][] {
  if (suppressions.length === 0) return [];
  return [[wording.say('suppression.title'), wording.say('suppression.lead', { count: suppressedFindings })]];
}

function labelsText({ labels, window }: ReportDocument, wording: Wording): string {
  const counts = wording.say('summary.labels_text', { audited: labels.audited, rated: labels.rated });
  if (window.from === null || window.to === null) return counts;
  const period = wording.say('page.period', { from: window.from, last: addDays(window.to, -1) });
  return [counts, period].join(wording.say('page.between'));
}

function findingsText({ findings }: ReportDocument, wording: Wording): string {
  const counts = [...SEVERITIES].reverse().flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${groupDigits(count)} ${wording.say(`severity.${severity}`).toLowerCase()}`];
  });
  return counts.length === 0 ? wording.say('summary.none') : counts.join(wording.say('headline.comma'));
}

/** What is to be done soon: labels to stop, and claims that end; no line where there is neither. */
function followUps({ stopList, claims }: ReportDocument, wording: Wording): string[][] {
  const stops = stopList && stopListLine(stopList, wording);
  return [
    ...(stops === null ? [] : [[wording.say('summary.stop_list'), stops]]),
    ...(claims === null || claims.totals.length === 0
      ? []
      : [[wording.say('summary.claims'), claimsLine(claims, wording)]]),
  ];
}

function totalsText({ currency, ...amounts }: ReportDocument['totals'][number], wording: Wording): string {
  return (['charged', 'atStake', 'recoverable', 'goodsAtRisk'] as const)
    .map((name) => `${wording.say(`money.${name}`)} ${moneyText(amounts[name], currency)}`)
    .join(wording.say('page.between'));
}

function vendorLines({ vendors }: ReportDocument, wording: Wording): string[] {
  return columns(
    vendors.map(({ vendor, decision, labels, reasons }) => [
      vendor,
      wording.say(`decision.${decision}`),
      groupDigits(labels),
      reasons[0] ?? '',
    ]),
  );
}

/** However few they are, statements that nobody looked into come first. */
function isStatement({ what }: NotChecked): boolean {
  return what === 'statement_without_label';
}

/** How many values about people were dropped, over all files; no line when there were none. */
function personalData({ notChecked }: ReportDocument, wording: Wording): string[][] {
  const count = notChecked.filter(isPersonalData).reduce((sum, gap) => sum + gap.count, 0);
  return count === 0 ? [] : [[wording.say('subject.personal_data'), wording.say('summary.personal_data', { count })]];
}

function isPersonalData({ what }: NotChecked): boolean {
  return what === 'personal_data';
}

function notCheckedLines({ document, ruleTitles }: ReportModel, wording: Wording): string[] {
  const nameOf = (what: string): string =>
    wording.knows(`subject.${what}`) ? wording.say(`subject.${what}`) : (ruleTitles.get(what) ?? what);
  const gaps = document.notChecked
    .filter((gap) => !isPersonalData(gap))
    .sort((a, b) => Number(isStatement(b)) - Number(isStatement(a)) || b.count - a.count);
  const causes = groupGaps(gaps);
  const rows = causes.slice(0, CAUSES_SHOWN).map(({ what: [first, ...others], why, count }) => {
    const more = others.length === 0 ? '' : wording.say('summary.and_others', { count: others.length });
    return [groupDigits(count), `${nameOf(first)}${more}`, why];
  });
  const rest = causes.length - rows.length;
  return [...columns(rows), ...(rest > 0 ? [wording.say('summary.more_causes', { count: rest })] : [])];
}
