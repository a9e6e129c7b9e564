/** The lock of the rule book: what judges in a version of an active rule never changes; whoever changes it raises `version`. */
import type { Sha256Hex } from './answer.ts';
import type { Rule } from './rule.ts';

/** By rule and version number, the hash of what judged. Versions of rules that are no more stay in it. */
export type RuleLock = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What tells people about the rule and changes no finding, or says whether and until when it judges. */
const NOT_LOCKED: readonly string[] = [
  'version',
  'status',
  'effective_to',
  'alert',
  'title',
  'why',
  'references',
  'false_positives',
  'base',
  'examples',
];

/** The hash of everything that reaches a finding, without what is left at its default: a new key of the format changes none. */
export function lockedHash({ file }: Pick<Rule, 'file'>, sha256Hex: Sha256Hex): string {
  const locked = Object.entries(file).filter(([key]) => !NOT_LOCKED.includes(key));
  const lets = Object.entries(file.let);
  return sha256Hex(textOf({ ...Object.fromEntries(locked), let: lets })).slice(0, 16);
}

/** What is wrong with the rules by the lock, in sentences, by rule. One that is not in it yet is no fault. */
export function lockFaults(rules: readonly Rule[], lock: RuleLock, sha256Hex: Sha256Hex): { rule: Rule; fault: string }[] {
  return rules.flatMap((rule) => {
    const fault = faultOf(rule, lock[rule.id] ?? {}, sha256Hex);
    return fault === null || rule.file.status !== 'active' ? [] : [{ rule, fault }];
  });
}

function faultOf(rule: Rule, known: RuleLock[string], sha256Hex: Sha256Hex): string | null {
  const { version } = rule.file;
  const newest = Math.max(0, ...Object.keys(known).map(Number));
  const hash = known[String(version)];
  if (hash !== undefined && hash !== lockedHash(rule, sha256Hex)) {
    return `version ${version} judged otherwise when it was locked: raise version to ${newest + 1}`;
  }
  return version < newest ? `version ${newest} was active already: raise version to ${newest + 1}` : null;
}

/** The active rules whose version is not in the lock. */
export function notLocked(rules: readonly Rule[], lock: RuleLock): Rule[] {
  return rules.filter(({ id, file }) => file.status === 'active' && lock[id]?.[String(file.version)] === undefined);
}

/** The lock with the active rules in it that were not, by id; what was locked stays as it is. */
export function lockedAlso(rules: readonly Rule[], lock: RuleLock, sha256Hex: Sha256Hex): RuleLock {
  const added: Record<string, Record<string, string>> = { ...lock };
  for (const rule of notLocked(rules, lock)) {
    added[rule.id] = { ...added[rule.id], [rule.file.version]: lockedHash(rule, sha256Hex) };
  }
  return Object.fromEntries(Object.entries(added).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Keys in order, empty parts left out. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    const kept = Object.entries(part).filter(([, each]) => !isEmpty(each));
    return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
