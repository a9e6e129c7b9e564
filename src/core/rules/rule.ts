/** A rule as compiled from its file, and the rule book: all rules in order of their ids, under one version. */
import type { Facts } from '../facts/facts.ts';
import type { Vocabulary } from '../facts/vocabulary.ts';
import type { Day } from '../units/day.ts';
import type { Evaluation, SubjectKind, Worded } from './answer.ts';
import type { Explanation, Kept } from './explain.ts';
import type { ChargeLevel } from './level.ts';
import type { RuleFile } from './schema.ts';

export interface Rule {
  id: string;
  title: Worded;
  family: string;
  subject: SubjectKind;
  /** Hash of the canonical rule with its parameters; wording counts, examples and whether it alerts do not. */
  version: string;
  /** What the version is the hash of, as canonical JSON: enough to judge by again (`restoreRule`). */
  content: string;
  /** The file as validated. */
  file: RuleFile;
  /** Where the file lies, below the root. */
  path: string;
  /** The facts about its subject. */
  vocabulary: Vocabulary;
  /** The facts it names. */
  factsUsed: ReadonlySet<string>;
  /** Of a rule about charges: what it judges one by one; null for any other. */
  level: ChargeLevel | null;
  /**
   * The rule's answer for one subject of a vendor (whose parameters may differ). Throws for nothing but facts of another
   * vocabulary, which is a fault of the caller.
   */
  evaluate(facts: Facts, vendor: string): Evaluation;
  /**
   * The answer taken apart. `kept` = the facts a judgement made earlier asked for, when it is one that is explained: what
   * it did not ask for is not made up. Throws as `evaluate` does.
   */
  explain(facts: Facts, vendor: string, kept?: Kept): Explanation;
  /** The same rule with parameters at other values for every vendor; a name it does not have is ignored. */
  withParams(values: Readonly<Record<string, number>>): Rule;
  /** The value of a parameter for a vendor; an unknown name is a fault of the caller and throws. */
  param(name: string, vendor?: string): number;
}

export interface RuleBook {
  /** Sorted by id. */
  rules: readonly Rule[];
  /** Hash over the versions of all its rules. */
  version: string;
}

/** Whether an audit as of the day uses the rule: of the status, and the day within its effective dates. */
export function isInForce(rule: Rule, day: Day, as: 'active' | 'shadow' = 'active'): boolean {
  const { status, effective_from: from, effective_to: to } = rule.file;
  return status === as && from <= day && (to === null || day <= to);
}

/** Ends the name of a file that holds another version of the rule beside it, to be tried out. */
export const SHADOW_FILE = '.shadow.yaml';

/** Whether the rule is another version of the one that has its id. */
export function isShadowVersion({ path }: Pick<Rule, 'path'>): boolean {
  return path.endsWith(SHADOW_FILE);
}

/**
 * Whether the rule may lay what it finds at the vendor's door. One that cannot, such as a hold or a seizure, says nothing
 * about other labels of the vendor.
 */
export function mayNameVendor({ file }: Pick<Rule, 'file'>): boolean {
  const { attribution } = file;
  return typeof attribution === 'string' ? attribution === 'vendor' : attribution.some(({ is }) => is === 'vendor');
}
