/** Every shipped rule, whatever it judges: its file proves itself, and a fault in it is told with file and line. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProblem, loadRuleBook, loadRules, readRules } from '../src/catalog/rules.ts';
import { ALL_FACTS } from '../src/core/facts/dictionary.ts';
import { LOCALES } from '../src/core/rules/answer.ts';
import { sha256Hex } from '../src/platform/hash.ts';
import { ROOT } from './support/rating.ts';

const { rules, problems } = readRules(join(ROOT, 'rules'), { shownFrom: ROOT, sha256Hex, examples: true });

test('every rule file holds, and every example answers as it says', () => {
  expect(problems.map(describeProblem)).toEqual([]);
});

/** Ids are permanent: findings, suppressions and other programs name rules by them. */
const PERMANENT = [
  'below-floor-price',
  'charge-differs',
  'charge-without-label',
  'charged-after-void',
  'cheaper-service',
  'counterfeit-postage-notice',
  'customs-value-mismatch',
  'declared-below-order',
  'declared-value-repeated',
  'delivered-elsewhere',
  'duplicate-charge',
  'duplicate-invoice',
  'duplicate-label-scan',
  'flat-price-vendor',
  'held-for-postage',
  'impossible-journey',
  'insurance-not-on-label',
  'insurance-redundant',
  'insured-over-declared',
  'invalid-barcode',
  'label-destination-not-order',
  'label-specs-altered',
  'label-not-invoiced',
  'mailer-id-shared',
  'mailer-id-unknown',
  'never-accepted',
  'number-unknown-to-carrier',
  'off-route-acceptance',
  'order-labelled-twice',
  'overcharged',
  'own-mailer-id-abused',
  'packaging-too-small',
  'refund-due',
  'refund-overdue',
  'scanned-before-purchase',
  'seized-by-law-enforcement',
  'service-not-eligible',
  'service-type-mismatch',
  'surcharge-missing',
  'surcharge-not-due',
  'tracking-source-lost',
  'tracking-number-reused',
  'unmanifested-acceptance',
  'unpaid-piece-notice',
  'vendor-counterfeit-rate',
  'vendor-discount-outlier',
  'vendor-min-specs',
  'vendor-voided-label',
  'void-label-used',
  'weight-understated',
  'zone-mismatch',
];

test('no rule that was ever shipped is missing', () => {
  expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(PERMANENT));
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  const { file } = rule;

  test('says in every locale what was seen and what to do next', () => {
    for (const choice of [file.say, file.next_step]) {
      for (const worded of Array.isArray(choice) ? choice.map((entry) => entry.is) : [choice]) {
        for (const locale of LOCALES) expect(worded[locale].length).toBeGreaterThan(3);
        expect(worded['zh-CN']).toMatch(/\p{Script=Han}/u);
        expect(names(worded['zh-CN'])).toEqual(names(worded.en));
      }
    }
  });

  test('accuses nobody: it tells what stands on record, not what somebody did', () => {
    const sentences = JSON.stringify([file.title, file.say, file.next_step]);
    expect(sentences).not.toMatch(/\b(fraudster|criminal|guilty|fake vendor|scam|stole|cheat)/i);
  });

  test('has examples enough: fires, clear, unknown, and three at least', () => {
    const kinds = file.examples.map(({ expect: wanted }) =>
      typeof wanted === 'string' ? wanted : Object.keys(wanted)[0],
    );
    expect(new Set(kinds)).toEqual(new Set(['fires', 'clear', 'unknown']));
    expect(new Set(file.examples.map((example) => example.name)).size).toBe(file.examples.length);
  });

  test('names its sources, and none of them lies in the future of its own writing', () => {
    for (const reference of file.references) expect(reference.as_of <= '2026-12-31').toBe(true);
    expect(file.false_positives.length).toBeGreaterThan(0);
  });
});

/** Placeholders of a sentence, sorted. */
function names(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ''))].toSorted();
}

