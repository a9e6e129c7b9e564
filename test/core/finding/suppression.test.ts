/** Suppressions: which scopes there can be, what their expressions say, and what they must not hide. */
import {
  compileSuppression,
  expiresSoon,
  isGuarded,
  scopeProblem,
  suppressionsMet,
} from '../../../src/core/finding/suppression.ts';
import { vendorVocabulary } from '../../../src/core/facts/dictionary.ts';
import { Facts } from '../../../src/core/facts/facts.ts';
import { ExpressionError } from '../../../src/core/rules/expression.ts';
import { shippedBook } from '../../support/judge.ts';

/** Rules that fire because the carrier, or many of its statements, speak against the postage. */
const STATEMENTS_OF_POSTAGE = ['counterfeit-postage-notice', 'unpaid-piece-notice', 'vendor-counterfeit-rate'];

const nothing = { rule: null, vendor: null, trackingNumber: null, labelId: null, orderId: null, expression: null };

test('a scope names something, and a label id its vendor', () => {
  expect(scopeProblem(nothing)).toContain('at least one of rule, vendor');
  expect(scopeProblem({ ...nothing, labelId: 'L1' })).toContain('needs the vendor');
  expect(scopeProblem({ ...nothing, labelId: 'L1', vendor: 'V' })).toBeNull();
  expect(scopeProblem({ ...nothing, rule: 'below-floor-price' })).toBeNull();
});

describe('an expression', () => {
  const charged = Facts.given({ 'label.charged_mills': 400 });

  test('is asked about the facts of what was judged; unknown is not true', () => {
    const cheap = compileSuppression('label.charged_mills < 500.0', 'label');
    expect(cheap(charged)).toBe(true);
    expect(cheap(Facts.given({ 'label.charged_mills': 500 }))).toBe(false);
    expect(cheap(Facts.given({}))).toBe(false);
    expect(cheap(Facts.given({}, vendorVocabulary))).toBe(false);
  });

  test.each([
    ['label.charged_mils < 500.0', 'no fact is named'],
    ['label.charged_mills', 'must be true or false'],
    ['label.charged_mills < 5', 'decimal point'],
    ['label.charged_mills <', ''],
    ['label.vendor.matches("a+")', 'not part of the rule language'],
  ])('%s is refused as in a rule', (text, told) => {
    expect(() => compileSuppression(text, 'label')).toThrow(ExpressionError);
    expect(() => compileSuppression(text, 'label')).toThrow(told);
  });

  test('counts only with the rule and the vendor beside it', () => {
    const holds = compileSuppression('label.charged_mills < 500.0', 'label');
    const tests = [
      { id: 'a', rule: null, vendor: null, holds },
      { id: 'b', rule: 'r', vendor: null, holds },
      { id: 'c', rule: 'other', vendor: null, holds },
      { id: 'd', rule: null, vendor: 'V', holds },
      { id: 'e', rule: null, vendor: 'Other', holds },
    ];
    expect(suppressionsMet({ rule: 'r', vendor: 'V' }, charged, tests)).toEqual(['a', 'b', 'd']);
  });
});

test('only what is said of the postage and is critical is guarded', () => {
  expect(isGuarded({ severity: 'critical', verdict: 'counterfeit' })).toBe(true);
  expect(isGuarded({ severity: 'high', verdict: 'payment_unproven' })).toBe(false);
  expect(isGuarded({ severity: 'critical', verdict: 'price_suspect' })).toBe(false);
});

test('whatever the rules say of a statement by the carrier is guarded where it is critical', () => {
  const said = shippedBook.rules
    .filter(({ id }) => STATEMENTS_OF_POSTAGE.includes(id))
    .flatMap(({ id, file }) =>
      (file.examples ?? []).flatMap(({ expect: expected }) =>
        typeof expected === 'object' && 'fires' in expected ? [{ id, ...expected.fires }] : [],
      ),
    )
    .filter(({ severity }) => severity === 'critical');
  expect(new Set(said.map(({ id }) => id))).toEqual(new Set(STATEMENTS_OF_POSTAGE));
  for (const { severity, verdict } of said) {
    expect(isGuarded({ severity: severity ?? 'info', verdict: verdict ?? 'process_gap' })).toBe(true);
  }
});

test('what ends within the days told of ends soon, on its last day too', () => {
  const week = { today: '2026-11-20', limit: '2026-11-27' };
  expect(['2026-11-19', '2026-11-20', '2026-11-27', '2026-11-28'].map((day) => expiresSoon(day, week))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
