/** A compiled expression: a value from the facts of a subject, or unknown, and then the facts that are missing. */
import type { FactType, FactValue } from '../facts/fact.ts';
import type { Facts, PENDING } from '../facts/facts.ts';

/** What an expression is evaluated against. Lets are computed when first needed and kept for the one evaluation. */
export interface Scope {
  facts: Facts;
  params: readonly number[];
  lets: (FactValue | undefined | typeof PENDING)[];
}

/** Works out a value; undefined = unknown. It is called as it stands, not as a method. */
export type Run = (this: void, scope: Scope) => FactValue | undefined;

export interface Expression {
  type: FactType;
  run: Run;
  /** Its value where that is the same in every scope. */
  fixed?: FactValue;
  /** Whether it may throw: some functions of days do, given a text that is none. */
  mayFail?: boolean;
  /** Where it is no more than a fact, the place of that in the vocabulary. */
  place?: number;
  /** Adds the names of the facts for want of which the expression is unknown; only to be asked when it is. */
  addMissing(scope: Scope, missing: Missing): void;
}

/** Takes the names of missing facts; each may be added more than once. */
export interface Missing {
  add(name: string): unknown;
}

/** An expression that has one value in every scope. */
export function fixed(type: FactType, value: FactValue): Expression {
  return { type, run: () => value, fixed: value, addMissing: () => undefined };
}

/** Adds what is missing for those of the parts that are unknown; one that fails lacks nothing. */
export function addMissingOf(parts: readonly Expression[], scope: Scope, missing: Missing): void {
  for (const part of parts) if (isUnknown(part, scope)) part.addMissing(scope, missing);
}

function isUnknown({ run, mayFail: fails }: Expression, scope: Scope): boolean {
  if (fails !== true) return run(scope) === undefined;
  try {
    return run(scope) === undefined;
  } catch {
    return false;
  }
}

/** Whether any of the parts may throw, as a field of what is made of them. */
export function mayFail(parts: readonly Expression[]): Pick<Expression, 'mayFail'> {
  return parts.some((part) => part.mayFail === true) ? { mayFail: true } : {};
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
