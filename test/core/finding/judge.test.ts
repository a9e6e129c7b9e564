import fc from 'fast-check';
import { type LabelJudgement, judgeLabel } from '../../../src/core/finding/judge.ts';
import type { Finding } from '../../../src/core/finding/finding.ts';
import type { JudgeInput } from '../../../src/core/facts/input.ts';
import { type Label, SERVICES } from '../../../src/core/label/label.ts';
import { ruleBookInForce, rulesAbout } from '../../../src/core/rules/book.ts';
import { DAY_MS, HOUR_MS } from '../../../src/core/units/day.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { AS_OF, NUMBER, aJourney, aJudgeInput, aStatement, shippedBook, aScan } from '../../support/judge.ts';

const book = ruleBookInForce(shippedBook, '2026-12-01', sha256Hex);
const rules = rulesAbout('label', book);

function judge(input: JudgeInput): LabelJudgement {
  return judgeLabel(input, book, sha256Hex);
}

function findings(input: JudgeInput): Finding[] {
  return judge(input).outcomes.flatMap((outcome) => (outcome.answer === 'fires' ? [outcome.finding] : []));
}

function answerOf(input: JudgeInput, rule: string): string {
  return judge(input).outcomes[rules.findIndex(({ id }) => id === rule)]?.answer ?? 'no such rule';
}

const delivered = aJourney({
  events: 5,
  firstScan: aScan(AS_OF - 20 * DAY_MS),
  delivered: aScan(AS_OF - 17 * DAY_MS, { code: '01', stage: 'delivered' }),
});

describe('one purchase judged by the shipped rules', () => {
  test('an honest, delivered label at 15 percent under the published price has no finding', () => {
    const priced = aJudgeInput();
    const floor = priced.rating.expected;
    if (!floor.known) throw new Error('the sample label must be rated');
    const paid = Math.round((floor.mills * 0.85) / 10) * 10;
    expect(findings(aJudgeInput({ journey: delivered }, { chargedMills: paid, zone: floor.zone }))).toEqual([]);
  });

  test('a label without any tracking is neither found nor called clear of a notice', () => {
    const input = aJudgeInput({ journey: null });
    expect(answerOf(input, 'counterfeit-postage-notice')).toBe('unknown');
    expect(answerOf(input, 'held-for-postage')).toBe('unknown');
    expect(answerOf(input, 'never-accepted')).toBe('unknown');
  });

  test('a refusal of the carrier makes a critical finding with what was paid and what the goods are worth', () => {
    const at = AS_OF - 5 * DAY_MS;
    const notice = aStatement(at, 'This package was shipped with fraudulent postage.', { code: '150012' });
    const journey = aJourney({ notice, lastNoticeAt: at, answeredAt: null, lastOutcome: 'withheld' });
    const [finding, ...others] = findings(
      aJudgeInput({ journey }, { orderId: 'A-1', orderMills: 89_000, orderCurrency: 'USD', declaredMills: 89_000 }),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'counterfeit-postage-notice',
      severity: 'critical',
      verdict: 'payment_unproven',
      attribution: 'vendor',
      confidence: 'proven',
      amount: { mills: 12_000, currency: 'USD' },
      goods: { mills: 89_000, currency: 'USD' },
      trackingNumber: NUMBER,
      labelId: 'L1',
    });
    expect(finding?.id).toMatch(/^[0-9a-f]{32}$/);
    expect(finding?.message.en).toContain('"This package was shipped with fraudulent postage." (code 150012)');
    expect(finding?.message['zh-CN']).toContain('12.00 USD');
    expect(finding?.evidence['journey.notice_at']).toBe('2026-11-26T06:00:00Z');
  });

  test("the same words in the vendor's own note make no finding", () => {
    const journey = aJourney({ hearsayAt: AS_OF - DAY_MS });
    expect(answerOf(aJudgeInput({ journey }), 'counterfeit-postage-notice')).toBe('clear');
  });

  test('a young hold is judged again when its 72 hours are over', () => {
    const at = AS_OF - 30 * HOUR_MS;
    const hold = aStatement(at, 'Held awaiting payment');
    const judgement = judge(aJudgeInput({ journey: aJourney({ hold, firstHoldAt: at }) }));
    // A hold also depends on other vendors' day, so every run looks again, whatever the time.
    expect(judgement).toMatchObject({ nextReviewAt: at + 72 * HOUR_MS, asksOthers: true });
    const later = findings(aJudgeInput({ journey: aJourney({ hold, firstHoldAt: at }), asOf: at + 72 * HOUR_MS }));
    expect(later.find(({ rule }) => rule === 'held-for-postage')?.severity).toBe('high');
  });

  test('a hold on a day of holds everywhere is told of the carrier, not of the label', () => {
    const hold = aStatement(AS_OF - HOUR_MS, 'Held awaiting payment');
    const input = aJudgeInput({
      journey: aJourney({ hold, firstHoldAt: hold.at }),
      carrier: { carrierWideHoldDay: true, zoneChartChanges: ['2024-04-01'] },
    });
    expect(answerOf(input, 'held-for-postage')).toBe('clear');
  });

  test('a label mailed yesterday is judged again when it is due to have been scanned', () => {
    const input = aJudgeInput({}, { shipDate: '2026-11-30' });
    expect(answerOf(input, 'never-accepted')).toBe('clear');
    expect(judge(input)).toMatchObject({ nextReviewAt: Date.UTC(2026, 11, 8), asksOthers: false });
  });

  test('a parcel without any scan is low, medium once handed over, and its refund has a deadline', () => {
    const unscanned = { journey: aJourney() };
    const [low] = findings(aJudgeInput(unscanned));
    expect(low).toMatchObject({
      rule: 'never-accepted',
      severity: 'low',
      amountKind: 'recoverable',
      deadline: '2026-12-03',
    });
    const [medium] = findings(aJudgeInput(unscanned, { handedOverAt: AS_OF - 20 * DAY_MS }));
    expect(medium).toMatchObject({ rule: 'never-accepted', severity: 'medium' });
  });
});

