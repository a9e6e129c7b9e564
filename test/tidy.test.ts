/** The house keeps its own rules: where imports point, what the core may know, what a file may be. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type SourceFile,
  databaseOutsideStores,
  environmentOutsideConfig,
  impurities,
  lateImportsInDecorated,
  localTraces,
  orphans,
  shapelessness,
  wrongWayImports,
} from './support/tidy.ts';

const ROOT = join(import.meta.dirname, '..');
/** Started by name: the entries of the program, what jest and the tests run, and the scripts of package.json. */
const ENTRIES =
  /^src\/(main|cli)\.ts$|^ormconfig\.ts$|^bench\/main\.ts$|^test\/support\/month\/make\.ts$|\.test\.ts$|^test\/support\/(database-setup|database-teardown|server-process)\.ts$/;

const read = (path: string): SourceFile => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });

const below = (folder: string, extension: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);

const sources = ['src', 'test', 'bench', 'samples'].flatMap((folder) => below(folder, '.ts')).map(read);

describe('every source file', () => {
  test.each([
    { rule: 'imports to the left only', problems: wrongWayImports },
    { rule: 'keeps the core free of the world', problems: impurities },
    { rule: 'leaves the database to tables, stores, queries and services', problems: databaseOutsideStores },
    { rule: 'leaves the environment to platform/config', problems: environmentOutsideConfig },
    { rule: 'loads its own files in a way the compiler follows', problems: lateImportsInDecorated },
    { rule: 'has a shape: a name, a purpose, a size', problems: shapelessness },
  ])('$rule', ({ problems }) => {
    expect(sources.flatMap((file) => problems(file))).toEqual([]);
  });

  test('is needed by another, or started by name', () => {
    // What only tests import is not part of the program.
    const program = [...sources.filter(({ path }) => !path.startsWith('test/')), read('ormconfig.ts')];
    const tests = sources.filter(({ path }) => path.startsWith('test/'));
    expect(orphans(program, ENTRIES)).toEqual([]);
    expect(orphans(tests, ENTRIES)).toEqual([]);
  });
});

test.each(below('rules', '.yaml'))('%s says since when it judges and by what source', (path) => {
  expect(read(path).text).toMatch(/^effective_from: ['"]?\d{4}-\d{2}-\d{2}/m);
  expect(read(path).text).toMatch(/^references:\n\s+- /m);
});

test('no tracked file names a machine or a private registry', () => {
  const tracked = execFileSync('git', ['-c', `safe.directory=${ROOT}`, 'ls-files', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const texts = tracked.split('\0').filter((path) => /\.(ts|js|json|yaml|csv|md|hbs)$|^\.ci\/run$/.test(path));
  const present = texts.filter((path) => path !== 'test/tidy.test.ts');
  expect(present.flatMap((path) => localTraces(read(path)))).toEqual([]);
});

describe('the rules see what they are for', () => {
  const at = (path: string, text: string): SourceFile => ({ path, text });

  test.each([
    { story: 'core reaching into a room', file: at('src/core/label/a.ts', `import { x } from '../../ingest/b.ts';`) },
    { story: 'the core pointing right', file: at('src/core/units/a.ts', `import type { X } from '../label/b.ts';`) },
    { story: 'a door in a door', file: at('src/web/a.ts', `export { x } from '../cli/b.ts';`) },
    { story: 'a late import', file: at('src/ingest/a.ts', `const x = await import('../audit/b.ts');`) },
    { story: 'the composition root', file: at('src/cli/a.ts', `import { schema } from '../schema.ts';`) },
    { story: 'a room nobody planned', file: at('src/misc/a.ts', '') },
  ])('$story is a wrong way', ({ file }) => expect(wrongWayImports(file)).toHaveLength(1));

  test.each([
    at('src/audit/a.ts', `import { x } from '../core/units/b.ts'; import { y } from './c.ts';`),
    at('src/cli.ts', `import { x } from './reports/b.ts';`),
  ])('a way to the left is none', (file) => expect(wrongWayImports(file)).toEqual([]));

  test.each([
    `import { readFileSync } from 'node:fs';`,
    `import type { DataSource } from 'typeorm';`,
    'const now = Date.now();',
    'const now = new Date();',
    'const dice = Math.random();',
    'const mode = process.argv;',
    'const answer = fetch(url);',
  ])('the core must not: %s', (text) => expect(impurities(at('src/core/label/a.ts', text))).toHaveLength(1));

  test.each([
    `import { z } from 'zod';`,
    'const day = new Date(instant);',
    'const step = { process: 1 }; step.process;',
    '// process.env, Date.now() in words only',
  ])('the core may: %s', (text) => expect(impurities(at('src/core/label/a.ts', text))).toEqual([]));

  test('a type of the database library counts as the library', () => {
    const text = `import type { PoolClient } from 'pg';`;
    expect(databaseOutsideStores(at('src/audit/judge.ts', text))).toHaveLength(1);
    expect(databaseOutsideStores(at('src/audit/judge.store.ts', text))).toEqual([]);
    expect(databaseOutsideStores(at('src/platform/database-copy.ts', text))).toEqual([]);
  });

  test.each([
    { story: 'a barrel', file: at('src/audit/a.ts', `/** All. */\nexport * from './b.ts';\n`) },
    { story: 'a drawer for everything', file: at('src/audit/utils.ts', '/** All. */\n') },
    { story: 'a book', file: at('src/audit/a.ts', `/** All. */\n${'x();\n'.repeat(400)}`) },
    { story: 'a file without a word', file: at('src/audit/a.ts', 'x();\n') },
  ])('$story is seen', ({ file }) => expect(shapelessness(file)).toHaveLength(1));

  test('a file loaded late inside a decorated class is seen', () => {
    const late = `{ async run() { await import('./b.ts'); } }`;
    expect(lateImportsInDecorated(at('src/audit/a.ts', `@Injectable()\nexport class A ${late}`))).toHaveLength(1);
    expect(lateImportsInDecorated(at('src/audit/a.ts', `export class A ${late}`))).toEqual([]);
  });

  test('a file nobody needs is seen', () => {
    const files = [at('src/main.ts', `import './a/b.ts';`), at('src/a/b.ts', ''), at('src/a/c.ts', '')];
    expect(orphans(files, ENTRIES)).toEqual(['src/a/c.ts']);
  });

  test.each(['see /home/anna/x', '"resolved": "https://npm.corp/x.tgz"'])('a trace is seen: %s', (text) => {
    expect(localTraces(at('README.md', text))).toHaveLength(1);
  });

  test('the environment is read in one place', () => {
    const text = 'const url = process.env.DATABASE_URL;';
    expect(environmentOutsideConfig(at('src/ingest/a.ts', text))).toHaveLength(1);
    expect(environmentOutsideConfig(at('src/platform/config.ts', text))).toEqual([]);
  });
});
