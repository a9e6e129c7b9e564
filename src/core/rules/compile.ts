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
import { type Expression, ExpressionError, type Run, addMissingOf, fixed, mayFail } from './expression.ts';
import { type RuleFunction, ruleFunction } from './functions.ts';
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
  if (node.op === '&&' || node.op === '||') return logic(chainOf(node, node.op).map(compile), node.op === '||');
  if (node.op === '?:') return choice(compile(node.args[0]), compile(node.args[1]), compile(node.args[2]));
  const operator = binaryOperator(node.op);
  if (operator !== null && isPair(node.args)) return operator(compile(node.args[0]), compile(node.args[1]));
  const word = node.op === 'rcall' ? `.${node.args[0]}()` : `"${node.op}"`;
  throw new ExpressionError(`${word} is not part of the rule language`, node.start);
}

function isPair(args: readonly unknown[]): args is [ASTNode, ASTNode] {
  return args.length === 2 && args.every((part) => typeof part === 'object' && part !== null && 'op' in part);
}

function literal(value: unknown, offset: number): Expression {
  if (typeof value === 'number') return fixed('double', value);
  if (typeof value === 'string') return fixed('string', value);
  if (typeof value === 'boolean') return fixed('bool', value);
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
  return fixed('list<string>', texts);
}

function ownName(name: string, names: RuleNames, offset: number): Expression {
  const place = [...names.lets.keys()].indexOf(name);
  const expression = names.lets.get(name);
  if (expression === undefined) {
    const known = [...names.lets.keys(), ...names.vocabulary.facts.map((fact) => fact.name)];
    throw new ExpressionError(`no let above is named ${name}${didYouMean(name, known)}`, offset);
  }
  const { run, fixed: value } = expression;
  return {
    type: expression.type,
    ...(value !== undefined && { fixed: value }),
    ...mayFail([expression]),
    run(scope) {
      const known = scope.lets[place];
      if (known !== PENDING) return known;
      const worked = run(scope);
      scope.lets[place] = worked;
      return worked;
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
    place: index,
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
  const { run, fixed: value } = operand;
  if (value !== undefined) return fixed(type, of(value));
  return {
    type,
    ...mayFail([operand]),
    run(scope) {
      const known = run(scope);
      return known === undefined ? undefined : of(known);
    },
    addMissing: (scope, missing) => operand.addMissing(scope, missing),
  };
}

/** The links of `a && b && c`, in order. */
export function chainOf(node: ASTNode, op: '&&' | '||'): ASTNode[] {
  return node.op === op ? [...chainOf(node.args[0], op), ...chainOf(node.args[1], op)] : [node];
}

/** `||` when one true decides, `&&` when one false does. Every link is looked at until one decides, unknown ones too. */
function logic(links: readonly Expression[], deciding: boolean): Expression {
  const runs = links.map(({ run }) => run);
  return {
    type: 'bool',
    ...mayFail(links),
    run: logicOf(runs, { deciding, links }),
    addMissing(scope, missing) {
      addMissingOf(links, scope, missing);
    },
  };
}

function logicOf(runs: readonly Run[], { deciding, links }: { deciding: boolean; links: readonly Expression[] }): Run {
  if (links.some((link) => link.mayFail === true)) return ofManyFailing(runs, deciding);
  return runs.length === 2 ? ofTwo(runs, deciding) : ofMany(runs, deciding);
}

/** As CEL has it, a fault in one link matters only where no other decides; what is unknown goes before it. */
function ofManyFailing(runs: readonly Run[], deciding: boolean): Run {
  return (scope) => {
    let unknown = false;
    let fault: unknown = null;
    for (const run of runs) {
      try {
        const link = run(scope);
        if (link === deciding) return deciding;
        if (link === undefined) unknown = true;
      } catch (error) {
        fault ??= error;
      }
    }
    if (unknown) return undefined;
    if (fault !== null) throw fault;
    return !deciding;
  };
}

function ofTwo([left, right]: readonly Run[], deciding: boolean): Run {
  if (left === undefined || right === undefined) throw new RangeError('two links are needed');
  return (scope) => {
    const first = left(scope);
    if (first === deciding) return deciding;
    const second = right(scope);
    if (second === deciding) return deciding;
    return first === undefined || second === undefined ? undefined : !deciding;
  };
}

function ofMany(runs: readonly Run[], deciding: boolean): Run {
  return (scope) => {
    let value: boolean | undefined = !deciding;
    for (const run of runs) {
      const link = run(scope);
      if (link === deciding) return deciding;
      if (link === undefined) value = undefined;
    }
    return value;
  };
}

function choice(condition: Expression, yes: Expression, no: Expression): Expression {
  return {
    type: yes.type,
    ...mayFail([condition, yes, no]),
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
    ...(definition.mayFail === true ? { mayFail: true } : mayFail(operands)),
    run: callOf(
      operands.map(({ run }) => run),
      definition.call,
    ),
    addMissing(scope, missing) {
      addMissingOf(operands, scope, missing);
    },
  };
}

/** Calls a function of one or two values without a list of them. */
function callOf(runs: readonly Run[], apply: RuleFunction['call']): Run {
  const [first, second] = runs;
  if (first !== undefined && runs.length === 1) {
    return (scope) => {
      const value = first(scope);
      return value === undefined ? undefined : apply(value);
    };
  }
  if (first === undefined || second === undefined || runs.length > 2) throw new RangeError('a function takes one or two');
  return (scope) => {
    const a = first(scope);
    if (a === undefined) return undefined;
    const b = second(scope);
    return b === undefined ? undefined : apply(a, b);
  };
}
