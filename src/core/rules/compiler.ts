/** Compiles the expressions, cases and sentences of one rule file, and keeps every fault found with its place. */
import type { FactType, Unit } from '../facts/fact.ts';
import type { Vocabulary } from '../facts/vocabulary.ts';
import type { Locale, Worded } from './answer.ts';
import { RuleNames, compileExpression } from './compile.ts';
import { type Expression, ExpressionError, type Scope, isTrue, textOf } from './expression.ts';
import { formatValue, onOneLine } from './format.ts';
import { ruleFunction } from './functions.ts';
import type { ConstantOrCases, RuleFile } from './schema.ts';
import { noFactNamed, standardCurrency, vocabularyWith } from './subject.ts';
import { didYouMean } from './suggest.ts';

export type Path = readonly (string | number)[];

/** A fault in a rule file. */
export interface RuleProblem {
  file: string;
  line: number;
  /** Where in the file's structure: `examples.2.expect`. */
  at: string;
  message: string;
}

/** A rule file as read: its plain value, and the line on which a part of it begins (1 when it does not exist). */
export interface RuleSource {
  file: string;
  value: unknown;
  lineOf(path: Path): number;
  /** The line on which the text of a scalar begins: below its key when it is a block. */
  textLineOf(path: Path): number;
}

/** A value chosen by the facts: the first case whose condition is true, else the last. */
export type Choice<T> = (scope: Scope) => T;

/** A named value that sentences and evidence may show. */
export interface Shown {
  name: string;
  unit: Unit;
  value: Expression;
  /** Its currency; null unless it is money. */
  currency: Choice<string | null>;
}

/** Words the expression language keeps for itself. */
const reserved: readonly string[] = ['params', 'true', 'false', 'null', 'in'];

function isTaken(name: string, { facts }: Vocabulary): boolean {
  const isNoun = facts.some((fact) => fact.name.startsWith(`${name}.`));
  return isNoun || reserved.includes(name) || ruleFunction(name) !== undefined;
}

const never: Expression = { type: 'bool', run: () => undefined, addMissing: () => undefined };
const placeholder = /\{([^{}]*)\}/g;

export class RuleCompiler {
  readonly problems: RuleProblem[] = [];
  readonly names: RuleNames;

  constructor(
    private readonly source: RuleSource,
    private readonly file: RuleFile,
    readonly vocabulary: Vocabulary,
  ) {
    this.names = new RuleNames(Object.keys(file.params), vocabulary);
    for (const [name, definition] of Object.entries(file.let)) {
      const bare = typeof definition === 'string';
      const path = bare ? ['let', name] : ['let', name, 'value'];
      const text = bare ? definition : definition.value;
      const compiled = this.expression(path, text, null);
      if (isTaken(name, vocabulary)) this.report(['let', name], `a let cannot be named ${name}, which is a word of its own`);
      else this.names.addLet(name, text, compiled);
    }
  }

  /** Where the file lies, below the root. */
  get path(): string {
    return this.source.file;
  }

  /** How many lets the rule has. */
  get letCount(): number {
    return this.names.lets.size;
  }

  /** The facts that the expressions compiled so far name. */
  get factsUsed(): ReadonlySet<string> {
    return this.names.factsUsed;
  }

  /** Notes a fault. */
  report(path: Path, message: string, line = this.source.lineOf(path)): void {
    this.problems.push({ file: this.source.file, line, at: path.join('.'), message });
  }

  /** Compiles an expression that must have the type (null = any). A faulty one is reported and stands as unknown. */
  expression(path: Path, text: string, type: FactType | null): Expression {
    try {
      const compiled = compileExpression(text, this.names);
      if (type === null || compiled.type === type) return compiled;
      this.report(path, `must be ${type}, but is ${compiled.type}: ${text.trim()}`);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const above = text.slice(0, error.offset).split('\n').length - 1;
      this.report(path, error.message, this.source.textLineOf(path) + above);
    }
    return never;
  }

