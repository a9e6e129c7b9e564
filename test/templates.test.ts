/** Wording and templates fit together: every key has its words in every language, and every word is used. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { parse } from 'yaml';
import { loadRuleBook } from '../src/catalog/rules.ts';
import { ALL_FACTS } from '../src/core/facts/dictionary.ts';
import { LETTER_CASES, LETTER_RECIPIENTS } from '../src/core/finding/letter-case.ts';
import { ATTRIBUTIONS, CONFIDENCES, LOCALES, SEVERITIES, SUBJECTS, VERDICTS } from '../src/core/rules/answer.ts';
import type { RuleFile } from '../src/core/rules/schema.ts';
import { DECISIONS } from '../src/core/risk/score.ts';
import { sha256Hex } from '../src/platform/hash.ts';
import type { LetterFacts } from '../src/reports/letter-facts.ts';
import { letterPath, loadLetter } from '../src/reports/letter-template.ts';
import { loadWording } from '../src/reports/wording.ts';

const root = join(import.meta.dirname, '..');
const wordings = LOCALES.map((locale) => loadWording(root, locale));
const english = loadWording(root, 'en');

function files(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(root, folder, name));
}

const templates = files('templates', '.hbs').map((file) => readFileSync(file, 'utf8'));
const sources = files('src', '.ts').map((file) => readFileSync(file, 'utf8'));

/** Raw texts of a locale, both numbers of a plural joined. */
function textsOf(locale: string): Map<string, string> {
  const sections: Record<string, Record<string, string | { one: string; other: string }>> = parse(
    readFileSync(join(root, 'templates', 'locales', `${locale}.yaml`), 'utf8'),
  );
  return new Map(
    Object.entries(sections).flatMap(([section, names]) =>
      Object.entries(names).map(([name, text]): [string, string] => [
        `${section}.${name}`,
        typeof text === 'string' ? text : `${text.one} ${text.other}`,
      ]),
    ),
  );
}

const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))]
    .filter((name) => name !== 'count')
    .sort();

