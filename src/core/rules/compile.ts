/**
 * Compiles type-checked CEL to closures over the facts. Logic has three values: what is unknown stays unknown, unless the rest
 * decides alone (`false && unknown` is false, `true || unknown` is true). Measured against the library's interpreter, which
 * knows no unknown, it gives the same values where every fact is known.
 */
import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';
import type { FactType, FactValue } from '../facts/fact.ts';
import { PENDING } from '../facts/facts.ts';
import type { Vocabulary } from '../facts/vocabulary.ts';
import { environmentFor } from './environment.ts';
import { type Expression, ExpressionError } from './expression.ts';
import { ruleFunction } from './functions.ts';
import { binaryOperator } from './operators.ts';
import { noFactNamed } from './subject.ts';
import { didYouMean } from './suggest.ts';

/** The names an expression of one rule may use: the facts about its subject, its parameters, and each let above. */
export class RuleNames {
  /** Compiled lets by name, in order; an expression may use those before it. */
  readonly lets = new Map<string, Expression>();
  /** What they are written as. */
  readonly letTexts = new Map<string, string>();
  /** The facts that the expressions compiled so far name. */
  readonly factsUsed = new Set<string>();
  readonly environment: Environment;

  constructor(
    readonly params: readonly string[],
    readonly vocabulary: Vocabulary,
  ) {
    this.environment = environmentFor(params, vocabulary);
  }

  addLet(name: string, text: string, expression: Expression): void {
    this.lets.set(name, expression);
    this.letTexts.set(name, text);
    this.environment.registerVariable(name, expression.type);
  }
}

/**
 * Compiles one expression.
 * @throws ExpressionError when it does not parse, names what does not exist, has a wrong type, or leaves the rule language
 */
export function compileExpression(text: string, names: RuleNames): Expression {
  let parsed: ParseResult;
  try {
    parsed = names.environment.parse(text);
  } catch (error) {
    throw asExpressionError(error);
  }
  // Compiled first: it knows better words for a wrong name than the checker.
  const compiled = compileNode(parsed.ast, names);
  const checked = parsed.check();
  if (!checked.valid) throw asExpressionError(checked.error);
  return compiled;
}

function asExpressionError(error: unknown): ExpressionError {
  if (!(error instanceof Error)) return new ExpressionError(String(error), 0);
  const { summary, range } = error as Error & { summary?: string; range?: { start: number } };
  return new ExpressionError(summary ?? error.message, range?.start ?? 0);
}

/** Compiles a part of an expression that was checked as a whole. */
export function compileNode(node: ASTNode, names: RuleNames): Expression {
  const compile = (part: ASTNode): Expression => compileNode(part, names);
  if (node.op === 'value') return literal(node.args, node.start);
  if (node.op === 'id') return ownName(node.args, names, node.start);
  if (node.op === '.') return select(node.args[0], node.args[1], names);
  if (node.op === 'list') return stringList(node.args);
  if (node.op === 'call') return call(node.args[0], node.args[1].map(compile), node.start);
  if (node.op === '!_') return unary('bool', compile(node.args), (value) => value !== true);
  if (node.op === '-_') return unary('double', compile(node.args), (value) => -Number(value));
  if (node.op === '&&') return logic(compile(node.args[0]), compile(node.args[1]), false);
  if (node.op === '||') return logic(compile(node.args[0]), compile(node.args[1]), true);
  if (node.op === '?:') return choice(compile(node.args[0]), compile(node.args[1]), compile(node.args[2]));
  const operator = binaryOperator(node.op);
  if (operator !== null && isPair(node.args)) return operator(compile(node.args[0]), compile(node.args[1]));
  const word = node.op === 'rcall' ? `.${node.args[0]}()` : `"${node.op}"`;
  throw new ExpressionError(`${word} is not part of the rule language`, node.start);
}

function isPair(args: readonly unknown[]): args is [ASTNode, ASTNode] {
  return args.length === 2 && args.every((part) => typeof part === 'object' && part !== null && 'op' in part);
}

function constant(type: FactType, value: FactValue): Expression {
  return { type, run: () => value, addMissing: () => undefined };
}