  /** Compiles a constant or ordered cases. */
  choice<T, U>(path: Path, definition: ConstantOrCases<T>, make: (value: T, path: Path) => U): Choice<U> {
    if (!Array.isArray(definition)) {
      const value = make(definition, path);
      return () => value;
    }
    const cases = definition.map((entry, index) => ({
      when: 'when' in entry ? this.expression([...path, index, 'when'], entry.when, 'bool') : null,
      value: make(entry.is, [...path, index, 'is']),
    }));
    const last = cases.at(-1);
    if (last === undefined) throw new RangeError(`${path.join('.')} has no cases`);
    if (last.when !== null || cases.slice(0, -1).some((entry) => entry.when === null)) {
      this.report(path, 'every case but the last needs a condition, and the last must have none');
    }
    return (scope) => (cases.find(({ when }) => when !== null && isTrue(when, scope)) ?? last).value;
  }

  /** A fact, let or parameter by its name, ready to be shown; null and a reported fault when there is none. */
  shown(path: Path, name: string): Shown | null {
    const { unit, currency } = this.unitOf(name);
    if (unit === null) {
      this.report(path, this.nothingNamed(name));
      return null;
    }
    const isMoney = unit === 'mills';
    const code = isMoney ? (currency ?? standardCurrency(this.vocabulary)) : 'USD';
    if (code === null) {
      this.report(path, `${name} must say its currency: charges may be in any`);
      return null;
    }
    return {
      name,
      unit,
      value: this.expression(path, name, null),
      currency: isMoney ? this.currency(path, code) : () => null,
    };
  }

  /** A currency given as ISO 4217 code or as the name of a fact. */
  currency(path: Path, code: string): Choice<string | null> {
    if (/^[A-Z]{3}$/.test(code)) return () => code;
    const fact = this.expression(path, code, 'string');
    return (scope) => textOf(fact, scope);
  }

  /** Compiles a sentence in all its locales. */
  sentence(path: Path, worded: Worded): (scope: Scope) => Worded {
    const en = this.template([...path, 'en'], worded.en, 'en');
    const zh = this.template([...path, 'zh-CN'], worded['zh-CN'], 'zh-CN');
    return (scope) => ({ en: en(scope), 'zh-CN': zh(scope) });
  }

  private template(path: Path, text: string, locale: Locale): (scope: Scope) => string {
    const pieces = onOneLine(text, locale).split(placeholder);
    // Splitting by a pattern with one group puts the names at the odd places.
    const parts = pieces.map((piece, index) => (index % 2 === 0 ? piece : this.shown(path, piece.trim())));
    return (scope) =>
      parts
        .map((part) => {
          if (part === null || typeof part === 'string') return part ?? '';
          return formatValue(part.value.run(scope), { unit: part.unit, currency: part.currency(scope) }, locale);
        })
        .join('');
  }

  private nothingNamed(name: string): string {
    if (vocabularyWith(name)) return noFactNamed(name, this.vocabulary);
    const params = this.names.params.map((own) => `params.${own}`);
    const known = [...this.names.lets.keys(), ...params, ...this.vocabulary.facts.map((fact) => fact.name)];
    return `nothing is named ${name}${didYouMean(name, known)}`;
  }

  private unitOf(name: string): { unit: Unit | null; currency: string | undefined } {
    const own = this.file.params[name.replace(/^params\./, '')];
    if (name.startsWith('params.') && own) return { unit: own.unit, currency: 'USD' };
    const fact = this.vocabulary.named(name);
    if (fact) return { unit: fact.unit, currency: fact.currency };
    const definition = this.file.let[name];
    if (definition === undefined) return { unit: null, currency: undefined };
    if (typeof definition !== 'string') return { unit: definition.unit, currency: definition.currency };
    return { unit: this.names.lets.get(name)?.type === 'bool' ? 'flag' : 'text', currency: undefined };
  }
}
