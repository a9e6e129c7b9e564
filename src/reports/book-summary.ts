/** The rule book of an audit as its report names it. */
import { ALL_FACTS } from '../core/facts/dictionary.ts';
import type { RuleBook } from '../core/rules/rule.ts';
import type { BookSummary } from './report-input.ts';

/** `judgedBy` is what `judged.book` holds for purchases judged by these rules: an audit run answers it. */
export function summariseBook({ version, rules }: RuleBook, judgedBy: string): BookSummary {
  return {
    judgedBy,
    version,
    rules: rules.map(({ id, title }) => ({ id, title })),
    facts: Object.fromEntries(ALL_FACTS.map(({ name, unit, unknownWhen }) => [name, { unit, unknownWhen }])),
  };
}
