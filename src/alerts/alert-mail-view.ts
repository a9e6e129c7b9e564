/** What the mail of an alert shows: what was seen, what to do, and as much of each list as fits. */
import { severityRank } from '../core/finding/finding.ts';
import type { Severity } from '../core/rules/answer.ts';
import type { Rule } from '../core/rules/rule.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { formatMills } from '../core/units/money.ts';
import { groupDigits, millsText } from '../reports/number-text.ts';
import { compareText } from '../reports/order.ts';
import type { OpenFinding } from '../reports/report-rows.ts';
import type { Wording } from '../reports/wording.ts';
import type { StoppableLabel, TransitLabel } from '../reports/outstanding.ts';
import { type AlertMatter, type AlertedFinding, type VendorMatter, outstandingOf } from './alert-matter.ts';
import { orderWorth } from '../reports/outstanding.ts';
import { joinSentences, transitSentences } from '../reports/outstanding-words.ts';
import {
  affectedSentence,
  heldOf,
  minuteOf,
  nameVendors,
  ruleWords,
  statedBy,
  stopSentence,
  subjectOf,
  whatWasStated,
} from './alert-words.ts';
import { HELD, LABELS } from './alert-figures.ts';
import { STOP, TRANSIT, worthFigure } from './figures.ts';
import { clipAll } from './plain-words.ts';

/** The greatest length of each list of the mail, and of each text in it. */
export interface AlertCaps {
  vendors: number;
  /** Findings of a vendor. */
  findings: number;
  stop: number;
  transit: number;
  characters: number;
}

export interface AlertMailInput {
  matter: AlertMatter;
  now: Instant;
  /** Days back that labels not handed over and parcels on their way were bought in. */
  days: number;
  /** Names of the attached files, and of those left out for their size. */
  attached: readonly string[];
  leftOut: readonly string[];
  publicUrl: string | null;
  wording: Wording;
  rules: readonly Rule[];
}

export type AlertMailView = ReturnType<typeof alertMailView>;

/** The view under the caps; what a list leaves out is counted at its end. */
export function alertMailView(input: AlertMailInput, caps: AlertCaps) {
  const { matter, wording, now } = input;
  const vendors = orderedVendors(matter);
  const stated = whatWasStated(matter, wording);
  const view = {
    lang: wording.locale,
    title: subjectOf(matter, input),
    kicker: wording.say('alert.kicker', { at: minuteOf(formatInstant(now)) }),
    edge: vendors.some(({ outstanding }) => outstanding !== null) ? 'stopEdge' : 'watchEdge',
    lead: leadOf(matter, stated.lines, wording),
    more: stated.more,
    verdict: commonVerdict(matter, wording),
    todo: todoOf(matter, wording),
    figures: figuresOf(matter, wording),
    carrierDays: matter.carrierDays.map(({ finding, vendors: affected }) => ({
      message: finding.message[wording.locale],
      affected: affectedSentence(affected, wording),
      nextStep: finding.nextStep[wording.locale],
      link: linkOf(finding, input),
    })),
    vendors: vendors.slice(0, caps.vendors).map((vendor) => vendorView(vendor, input, caps)),
    moreVendors: moreOf(vendors.length - caps.vendors, 'alert.more_vendors', 'labels.csv', wording),
    files: filesOf(input),
  };
  return clipAll(view, caps.characters);
}

/** In an alert about the carrier the order of vendors must not point at one. */
function orderedVendors({ carrierWide, vendors }: AlertMatter): readonly VendorMatter[] {
  return carrierWide ? vendors.toSorted((a, b) => compareText(a.vendor, b.vendor)) : vendors;
}

function leadOf(matter: AlertMatter, stated: readonly string[], wording: Wording): string[] {
  const { carrierWide, vendors, carrierDays } = matter;
  if (carrierWide) return [wording.say('alert.wide', { count: vendors.length }), ...stated];
  if (stated.length > 0) return [...stated];
  // Nothing was stated in so many words: the findings speak for themselves.
  const first = vendors[0]?.findings[0]?.finding ?? carrierDays[0]?.finding;
  return first === undefined ? [] : [first.message[wording.locale]];
}

