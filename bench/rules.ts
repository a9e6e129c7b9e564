/** Our rule book beside json-rules-engine: the same eight rules over the same facts of the sample month's labels. */
import { Engine, type NestedCondition, type RuleProperties, type TopLevelCondition } from 'json-rules-engine';
import { FACTS } from '../src/core/facts/dictionary.ts';
import type { FactValue } from '../src/core/facts/fact.ts';
import { Facts } from '../src/core/facts/facts.ts';
import type { Rule } from '../src/core/rules/rule.ts';
import { aJourney, aJudgeInput, aStatement, AS_OF, shippedBook } from '../test/support/judge.ts';
import { print, sideBySide, timed } from './measure.ts';

const ROUNDS = 5;
/** One label in ten tells a story, the others are honest. */
const SUBJECTS = 800;
const VENDOR = 'Example Labels';
/** Ours is too fast to time in one pass over the subjects. */
const OUR_PASSES = 50;

type Known = Readonly<Record<string, FactValue | undefined>>;

/** Prints evaluations a second of both and their ratio; throws when the two disagree about any label. */
export async function benchRules(): Promise<void> {
  const subjects = makeSubjects();
  const engine = makeEngine(RULES);
  await assertEqual(engine, subjects);
  const facts = subjects.map((known) => Facts.given(known as Record<string, FactValue>));
  const evaluations = subjects.length * RULES.length;
  const { a, b, ratio } = await sideBySide(
    ROUNDS,
    () => timed(async () => judgeOurs(facts, OUR_PASSES)),
    () => timed(async () => judgeTheirs(engine, subjects)),
  );
  const ours = (evaluations * OUR_PASSES) / (a.wallMs / 1000);
  const theirs = evaluations / (b.wallMs / 1000);
  print('rules.evaluations_per_second', ours, 'evaluations/s');
  print('json_rules_engine.evaluations_per_second', theirs, 'evaluations/s');
  print('rules.vs_json_rules_engine', OUR_PASSES / ratio, 'x');
}

/** Labels of every kind of story, each as the facts it gives: known once, so that both engines only judge. */
function makeSubjects(): Known[] {
  const notice = aStatement(AS_OF - 86_400_000, 'fraudulent postage');
  const hold = aStatement(AS_OF - 90 * 3_600_000, 'held awaiting payment');
  const stories = [
    aJudgeInput(),
    aJudgeInput({ journey: aJourney({ notice, lastNoticeAt: notice.at }) }),
    aJudgeInput({ journey: aJourney({ hold, firstHoldAt: hold.at }) }),
    aJudgeInput({ journey: null }),
    aJudgeInput({}, { chargedMills: 2_400, postageMills: 2_400 }),
    aJudgeInput({}, { zone: 8 }),
    aJudgeInput({}, { orderId: 'O1', orderMills: 90_000, orderCurrency: 'USD', declaredMills: 20_000 }),
    aJudgeInput({}, { trackingRaw: '9400111899223197428490' }),
  ];
  return Array.from({ length: SUBJECTS }, (_, index) => {
    const told = index % 10 === 0 ? stories[(index / 10) % stories.length] : undefined;
    const facts = Facts.about(told ?? aJudgeInput());
    return Object.fromEntries(FACTS.map(({ name }) => [name, facts.get(name)]));
  });
}

function judgeOurs(subjects: readonly Facts[], passes: number): number {
  let fires = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    for (const facts of subjects) {
      for (const rule of RULES) {
        if (rule.evaluate(facts, VENDOR).result.answer === 'fires') fires += 1;
      }
    }
  }
  return fires;
}

async function judgeTheirs(engine: Engine, subjects: readonly Known[]): Promise<number> {
  let fires = 0;
  for (const known of subjects) fires += (await engine.run({ ...known })).events.length;
  return fires;
}

async function assertEqual(engine: Engine, subjects: readonly Known[]): Promise<void> {
  for (const known of subjects) {
    const facts = Facts.given(known as Record<string, FactValue>);
    const ours = RULES.filter((rule) => rule.evaluate(facts, VENDOR).result.answer === 'fires');
    const theirs = (await engine.run({ ...known })).events.map(({ type }) => type);
    const [a, b] = [ours.map(({ id }) => id).sort(), theirs.sort()];
    if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error(`ours fires ${a.join()}, theirs ${b.join()}`);
  }
}

const when = (fact: string, operator: string, value: unknown): NestedCondition => ({ fact, operator, value });
const all = (...conditions: NestedCondition[]): TopLevelCondition => ({ all: conditions });
const any = (...conditions: NestedCondition[]): TopLevelCondition => ({ any: conditions });
const of = (fact: string): { fact: string } => ({ fact });

/** The eight rules as conditions; sums and products are facts of their own, as that engine has no arithmetic. */
function makeEngine(rules: readonly Rule[]): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true });
  addArithmetic(engine, Object.fromEntries(rules.map((rule) => [rule.id, rule])));
  for (const [id, conditions] of Object.entries(CONDITIONS)) {
    const rule: RuleProperties = { conditions, event: { type: id } };
    engine.addRule(rule);
  }
  return engine;
}