describe('languages', () => {
  test('all have the same keys', () => {
    for (const wording of wordings) expect(wording.keys()).toEqual(english.keys());
  });

  test('a sentence takes the same values in every language', () => {
    const chinese = textsOf('zh-CN');
    for (const [key, text] of textsOf('en')) {
      expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  test('no text is empty', () => {
    for (const locale of LOCALES)
      for (const [key, text] of textsOf(locale)) expect([key, text.trim()]).not.toEqual([key, '']);
  });

  test('every word of the contract has its name', () => {
    const expected = [
      ...SEVERITIES.map((word) => `severity.${word}`),
      ...VERDICTS.map((word) => `verdict.${word}`),
      ...CONFIDENCES.map((word) => `confidence.${word}`),
      ...ATTRIBUTIONS.map((word) => `page.attributed_${word}`),
      ...SUBJECTS.map((word) => `page.about_${word}`),
      ...DECISIONS.map((word) => `decision.${word}`),
    ];
    for (const key of expected) expect([key, english.knows(key)]).toEqual([key, true]);
  });
});

/** The facts that can be unknown and on which the rule's answer hangs, through whatever lets. */
function factsToMiss({ when, needs, let: lets }: RuleFile): string[] {
  const seen = new Set<string>();
  const visit = (expression: string): void => {
    for (const [word] of expression.matchAll(/[a-z]\w*(?:\.\w+)?/g)) {
      if (seen.has(word)) continue;
      seen.add(word);
      const used = lets[word];
      if (used !== undefined) visit(typeof used === 'string' ? used : used.value);
    }
  };
  for (const expression of [when, ...needs.flatMap(({ that, missing }) => [that, missing])]) visit(expression);
  return ALL_FACTS.filter(({ name, unknownWhen }) => unknownWhen !== null && seen.has(name)).map(({ name }) => name);
}

test.each(loadRuleBook(root, sha256Hex).rules.map((rule) => [rule.id, rule.file] as const))(
  '%s can say in every language which fact it lacked',
  (_id, file) => {
    const asked = factsToMiss(file);
    for (const wording of wordings) {
      expect(asked.filter((fact) => !wording.knows(`missing.${fact}`))).toEqual([]);
    }
  },
);

describe('letters', () => {
  const all = LETTER_CASES.flatMap((letters) => LETTER_RECIPIENTS.map((to) => ({ to, letters })));
  const statement = { at: 'AT', source: 'SOURCE', who: 'WHO', text: 'WORDS', code: 'CODE' };
  const bought = { day: 'DAY', service: 'SERVICE', charged: 'CHARGED', shipDate: 'SHIPPED', route: 'ROUTE' };
  const full: LetterFacts = {
    today: 'TODAY',
    timeZone: 'ZONE',
    number: 'NUMBER',
    vendor: 'VENDOR',
    labelId: 'LABEL',
    message: 'MESSAGE',
    statements: [statement, statement],
    bought: { ...bought, weight: 'WEIGHT', size: 'SIZE' },
    otherSales: [{ vendor: 'OTHER', labelId: 'OTHER-LABEL', day: 'DAY', charged: 'CHARGED' }],
    mailpieces: '2',
    deliveredAt: 'DELIVERED',
    deliveredPlace: 'PLACE',
    movedAt: 'MOVED',
    voidedAt: 'VOIDED',
    refundRequestedAt: 'ASKED',
    refunded: 'REFUNDED',
    events: [{ at: 'AT', text: 'EVENT', place: 'PLACE', source: 'SOURCE' }],
    eventsAreLast: '15',
    evidenceFile: 'FILE',
  };
  const bare: LetterFacts = {
    ...(Object.fromEntries(Object.keys(full).map((name) => [name, null])) as unknown as LetterFacts),
    today: 'TODAY',
    timeZone: 'ZONE',
    number: 'NUMBER',
    vendor: 'VENDOR',
    message: 'MESSAGE',
    statements: [],
    otherSales: [],
    events: [],
    evidenceFile: 'FILE',
  };
  const texts = (to: (typeof LETTER_RECIPIENTS)[number], letters: (typeof LETTER_CASES)[number]) => {
    const {
      subject,
      body,
    }: Record<'subject' | 'body', Record<string, string>> = parse(
      readFileSync(join(root, letterPath(to, letters)), 'utf8'),
    );
    return LOCALES.map((locale) => `${subject[locale]}\n${body[locale]}`);
  };
  const names = (text: string): string[] => [...text.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name]) => name ?? '').sort();

  test('there is one for every case and recipient, and none beside', () => {
    const expected = all.map(({ to, letters }) => letterPath(to, letters));
    expect(
      files('templates/letters', '')
        .map((file) => file.slice(root.length + 1))
        .sort(),
    ).toEqual(expected.sort());
  });

  test.each(all)('$letters to $to says the same in every language, with nothing but if and each', ({ to, letters }) => {
    const [inEnglish = '', inChinese = ''] = texts(to, letters);
    expect(names(inChinese)).toEqual(names(inEnglish));
    for (const text of [inEnglish, inChinese]) {
      for (const name of names(text)) expect(name).toMatch(/^(#if \S+|#each \w+|\/if|\/each|else|[\w./]+)$/);
      expect(() => Handlebars.parse(text)).not.toThrow();
      // What only the sender knows is told as such; the name is there at the least.
      expect(text).toMatch(/^\s*\[[^\]]+\]$/m);
    }
    expect(inEnglish).not.toMatch(/\p{Script=Han}/u);
    expect(inChinese.replaceAll(/\{\{[^}]*\}\}/g, '')).toMatch(/\p{Script=Han}/u);
  });

  test.each(all)('$letters to $to can be filled in from much and from little', ({ to, letters }) => {
    for (const locale of LOCALES)
      for (const facts of [full, bare]) {
        const { subject, body } = loadLetter(root, { to, letters, locale })(facts);
        expect(subject).toContain('NUMBER');
        for (const text of [subject, body]) expect(text).not.toMatch(/\{\{|\}\}|undefined|null|\[object/);
        expect(body).toContain(facts.statements.length > 0 ? 'WORDS' : 'MESSAGE');
      }
  });
});

describe('templates and code', () => {
  const inTemplates = templates.flatMap((text) => [...text.matchAll(/say '([\w.]+)'/g)].map(([, key]) => key ?? ''));
  const inSources = sources.flatMap((text) =>
    [...text.matchAll(/'((?:[a-z_]+)\.\w+)'/g)].map(([, key]) => key ?? '').filter((key) => english.knows(key)),
  );
  const said = sources.flatMap((text) => [...text.matchAll(/say\(\s*'([a-z_]+\.[^']+)'/g)].map(([, key]) => key ?? ''));

  test('ask for no sentence that does not exist', () => {
    for (const key of [...inTemplates, ...said]) expect([key, english.knows(key)]).toEqual([key, true]);
  });

  test('leave no sentence unused', () => {
    // Sections whose keys are built from a word of the data.
    const built =
      /^(changes|severity|verdict|confidence|decision|kind|reasons|subject|sheet|column|summary|money|evidence|missing|unit|role|state|set|field|history|asked|barcode|journey|stage|told|alert_rule|why|claim)\.|^shadow\.(only|new|gone|changed)$|^error\.title_|^imports\.state_|^findings\.due_|^suppression\.(scope|state)_|^page\.(attributed|about)_|^not_checked\.tracking_|^alert\.no_stop_|^outstanding\.standing_|^letters\.(none|to)_|^evidence_page\.(certainty|hash|kind|not_known|raw)_/;
    const used = new Set([...inTemplates, ...inSources]);
    expect(english.keys().filter((key) => !built.test(key) && !used.has(key))).toEqual([]);
  });

  test('name no style that does not exist, and no style in vain', () => {
    const styles: Record<string, string> = parse(
      readFileSync(join(root, 'templates', 'pages', 'report.styles.yaml'), 'utf8'),
    );
    const named = templates.flatMap((text) =>
      [...text.matchAll(/\{\{\{css ([^}]*)\}\}\}/g)].flatMap(([, names]) =>
        [...(names ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name ?? ''),
      ),
    );
    const tones = [...DECISIONS, ...DECISIONS.map((tone) => `${tone}Edge`), ...SEVERITIES];
    expect(new Set([...named, ...tones])).toEqual(new Set(Object.keys(styles)));
  });
});
