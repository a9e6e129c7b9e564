/** The rule book of an audit as its report names it. */
import { ALL_FACTS } from '../core/facts/dictionary.ts';
import { rulesAbout } from '../core/rules/book.ts';
import type { Rule, RuleBook } from '../core/rules/rule.ts';
import { stoppingRules } from './stopped-vendors.ts';
import type { BookRule, BookSummary, ShadowRule } from './report-input.ts';

/**
 * `judgedBy` is what `judged.book` holds for purchases judged by these rules: an audit run answers it. `shadow` is what it
 * tried out beside them.
 */
export function summariseBook({ book, shadow }: { book: RuleBook; shadow: RuleBook }, judgedBy: string): BookSummary {
  return {
    judgedBy,
    version: book.version,
    rules: rulesAbout('label', book).map(named),
    vendorRules: rulesAbout('vendor', book).map(named),
    stopping: stoppingRules(book.rules),
    chargeRules: rulesAbout('charge', book).map(named),
    versions: book.rules.map(({ version: own }) => own),
    shadow: shadow.rules.map((rule) => shadowRule(rule, book)),
    facts: Object.fromEntries(ALL_FACTS.map(({ name, unit, unknownWhen }) => [name, { unit, unknownWhen }])),
  };
}

function named({ id, title }: Rule): BookRule {
  return { id, title };
}

function shadowRule(rule: Rule, { rules }: RuleBook): ShadowRule {
  const active = rules.find(({ id }) => id === rule.id)?.file.version ?? null;
  return { ...named(rule), number: rule.file.version, version: rule.version, active };
}
