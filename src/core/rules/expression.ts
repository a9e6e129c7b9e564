/** A compiled expression: a value from the facts of a subject, or unknown, and then the facts that are missing. */
import type { FactType, FactValue } from '../facts/fact.ts';
import type { Facts, PENDING } from '../facts/facts.ts';

/** What an expression is evaluated against. Lets are computed when first needed and kept for the one evaluation. */
export interface Scope {
  facts: Facts;
  params: readonly number[];
  lets: (FactValue | undefined | typeof PENDING)[];
}

export interface Expression {
  type: FactType;
  /** Undefined = unknown. */
  run(scope: Scope): FactValue | undefined;
  /** Adds the names of the facts for want of which the expression is unknown; only to be asked when it is. */
  addMissing(scope: Scope, missing: Set<string>): void;
}

/** A fault in an expression, with where in its text it begins. */
export class ExpressionError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Whether an expression is true; unknown counts as not true. */
export function isTrue(expression: Expression, scope: Scope): boolean {
  return expression.run(scope) === true;
}

/** The value of an expression of type double; null when unknown or not a finite number. */
export function numberOf(expression: Expression, scope: Scope): number | null {
  const value = expression.run(scope);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The value of an expression of type string; null when unknown. */
export function textOf(expression: Expression, scope: Scope): string | null {
  const value = expression.run(scope);
  return typeof value === 'string' ? value : null;
}
