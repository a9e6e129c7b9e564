/** The operators between two values. Each is unknown when either side is; their types were checked before. */
import type { FactType, FactValue } from '../facts/fact.ts';
import type { Expression } from './expression.ts';

type Combine = (left: FactValue, right: FactValue) => FactValue;

const comparisons: Readonly<Record<string, Combine>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  in: (left, right) => typeof right === 'object' && right.some((item) => item === left),
};

const arithmetic: Readonly<Record<string, Combine>> = {
  '-': (left, right) => Number(left) - Number(right),
  '*': (left, right) => Number(left) * Number(right),
  '/': (left, right) => Number(left) / Number(right),
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

function plus(left: FactValue, right: FactValue): FactValue {
  return typeof left === 'number' ? left + Number(right) : String(left) + String(right);
}

function binary(type: FactType, left: Expression, right: Expression, combine: Combine): Expression {
  return {
    type,
    run(scope) {
      const first = left.run(scope);
      if (first === undefined) return undefined;
      const second = right.run(scope);
      return second === undefined ? undefined : combine(first, second);
    },
    addMissing(scope, missing) {
      for (const side of [left, right]) if (side.run(scope) === undefined) side.addMissing(scope, missing);
    },
  };
}
