/** A rule names facts about its own subject only, and is told so in words that help. */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProblem, readRules } from '../../../src/catalog/rules.ts';
import { Facts } from '../../../src/core/facts/facts.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { shippedBook } from '../../support/judge.ts';
import { ROOT } from '../../support/rating.ts';

describe('a rule that asks about another subject than its own', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'rules-'));
    mkdirSync(join(root, 'pricing'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** What is said about a rule file with one thing changed. */
  function told(rule: string, from: string, to: string): string[] {
    const text = readFileSync(join(ROOT, 'rules/pricing', `${rule}.yaml`), 'utf8');
    if (!text.includes(from)) throw new Error(`${rule} does not hold ${from}`);
    const path = join(root, 'pricing', `${rule}.yaml`);
    writeFileSync(path, text.replace(from, to));
    return readRules(path, { shownFrom: root, sha256Hex, examples: true }).problems.map(describeProblem);
  }

  const ofLabel = 'is a fact about a label, and this rule judges a vendor';
  const ofVendor = 'is a fact about a vendor, and this rule judges a label';

  test.each([
    ["a vendor's rule with a label's fact in its condition", 'week.over && ', 'label.live && ', `label.live ${ofLabel}`],
    ['... in a sentence', '{week.start} to', '{label.mailing_day} to', `label.mailing_day ${ofLabel}`],
    ['... in the evidence', '- week.start', '- zone.rated', `zone.rated ${ofLabel}`],
    ['... in the base of its examples', 'vendor.name: Example', 'label.vendor: Example', `label.vendor ${ofLabel}`],
    ['... as what it needs', 'severity: info', 'needs: [{ that: week.over, missing: label.zone }]\nseverity: info', `label.zone ${ofLabel}`],
    ['a misspelt fact of its own', 'week.over && ', 'week.ovr && ', 'did you mean week.over?'],
    ['a moment to look again', 'severity: info', 'review: ["0.0"]\nseverity: info', 'needs no review'],
    ['all its facts, for a charge', 'subject: vendor', 'subject: charge', 'is a fact about a vendor, and this rule judges a charge'],
    ['all its facts, for the other subject', 'subject: vendor', 'subject: label', `week.over ${ofVendor}`],
  ])('%s', (_story, from, to, words) => {
    const problems = told('cheaper-service', from, to);
    expect(problems.filter((problem) => problem.includes(words))).not.toEqual([]);
  });

  test("a label's rule with a fact of the week", () => {
    const problems = told('zone-mismatch', 'off_by != 0.0 &&', 'week.labels > 5.0 && off_by != 0.0 &&');
    expect(problems[0]).toContain(`week.labels ${ofVendor}`);
    expect(problems[0]).toMatch(/^pricing\/zone-mismatch\.yaml:\d+: when: /);
  });

  test('a fault of ours is not passed off as an answer: facts of the other kind are refused', () => {
    const rule = shippedBook.rules.find(({ id }) => id === 'cheaper-service');
    expect(() => rule?.evaluate(Facts.given({ 'label.live': true }), '')).toThrow('cheaper-service judges a vendor');
  });
});
