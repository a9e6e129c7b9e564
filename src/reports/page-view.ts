/** What the page shows, in words and ready to print: the template only places it. */
import { addDays } from '../core/units/day.ts';
import { claimsView } from './claims.ts';
import { changesView } from './changes-view.ts';
import type { EvidenceContext } from './evidence-text.ts';
import { flagText } from './flagged.ts';
import { type FindingGroup, groupFindings } from './finding-groups.ts';
import { groupGaps } from './gap-groups.ts';
import { findingView } from './finding-view.ts';
import { headlineOf } from './headline.ts';
import { instantTextIn } from './instant-text.ts';
import { groupDigits, millsText, moneyText, percentText } from './number-text.ts';
import { beforeText } from './decision-words.ts';
import { peersText } from './peers.ts';
import type { ReportDocument, ReportTotals, ReportVendor } from './report-document.ts';
import type { ReportModel, VendorView } from './report-model.ts';
import { shadowView } from './shadow.ts';
import { stopListView } from './stop-list.ts';
import { suppressionRow } from './suppressions.ts';
import type { Wording } from './wording.ts';

export type PageView = ReturnType<typeof pageView>;

/** The whole page. Every number in it is one of the document, or a sum the document allows to check. */
export function pageView(model: ReportModel, wording: Wording) {
  const { document } = model;
  const timeZone = document.window.timeZone;
  const headline = headlineOf(model, wording);
  const instantText = instantTextIn(timeZone);
  const context: EvidenceContext = { wording, instantText, factUnits: model.factUnits };
  return {
    lang: model.locale,
    title: wording.say('page.title'),
    headline: { ...headline, edge: `${headline.tone}Edge` },
    period: periodText(document, wording),
    asOf: wording.say('page.as_of', { instant: instantText(model.asOf), timeZone }),
    counts: wording.say('page.counts', {
      labels: document.labels.audited,
      rated: document.labels.rated,
      findings: document.findings.length,
    }),
    stakes: document.totals.map((totals) => stakesText(totals, wording)),
    vendors: model.vendors.map((view, index) => vendorView(view, document.vendors[index], { model, wording })),
    lost: model.lost.overall,
    stopList: stopListView(model.outstanding, wording),
    claims: document.claims && claimsView(document.claims, wording),
    money: moneyView(document.totals, wording),
    changes: changesView(model, context),
    severities: groupFindings(document.findings).map(({ severity, count, groups }) => ({
      severity,
      heading: wording.say(`severity.${severity}`),
      count: groupDigits(count),
      groups: groups.map((group) => groupView(group, model, context)),
    })),
    suppressions: suppressionsView(model, wording),
    shadow: shadowView(model, wording),
    notChecked: groupGaps(document.notChecked).map(({ what, why, count }) => ({
      what: what.map((each) => subjectName(each, model, wording)).join(wording.say('page.between')),
      why,
      count: groupDigits(count),
    })),
    outcomes: document.outcomes.map(({ rule, fires, clear, unknown }) => ({
      title: model.ruleTitles.get(rule) ?? rule,
      rule,
      flag: flagText(document, rule, wording),
      fires: groupDigits(fires),
      clear: groupDigits(clear),
      unknown: groupDigits(unknown),
    })),
    sources: document.sources.map((source) => ({
      file: source.file,
      kind: wording.knows(`kind.${source.kind}`) ? wording.say(`kind.${source.kind}`) : source.kind,
      vendor: source.vendor ?? '',
      rows: groupDigits(source.rows),
      accepted: groupDigits(source.accepted),
      repeated: groupDigits(source.repeated),
      rejected: groupDigits(source.rejected),
    })),
    book: wording.say('page.book', { rules: document.ruleSet.rules, version: document.ruleSet.version }),
    data: wording.say('page.data', {
      version: document.data.version,
      priceLists: document.data.priceLists.join(wording.say('headline.comma')),
    }),
  };
}

/** Null where nothing is suppressed. */
function suppressionsView({ document, ruleTitles }: ReportModel, wording: Wording) {
  const { suppressions, suppressedFindings } = document;
  if (suppressions.length === 0) return null;
  return {
    lead: wording.say('suppression.lead', { count: suppressedFindings }),
    rows: suppressions.map((each) => {
      const { count, ...row } = suppressionRow(each, { wording, ruleTitles });
      return { ...row, count: groupDigits(count) };
    }),
  };
}