describe('a fault in a rule file is told with file and line', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'rules-'));
    cpSync(join(ROOT, 'rules'), join(root, 'rules'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** Changes one line of a rule file and answers the problems and the number of the line. */
  function broken(path: string, from: string, to: string): { told: string[]; line: number } {
    const file = join(root, path);
    const lines = readFileSync(file, 'utf8').split('\n');
    const index = lines.findIndex((line) => line.includes(from));
    if (index === -1) throw new Error(`${path} has no line with ${from}`);
    lines[index] = (lines[index] ?? '').replace(from, to);
    writeFileSync(file, lines.join('\n'));
    const read = readRules(file, { shownFrom: root, sha256Hex, examples: true });
    return { told: read.problems.map(describeProblem), line: index + 1 };
  }

  test.each([
    [
      'a misspelt fact in a condition',
      'rules/fraud/counterfeit-postage-notice.yaml',
      'when: journey.notice',
      'when: journey.notise',
      'did you mean journey.notice?',
    ],
    [
      'a misspelt fact in a later line of an expression',
      'rules/pricing/zone-mismatch.yaml',
      '&& zone.days_from_chart_change',
      '&& zone.days_from_chart_chnge',
      'did you mean zone.days_from_chart_change?',
    ],
    [
      'a misspelt fact in a sentence',
      'rules/fraud/invalid-barcode.yaml',
      '按供应商文件',
      '{barcode.reson}',
      'did you mean barcode.reason?',
    ],
    [
      'a misspelt fact in an example',
      'rules/fraud/invalid-barcode.yaml',
      'facts: { barcode.digits: 19',
      'facts: { barcode.digit: 19',
      'did you mean barcode.digits?',
    ],
    [
      'a misspelt fact in the evidence',
      'rules/fraud/held-for-postage.yaml',
      '- journey.hours_held',
      '- journey.hours_hold',
      'did you mean journey.hours_held?',
    ],
    [
      'a condition of the wrong type',
      'rules/fraud/counterfeit-postage-notice.yaml',
      'when: journey.notice',
      'when: journey.notice_at',
      'must be bool, but is double',
    ],
    [
      'a number without its decimal point',
      'rules/value/declared-below-order.yaml',
      'order.declared_mills > 0.0',
      'order.declared_mills > 0',
      'write 0.0',
    ],
    ['an unknown key', 'rules/fraud/held-for-postage.yaml', 'attribution: open', 'atribution: open', 'atribution'],
    [
      'a threshold outside its bounds',
      'rules/fraud/held-for-postage.yaml',
      'value: 72',
      'value: 7200',
      'between min and max',
    ],
    [
      'a threshold moved away from its near miss',
      'rules/fraud/held-for-postage.yaml',
      'value: 72',
      'value: 60',
      'no near miss of escalation_hours',
    ],
    [
      'an example that no longer holds',
      'rules/fraud/held-for-postage.yaml',
      'fires: { severity: high,',
      'fires: { severity: low,',
      'expected severity low, but it is high',
    ],
    [
      'a value of the wrong type in an example',
      'rules/fraud/invalid-barcode.yaml',
      'barcode.valid: false',
      'barcode.valid: maybe',
      'barcode.valid is bool',
    ],
    [
      'text that is not YAML',
      'rules/fraud/invalid-barcode.yaml',
      'severity: critical',
      'severity: "critical',
      'Missing',
    ],
    [
      "a rule in another rule's file",
      'rules/fraud/invalid-barcode.yaml',
      'id: invalid-barcode',
      'id: held-for-postage',
      'belongs in a file held-for-postage.yaml',
    ],
    [
      'a rule in the wrong family',
      'rules/fraud/invalid-barcode.yaml',
      'family: fraud',
      'family: value',
      'belongs in a folder value/',
    ],
    [
      'critical on a mere indication',
      'rules/fraud/invalid-barcode.yaml',
      'confidence: strong',
      'confidence: indicative',
      'must be able to be proven or strong',
    ],
  ])('%s', (_story, path, from, to, words) => {
    const { told } = broken(path, from, to);
    const matching = told.filter((line) => line.includes(words));
    expect({ told, matching: matching.length > 0 }).toMatchObject({ matching: true });
    expect(matching[0]).toMatch(new RegExp(`^${path}:\\d+: `));
  });

  test.each([
    ['rules/fraud/counterfeit-postage-notice.yaml', 'when: journey.notice', 'when: journey.notise'],
    ['rules/pricing/zone-mismatch.yaml', '&& zone.days_from_chart_change', '&& zone.days_from_chart_chnge'],
    ['rules/fraud/held-for-postage.yaml', '- journey.hours_held', '- journey.hours_hold'],
  ])('%s: the line told is the line of the fault', (path, from, to) => {
    const { told, line } = broken(path, from, to);
    expect(told[0]).toMatch(new RegExp(`^${path}:${line}: `));
  });

  test('nothing starts on a broken rule book', () => {
    broken('rules/fraud/counterfeit-postage-notice.yaml', 'when: journey.notice', 'when: journey.notise');
    expect(() => loadRuleBook(root, sha256Hex)).toThrow('rules/fraud/counterfeit-postage-notice.yaml:');
  });

  test('another threshold or another word is another version; another example is not', () => {
    const versionOf = (): string => {
      const read = readRules(join(root, 'rules/fraud/held-for-postage.yaml'), {
        shownFrom: root,
        sha256Hex,
        examples: false,
      });
      return read.rules[0]?.version ?? '';
    };
    const before = versionOf();
    broken('rules/fraud/held-for-postage.yaml', 'name: held for ten days', 'name: held for a good ten days');
    expect(versionOf()).toBe(before);
    broken('rules/fraud/held-for-postage.yaml', 'value: 72', 'value: 71');
    expect(versionOf()).not.toBe(before);
  });
});

