/** What the mail of a report shows: the report's own words, as much of them as fits. */
import { groupDigits } from '../reports/number-text.ts';
import type { PageView } from '../reports/page-view.ts';
import type { Wording } from '../reports/wording.ts';
import {
  AMOUNTS,
  CLAIMS,
  type CheckedDocument,
  FINDINGS,
  STOP,
  TRANSIT,
  amountFigure,
  claimFigure,
  countBySeverity,
  severityFigure,
  shownTotals,
  worthFigure,
} from './figures.ts';
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
  document: CheckedDocument;
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
    lost: view.lost,
    stopList: view.stopList && stopListView(view.stopList, input, caps),
    claims: view.claims && claimsView(view.claims, input, caps),
    severities: view.severities.map((severity) => severityView(severity, input, caps)),
    suppressions: view.suppressions && {
      lead: view.suppressions.lead,
      ...listView(view.suppressions.rows, caps.lines, wording),
    },
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
  return { shown, more: moreOf(left, wording) };
}

function figuresView({ document, wording }: ReportMailInput) {
  return [
    { figure: FINDINGS, label: wording.say('summary.findings'), value: groupDigits(document.findings.length) },
    ...countBySeverity(document).map(([severity, count]) => ({
      figure: severityFigure(severity),
      label: wording.say(`severity.${severity}`),
      value: groupDigits(count),
    })),
    ...stopFigures(document, wording),
    ...claimFigures(document, wording),
  ];
}

interface ShownFigure {
  figure: string;
  label: string;
  value: string;
}

/** Only where some vendor's labels are to be stopped. */
function stopFigures({ stopList }: CheckedDocument, wording: Wording): ShownFigure[] {
  if (stopList === null || stopList.vendors.length === 0) return [];
  return [
    { figure: STOP, label: wording.say('outstanding.figure_stop'), value: groupDigits(stopList.labels.length) },
    {
      figure: TRANSIT,
      label: wording.say('outstanding.figure_transit'),
      value: groupDigits(stopList.inTransit.length),
    },
    ...stopList.orders.map(({ currency, value }) => ({
      figure: worthFigure(currency),
      label: `${wording.say('outstanding.figure_worth')} (${currency})`,
      value: groupDigits(value),
    })),
  ];
}

function claimFigures({ claims }: CheckedDocument, wording: Wording): ShownFigure[] {
  if (claims === null || claims.items.length === 0) return [];
  return [
    { figure: CLAIMS, label: wording.say('claims.figure'), value: groupDigits(claims.items.length) },
    ...claims.totals.map(({ currency, value }) => ({
      figure: claimFigure(currency),
      label: `${wording.say('claims.figure_worth')} (${currency})`,
      value: groupDigits(value),
    })),
  ];
}

/** As many rows as the page shows, under the caps; the figures above count all. */
function stopListView(list: NonNullable<PageView['stopList']>, { document, wording }: ReportMailInput, caps: Caps) {
  const all = document.stopList;
  return {
    ...list,
    vendors: listView(list.vendors, caps.lines, wording),
    stop: list.stop.slice(0, caps.lines),
    moreStop: moreOf((all?.labels.length ?? 0) - Math.min(caps.lines, list.stop.length), wording),
    transit: list.transit.slice(0, caps.lines),
    moreTransit: moreOf((all?.inTransit.length ?? 0) - Math.min(caps.lines, list.transit.length), wording),
  };
}

function claimsView(
  view: NonNullable<PageView['claims']>,
  { document, wording, publicUrl }: ReportMailInput,
  caps: Caps,
) {
  const shown = view.shown.slice(0, caps.lines);
  return {
    ...view,
    shown: shown.map((claim) => ({ ...claim, link: linkOf(claim.id, publicUrl) })),
    more: moreOf((document.claims?.items.length ?? 0) - shown.length, wording),
  };
}

function moreOf(left: number, wording: Wording): string | null {
  return left > 0 ? wording.say('mail.more', { count: left }) : null;
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
    decisions: changes.decisions,
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