/** Verdict, attribution and confidence, where they are the same of all; in an alert about the carrier nobody's. */
function commonVerdict({ carrierWide, vendors }: AlertMatter, wording: Wording): string | null {
  if (carrierWide) return null;
  const all = new Set(vendors.flatMap(({ findings }) => findings.map(({ finding }) => standing(finding, wording))));
  return all.size === 1 ? ([...all][0] ?? null) : null;
}

function standing({ verdict, attribution, confidence }: OpenFinding, wording: Wording): string {
  return [
    wording.say(`verdict.${verdict}`),
    wording.say(`page.attributed_${attribution}`),
    wording.say(`confidence.${confidence}`),
  ].join(' · ');
}

/** What to do first, in sentences. */
function todoOf(matter: AlertMatter, wording: Wording): string[] {
  if (matter.carrierWide) return [wording.say('alert.wide_step')];
  const { manyWithinADay: many } = matter;
  const stops = matter.vendors.flatMap((vendor) => {
    const sentence = stopSentence(vendor, wording);
    if (sentence === null) return [];
    const where = vendor.outstanding?.stop.length === 0 ? [] : [wording.say('alert.stop_where')];
    return [joinSentences([sentence, ...where], wording)];
  });
  return [
    ...stops,
    ...(many.length > 0
      ? [wording.say('alert.many_vendors', { count: many.length, vendors: nameVendors(many, wording) })]
      : []),
  ];
}

interface ShownFigure {
  figure: string;
  label: string;
  value: string;
}

function figure(name: string, label: string, value: number | string): ShownFigure {
  return { figure: name, label, value: groupDigits(value) };
}

/** Figures that the finished mail is checked by. */
function figuresOf(matter: AlertMatter, wording: Wording): ShownFigure[] {
  const { stop, transit } = outstandingOf(matter);
  const held = heldOf(matter);
  const stops = matter.vendors.some(({ outstanding }) => outstanding !== null);
  return [
    ...(matter.counts.labels > 0 ? [figure(LABELS, wording.say('alert.figure_labels'), matter.counts.labels)] : []),
    ...(held > 0 ? [figure(HELD, wording.say('alert.figure_held'), held)] : []),
    ...(stops ? [figure(STOP, wording.say('outstanding.figure_stop'), stop.length)] : []),
    ...(stops ? [figure(TRANSIT, wording.say('outstanding.figure_transit'), transit.length)] : []),
    ...orderWorth(transit).map(([currency, mills]) =>
      figure(worthFigure(currency), `${wording.say('outstanding.figure_worth')} (${currency})`, formatMills(mills)),
    ),
  ];
}

function vendorView(vendor: VendorMatter, input: AlertMailInput, caps: AlertCaps) {
  const { wording, matter, days } = input;
  const { findings, outstanding } = vendor;
  const shown = findings.slice(0, caps.findings);
  return {
    vendor: vendor.vendor,
    nextSteps: matter.carrierWide
      ? []
      : distinct(findings.map(({ finding }) => finding.nextStep[wording.locale])).slice(0, 4),
    findings: shown.map((alerted) => findingView(alerted, input)),
    more: moreOf(findings.length - shown.length, 'alert.more_lines', 'labels.csv', wording),
    noStop: matter.carrierWide
      ? []
      : vendor.noStop.map((why) => wording.say(`alert.no_stop_${why}`, { vendor: vendor.vendor })),
    stop: outstanding && stopView(vendor, outstanding.stop, { wording, days, cap: caps.stop }),
    transit: outstanding && transitView(vendor, outstanding.transit, { wording, days, cap: caps.transit }),
  };
}

