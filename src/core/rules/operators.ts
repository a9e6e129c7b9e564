/**
 * The operators between two values. Each is unknown when either side is; their types were checked before. Every operator is
 * a function of its own, and one more where a fact is compared with something fixed, for that is most of what rules do: a
 * single function for all of them would be called with so many shapes that nothing could be inlined.
 */
import type { FactType, FactValue } from '../facts/fact.ts';
import { type Expression, type Run, type Scope, addMissingOf, fixed, mayFail } from './expression.ts';

interface Operator {
  between: (left: Run, right: Run) => Run;
  /** Of the fact at a place with something fixed; left out where it is not worth its while. */
  withFixed?: (place: number, right: FactValue) => Run;
}

const comparisons: Readonly<Record<string, Operator>> = {
  '==': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : a === b;
    },
    withFixed: (place, b) => (scope) => {
      const a = scope.facts.at(place);
      return a === undefined ? undefined : a === b;
    },
  },
  '!=': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : a !== b;
    },
    withFixed: (place, b) => (scope) => {
      const a = scope.facts.at(place);
      return a === undefined ? undefined : a !== b;
    },
  },
  '<': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : a < b;
    },
    withFixed: (place, b) => (scope) => {
      const a = scope.facts.at(place);
      return a === undefined ? undefined : a < b;
    },
  },
  '<=': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : a <= b;
    },
    withFixed: (place, b) => (scope) => {
      const a = scope.facts.at(place);
      return a === undefined ? undefined : a <= b;
    },
  },
  '>': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : a > b;
    },
    withFixed: (place, b) => (scope) => {
      const a = scope.facts.at(place);
      return a === undefined ? undefined : a > b;
    },
  },
  '>=': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : a >= b;
    },
    withFixed: (place, b) => (scope) => {
      const a = scope.facts.at(place);
      return a === undefined ? undefined : a >= b;
    },
  },
  in: {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : typeof b === 'object' && b.some((item) => item === a);
    },
    withFixed: (place, b) => {
      const items: ReadonlySet<FactValue> = new Set(typeof b === 'object' ? b : []);
      return (scope) => {
        const a = scope.facts.at(place);
        return a === undefined ? undefined : items.has(a);
      };
    },
  },
};

const arithmetic: Readonly<Record<string, Operator>> = {
  '-': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : Number(a) - Number(b);
    },
  },
  '*': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : Number(a) * Number(b);
    },
  },
  '/': {
    between: (left, right) => (scope) => {
      const a = left(scope);
      if (a === undefined) return undefined;
      const b = right(scope);
      return b === undefined ? undefined : Number(a) / Number(b);
    },
  },
};

const plus: Operator = {
  between: (left, right) => (scope) => {
    const a = left(scope);
    if (a === undefined) return undefined;
    const b = right(scope);
    if (b === undefined) return undefined;
    return typeof a === 'number' ? a + Number(b) : String(a) + String(b);
  },
};

/** Makes an expression of an operator and its two sides; null when rules have no such operator. */
export function binaryOperator(operator: string): ((left: Expression, right: Expression) => Expression) | null {
  if (operator === '+') return (left, right) => binary(left.type, left, right, plus);
  const comparison = comparisons[operator];
  if (comparison) return (left, right) => binary('bool', left, right, comparison);
  const calculation = arithmetic[operator];
  if (calculation) return (left, right) => binary('double', left, right, calculation);
  return null;
}

function binary(type: FactType, left: Expression, right: Expression, operator: Operator): Expression {
  const run = runOf(left, right, operator);
  // What is fixed on both sides is worked out once: no scope is looked at.
  if (left.fixed !== undefined && right.fixed !== undefined) {
    const value = run(NO_SCOPE);
    if (value !== undefined) return fixed(type, value);
  }
  return {
    type,
    run,
    ...mayFail([left, right]),
    addMissing(scope, missing) {
      // Beside something fixed only the other side can be unknown.
      if (right.fixed !== undefined) return left.addMissing(scope, missing);
      if (left.fixed !== undefined) return right.addMissing(scope, missing);
      addMissingOf([left, right], scope, missing);
    },
  };
}

function runOf(left: Expression, right: Expression, { between, withFixed }: Operator): Run {
  const { place } = left;
  const { fixed: value } = right;
  if (withFixed === undefined || place === undefined || value === undefined) return between(left.run, right.run);
  return withFixed(place, value);
}

/** Stands where nothing is read. */
const NO_SCOPE: Scope = {
  get facts(): never {
    throw new RangeError('something fixed reads no facts');
  },
  params: [],
  lets: [],
};
