/** What a rule about charges judges one by one, and which facts say nothing there. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProblem, readRules } from '../../../src/catalog/rules.ts';
import { levelOf, strayNouns } from '../../../src/core/rules/level.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { shippedBook } from '../../support/judge.ts';
import { ROOT } from '../../support/rating.ts';

test.each([
  ['charge', ['number.damaged', 'charge.type', 'purchase.live', 'coverage.dated', 'clock.day'], []],
  ['adjustment', ['adjustment.reason', 'purchase.live', 'number.sold'], []],
  ['invoice', ['invoice.number', 'clock.day'], []],
  ['number', ['number.sold', 'clock.day'], []],
  ['charge', ['charge.type', 'adjustment.reason'], ['adjustment']],
  ['invoice', ['invoice.number', 'number.sold', 'coverage.dated'], ['coverage', 'number']],
  ['number', ['purchase.live'], ['purchase']],
])('a rule is judged once a %s where it names %j', (level, facts, stray) => {
  expect([levelOf(facts), strayNouns(facts)]).toEqual([level, stray]);
});

test('rules about labels and vendors have no level, and those about charges have one', () => {
  for (const { subject, level } of shippedBook.rules) expect(level !== null).toBe(subject === 'charge');
});

describe('a fault in a rule about charges is told', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'rules-'));
    mkdirSync(join(root, 'money'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test.each([
    ['a fact of another level', 'charge-differs', '- charge.part\n', '- invoice.number\n', 'once a charge, of which invoice.* says nothing'],
    ['a fact of a line where invoices are judged', 'duplicate-invoice', '- invoice.lines\n', '- number.sold\n', 'once an invoice, of which number.* says nothing'],
    ['a moment to look again at an invoice', 'duplicate-invoice', 'severity:\n', 'review: ["0.0"]\nseverity:\n', 'needs no review'],
    ['a sum without its currency', 'charge-differs', ', currency: charge.currency }', ' }', 'missing_mills must say its currency'],
    ["a label's fact", 'charge-differs', '- charge.part\n', '- label.zone\n', 'label.zone is a fact about a label, and this rule judges a charge'],
  ])('%s', (_story, rule, from, to, words) => {
    const text = readFileSync(join(ROOT, 'rules/money', `${rule}.yaml`), 'utf8');
    expect(text).toContain(from);
    const path = join(root, 'money', `${rule}.yaml`);
    writeFileSync(path, text.replace(from, to));
    const { problems } = readRules(path, { shownFrom: root, sha256Hex, examples: true });
    expect(problems.map(describeProblem).filter((problem) => problem.includes(words))).not.toEqual([]);
  });
});