function findingView({ finding, sale, statement }: AlertedFinding, input: AlertMailInput) {
  const { wording, matter } = input;
  const number = finding.trackingNumber.startsWith('@') ? wording.say('page.about_vendor') : finding.trackingNumber;
  const facts = [
    ...(sale?.orderId == null ? [] : [wording.say('outstanding.order', { order: sale.orderId })]),
    ...(sale === null
      ? []
      : [wording.say('outstanding.charged', { amount: millsText(sale.chargedMills, sale.currency) })]),
  ];
  const link = linkOf(finding, input);
  if (!matter.carrierWide) {
    return { number, facts, message: finding.message[wording.locale], standing: standing(finding, wording), link };
  }
  // The rule's own sentence is about the vendor; here only what was stated is told.
  const message = statement === null ? ruleWords([finding], input) : statedBy(statement, wording);
  return { number, facts, message, standing: null, link };
}

interface ListOptions {
  wording: Wording;
  days: number;
  cap: number;
}

function stopView(vendor: VendorMatter, stop: readonly StoppableLabel[], { wording, days, cap }: ListOptions) {
  const untracked = stop.filter(({ tracked }) => !tracked).length;
  return {
    sentence: stopSentence(vendor, wording),
    basis:
      stop.length === 0
        ? []
        : [
            wording.say('outstanding.stop_basis', { days }),
            ...(untracked > 0 ? [wording.say('outstanding.stop_untracked', { count: untracked })] : []),
          ],
    lines: stop.slice(0, cap).map((label) => ({
      number: label.trackingNumber,
      facts: [
        ...outstandingFacts(label, wording),
        wording.say('outstanding.charged', { amount: millsText(label.chargedMills, label.currency) }),
      ],
    })),
    more: moreOf(stop.length - cap, 'alert.more_lines', 'stop-list.csv', wording),
  };
}

function transitView(vendor: VendorMatter, transit: readonly TransitLabel[], { wording, days, cap }: ListOptions) {
  return {
    sentence: joinSentences(transitSentences(transit, vendor.vendor, wording), wording),
    basis: wording.say('outstanding.transit_basis', { days }),
    lines: transit.slice(0, cap).map((label) => ({
      number: label.trackingNumber,
      facts: [
        wording.say(`outstanding.standing_${label.standing}`),
        ...outstandingFacts(label, wording),
        ...(label.orderMills === null || label.orderCurrency === null
          ? []
          : [millsText(label.orderMills, label.orderCurrency)]),
      ],
    })),
    more: moreOf(transit.length - cap, 'alert.more_lines', 'in-transit.csv', wording),
  };
}

function outstandingFacts(
  { orderId, purchasedAt, shipDate }: StoppableLabel | TransitLabel,
  wording: Wording,
): string[] {
  return [
    ...(orderId === null ? [] : [wording.say('outstanding.order', { order: orderId })]),
    wording.say('outstanding.bought', { day: purchasedAt.slice(0, 10) }),
    ...(shipDate === null ? [] : [wording.say('outstanding.ships', { day: shipDate })]),
  ];
}

function moreOf(
  count: number,
  key: 'alert.more_lines' | 'alert.more_vendors',
  file: string,
  wording: Wording,
): string | null {
  return count > 0 ? wording.say(key, { count, file }) : null;
}

function filesOf({ attached, leftOut, wording }: AlertMailInput): string[] {
  const comma = wording.say('headline.comma');
  return [
    ...(attached.length > 0 ? [wording.say('mail.attached', { files: attached.join(comma) })] : []),
    ...(leftOut.length > 0 ? [wording.say('alert.left_out', { files: leftOut.join(comma) })] : []),
  ];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function linkOf({ id }: OpenFinding, { publicUrl }: AlertMailInput): string | null {
  return publicUrl === null ? null : `${publicUrl}/findings/${id}`;
}

/** The gravest of the findings. */
export function severityOf({ vendors, carrierDays }: AlertMatter): Severity {
  const all = [...vendors.flatMap(({ findings }) => findings), ...carrierDays].map(({ finding }) => finding.severity);
  return all.reduce((worst, each) => (severityRank(each) > severityRank(worst) ? each : worst), 'info');
}
