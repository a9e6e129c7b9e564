/** The expressions of suppressions in force, compiled for a run. */
import { type SuppressionTest, compileSuppression } from '../core/finding/suppression.ts';
import { ExpressionError } from '../core/rules/expression.ts';
import type { RuleBook } from '../core/rules/rule.ts';
import type { ExpressionRow } from './suppression.query.ts';

/** One a row, but for those that this release cannot compile: they hide nothing, and their list says why. */
export function suppressionTests(
  rows: readonly ExpressionRow[],
  { rules }: Pick<RuleBook, 'rules'>,
): SuppressionTest[] {
  return rows.flatMap(({ id, rule, vendor, expression }) => {
    const subject = rules.find((each) => each.id === rule)?.subject ?? 'label';
    try {
      return [{ id, rule, vendor, holds: compileSuppression(expression, subject) }];
    } catch (error) {
      if (error instanceof ExpressionError) return [];
      throw error;
    }
  });
}
