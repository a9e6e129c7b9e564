/** The whole explanation of a rule's answer: its condition, what was needed and chosen, and the values it looked at. */
import type { FactValue } from '../facts/fact.ts';
import { PENDING } from '../facts/facts.ts';
import type { RuleAnswer } from './answer.ts';
import { compileExpression } from './compile.ts';
import type { RuleCompiler, Shown } from './compiler.ts';
import {
  type ExplainedChoice,
  type ExplainedLet,
  type ExplainedParam,
  type ExplainedPart,
  type ExplainedValue,
  type Explanation,
  type Kept,
  explainer,
  wasAsked,
} from './explain.ts';
import { type Expression, type Scope, isTrue } from './expression.ts';
import type { ConstantOrCases, RuleFile } from './schema.ts';
import { standardCurrency } from './subject.ts';

type PartExplainer = (scope: Scope, kept: Kept) => ExplainedPart;

const CHOSEN = ['severity', 'verdict', 'attribution', 'confidence'] as const;

/** Explains one rule; what it needs for that is compiled once, when somebody first asks. */
export class RuleExplainer {
  private readonly when: PartExplainer;
  private readonly needs: { missing: string; that: PartExplainer }[];
  private readonly lets: Shown[];
  private readonly cases: { what: ExplainedChoice['what']; cases: ChoiceCase[] }[];

  constructor(
    private readonly file: RuleFile,
    private readonly compiler: RuleCompiler,
  ) {
    const { names } = compiler;
    this.when = explainer(file.when, names);
    this.needs = file.needs.map(({ that, missing }) => ({ missing, that: explainer(that, names) }));
    this.lets = Object.keys(file.let).flatMap((name) => compiler.shown(['let', name], name) ?? []);
    this.cases = CHOSEN.map((what) => ({ what, cases: casesOf(file[what], compiler) }));
  }

  /** The explanation of an answer; `scope` is the one it was evaluated in. */
  of(scope: Scope, { result, kept }: { result: RuleAnswer; kept: Kept }): Omit<Explanation, 'version'> {
    const { file } = this;
    const when = this.when(scope, kept);
    const needs = this.needs.map(({ missing, that }) => ({ missing, ...that(scope, kept) }));
    const asked = kept ?? scope.facts.asked();
    return {
      rule: file.id,
      number: file.version,
      result,
      when,
      needs,
      chosen: result.answer === 'fires' ? this.chosen(scope) : [],
      // Read before the currencies of money are, for nobody looked at those to judge.
      facts: this.factsAmong(asked, scope),
      lets: this.letsAsked(scope, kept),
      params: this.params(scope),
    };
  }

  private chosen(scope: Scope): ExplainedChoice[] {
    return this.cases.flatMap(({ what, cases }) => {
      const found = cases.find(({ condition }) => condition === null || isTrue(condition, scope));
      return found === undefined ? [] : [{ what, is: found.is, when: found.when }];
    });
  }

  private factsAmong(asked: NonNullable<Kept>, scope: Scope): ExplainedValue[] {
    const { vocabulary } = this.compiler;
    return vocabulary.facts.flatMap(({ name, unit, currency }) => {
      if (!Object.hasOwn(asked, name)) return [];
      const isMoney = unit === 'mills';
      // Facts about charges that are money all name their currency.
      const code = currency ?? standardCurrency(vocabulary) ?? 'USD';
      return [{ name, value: asked[name] ?? null, unit, currency: isMoney ? currencyIn(code, scope) : null }];
    });
  }

  private letsAsked(scope: Scope, kept: Kept): ExplainedLet[] {
    const { letTexts } = this.compiler.names;
    return this.lets.flatMap(({ name, unit, value, currency }, place) => {
      const known = scope.lets[place];
      if (known === PENDING || (known === undefined && !wasAsked(value, scope, kept))) return [];
      const text = (letTexts.get(name) ?? '').trim().replaceAll(/\s+/g, ' ');
      return [{ name, text, value: known ?? null, unit, currency: currency(scope) }];
    });
  }

  private params(scope: Scope): ExplainedParam[] {
    return Object.entries(this.file.params).map(([name, { value: standard, unit, meaning }], place) => ({
      name,
      value: scope.params[place] ?? standard,
      unit,
      currency: unit === 'mills' ? 'USD' : null,
      meaning,
      standard,
    }));
  }
}

interface ChoiceCase {
  is: string;
  when: string | null;
  condition: Expression | null;
}

/** Of a constant nothing was chosen. */
function casesOf(definition: ConstantOrCases<string>, { names }: RuleCompiler): ChoiceCase[] {
  if (!Array.isArray(definition)) return [];
  return definition.map((entry) => {
    const when = 'when' in entry ? entry.when : null;
    return { is: entry.is, when, condition: when === null ? null : compileExpression(when, names) };
  });
}

/** An ISO 4217 code, or the value of the fact that holds it. */
function currencyIn(code: string, { facts }: Scope): string | null {
  if (/^[A-Z]{3}$/.test(code)) return code;
  const value: FactValue | undefined = facts.get(code);
  return typeof value === 'string' ? value : null;
}
