/** Our rule book beside json-rules-engine: every rule about labels, over the same facts of honest labels and of stories. */
import { join } from 'node:path';
import { describeProblem, readRules } from '../src/catalog/rules.ts';
import { FACTS } from '../src/core/facts/dictionary.ts';
import type { FactValue } from '../src/core/facts/fact.ts';
import { Facts } from '../src/core/facts/facts.ts';
import { ruleBookInForce, rulesAbout } from '../src/core/rules/book.ts';
import { projectRoot } from '../src/platform/config.ts';
import { sha256Hex } from '../src/platform/hash.ts';
import { aJourney, aJudgeInput, aScan, aStatement, AS_OF, shippedBook } from '../test/support/judge.ts';
import { print, sideBySide, timed } from './measure.ts';
import { Elsewhere, type Known } from './rules-elsewhere.ts';

const ROUNDS = 5;
/** One label in ten tells a story, the others are honest. */
const SUBJECTS = 400;
const VENDOR = 'Example Labels';
/** Ours is too fast to time in one pass over the subjects. */
const OUR_PASSES = 50;

const RULES = rulesAbout('label', ruleBookInForce(shippedBook, '2026-12-01', sha256Hex));

interface Subject {
  known: Known;
  facts: Facts;
}

/**
 * Prints evaluations a second of both and their ratio; throws when the two disagree about any label. Facts are known before
 * the clock starts, for both. Ours also words its findings, names what is missing and when to look again; theirs names
 * the rules that fire.
 */
export async function benchRules(): Promise<void> {
  const subjects = makeSubjects();
  const elsewhere = new Elsewhere(RULES);
  await assertEqual(elsewhere, subjects);
  judgeOurs(subjects, OUR_PASSES);
  const evaluations = subjects.length * RULES.length;
  const { a, b, ratio } = await sideBySide(
    ROUNDS,
    () => timed(async () => judgeOurs(subjects, OUR_PASSES)),
    () => timed(async () => judgeTheirs(elsewhere, subjects)),
  );
  print('rules.book_rules', RULES.length, 'rules');
  print('rules.evaluations_per_second', (evaluations * OUR_PASSES) / (a.wallMs / 1000), 'evaluations/s');
  print('json_rules_engine.evaluations_per_second', evaluations / (b.wallMs / 1000), 'evaluations/s');
  print('rules.vs_json_rules_engine', OUR_PASSES / ratio, 'x');
  const check = await timed(async () => checkBook());
  print('rules.check', check.wallMs / 1000, 's');
}

/** What `rules check` does: reads every rule file and tries all of its examples. */
function checkBook(): void {
  const shownFrom = projectRoot();
  const { problems } = readRules(join(shownFrom, 'rules'), { shownFrom, sha256Hex, examples: true });
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'));
}

/** Labels of every kind of story, each as the facts it gives: known once, so that both engines only judge. */
function makeSubjects(): Subject[] {
  const scan = { zip: '94105', stage: 'delivered' as const };
  // Announced, accepted and delivered: nothing to tell of.
  const delivered = aJourney({
    standing: 'delivered',
    firstScan: aScan(AS_OF - 20 * 86_400_000),
    lastScan: aScan(AS_OF - 16 * 86_400_000, scan),
    delivered: aScan(AS_OF - 16 * 86_400_000, scan),
  });
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
    const computed = Facts.about(told ?? aJudgeInput({ journey: delivered }));
    const known = Object.fromEntries(FACTS.map(({ name }) => [name, computed.get(name)]));
    return { known, facts: Facts.given(known as Record<string, FactValue>) };
  });
}

function judgeOurs(subjects: readonly Subject[], passes: number): number {
  let fires = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    for (const { facts } of subjects) {
      for (const rule of RULES) {
        if (rule.evaluate(facts, VENDOR).result.answer === 'fires') fires += 1;
      }
    }
  }
  return fires;
}

async function judgeTheirs(elsewhere: Elsewhere, subjects: readonly Subject[]): Promise<number> {
  let fires = 0;
  for (const { known, facts } of subjects) fires += (await elsewhere.fires(known, facts)).length;
  return fires;
}

async function assertEqual(elsewhere: Elsewhere, subjects: readonly Subject[]): Promise<void> {
  for (const { known, facts } of subjects) {
    const ours = RULES.filter((rule) => rule.evaluate(facts, VENDOR).result.answer === 'fires').map(({ id }) => id);
    const theirs = await elsewhere.fires(known, facts);
    if (ours.sort().join() !== theirs.join()) throw new Error(`ours fires ${ours.join()}, theirs ${theirs.join()}`);
  }
}
