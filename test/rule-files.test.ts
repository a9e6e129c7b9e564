/** What is written down about the rules beside their files: the lock of their versions, and a page a rule. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from '../src/catalog/rule-lock.ts';
import { loadRuleBook } from '../src/catalog/rules.ts';
import { rulePages } from '../src/cli/rules-docs.ts';
import { lockFaults, lockedAlso, lockedHash, notLocked } from '../src/core/rules/lock.ts';
import type { Rule } from '../src/core/rules/rule.ts';
import { sha256Hex } from '../src/platform/hash.ts';
import { ROOT } from './support/rating.ts';

const { rules } = loadRuleBook(ROOT, sha256Hex);

describe('the lock of versions', () => {
  test('no active rule judges otherwise than its version did: raise `version` when this fails', () => {
    expect(lockFaults(rules, readLock(ROOT), sha256Hex).map(({ rule, fault }) => `${rule.id}: ${fault}`)).toEqual([]);
  });

  test('every active version is in it: run `npm run cli -- rules check --lock` when this fails', () => {
    expect(notLocked(rules, readLock(ROOT)).map(({ id }) => id)).toEqual([]);
  });

  const [rule] = rules as [Rule];
  const lock = lockedAlso([rule], {}, sha256Hex);
  const changed = (over: Partial<Rule['file']>): Rule => ({ ...rule, file: { ...rule.file, ...over } });
  const faults = (other: Rule): string[] => lockFaults([other], lock, sha256Hex).map(({ fault }) => fault);

  test.each<[string, Partial<Rule['file']>]>([
    ['its condition', { when: 'false' }],
    ['its words', { say: { en: 'Something else is said.', 'zh-CN': '另一种说法。' } }],
    ['its severity', { severity: 'info' }],
  ])('a version may not change %s; the next one may', (_what, over) => {
    expect(faults(changed(over))).toEqual([expect.stringContaining(`raise version to ${rule.file.version + 1}`)]);
    expect(faults(changed({ ...over, version: rule.file.version + 1 }))).toEqual([]);
  });

  test('what only explains the rule may change, and a rule that does not judge may change at all', () => {
    expect(faults(changed({ why: 'Because it is told in other words now.' }))).toEqual([]);
    expect(faults(changed({ when: 'false', status: 'shadow' }))).toEqual([]);
  });

  test('a version that was left does not come back, and the lock keeps what it holds', () => {
    const next = changed({ when: 'false', version: rule.file.version + 1 });
    const both = lockedAlso([next], lock, sha256Hex);
    expect(both[rule.id]).toMatchObject({ [rule.file.version]: lockedHash(rule, sha256Hex) });
    expect(lockFaults([rule], both, sha256Hex)).toMatchObject([
      { fault: expect.stringContaining('was active already') },
    ]);
  });
});

test('the pages of the rules are up to date: run `npm run cli -- rules docs` when this fails', () => {
  const folder = join(ROOT, 'docs/rules');
  const written = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const pages = rulePages(rules);
  expect([...written.keys()].toSorted()).toEqual([...pages.keys()].toSorted());
  expect([...pages].filter(([name, text]) => written.get(name) !== text).map(([name]) => name)).toEqual([]);
});
