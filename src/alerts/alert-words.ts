/** The sentences of an alert: its subject, what was stated by whom, and what to do about it. */
import type { Rule } from '../core/rules/rule.ts';
import { joinNames } from '../reports/headline.ts';
import type { OpenFinding } from '../reports/report-rows.ts';
import { compareText } from '../reports/order.ts';
import type { Wording } from '../reports/wording.ts';
import { type AlertMatter, type VendorMatter } from './alert-matter.ts';
import { clipText } from './plain-words.ts';
import { type Statement, gatherStatements } from '../reports/statement.ts';

/** A name in a subject is cut where it would push out what the subject is for. */
const NAME_LENGTH = 40;
/** Vendors named in one sentence; the others are counted. */
const NAMES = 3;
/** Statements at the head of a mail; more of them stand with their labels. */
const STATEMENTS = 3;

export interface Naming {
  wording: Wording;
  rules: readonly Rule[];
}

/** "Counterfeit notice: 3 labels of Harbor Postage"; who is not to be blamed is not named. No tracking numbers. */
export function subjectOf(matter: AlertMatter, naming: Naming): string {
  const { wording } = naming;
  const count = matter.counts.labels;
  const labels = wording.say('alert.labels', { count });
  if (matter.carrierWide) return wording.say('alert.subject_wide', { labels, count: matter.vendors.length });
  const findings = matter.vendors.flatMap((each) => each.findings.map(({ finding }) => finding));
  if (findings.length === 0) {
    return wording.say('alert.subject_wide_day', { parcels: wording.say('alert.parcels', { count: heldOf(matter) }) });
  }
  const what = ruleWords(findings, naming);
  const vendors = nameVendors(
    matter.vendors.map(({ vendor }) => clipText(vendor, NAME_LENGTH)),
    wording,
  );
  if (count === 0) return wording.say('alert.subject_vendors', { what, vendors });
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  const [verdict] = verdicts;
  if (findings.every(isSomebodyElses) && verdict !== undefined && verdicts.size === 1) {
    return wording.say('alert.subject_other', { what, labels, verdict: wording.say(`verdict.${verdict}`) });
  }
  return wording.say('alert.subject', { what, labels, vendors });
}

/** Parcels held on the days that concern the carrier as a whole. */
export function heldOf({ carrierDays }: Pick<AlertMatter, 'carrierDays'>): number {
  return carrierDays.flatMap(({ vendors }) => vendors).reduce((sum, { count }) => sum + count, 0);
}

function isSomebodyElses({ attribution }: OpenFinding): boolean {
  return attribution !== 'vendor' && attribution !== 'open';
}

/** What the rules found, in a word or two each, in the order of the findings. */
export function ruleWords(findings: readonly Pick<OpenFinding, 'rule'>[], { wording, rules }: Naming): string {
  const words = [...new Set(findings.map(({ rule }) => rule))].map((id) => {
    const key = `alert_rule.${id}`;
    if (wording.knows(key)) return wording.say(key);
    return rules.find((rule) => rule.id === id)?.title[wording.locale] ?? id;
  });
  const phrase = words.join(wording.say('headline.comma'));
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

/** The names as one phrase, in the order given; of many the last are counted. */
export function nameVendors(names: readonly string[], wording: Wording): string {
  if (names.length <= NAMES) return joinNames(names, wording);
  const count = names.length - NAMES + 1;
  return joinNames([...names.slice(0, NAMES - 1), wording.say('alert.more_names', { count })], wording);
}

/** "2026-11-20 14:03", of UTC. */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

/** One statement, with its source and time. */
export function statedBy(statement: Statement, wording: Wording): string {
  return wording.say('alert.stated_one', { at: minuteOf(statement.at), ...quoted(statement, wording) });
}

/** What was stated about the labels, each statement once, quoted, with source and time. */
export function whatWasStated({ vendors }: AlertMatter, wording: Wording): { lines: string[]; more: string | null } {
  const all = vendors.flatMap(({ findings }) => findings.flatMap(({ statement }) => statement ?? []));
  const groups = gatherStatements(all);
  const lines = groups.slice(0, STATEMENTS).map(({ statement, lastAt, count }) => {
    const [at, last] = [minuteOf(statement.at), minuteOf(lastAt)];
    const labels = wording.say('alert.labels', { count });
    const said = quoted(statement, wording);
    return at === last
      ? wording.say('alert.stated', { at, labels, ...said })
      : wording.say('alert.stated_span', { at, last, labels, ...said });
  });
  const left = groups.length - lines.length;
  return { lines, more: left > 0 ? wording.say('alert.more_statements', { count: left }) : null };
}

function quoted({ text, code, source }: Statement, wording: Wording): { source: string; words: string } {
  const words =
    text === null
      ? wording.say('alert.words_code_only', { code: code ?? '' })
      : code === null
        ? wording.say('alert.words', { text })
        : wording.say('alert.words_code', { text, code });
  return { source: source ?? wording.say('alert.unnamed_source'), words };
}

/** What is to be stopped of a vendor, in one sentence; null where nothing is to be. */
export function stopSentence({ vendor, outstanding }: VendorMatter, wording: Wording): string | null {
  if (outstanding === null) return null;
  const count = outstanding.stop.length;
  return count === 0
    ? wording.say('outstanding.stop_none', { vendor })
    : wording.say('outstanding.stop', { count, vendor });
}

/** The vendors of a day that concerns the carrier, by name: an order by number would point at one. */
export function affectedSentence(vendors: readonly { vendor: string; count: number }[], wording: Wording): string {
  const named = [...vendors]
    .sort((a, b) => compareText(a.vendor, b.vendor))
    .map(({ vendor, count }) =>
      wording.say('alert.affected_vendor', { vendor, parcels: wording.say('alert.parcels', { count }) }),
    );
  return wording.say('alert.affected', { vendors: named.join(wording.say('headline.comma')) });
}
