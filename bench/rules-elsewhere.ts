/** Our rules about labels as rules of json-rules-engine: conditions where it has them, facts of its own for the rest. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine';
import type { FactValue } from '../src/core/facts/fact.ts';
import { Facts, PENDING } from '../src/core/facts/facts.ts';
import { chainOf, compileNode } from '../src/core/rules/compile.ts';
import { RuleCompiler } from '../src/core/rules/compiler.ts';
import type { Rule } from '../src/core/rules/rule.ts';

/** The facts of one label as that engine takes them. */
export type Known = Readonly<Record<string, FactValue | undefined>>;

const COMPARISONS: Readonly<Record<string, string>> = {
  '==': 'equal',
  '!=': 'differs',
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
  in: 'in',
};
const OPPOSITES: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/**
 * The whole book in one engine. What it cannot say (sums, functions, a choice) is a fact that it asks for once a label, and
 * that costs nothing but the asking: the value is worked out by our own closures, so that nothing slow is laid to it.
 */
export class Elsewhere {
  private readonly engine = new Engine([], { allowUndefinedFacts: true });
  private current: Facts = Facts.given({});
  private computed = 0;

  constructor(rules: readonly Rule[]) {
    // An unknown value differs from nothing: that engine's own notEqual would say it does.
    this.engine.addOperator('differs', (fact: unknown, value: unknown) => fact !== undefined && fact !== value);
    for (const rule of rules) this.engine.addRule({ conditions: this.conditionsOf(rule), event: { type: rule.id } });
  }

  /** The ids of the rules that fire, sorted. `facts` = the same facts, for what is worked out by us. */
  async fires(known: Known, facts: Facts): Promise<string[]> {
    this.current = facts;
    const { events } = await this.engine.run({ ...known });
    return events.map(({ type }) => type).sort();
  }

  private conditionsOf(rule: Rule): TopLevelCondition {
    const nowhere = { file: rule.path, value: null, lineOf: () => 1, textLineOf: () => 1 };
    const { names } = new RuleCompiler(nowhere, rule.file, rule.vocabulary);
    const translate = new Translation(rule, names, (of) => this.addFact(of));
    const parts = [rule.file.when, ...rule.file.needs.map(({ that }) => that)];
    return { all: parts.map((text) => translate.condition(names.environment.parse(text).ast, false)) };
  }

  private addFact(of: (facts: Facts) => FactValue | undefined): string {
    const name = `computed.${(this.computed += 1)}`;
    this.engine.addFact(name, () => of(this.current));
    return name;
  }
}

type Names = RuleCompiler['names'];

class Translation {
  private readonly params: readonly number[];

  constructor(
    rule: Rule,
    private readonly names: Names,
    private readonly addFact: (of: (facts: Facts) => FactValue | undefined) => string,
  ) {
    this.params = Object.keys(rule.file.params).map((name) => rule.param(name));
  }

  /** Negations are pushed down to the comparisons, for an unknown one is neither true nor false. */
  condition(node: ASTNode, negated: boolean): NestedCondition {
    if (node.op === '&&' || node.op === '||') {
      const links = chainOf(node, node.op).map((link) => this.condition(link, negated));
      return (node.op === '&&') === negated ? { any: links } : { all: links };
    }
    if (node.op === '!_') return this.condition(node.args, !negated);
    if (node.op === 'id') return this.condition(this.letNamed(node.args), negated);
    if (node.op === '.') return { fact: this.nameOf(node), operator: 'equal', value: !negated };
    return this.comparison(node, negated) ?? { fact: this.fact(node), operator: 'equal', value: !negated };
  }

  private comparison(node: ASTNode, negated: boolean): NestedCondition | null {
    const op = negated ? OPPOSITES[node.op] : node.op;
    const operator = op === undefined ? undefined : COMPARISONS[op];
    const args: unknown = node.args;
    if (operator === undefined || !Array.isArray(args)) return null;
    const [left, right] = args as ASTNode[];
    if (left === undefined || right === undefined) return null;
    const value = this.fixed(right);
    // Two facts that are both unknown are equal to that engine: such a pair is left to a computed fact.
    if (value === undefined && (op === '==' || op === '!=')) return null;
    const fact = left.op === '.' && !this.isParam(left) ? this.nameOf(left) : this.fact(left);
    return { fact, operator, value: value ?? { fact: right.op === '.' ? this.nameOf(right) : this.fact(right) } };
  }

  /** The value of a literal, list of texts or parameter; undefined for anything else. */
  private fixed(node: ASTNode): FactValue | undefined {
    if (node.op === '.' && this.isParam(node)) return this.params[this.names.params.indexOf(node.args[1])];
    if (node.op !== 'value' && node.op !== 'list') return undefined;
    return compileNode(node, this.names).fixed;
  }

  private isParam(node: ASTNode): boolean {
    return this.nameOf(node).startsWith('params.');
  }

  private nameOf(node: ASTNode): string {
    return node.input.slice(node.start, node.end).replaceAll(/\s/g, '');
  }

  private letNamed(name: string): ASTNode {
    return this.names.environment.parse(this.names.letTexts.get(name) ?? '').ast;
  }

  private fact(node: ASTNode): string {
    const expression = compileNode(node, this.names);
    const lets = (): (typeof PENDING)[] => Array.from({ length: this.names.lets.size }, () => PENDING);
    return this.addFact((facts) => expression.run({ facts, params: this.params, lets: lets() }));
  }
}
