/** Which findings people chose not to be shown: scope by name, and an expression over the facts of what was judged. */
import type { Facts } from '../facts/facts.ts';
import type { SubjectKind, Verdict } from '../rules/answer.ts';
import { RuleNames, compileExpression } from '../rules/compile.ts';
import { ExpressionError, isTrue } from '../rules/expression.ts';
import { vocabularyAbout } from '../rules/subject.ts';
import type { Day } from '../units/day.ts';
import type { Finding } from './finding.ts';

/** What a suppression is about. Every criterion given has to hold; at least one is. */
export interface SuppressionScope {
  rule: string | null;
  vendor: string | null;
  /** Canonical. */
  trackingNumber: string | null;
  /** As the vendor calls the label; it names nothing without the vendor. */
  labelId: string | null;
  orderId: string | null;
  /** In the language of rules, over the facts about the subject of the rule, or about a label where no rule is named. */
  expression: string | null;
}

export const SCOPE_FIELDS = ['rule', 'vendor', 'trackingNumber', 'labelId', 'orderId', 'expression'] as const;

/** The longest time a suppression is made for, and the time it is made for unless said otherwise. */
export const LONGEST_SUPPRESSION_DAYS = 366;
export const USUAL_SUPPRESSION_DAYS = 90;
/** One that ends so soon is told of on reports: whoever still wants it has to make it anew. */
export const EXPIRES_SOON_DAYS = 7;
/** One that hid nothing for so long is told of, too. */
export const IDLE_DAYS = 30;

/** An expression of a suppression that is in force, ready to be asked about what is judged. */
export interface SuppressionTest {
  id: string;
  rule: string | null;
  vendor: string | null;
  /** Whether the expression is true; unknown is not. */
  holds(facts: Facts): boolean;
}

/**
 * Compiles the expression as a rule about the subject would have it.
 * @throws ExpressionError when it is none of the rule language, or says neither true nor false
 */
export function compileSuppression(text: string, subject: SubjectKind): SuppressionTest['holds'] {
  const vocabulary = vocabularyAbout(subject);
  const expression = compileExpression(text, new RuleNames([], vocabulary));
  if (expression.type !== 'bool')
    throw new ExpressionError('must be true or false, such as label.charged_mills < 500.0', 0);
  return (facts) => facts.vocabulary === vocabulary && isTrue(expression, { facts, params: [], lets: [] });
}

/** The suppressions whose expression is true of what the finding was judged on, as far as rule and vendor let them be. */
export function suppressionsMet(
  { rule, vendor }: Pick<Finding, 'rule' | 'vendor'>,
  facts: Facts,
  tests: readonly SuppressionTest[],
): string[] {
  return tests
    .filter((test) => (test.rule === null || test.rule === rule) && (test.vendor === null || test.vendor === vendor))
    .filter((test) => test.holds(facts))
    .map(({ id }) => id);
}

/** The finding with the suppressions it meets; whoever judges asks this of each, or expressions about it hide nothing. */
export function markSuppressions(finding: Finding, facts: Facts, tests: readonly SuppressionTest[]): Finding {
  if (tests.length === 0) return finding;
  const meets = suppressionsMet(finding, facts, tests);
  return meets.length === 0 ? finding : { ...finding, meets };
}

/**
 * What a finding can say of the postage itself, from the carrier's statement that it is counterfeit: unproven, or why that may
 * not be the vendor's doing. No rule says more than it knows, so hardly one says "counterfeit".
 */
export const GUARDED_VERDICTS: readonly Verdict[] = [
  'counterfeit',
  'payment_unproven',
  'number_cloned',
  'intercepted_though_paid',
  'own_error',
];

/**
 * Whether a finding is shown whatever suppression covers it, but for one that names its rule and its number, or of a finding
 * about a vendor its rule and the vendor: what is critical and speaks of the postage is not hidden by the way, nor along with
 * a whole vendor.
 */
export function isGuarded({ severity, verdict }: Pick<Finding, 'severity' | 'verdict'>): boolean {
  return severity === 'critical' && GUARDED_VERDICTS.includes(verdict);
}

/** What is wrong with a scope; null when nothing is. */
export function scopeProblem(scope: SuppressionScope): string | null {
  if (SCOPE_FIELDS.every((field) => scope[field] === null))
    return `must name at least one of ${SCOPE_FIELDS.join(', ')}`;
  if (scope.labelId !== null && scope.vendor === null) return 'labelId needs the vendor whose label it is';
  return null;
}

/** Whether a suppression that ends on the day is about to. */
export function expiresSoon(expiresOn: Day, { today, limit }: { today: Day; limit: Day }): boolean {
  return today <= expiresOn && expiresOn <= limit;
}
