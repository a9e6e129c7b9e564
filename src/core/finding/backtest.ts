/** What changed rules would have told over days beside what the active ones told: findings followed by their ids. */
import type { CodedOutcome } from './outcome-code.ts';
import { decodeChargeOutcomes, decodeOutcomes } from './outcome-code.ts';
import type { Finding } from './finding.ts';
import type { ParcelJudgement } from './parcel.ts';
import type { VendorOutcome } from './vendor.ts';
import { rulesAbout } from '../rules/book.ts';
import type { RuleBook } from '../rules/rule.ts';

/** What the active rules say, and what the candidates say. */
export interface BothSides<T> {
  active: T;
  candidate: T;
}

/** What a finding says that money, blame or time hangs on. */
export const COMPARED = [
  'severity',
  'verdict',
  'attribution',
  'confidence',
  'amount',
  'amountKind',
  'goods',
  'deadline',
] as const;
/** The first day and whether it stands in the end are told of, too. */
export type Difference = (typeof COMPARED)[number] | 'first_told' | 'standing';

export const CHANGE_KINDS = ['new', 'gone', 'changed'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** How one side told of a finding. Places are those of the days judged; 0 is the day before the range. */
export interface Told {
  /** As it was told last; of one that differs, on the last day on which it did. */
  finding: Finding;
  first: number;
  last: number;
}

/** One finding of the range. */
export interface Compared extends BothSides<Told | null> {
  id: string;
  kind: ChangeKind | 'same';
  differences: Difference[];
}

interface Track extends BothSides<Told | null> {
  differences: Set<Difference>;
  /** On the last day of the range on which they differed. */
  differing: BothSides<Finding> | null;
}

/** Follows the findings of both sides; `days` = how many are judged, that before the range among them. */
export class Comparison {
  private readonly tracks = new Map<string, Track>();

  constructor(private readonly days: number) {}

  /** What both say on the days from one place to before another; later stretches are added later. */
  add({ from, until }: { from: number; until: number }, findings: BothSides<readonly Finding[]>): void {
    const active = new Map(findings.active.map((finding) => [finding.id, finding]));
    for (const finding of active.values()) this.note('active', finding, { from, until });
    for (const finding of findings.candidate) {
      this.note('candidate', finding, { from, until });
      const other = active.get(finding.id);
      if (other !== undefined && until > 1) this.compare(other, finding);
    }
  }

  private note(
    side: keyof BothSides<unknown>,
    finding: Finding,
    { from, until }: { from: number; until: number },
  ): void {
    const track = this.tracks.get(finding.id) ?? NOTHING();
    this.tracks.set(finding.id, track);
    track[side] = { finding, first: track[side]?.first ?? from, last: until - 1 };
  }

  private compare(active: Finding, candidate: Finding): void {
    const differences = COMPARED.filter((field) => textOf(active[field]) !== textOf(candidate[field]));
    const track = this.tracks.get(active.id);
    if (track === undefined || differences.length === 0) return;
    for (const difference of differences) track.differences.add(difference);
    track.differing = { active, candidate };
  }

  /** Every finding that either side told of in the range, in no particular order. */
  *results(): Generator<Compared> {
    for (const [id, track] of this.tracks) {
      const active = withinRange(track.active);
      const candidate = withinRange(track.candidate);
      if (active === null && candidate === null) continue;
      if (active === null || candidate === null) {
        yield { id, kind: active === null ? 'new' : 'gone', active, candidate, differences: [] };
        continue;
      }
      const differences = [...track.differences];
      if (active.first !== candidate.first) differences.push('first_told');
      if (this.stands(active) !== this.stands(candidate)) differences.push('standing');
      const { differing } = track;
      yield {
        id,
        kind: differences.length === 0 ? 'same' : 'changed',
        active: differing === null ? active : { ...active, finding: differing.active },
        candidate: differing === null ? candidate : { ...candidate, finding: differing.candidate },
        differences,
      };
    }
  }

  /** Whether it still fires on the last day. */
  stands({ last }: Told): boolean {
    return last === this.days - 1;
  }
}

const NOTHING = (): Track => ({ active: null, candidate: null, differences: new Set(), differing: null });

/** What was told on the day before the range alone is not of the range. */
function withinRange(told: Told | null): Told | null {
  return told === null || told.last === 0 ? null : told;
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}

export const ANSWERS = ['fires', 'clear', 'unknown'] as const;
export type Answer = (typeof ANSWERS)[number];
export type AnswerCounts = Record<Answer, number>;

/** How a rule answered on the last day of the range; null = that side has no such rule. */
export interface RuleAnswers extends BothSides<AnswerCounts | null> {
  rule: string;
  /** How often it would answer otherwise, where it is asked about the same subjects one by one. */
  shifts: { from: Answer; to: Answer; count: number }[];
}

/** Counts how the rules of both books answer. */
export class AnswerTally {
  private readonly rules: Map<string, RuleAnswers>;

  constructor(private readonly books: BothSides<RuleBook>) {
    const ids = [...new Set([...books.active.rules, ...books.candidate.rules].map(({ id }) => id))].toSorted();
    this.rules = new Map(
      ids.map((id) => [
        id,
        { rule: id, active: countsFor(books.active, id), candidate: countsFor(books.candidate, id), shifts: [] },
      ]),
    );
  }

  /** Adds the answers about one parcel. */
  addParcel(judgements: BothSides<ParcelJudgement>): void {
    const active = answersOf(judgements.active, this.books.active);
    const candidate = answersOf(judgements.candidate, this.books.candidate);
    for (const tally of this.rules.values()) {
      const before = active.get(tally.rule) ?? [];
      const after = candidate.get(tally.rule) ?? [];
      for (const answer of before) if (tally.active !== null) tally.active[answer] += 1;
      for (const answer of after) if (tally.candidate !== null) tally.candidate[answer] += 1;
      if (before.length !== after.length) continue;
      for (const [place, from] of before.entries()) shift(tally, from, after[place] ?? from);
    }
  }

  /** Adds what is counted already, of rules about vendors and invoices. */
  addCounted(outcomes: BothSides<readonly VendorOutcome[]>): void {
    for (const side of ['active', 'candidate'] as const) {
      for (const outcome of outcomes[side]) {
        const counts = this.rules.get(outcome.rule)?.[side];
        if (counts) for (const answer of ANSWERS) counts[answer] += outcome[answer];
      }
    }
  }

  /** By rule, in order of their ids. */
  counted(): RuleAnswers[] {
    return [...this.rules.values()];
  }
}

function countsFor({ rules }: RuleBook, id: string): AnswerCounts | null {
  return rules.some((rule) => rule.id === id) ? { fires: 0, clear: 0, unknown: 0 } : null;
}

function shift({ shifts }: RuleAnswers, from: Answer, to: Answer): void {
  if (from === to) return;
  const known = shifts.find((each) => each.from === from && each.to === to);
  if (known) known.count += 1;
  else shifts.push({ from, to, count: 1 });
}

/** The answers of each rule about a parcel, one a subject it judges. */
function answersOf({ outcomes, chargeOutcomes }: ParcelJudgement, book: RuleBook): Map<string, Answer[]> {
  const answers = new Map<string, Answer[]>();
  const gather = (subject: 'label' | 'charge', coded: (CodedOutcome | null)[][]): void => {
    for (const [place, { id }] of rulesAbout(subject, book).entries()) {
      const own = coded.flatMap((all) => all[place]?.answer ?? []);
      answers.set(id, own);
    }
  };
  gather('label', outcomes.map(decodeOutcomes));
  gather('charge', chargeOutcomes.map(decodeChargeOutcomes));
  return answers;
}