describe('a version that is tried out', () => {
  const ID = 'invalid-barcode';
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'rules-'));
    cpSync(join(ROOT, 'rules'), join(root, 'rules'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** Writes the rule's file to another name of its folder, changed; answers what is told of the whole folder. */
  function beside(name: string, change: (text: string) => string): string[] {
    const text = readFileSync(join(ROOT, `rules/fraud/${ID}.yaml`), 'utf8');
    writeFileSync(join(root, `rules/fraud/${name}`), change(text));
    const read = readRules(join(root, 'rules'), { shownFrom: root, sha256Hex, examples: false });
    return read.problems.map(describeProblem);
  }

  const tried = (text: string): string =>
    text.replace(/^version: \d+$/m, 'version: 90').replace('status: active', 'status: shadow');

  test('stands beside the active one, which stays the one of the book', () => {
    expect(beside(`${ID}.shadow.yaml`, tried)).toEqual([]);
    const { book, shadows } = loadRules(root, sha256Hex);
    expect(book).toEqual(expect.objectContaining({ version: loadRuleBook(ROOT, sha256Hex).version }));
    expect(shadows.map(({ id, file }) => [id, file.version])).toEqual([[ID, 90]]);
  });

  test.each([
    [
      'without a higher version',
      (text: string) => text.replace('status: active', 'status: shadow'),
      'is active: write',
    ],
    [
      'that is active',
      (text: string) => text.replace(/^version: \d+$/m, 'version: 90'),
      'holds a rule with status: shadow',
    ],
    [
      'of another rule',
      (text: string) => tried(text).replace(`id: ${ID}`, 'id: no-rule'),
      'belongs in a file no-rule.shadow.yaml',
    ],
  ])('%s is refused', (_story, change, words) => {
    expect(beside(`${ID}.shadow.yaml`, change).join('\n')).toContain(words);
  });

  test('has no rule to be a version of where that one is retired', () => {
    beside(`${ID}.shadow.yaml`, tried);
    const told = beside(`${ID}.yaml`, (text) => text.replace('status: active', 'status: retired'));
    expect(told.join('\n')).toContain(`there is no active rule ${ID} that it is a version of`);
  });
});

describe('the vocabulary', () => {
  test('every fact is explained: a noun and a name, one sentence, a currency for money', () => {
    for (const { name, meaning, unit, type, currency } of ALL_FACTS) {
      expect(name).toMatch(/^[a-z]+\.[a-z][a-z0-9_]*$/);
      expect(meaning).toMatch(/\.$/);
      expect(unit === 'mills').toBe(currency !== undefined);
      expect(unit === 'flag').toBe(type === 'bool');
    }
  });

  test('no fact is named twice, and every one says when it is unknown or that it never is', () => {
    expect(new Set(ALL_FACTS.map((fact) => fact.name)).size).toBe(ALL_FACTS.length);
    for (const { unknownWhen } of ALL_FACTS) expect(unknownWhen === null || unknownWhen.length > 5).toBe(true);
  });
});

test('docs/RULES.md lists exactly the rules there are', () => {
  const page = readFileSync(join(ROOT, 'docs/RULES.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith('Rules\n')) ?? '';
  const listed = [...section.matchAll(/^\| `([a-z-]+)` +\| (\w+)/gm)].map((match) => `${match[2]}/${match[1]}`);
  expect(listed.toSorted()).toEqual(rules.map((rule) => `${rule.family}/${rule.id}`).toSorted());
});
