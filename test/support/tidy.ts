/** The rules of the house as functions over source files: each gives the problems it sees, in words. */
import { basename, posix } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** From the project's folder, with forward slashes. */
  path: string;
  text: string;
}

/** The rooms from left to right; a file imports its own room and those before it. The last entry are the doors. */
const LINE: readonly (readonly string[])[] = [
  ['core/units'],
  ['core/label'],
  ['core/barcode'],
  ['core/rating'],
  ['core/journey'],
  ['core/mapping'],
  ['core/ledger'],
  ['core/risk'],
  ['core/facts'],
  ['core/rules'],
  ['core/finding'],
  ['platform'],
  ['catalog'],
  ['ingest'],
  ['tracking'],
  ['audit'],
  ['reconcile'],
  ['vendors'],
  ['reports'],
  ['alerts'],
  ['web', 'api', 'cli'],
];

const CORE_LIBRARIES = ['zod', '@marcbachmann/cel-js'];
const DATABASE_LIBRARIES = ['typeorm', 'pg', 'pg-copy-streams', '@nestjs/typeorm'];
const DATABASE_FILES =
  /\.(table|store|query|service|module)\.ts$|^src\/platform\/database[\w.-]*\.ts$|^src\/migrations\/|^src\/schema\.ts$/;
const SHAPELESS = /(^|\/)(utils?|common|shared|helpers?)(\/|\.ts$)/;
const LONGEST = 400;

/** What a file imports, as written: `import`, `export from`, `import()` and imported types alike. */
export function importsOf(file: SourceFile): string[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map((found) => found.fileName);
}

/** Imports that point to the right, from one door to another, to the composition root, or out of a room off the line. */
export function wrongWayImports(file: SourceFile): string[] {
  const own = placeOf(file.path);
  if (own === null) return [];
  if (own.rank < 0) return [`${file.path}: ${own.room} is no room of the line`];
  return relativeImports(file).flatMap((target) => {
    const place = placeOf(target);
    if (place === null) return [`${file.path} imports ${target}, which only files directly in src/ may`];
    const allowed = place.room === own.room || (place.rank >= 0 && place.rank < own.rank);
    return allowed ? [] : [`${file.path} imports ${target}: ${place.room} is not left of ${own.room}`];
  });
}

/** What may not enter the core: other libraries, and everything that answers differently another day or elsewhere. */
export function impurities(file: SourceFile): string[] {
  if (!file.path.startsWith('src/core/')) return [];
  const strangers = importsOf(file).filter((name) => !name.startsWith('.') && !CORE_LIBRARIES.includes(name));
  return [...strangers.map((name) => `${file.path} imports ${name}`), ...worldlyNames(file)];
}

/** Files that reach for the database without being one of those that may. */
export function databaseOutsideStores(file: SourceFile): string[] {
  if (!file.path.startsWith('src/') || DATABASE_FILES.test(file.path)) return [];
  return importsOf(file)
    .filter((name) => DATABASE_LIBRARIES.some((library) => name === library || name.startsWith(`${library}/`)))
    .map((name) => `${file.path} imports ${name}`);
}

/** Uses of the environment outside the one file that reads it. */
export function environmentOutsideConfig(file: SourceFile): string[] {
  if (!file.path.startsWith('src/') || file.path === 'src/platform/config.ts') return [];
  return /\bprocess\s*\.\s*env\b/.test(file.text) ? [`${file.path} reads process.env`] : [];
}

/** Files that only pass on what others export, names that say nothing, and files too long to read. */
export function shapelessness(file: SourceFile): string[] {
  const problems: string[] = [];
  if (SHAPELESS.test(file.path)) problems.push(`${file.path}: the name says nothing of what is in it`);
  if (basename(file.path) === 'index.ts' || /^export \* from /m.test(file.text))
    problems.push(`${file.path} is a barrel`);
  const lines = file.text.split('\n').length - 1;
  if (lines > LONGEST) problems.push(`${file.path} has ${lines} lines, ${LONGEST} are the most`);
  // The titles of tests say what their file is about.
  if (!file.path.endsWith('.test.ts') && !/^(#!.*\n)?(\/\*\*|\/\/)/.test(file.text))
    problems.push(`${file.path} does not say on top what it is`);
  return problems;
}

/**
 * Own files loaded late inside a decorated class: there the compiler leaves `.ts` in the name, and what it builds does not
 * find the file. A plain function beside the class may load it.
 */
export function lateImportsInDecorated(file: SourceFile): string[] {
  if (!file.path.startsWith('src/')) return [];
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  return tree.statements
    .filter((node) => ts.isClassDeclaration(node) && (ts.getDecorators(node) ?? []).length > 0)
    .flatMap((node) => node.getText().match(/\bimport\(['"]\.[^)]*\)/g) ?? [])
    .map((late) => `${file.path} loads ${late} in a decorated class`);
}

/** Files that no other file imports and that nothing starts by name. */
export function orphans(files: readonly SourceFile[], entries: RegExp): string[] {
  const imported = new Set(files.flatMap(relativeImports));
  return files.map(({ path }) => path).filter((path) => !entries.test(path) && !imported.has(path));
}

/** Paths of somebody's machine, and registries only somebody's network knows. */
export function localTraces(file: SourceFile): string[] {
  const traces = [
    ...(file.text.match(/(?<![\w.$)*}-])\/(?:work|root|home|Users)\/[\w.-]+/g) ?? []),
    ...(file.text.match(/"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)[^/"]+/g) ?? []),
  ];
  return traces.map((trace) => `${file.path} names ${trace}`);
}

/** A file's room and its rank on the line (-1 = not on it); null for files of no room, the composition root among them. */
function placeOf(path: string): { room: string; rank: number } | null {
  const [top, first, second, third] = path.split('/');
  if (top !== 'src' || first === undefined || second === undefined || first === 'migrations') return null;
  const room = first === 'core' && third !== undefined ? `${first}/${second}` : first;
  return { room, rank: LINE.findIndex((rooms) => rooms.includes(room)) };
}

function relativeImports(file: SourceFile): string[] {
  const folder = posix.dirname(file.path);
  return importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(folder, name));
}

const WORLDLY = ['process', 'fetch', 'performance', 'crypto', 'globalThis', 'require', 'setTimeout', 'setInterval'];
const WORLDLY_MEMBERS = ['Date.now', 'Math.random'];

function worldlyNames(file: SourceFile): string[] {
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && WORLDLY.includes(node.text) && isReference(node)) found.push(node.text);
    if (ts.isPropertyAccessExpression(node) && WORLDLY_MEMBERS.includes(node.getText())) found.push(node.getText());
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
      found.push('new Date()');
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found.map((name) => `${file.path} uses ${name}`);
}

/** Whether the identifier stands for a value in scope, not for a member or a key that happens to be called so. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  const isKey = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent);
  return !(isKey && parent.name === node);
}
