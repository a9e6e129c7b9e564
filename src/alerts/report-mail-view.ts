/** What the mail of a report shows: the report's own words, as much of them as fits. */
import { groupDigits } from '../reports/number-text.ts';
import type { PageView } from '../reports/page-view.ts';
import type { ReportDocument } from '../reports/report-document.ts';
import type { Wording } from '../reports/wording.ts';
import { AMOUNTS, FINDINGS, amountFigure, countBySeverity, severityFigure, shownTotals } from './figures.ts';
import { clipAll } from './plain-words.ts';

/** The greatest length of each list of a mail, and of each text in it. */
export interface Caps {
  /** Rules shown of each severity. */
  groups: number;
  /** Findings shown of each rule. */
  rows: number;
  /** Lines of every other list. */
  lines: number;
  characters: number;
}

/** What a mail is made from. */
export interface ReportMailInput {
  day: string;
  view: PageView;
  document: Pick<ReportDocument, 'findings' | 'totals'>;
  /** Names of the attached files, and of those left out for their size. */
  attached: readonly string[];
  leftOut: readonly string[];
  /** How people reach the service; null = no links. */
  publicUrl: string | null;
  wording: Wording;
}

export type ReportMailView = ReturnType<typeof reportMailView>;

/** The view under the caps; what a list leaves out is counted at its end. */
export function reportMailView(given: ReportMailInput, caps: Caps) {
  const view = clipAll(given.view, caps.characters);
  const input = { ...given, view };
  const { day, wording, publicUrl } = input;
  return {
    lang: view.lang,
    title: `${view.title} ${day}`,
    headline: view.headline,
    period: view.period,
    asOf: view.asOf,
    counts: view.counts,
    figures: figuresView(input),
    money: moneyView(input),
    changes: view.changes && changesView(view.changes, input, caps),
    vendors: listView(view.vendors, caps.lines, wording),
    severities: view.severities.map((severity) => severityView(severity, input, caps)),
    notChecked: listView(view.notChecked, caps.lines, wording),
    sources: listView(view.sources, caps.lines, wording),
    files: filesView(input),
    link: publicUrl === null ? null : `${publicUrl}/reports/${day}`,
    book: view.book,
    data: view.data,
  };
}

/** A list with how many of it were left out; null = none. */
function listView<Item>(items: readonly Item[], cap: number, wording: Wording): { shown: Item[]; more: string | null } {
  const shown = items.slice(0, cap);
  const left = items.length - shown.length;
  return { shown, more: left > 0 ? wording.say('mail.more', { count: left }) : null };
}

function figuresView({ document, wording }: ReportMailInput) {
  return [
    { figure: FINDINGS, label: wording.say('summary.findings'), value: groupDigits(document.findings.length) },
    ...countBySeverity(document).map(([severity, count]) => ({
      figure: severityFigure(severity),
      label: wording.say(`severity.${severity}`),
      value: groupDigits(count),
    })),
  ];
}

function moneyView({ document, wording }: ReportMailInput) {
  const totals = shownTotals(document);
  const left = document.totals.length - totals.length;
  return {
    currencies: totals.map(({ currency }, index) => ({
      currency,
      lines: AMOUNTS.map((name) => ({
        figure: amountFigure(currency, name),
        label: wording.say(`money.${name}`),
        // What a figure takes in is the same in every currency: said once.
        note: index === 0 ? wording.say(`money.${name}_note`) : null,
        value: groupDigits(totals.find((row) => row.currency === currency)?.[name] ?? ''),
      })),
    })),
    more: left > 0 ? wording.say('mail.more_currencies', { count: left }) : null,
  };
}

function changesView(changes: NonNullable<PageView['changes']>, { wording, publicUrl }: ReportMailInput, caps: Caps) {
  return {
    heading: changes.heading,
    counts: changes.counts,
    lists: changes.lists.map(({ title, shown, more }) => {
      const few = shown.slice(0, caps.rows * 2);
      return {
        title,
        shown: few.map((finding) => ({ ...finding, link: linkOf(finding.id, publicUrl) })),
        more: few.length < shown.length ? wording.say('mail.more_attached') : more,
      };
    }),
  };
}

type SeverityView = PageView['severities'][number];

function severityView({ severity, heading, count, groups }: SeverityView, input: ReportMailInput, caps: Caps) {
  const { wording } = input;
  return {
    severity,
    heading,
    count,
    groups: groups.slice(0, caps.groups).map((group) => groupView(group, input, caps)),
    more: groups.length > caps.groups ? wording.say('mail.more_rules', { count: groups.length - caps.groups }) : null,
  };
}

function groupView(group: SeverityView['groups'][number], { wording, publicUrl }: ReportMailInput, caps: Caps) {
  const shown = group.shown.slice(0, caps.rows);
  const left = group.count - shown.length;
  return {
    title: group.title,
    summary: group.summary,
    standing: group.standing,
    vendors: group.vendors,
    amounts: group.amounts,
    nextSteps: group.nextSteps,
    shown: shown.map((finding) => ({ ...finding, link: linkOf(finding.id, publicUrl) })),
    more: left > 0 ? wording.say('mail.more', { count: left }) : null,
  };
}

function filesView({ attached, leftOut, wording }: ReportMailInput): string[] {
  const comma = wording.say('headline.comma');
  return [
    ...(attached.length > 0 ? [wording.say('mail.attached', { files: attached.join(comma) })] : []),
    ...(leftOut.length > 0 ? [wording.say('mail.left_out', { files: leftOut.join(comma) })] : []),
  ];
}

function linkOf(id: string, publicUrl: string | null): string | null {
  return publicUrl === null ? null : `${publicUrl}/findings/${id}`;
}