const CONDITIONS: Record<string, TopLevelCondition> = {
  'counterfeit-postage-notice': all(when('journey.notice', 'equal', true)),
  'held-for-postage': all(
    when('label.kind', 'notEqual', 'return'),
    when('journey.held', 'equal', true),
    when('journey.returned', 'equal', false),
    when('journey.delivered', 'equal', false),
    when('carrier.wide_hold_day', 'equal', false),
  ),
  'invalid-barcode': all(
    when('barcode.digits', 'greaterThanInclusive', of('param.complete_digits')),
    when('barcode.valid', 'equal', false),
    when('barcode.damaged', 'equal', false),
    when('barcode.kind', 'notEqual', 'other_carrier'),
  ),
  'never-accepted': all(
    when('journey.scanned', 'equal', false),
    when('journey.stopped', 'equal', false),
    when('label.kind', 'equal', 'outbound'),
    when('label.live', 'equal', true),
    when('label.voided_by_us', 'equal', false),
    when('label.business_days_since_mailing', 'greaterThanInclusive', of('param.business_days')),
    when('audit.as_of', 'lessThan', of('sum.answer_holds_until')),
  ),
  'tracking-number-reused': any(
    all(
      when('sale.other_vendor', 'equal', true),
      when('sale.other_vendor_days', 'lessThanInclusive', of('param.unique_days')),
    ),
    all(when('sale.again', 'equal', true), when('sale.again_days', 'lessThanInclusive', of('param.unique_days'))),
    when('sale.reprint', 'equal', true),
  ),
  'below-floor-price': all(
    when('label.kind', 'notEqual', 'pay_on_use'),
    when('price.paid_mills', 'greaterThan', 0),
    any(
      all(when('price.floor_known', 'equal', false), when('price.paid_mills', 'lessThan', of('sum.undecided_limit'))),
      when('price.paid_mills', 'lessThanInclusive', of('sum.floor_limit')),
    ),
  ),
  'zone-mismatch': all(
    when('zone.off', 'equal', true),
    when('label.flat_rate', 'equal', false),
    when('label.rate_type', 'notEqual', 'contract'),
    when('label.service', 'in', ['ground_advantage', 'priority_mail', 'priority_mail_express']),
    when('zone.apart', 'equal', false),
    when('zone.days_from_chart_change', 'greaterThan', of('param.chart_change_days')),
    when('zone.near_edge', 'equal', false),
  ),
  'declared-below-order': all(
    when('label.kind', 'equal', 'outbound'),
    when('label.live', 'equal', true),
    when('order.declared_mills', 'greaterThan', 0),
    when('label.declared_mills', 'greaterThan', 0),
    when('sum.gap_mills', 'greaterThan', of('param.tolerance_mills')),
    when('sum.gap_mills', 'greaterThan', of('sum.gap_tolerance')),
  ),
};

/** The rules that have a counterpart. */
const RULES = shippedBook.rules.filter(({ id }) => Object.hasOwn(CONDITIONS, id));

const cents = (mills: number): number => Math.round(mills / 10) * 10;

/** Facts computed from facts and parameters, as our expressions compute them. */
function addArithmetic(engine: Engine, rules: Readonly<Record<string, Rule>>): void {
  const param = (rule: string, name: string): number => rules[rule]?.param(name) ?? Number.NaN;
  const floor = 'below-floor-price';
  const value = 'declared-below-order';
  const hourMs = 3_600_000;
  const constants: Record<string, number> = {
    'param.business_days': param('never-accepted', 'business_days'),
    'param.complete_digits': param('invalid-barcode', 'complete_digits'),
    'param.unique_days': param('tracking-number-reused', 'unique_days'),
    'param.chart_change_days': param('zone-mismatch', 'chart_change_days'),
    'param.tolerance_mills': param(value, 'tolerance_mills'),
  };
  for (const [name, constant] of Object.entries(constants)) engine.addFact(name, constant);
  const computed = (name: string, from: string[], compute: (...values: number[]) => unknown): void => {
    engine.addFact(name, async (_params, almanac) => {
      const values = await Promise.all(from.map((fact) => almanac.factValue<number | undefined>(fact)));
      return values.includes(undefined) ? undefined : compute(...(values as number[]));
    });
  };
  computed(
    'sum.answer_holds_until',
    ['journey.answered_at'],
    (at) => at + param('never-accepted', 'answer_hours') * hourMs,
  );
  computed('sum.undecided_limit', ['price.cheapest_cell_mills'], (cell) => param(floor, 'undecided_share') * cell);
  computed(
    'sum.floor_limit',
    ['price.floor_mills'],
    (mills) => mills * (1 - param(floor, 'discount_share')) * (1 - param(floor, 'suspect_share')) + 0.001,
  );
  computed('sum.gap_mills', ['order.value_mills', 'order.declared_mills'], (order, declared) => order - declared);
  computed('sum.gap_tolerance', ['order.value_mills'], (order) => cents(order * param(value, 'tolerance_share')));
  computed('zone.off', ['label.zone', 'zone.rated'], (billed, rated) => billed !== rated);
  computed('zone.apart', ['zone.destination_zip3', 'zone.origin_zip3'], (...ends) =>
    ends.map(String).some((end) => /^(09|340|96[2-69])/.test(end)),
  );
}
