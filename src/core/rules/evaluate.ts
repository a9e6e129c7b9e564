/** Evaluates a compiled rule: fires with its judgement, clear, or unknown with the facts that are missing. */
import type { Day, Instant } from '../units/day.ts';
import { parseDay } from '../units/day.ts';
import type { FactValue } from '../facts/fact.ts';
import type { Money } from '../units/money.ts';
import { PENDING } from '../facts/facts.ts';
import type {
  AmountKind,
  Attribution,
  Confidence,
  Evaluation,
  EvidenceValue,
  Judgement,
  RuleAnswer,
  Severity,
  Verdict,
  Worded,
} from './answer.ts';
import type { Choice, Shown } from './compiler.ts';
import { type Expression, type Scope, isTrue, numberOf, textOf } from './expression.ts';
import { evidenceValue } from './format.ts';

interface CompiledMoney {
  mills: Expression;
  currency: Choice<string | null>;
  /** Null = always. */
  when: Expression | null;
}

/** A rule's parts, compiled. */
export interface CompiledRule {
  when: Expression;
  needs: readonly { that: Expression; missing: string }[];
  review: readonly Expression[];
  severity: Choice<Severity>;
  verdict: Choice<Verdict>;
  attribution: Choice<Attribution>;
  confidence: Choice<Confidence>;
  amount: CompiledMoney | null;
  amountKind: Choice<AmountKind> | null;
  goods: CompiledMoney | null;
  deadline: Expression | null;
  dedupe: Expression | null;
  say: Choice<(scope: Scope) => Worded>;
  nextStep: Choice<(scope: Scope) => Worded>;
  evidence: readonly Shown[];
}

/** Evaluates a rule in a fresh scope. */
export function evaluateRule(rule: CompiledRule, scope: Scope): Evaluation {
  const result = answerOf(rule, scope);
  const nextReviewAt = nextReview(rule, scope);
  // Most answers are this one.
  return result === CLEAR && nextReviewAt === null ? CLEAR_FOR_GOOD : { result, nextReviewAt };
}

const CLEAR: RuleAnswer = Object.freeze({ answer: 'clear' });
const CLEAR_FOR_GOOD: Evaluation = Object.freeze({ result: CLEAR, nextReviewAt: null });

function answerOf(rule: CompiledRule, scope: Scope): RuleAnswer {
  const fires = rule.when.run(scope);
  if (fires === false) return CLEAR;
  const missing = missingOf(rule, scope, fires);
  if (missing !== null) return { answer: 'unknown', missing };
  return judge(rule, { ...scope, facts: scope.facts.listening(), lets: scope.lets.map(() => PENDING) });
}

/** The answer with every value it worked out left in the scope, whose facts must be `listening`. */
export function answerWithin(rule: CompiledRule, scope: Scope): RuleAnswer {
  const fires = rule.when.run(scope);
  if (fires === false) return CLEAR;
  const missing = missingOf(rule, scope, fires);
  return missing === null ? judge(rule, scope) : { answer: 'unknown', missing };
}

/** The facts for want of which the rule cannot fire, sorted; null when it does. */
function missingOf(rule: CompiledRule, scope: Scope, fires: FactValue | undefined): string[] | null {
  const missing = new Names();
  if (fires === undefined) rule.when.addMissing(scope, missing);
  for (const need of rule.needs) if (!isTrue(need.that, scope)) missing.add(need.missing);
  return missing.names.length > 0 ? missing.names.sort() : null;
}

/** A handful of names, each once. */
class Names {
  readonly names: string[] = [];

  add(name: string): void {
    if (!this.names.includes(name)) this.names.push(name);
  }
}

/** The judgement of a rule that fires, and what it asked for: everything is asked again, for others may have asked before. */
function judge(rule: CompiledRule, scope: Scope): RuleAnswer {
  rule.when.run(scope);
  for (const { that } of rule.needs) that.run(scope);
  const judgement = judgementOf(rule, scope);
  return { answer: 'fires', judgement, facts: scope.facts.asked() };
}

function judgementOf(rule: CompiledRule, scope: Scope): Judgement {
  const amount = moneyOf(rule.amount, scope);
  const evidence: Record<string, EvidenceValue> = {};
  for (const { name, unit, value } of rule.evidence) evidence[name] = evidenceValue(value.run(scope), unit);
  return {
    severity: rule.severity(scope),
    verdict: rule.verdict(scope),
    attribution: rule.attribution(scope),
    confidence: rule.confidence(scope),
    amount,
    amountKind: amount === null || rule.amountKind === null ? null : rule.amountKind(scope),
    goods: moneyOf(rule.goods, scope),
    message: rule.say(scope)(scope),
    nextStep: rule.nextStep(scope)(scope),
    deadline: deadlineOf(rule, scope),
    evidence,
    dedupeKey: rule.dedupe === null ? '' : (textOf(rule.dedupe, scope) ?? ''),
  };
}

function moneyOf(money: CompiledMoney | null, scope: Scope): Money | null {
  if (money === null || (money.when !== null && !isTrue(money.when, scope))) return null;
  const mills = numberOf(money.mills, scope);
  const currency = money.currency(scope);
  return mills === null || currency === null || mills <= 0 ? null : { mills: Math.round(mills), currency };
}

function deadlineOf({ deadline }: CompiledRule, scope: Scope): Day | null {
  return deadline === null ? null : parseDay(textOf(deadline, scope) ?? '');
}

/** The earliest instant after the audit's that one of the rule's review expressions names. */
function nextReview({ review }: CompiledRule, scope: Scope): Instant | null {
  if (review.length === 0) return null;
  const asOf = scope.facts.get('audit.as_of') ?? scope.facts.get('clock.as_of');
  let next: Instant | null = null;
  for (const expression of review) {
    const at = numberOf(expression, scope);
    if (at !== null && typeof asOf === 'number' && at > asOf && (next === null || at < next)) next = Math.ceil(at);
  }
  return next;
}
