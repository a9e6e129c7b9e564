/** Rule books: rules in order of their ids under one version, and those that are tried out beside them. */
import type { Day } from '../units/day.ts';
import type { Sha256Hex, SubjectKind } from './answer.ts';
import { type Rule, type RuleBook, isInForce } from './rule.ts';

/** The rules of a book that judge one kind of subject, in its order. */
export function rulesAbout(subject: SubjectKind, { rules }: RuleBook): Rule[] {
  return rules.filter((rule) => rule.subject === subject);
}

/** The book of some rules; ids must differ. */
export function ruleBookOf(rules: readonly Rule[], sha256Hex: Sha256Hex): RuleBook {
  const sorted = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const version = sha256Hex(JSON.stringify(sorted.map(({ id, version: own }) => [id, own]))).slice(0, 16);
  return { rules: sorted, version };
}

/** The book an audit as of the day judges by: active rules within their effective dates. Its version differs when it does. */
export function ruleBookInForce(book: RuleBook, day: Day, sha256Hex: Sha256Hex): RuleBook {
  return ruleBookOf(
    book.rules.filter((rule) => isInForce(rule, day)),
    sha256Hex,
  );
}

/**
 * The rules that are tried out as of the day, whatever book is in force: shadow rules within their effective dates. One may have
 * the id of an active rule, of which it is another version.
 */
export function shadowBookInForce(rules: readonly Rule[], day: Day, sha256Hex: Sha256Hex): RuleBook {
  return ruleBookOf(
    rules.filter((rule) => isInForce(rule, day, 'shadow')),
    sha256Hex,
  );
}
