/** Compares the findings of a month with its truth: frauds found and missed, findings right and wrong, money found and stolen. */
import { severityRank } from '../../src/core/finding/finding.ts';
import { CARRIER_KEYS } from '../../src/core/finding/carrier-wide.ts';
import type { Found } from './audit.ts';
import type { Truth } from './truth.ts';

/** Counts of one rule or scheme. */
export interface Tally {
  /** Frauds that can be seen. */
  cases: number;
  found: number;
  /** Frauds that nothing in the files shows, and those found all the same. */
  hiddenCases: number;
  hiddenFound: number;
  stolenMills: number;
  foundMills: number;
  /** Findings of low severity or more about a fraud. */
  right: number;
  /** Findings of low severity or more that the truth gives no leave for. */
  wrong: number;
}

export interface Score {
  total: Tally;
  schemes: ReadonlyMap<string, Tally>;
  rules: ReadonlyMap<string, Tally>;
  /** Findings of medium severity or more that name the vendor as the one to answer. */
  accusations: { right: number; wrong: number };
  /** Findings of low severity or more about honest stories that the truth gives leave for. */
  allowed: number;
  /** Findings for information, about anything. */
  info: number;
  /** Frauds missed by why they cannot be seen. */
  hiddenBy: ReadonlyMap<string, { cases: number; found: number }>;
  wrongFindings: readonly { finding: Found; story: string }[];
  missedCases: readonly Truth[];
}

const LOW = severityRank('low');
const MEDIUM = severityRank('medium');

/** A fraud is found when one of its rules fires about its subject with low severity or more. */
export function score(findings: readonly Found[], truths: readonly Truth[]): Score {
  const counted = findings.filter(({ severity }) => severityRank(severity) >= LOW);
  const bySubject = groupBy(counted, keyOfFinding);
  const truthsBySubject = groupBy(truths, keyOfTruth);
  const total = emptyTally();
  const schemes = new Map<string, Tally>();
  const rules = new Map<string, Tally>();
  const hiddenBy = new Map<string, { cases: number; found: number }>();
  const missedCases: Truth[] = [];
  for (const truth of truths) {
    if (truth.kind !== 'scheme') continue;
    const about = [keyOfTruth(truth), ...truth.also].flatMap((key) => bySubject.get(key) ?? []);
    const isFound = about.some((finding) => truth.rules.includes(finding.rule) && isOfVendor(finding, truth));
    const first = truth.rules[0] ?? '';
    for (const tally of [total, of(schemes, truth.story, emptyTally), of(rules, first, emptyTally)])
      addCase(tally, truth, isFound);
    if (truth.hidden !== null) {
      const why = of(hiddenBy, truth.hidden, () => ({ cases: 0, found: 0 }));
      why.cases += 1;
      if (isFound) why.found += 1;
    } else if (!isFound) missedCases.push(truth);
  }
  const judged = counted.map((finding) => ({
    finding,
    as: judge(finding, truthsBySubject.get(keyOfFinding(finding)) ?? [], truths),
  }));
  for (const { finding, as } of judged) {
    for (const tally of [total, of(rules, finding.rule, emptyTally)]) {
      if (as.right) tally.right += 1;
      if (as.wrong) tally.wrong += 1;
    }
  }
  addPrecisionOfSchemes(schemes, truths, rules);
  const accusing = judged.filter(
    ({ finding }) => finding.attribution === 'vendor' && severityRank(finding.severity) >= MEDIUM,
  );
  return {
    total,
    schemes,
    rules,
    hiddenBy,
    missedCases,
    accusations: {
      right: accusing.filter(({ as }) => !as.wrong).length,
      wrong: accusing.filter(({ as }) => as.wrong).length,
    },
    allowed: judged.filter(({ as }) => !as.right && !as.wrong).length,
    info: findings.length - counted.length,
    wrongFindings: judged.filter(({ as }) => as.wrong).map(({ finding, as }) => ({ finding, story: as.story })),
  };
}

/** Right = about a fraud and one of the rules that may speak of it; wrong = the truth gives no leave. */
function judge(
  finding: Found,
  about: readonly Truth[],
  all: readonly Truth[],
): { right: boolean; wrong: boolean; story: string } {
  const story = about.map((truth) => truth.story).join(', ');
  const named = about.filter((truth) => isOfVendor(finding, truth) || finding.vendor === null);
  if (
    named.some(
      ({ kind, rules, may }) => kind === 'scheme' && (rules.includes(finding.rule) || may.includes(finding.rule)),
    )
  ) {
    return { right: true, wrong: false, story };
  }
  const speaks = (truth: Truth): boolean => truth.kind === 'noise' && truth.may.includes(finding.rule);
  const allowed = finding.trackingNumber.startsWith(CARRIER_KEYS)
    ? all.some(speaks)
    : named.some((truth) => speaks(truth) && (truth.blame || finding.attribution !== 'vendor'));
  return { right: false, wrong: !allowed, story };
}

/** A scheme is as precise as the rules that prove it. */
function addPrecisionOfSchemes(
  schemes: Map<string, Tally>,
  truths: readonly Truth[],
  rules: ReadonlyMap<string, Tally>,
): void {
  const proving = new Map<string, Set<string>>();
  for (const { kind, story, rules: named } of truths) {
    if (kind === 'scheme') for (const rule of named) of(proving, story, () => new Set<string>()).add(rule);
  }
  for (const [story, named] of proving) {
    const tally = of(schemes, story, emptyTally);
    for (const rule of named) {
      tally.right += rules.get(rule)?.right ?? 0;
      tally.wrong += rules.get(rule)?.wrong ?? 0;
    }
  }
}

function addCase(tally: Tally, { hidden, stolenMills }: Truth, isFound: boolean): void {
  if (hidden === null) tally.cases += 1;
  else tally.hiddenCases += 1;
  tally.stolenMills += stolenMills;
  if (!isFound) return;
  if (hidden === null) tally.found += 1;
  else tally.hiddenFound += 1;
  tally.foundMills += stolenMills;
}

function isOfVendor(finding: Found, { vendor }: Truth): boolean {
  return vendor === '' || finding.vendor === null || finding.vendor === vendor;
}

function keyOfFinding({ subject, trackingNumber, vendor }: Found): string {
  return subject === 'vendor' ? `@${vendor ?? ''}` : trackingNumber;
}

function keyOfTruth({ subject, number, vendor }: Truth): string {
  return subject === 'vendor' ? `@${vendor}` : number;
}

export function emptyTally(): Tally {
  return { cases: 0, found: 0, hiddenCases: 0, hiddenFound: 0, stolenMills: 0, foundMills: 0, right: 0, wrong: 0 };
}

export function recallOf({ cases, found }: Pick<Tally, 'cases' | 'found'>): number {
  return cases === 0 ? 1 : found / cases;
}

export function precisionOf({ right, wrong }: Pick<Tally, 'right' | 'wrong'>): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

export function f1Of(tally: Tally): number {
  const [recall, precision] = [recallOf(tally), precisionOf(tally)];
  return recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
}

/** The mean of the recalls of the schemes that can be seen, each counting as one, however many its cases. */
export function recallOfSchemes(schemes: ReadonlyMap<string, Tally>): number {
  const recalls = [...schemes.values()].filter(({ cases }) => cases > 0).map(recallOf);
  return recalls.length === 0 ? 1 : recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) of(groups, key(item), (): T[] => []).push(item);
  return groups;
}

function of<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