function literal(value: unknown, offset: number): Expression {
  if (typeof value === 'number') return constant('double', value);
  if (typeof value === 'string') return constant('string', value);
  if (typeof value === 'boolean') return constant('bool', value);
  if (typeof value === 'bigint') {
    throw new ExpressionError(`numbers in rules have a decimal point: write ${value}.0`, offset);
  }
  throw new ExpressionError('only numbers, texts, true and false may be written in a rule', offset);
}

function stringList(items: readonly ASTNode[]): Expression {
  const texts = items.map((item) => {
    if (item.op !== 'value' || typeof item.args !== 'string') {
      throw new ExpressionError('lists in rules hold texts only', item.start);
    }
    return item.args;
  });
  return constant('list<string>', texts);
}

function ownName(name: string, names: RuleNames, offset: number): Expression {
  const place = [...names.lets.keys()].indexOf(name);
  const expression = names.lets.get(name);
  if (expression === undefined) {
    const known = [...names.lets.keys(), ...names.vocabulary.facts.map((fact) => fact.name)];
    throw new ExpressionError(`no let above is named ${name}${didYouMean(name, known)}`, offset);
  }
  return {
    type: expression.type,
    run(scope) {
      const known = scope.lets[place];
      if (known !== PENDING) return known;
      const value = expression.run(scope);
      scope.lets[place] = value;
      return value;
    },
    addMissing: (scope, missing) => expression.addMissing(scope, missing),
  };
}

function select(target: ASTNode, field: string, names: RuleNames): Expression {
  if (target.op !== 'id') throw new ExpressionError('a fact is written noun.name', target.start);
  const name = `${target.args}.${field}`;
  if (target.args === 'params') return parameter(field, names, target.start);
  const index = names.vocabulary.indexOf(name);
  const fact = names.vocabulary.named(name);
  if (index === undefined || fact === undefined) {
    throw new ExpressionError(noFactNamed(name, names.vocabulary), target.start);
  }
  names.factsUsed.add(name);
  return {
    type: fact.type,
    run: (scope) => scope.facts.at(index),
    addMissing: (_scope, missing) => missing.add(name),
  };
}

function parameter(name: string, names: RuleNames, offset: number): Expression {
  const place = names.params.indexOf(name);
  if (place === -1) {
    throw new ExpressionError(`the rule has no parameter ${name}${didYouMean(name, names.params)}`, offset);
  }
  return { type: 'double', run: (scope) => scope.params[place], addMissing: () => undefined };
}

function unary(type: FactType, operand: Expression, of: (value: FactValue) => FactValue): Expression {
  return {
    type,
    run(scope) {
      const value = operand.run(scope);
      return value === undefined ? undefined : of(value);
    },
    addMissing: (scope, missing) => operand.addMissing(scope, missing),
  };
}

/** `||` when one true decides, `&&` when one false does. */
function logic(left: Expression, right: Expression, deciding: boolean): Expression {
  return {
    type: 'bool',
    run(scope) {
      const first = left.run(scope);
      if (first === deciding) return deciding;
      const second = right.run(scope);
      if (second === deciding) return deciding;
      return first === undefined || second === undefined ? undefined : !deciding;
    },
    addMissing(scope, missing) {
      for (const side of [left, right]) if (side.run(scope) === undefined) side.addMissing(scope, missing);
    },
  };
}

function choice(condition: Expression, yes: Expression, no: Expression): Expression {
  return {
    type: yes.type,
    run(scope) {
      const chosen = condition.run(scope);
      if (chosen === undefined) return undefined;
      return chosen === true ? yes.run(scope) : no.run(scope);
    },
    addMissing(scope, missing) {
      const chosen = condition.run(scope);
      const unknown = chosen === undefined ? condition : chosen === true ? yes : no;
      unknown.addMissing(scope, missing);
    },
  };
}

function call(name: string, operands: readonly Expression[], offset: number): Expression {
  const definition = ruleFunction(name);
  if (definition === undefined) throw new ExpressionError(`rules have no function ${name}()`, offset);
  return {
    type: definition.gives,
    run(scope) {
      const values: FactValue[] = [];
      for (const operand of operands) {
        const value = operand.run(scope);
        if (value === undefined) return undefined;
        values.push(value);
      }
      return definition.call(...values);
    },
    addMissing(scope, missing) {
      for (const operand of operands) if (operand.run(scope) === undefined) operand.addMissing(scope, missing);
    },
  };
}