describe('one number, several purchases', () => {
  const second = aJudgeInput({}, { orderId: 'A-1' }).label;
  const first: Label = { ...second, saleKey: 'L0', labelId: 'L0', orderId: 'A-0', purchasedDay: '2026-10-20' };

  test('the later purchase carries the finding, the earlier none', () => {
    const sales = [first, second];
    const onLater = findings(aJudgeInput({ label: second, sales, journey: delivered }));
    expect(onLater).toMatchObject([{ rule: 'tracking-number-reused', severity: 'high', attribution: 'vendor' }]);
    expect(answerOf(aJudgeInput({ label: first, sales, journey: delivered }), 'tracking-number-reused')).toBe('clear');
  });

  test.each<[string, Partial<Label>, string]>([
    ['sold by another vendor before', { vendor: 'other' }, 'critical'],
    ['the same order on the same day', { orderId: 'A-1', purchasedDay: '2026-11-05' }, 'info'],
    ['the same order on another day', { orderId: 'A-1' }, 'high'],
    ['voided in the meantime', { status: 'voided' }, 'clear'],
    ['refunded in the meantime', { status: 'refunded' }, 'clear'],
    ['never charged', { chargedMills: 0 }, 'clear'],
    ['more than 120 days before', { purchasedDay: '2026-07-01' }, 'clear'],
    ['without any identity', { saleKey: '', labelId: null, orderId: null }, 'unknown'],
    [
      'the same purchase in a second file that has no label id',
      { saleKey: 'A-1|', labelId: null, orderId: 'A-1', purchasedDay: '2026-11-05' },
      'clear',
    ],
  ])('%s', (_story, change, expected) => {
    const earlier = { ...first, ...change };
    const input = aJudgeInput({ label: second, sales: [earlier, second], journey: delivered });
    const [finding] = findings(input);
    expect(finding?.severity ?? answerOf(input, 'tracking-number-reused')).toBe(expected);
  });

  test('two vendors, both without a time of day: nobody can say who sold it first', () => {
    const other = { ...first, vendor: 'aaa', purchasedDay: '2026-11-05' };
    const [finding] = findings(aJudgeInput({ label: second, sales: [other, second], journey: delivered }));
    expect(finding).toMatchObject({ severity: 'critical', attribution: 'open' });
  });
});

describe('whatever the label', () => {
  const anything = fc.record({
    service: fc.constantFrom(...SERVICES),
    chargedMills: fc.integer({ min: 0, max: 100_000 }),
    currency: fc.constantFrom('USD', 'CNY'),
    status: fc.constantFrom('purchased', 'voided', 'refunded'),
    weightMilliOz: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
    zone: fc.option(fc.integer({ min: 1, max: 9 })),
    destinationZip: fc.option(fc.constantFrom('94105', '96939', '09012', '00000')),
    declaredMills: fc.option(fc.integer({ min: 0, max: 100_000 })),
    orderMills: fc.option(fc.integer({ min: 0, max: 100_000 })),
    orderCurrency: fc.option(fc.constantFrom('USD', 'CNY')),
    destinationCountry: fc.constantFrom('US', 'CA', 'PR'),
    trackingRaw: fc.constantFrom(NUMBER, '1Z999AA10123456784', '12345678901234567890123', ''),
  });

  test('every rule answers, twice the same, and a finding is whole', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (change, known) => {
        const input = aJudgeInput({ journey: known ? aJourney() : null }, change);
        const judgement = judge(input);
        expect(judgement.outcomes).toHaveLength(rules.length);
        expect(judge(input)).toEqual(judgement);
        for (const outcome of judgement.outcomes) {
          if (outcome.answer === 'unknown') expect(outcome.missing.length).toBeGreaterThan(0);
          if (outcome.answer !== 'fires') continue;
          const { amount, amountKind, message, nextStep } = outcome.finding;
          expect(amount === null).toBe(amountKind === null);
          expect(amount === null || (Number.isSafeInteger(amount.mills) && amount.mills > 0)).toBe(true);
          for (const words of [message.en, message['zh-CN'], nextStep.en])
            expect(words).not.toMatch(/[{}]|undefined|NaN/);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('an audit at the review time answers what an audit at any time before it does, just until then', () => {
    fc.assert(
      fc.property(
        anything,
        fc.integer({ min: 0, max: 40 * 24 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (change, hours, share) => {
          const asOf = Date.UTC(2026, 10, 1) + hours * HOUR_MS;
          const journey = aJourney({ answeredAt: asOf - HOUR_MS });
          const at = (instant: number): string =>
            JSON.stringify(
              judge(aJudgeInput({ journey, asOf: instant }, { shipDate: '2026-11-03', ...change })).outcomes.map(
                ({ answer }) => answer,
              ),
            );
          const { nextReviewAt } = judge(aJudgeInput({ journey, asOf }, { shipDate: '2026-11-03', ...change }));
          const end = nextReviewAt ?? asOf + 60 * DAY_MS;
          if (end <= asOf) return;
          const between = Math.floor(asOf + (end - 1 - asOf) * share);
          expect(at(between)).toBe(at(asOf));
        },
      ),
      { numRuns: 200 },
    );
  });
});
