/** The rule book of an audit as its report names it. */
import { ALL_FACTS } from '../core/facts/dictionary.ts';
import { rulesAbout } from '../core/rules/book.ts';
import type { Rule, RuleBook } from '../core/rules/rule.ts';
import { stoppingRules } from './stopped-vendors.ts';
import type { BookRule, BookSummary } from './report-input.ts';

/** `judgedBy` is what `judged.book` holds for purchases judged by these rules: an audit run answers it. */
export function summariseBook(book: RuleBook, judgedBy: string): BookSummary {
  return {
    judgedBy,
    version: book.version,
    rules: rulesAbout('label', book).map(named),
    vendorRules: rulesAbout('vendor', book).map(named),
    stopping: stoppingRules(book.rules),
    chargeRules: rulesAbout('charge', book).map(named),
    facts: Object.fromEntries(ALL_FACTS.map(({ name, unit, unknownWhen }) => [name, { unit, unknownWhen }])),
  };
}

function named({ id, title }: Rule): BookRule {
  return { id, title };
}