function periodText({ window }: ReportDocument, wording: Wording): string {
  if (window.from === null || window.to === null) return wording.say('page.no_period');
  return wording.say('page.period', { from: window.from, last: addDays(window.to, -1) });
}

/** Steps that name their label differ from finding to finding; the first of them show what to do. */
const STEPS_SHOWN = 2;

const MONEY = ['charged', 'chargedOfRated', 'expected', 'atStake', 'recoverable', 'goodsAtRisk'] as const;

/** "price" and the like by their name in the language, a rule by its title, anything else as it is. */
function subjectName(what: string, { ruleTitles }: ReportModel, wording: Wording): string {
  if (wording.knows(`subject.${what}`)) return wording.say(`subject.${what}`);
  return ruleTitles.get(what) ?? what;
}

interface VendorContext {
  model: ReportModel;
  wording: Wording;
}

function vendorView(view: VendorView, row: ReportVendor | undefined, { model, wording }: VendorContext) {
  const { record, score, charged, chargedOfRatedMills, expectedMills } = view;
  const decision = wording.say(`decision.${score.decision}`);
  const before = row === undefined ? null : beforeText(row, model, wording);
  const share = expectedMills > 0 ? Math.round((chargedOfRatedMills / expectedMills) * 100) / 100 : null;
  return {
    vendor: record.vendor,
    tone: score.decision,
    decision,
    labels: groupDigits(record.labels),
    charged: charged.map(({ currency, mills }) => millsText(mills, currency)),
    ofPublished: share === null ? wording.say('page.not_stated') : percentText(share),
    before,
    /** The decision in one phrase with that of the report before, where that was another. */
    decided: before === null ? decision : wording.say('changes.decision', { now: decision, before }),
    reasons: row?.reasons ?? [],
    peers: peersView(row?.peers ?? [], model, wording),
  };
}

/** Rules compared with other vendors on a page, the gravest first. */
const PEERS_SHOWN = 3;

function peersView(peers: ReportVendor['peers'], { ruleTitles }: ReportModel, wording: Wording): string[] {
  const left = peers.length - PEERS_SHOWN;
  return [
    ...peers
      .slice(0, PEERS_SHOWN)
      .map((each) => peersText(each, { title: ruleTitles.get(each.rule) ?? each.rule, wording })),
    ...(left > 0 ? [wording.say('peers.more', { count: left })] : []),
  ];
}

/** Money in one line, for who reads no further. */
function stakesText({ currency, atStake, recoverable, goodsAtRisk }: ReportTotals, wording: Wording): string {
  return wording.say('page.stakes', {
    atStake: moneyText(atStake, currency),
    recoverable: moneyText(recoverable, currency),
    goodsAtRisk: moneyText(goodsAtRisk, currency),
  });
}

/** A row a kind of amount, a column a currency; published prices only where some purchase has one. */
function moneyView(totals: readonly ReportTotals[], wording: Wording) {
  const priced = totals.some(({ expected }) => expected !== '0.00');
  const names = priced ? MONEY : MONEY.filter((name) => name !== 'chargedOfRated' && name !== 'expected');
  return {
    currencies: totals.map(({ currency }) => currency),
    lines: names.map((name) => ({
      label: wording.say(`money.${name}`),
      note: wording.say(`money.${name}_note`),
      values: totals.map((row) => groupDigits(row[name])),
    })),
  };
}

function groupView(group: FindingGroup, { ruleTitles }: ReportModel, context: EvidenceContext) {
  const { wording } = context;
  const nextSteps = [...new Set(group.shown.map((finding) => finding.nextStep))];
  const standing = [
    wording.say(`verdict.${group.verdict}`),
    wording.say(`page.attributed_${group.attribution}`),
    wording.say(`confidence.${group.confidence}`),
  ];
  return {
    title: ruleTitles.get(group.rule) ?? group.rule,
    rule: group.rule,
    count: group.count,
    summary: wording.say('page.group', { count: group.count }),
    vendors: group.vendors.join(wording.say('headline.comma')),
    amounts: group.amounts.map(({ value, currency }) => moneyText(value, currency)),
    standing: standing.join(wording.say('page.standing_separator')),
    nextSteps: nextSteps.slice(0, STEPS_SHOWN),
    shown: group.shown.map((finding) => findingView(finding, context)),
    caption: wording.say(group.more > 0 ? 'page.shown_some' : 'page.shown_all', {
      count: group.shown.length,
      rule: group.rule,
    }),
    more: group.more > 0 ? wording.say('page.more', { count: group.more }) : null,
  };
}
