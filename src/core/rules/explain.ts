/** Why a rule answers as it does: its condition taken apart, with the value of each part and which of them decided. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { FactValue, Unit } from '../facts/fact.ts';
import type { RuleAnswer } from './answer.ts';
import { type RuleNames, chainOf, compileNode } from './compile.ts';
import type { Expression, Scope } from './expression.ts';

/** all = every part must be true; any = one suffices; choice = a condition and what holds by it; let = a named condition. */
export const PART_KINDS = ['all', 'any', 'not', 'choice', 'let', 'test'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** Not asked: the rest had decided already, and of a judgement made earlier nobody kept what it would have been. */
export const PART_VALUES = ['true', 'false', 'unknown', 'not_asked'] as const;
export type PartValue = (typeof PART_VALUES)[number];

/** A part of a condition. */
export interface ExplainedPart {
  kind: PartKind;
  /** As the rule file writes it, on one line. */
  text: string;
  value: PartValue;
  /** Whether the answer rests on it: with another value it could have been another. */
  decided: boolean;
  parts: ExplainedPart[];
}

/** A fact, let or parameter with the value it had; null = unknown. */
export interface ExplainedValue {
  name: string;
  value: FactValue | null;
  unit: Unit;
  /** Of money. */
  currency: string | null;
}

export interface ExplainedLet extends ExplainedValue {
  text: string;
}

export interface ExplainedParam extends ExplainedValue {
  meaning: string;
  /** The value for vendors without one of their own. */
  standard: number;
}

/** What `needs` asks: where it is not true, the rule says no more than that the fact is missing. */
export interface ExplainedNeed extends ExplainedPart {
  missing: string;
}

/** A word that cases chose, such as the severity; `when` is null where the last one held. */
export interface ExplainedChoice {
  what: 'severity' | 'verdict' | 'attribution' | 'confidence';
  is: string;
  when: string | null;
}

export interface Explanation {
  rule: string;
  /** Raised by hand, as the file states it. */
  number: number;
  /** Hash of all that judges. */
  version: string;
  result: RuleAnswer;
  when: ExplainedPart;
  needs: ExplainedNeed[];
  /** Only where it fires. */
  chosen: ExplainedChoice[];
  /** In the order of the rule file: those that were looked at. */
  lets: ExplainedLet[];
  /** In the order of the vocabulary: those that were asked for. */
  facts: ExplainedValue[];
  params: ExplainedParam[];
}

/** The facts that are known of a judgement made earlier, by name; null = all can be asked. */
export type Kept = Readonly<Record<string, FactValue | null>> | null;

/** Takes a condition apart that compiled before; answers what explains it in a scope. */
export function explainer(text: string, names: RuleNames): (scope: Scope, kept: Kept) => ExplainedPart {
  const part = partOf(names.environment.parse(text).ast, names);
  return (scope, kept) => {
    const explained = valueOf(part, scope, kept);
    markDecided(explained);
    return explained;
  };
}

interface Part {
  kind: PartKind;
  text: string;
  expression: Expression;
  parts: Part[];
}

function partOf(node: ASTNode, names: RuleNames): Part {
  const { kind, parts } = takenApart(node, names);
  return { kind, text: sourceOf(node), expression: compileNode(node, names), parts };
}

function takenApart(node: ASTNode, names: RuleNames): Pick<Part, 'kind' | 'parts'> {
  const inner = (nodes: readonly ASTNode[]): Part[] => nodes.map((each) => partOf(each, names));
  if (node.op === '&&' || node.op === '||') {
    return { kind: node.op === '&&' ? 'all' : 'any', parts: inner(chainOf(node, node.op)) };
  }
  if (node.op === '!_') return { kind: 'not', parts: inner([node.args]) };
  if (node.op === '?:') return { kind: 'choice', parts: inner(node.args) };
  if (node.op !== 'id' || names.lets.get(node.args)?.type !== 'bool') return { kind: 'test', parts: [] };
  const text = names.letTexts.get(node.args) ?? node.args;
  return { kind: 'let', parts: inner([names.environment.parse(text).ast]) };
}

/** The text of a node, on one line. Brackets at its ends belong to no node, so those that lack their other half get it back. */
export function sourceOf({ input, start, end }: ASTNode): string {
  const text = input.slice(start, end);
  let depth = 0;
  let lowest = 0;
  let quote: string | null = null;
  for (const sign of text) {
    if (quote !== null) quote = sign === quote ? null : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '(') depth += 1;
    else if (sign === ')') lowest = Math.min(lowest, (depth -= 1));
  }
  return `${'('.repeat(-lowest)}${text}${')'.repeat(depth - lowest)}`.trim().replaceAll(/\s+/g, ' ');
}

function valueOf({ kind, text, expression, parts }: Part, scope: Scope, kept: Kept): ExplainedPart {
  return {
    kind,
    text,
    value: partValue(expression, scope, kept),
    decided: false,
    parts: parts.map((part) => valueOf(part, scope, kept)),
  };
}

function partValue(expression: Expression, scope: Scope, kept: Kept): PartValue {
  const value = expression.run(scope);
  if (value !== undefined) return value === true ? 'true' : 'false';
  return wasAsked(expression, scope, kept) ? 'unknown' : 'not_asked';
}

/** Whether something unknown was unknown then, and is not merely unknown now because nobody asked for it. */
export function wasAsked(expression: Expression, scope: Scope, kept: Kept): boolean {
  if (kept === null) return true;
  const missing = new Set<string>();
  expression.addMissing(scope, missing);
  return [...missing].some((name) => Object.hasOwn(kept, name));
}

function markDecided(part: ExplainedPart): void {
  part.decided = true;
  for (const inner of decidingParts(part)) markDecided(inner);
}

function decidingParts({ kind, value, parts }: ExplainedPart): ExplainedPart[] {
  if (kind === 'choice') {
    const [condition, yes, no] = parts;
    const chosen = condition?.value === 'true' ? yes : condition?.value === 'false' ? no : undefined;
    return [condition, chosen].flatMap((each) => each ?? []);
  }
  if (kind !== 'all' && kind !== 'any') return parts;
  const alone = kind === 'all' ? 'false' : 'true';
  if (value === alone) return parts.filter((part) => part.value === alone).slice(0, 1);
  return value === 'unknown' ? parts.filter((part) => part.value === 'unknown') : parts;
}
