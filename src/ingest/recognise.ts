/** Finds the files under the paths a person names and says what each holds, before anything is imported or written. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { UsageError } from '../platform/errors.ts';
import { CsvFile } from './csv-file.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import type { ImportKind } from './import-request.ts';
import { checkPageKind, startsAsPage } from './open-file.ts';
import { checkTrackingPage } from './page-file.ts';
import { UnreadableFileError, aboutFile } from './unreadable-file.ts';

/** A file or folder as named; `kind` where the person said outright what the file holds. */
export interface NamedPath {
  path: string;
  /** What messages call it; left out: the path. */
  shownAs?: string | undefined;
  kind?: ImportKind | undefined;
}

export interface RecognisedFile {
  path: string;
  /** Relative to the folder named, with "/"; the file's own name when the file was named. */
  shownAs: string;
  kind: ImportKind;
}

/** A file that is left alone, and why, as words that go on behind its name. */
export interface FileNotRead {
  file: string;
  why: string;
}

export interface Recognised {
  files: RecognisedFile[];
  notRead: FileNotRead[];
}

/**
 * Looks at every path in the order given; folders with everything below them, sorted by name, hidden files left out.
 * A file of a folder that is not recognised is only listed. Throws UsageError for a named file that cannot be read or
 * recognised, and for a folder that holds nothing that is.
 */
export async function recognise(paths: readonly NamedPath[]): Promise<Recognised> {
  const found: Recognised = { files: [], notRead: [] };
  for (const named of paths) {
    const one = await recogniseNamed(named);
    found.files.push(...one.files);
    found.notRead.push(...one.notRead);
  }
  return found;
}

async function recogniseNamed({ path, shownAs, kind }: NamedPath): Promise<Recognised> {
  try {
    if ((await stat(path)).isDirectory()) {
      if (kind !== undefined) throw new UnreadableFileError(`is a folder; name one file of ${kind}`);
      return await recogniseFolder(path);
    }
    return await recogniseFile(path, kind);
  } catch (error) {
    throw aboutFile(shownAs ?? path, error);
  }
}

async function recogniseFile(path: string, kind: ImportKind | undefined): Promise<Recognised> {
  const shownAs = basename(path);
  const said: FileKind = kind === undefined ? await kindOf(path) : { known: true, kind };
  if (kind !== undefined) await checkSaid(path, kind);
  if (said.known) return { files: [{ path, shownAs, kind: said.kind }], notRead: [] };
  if (!said.named) throw new UnreadableFileError(said.why);
  return { files: [], notRead: [{ file: shownAs, why: said.why }] };
}

/** A file that is said to hold something must be one that can be read at all. */
async function checkSaid(path: string, kind: ImportKind): Promise<void> {
  if (!(await startsAsPage(path))) {
    await readHeader(path);
    return;
  }
  checkPageKind(kind);
  await checkTrackingPage(path);
}

async function recogniseFolder(folder: string): Promise<Recognised> {
  const found: Recognised = { files: [], notRead: [] };
  let named = false;
  for (const path of await filesBelow(folder)) {
    const shownAs = relative(folder, path).split(sep).join('/');
    const said = await kindOfListed(path, shownAs);
    if (said.known) found.files.push({ path, shownAs, kind: said.kind });
    else found.notRead.push({ file: shownAs, why: said.why });
    named ||= said.known || said.named;
  }
  if (named) return found;
  const [first] = found.notRead;
  throw new UsageError(
    `${folder} holds no file that can be read${first === undefined ? '' : `; for one, ${first.file} ${first.why}`}`,
  );
}

/** Regular files below the folder in order of their names; links to folders are not followed, so no circle can arise. */
async function filesBelow(folder: string): Promise<string[]> {
  const paths: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) paths.push(...(await filesBelow(path)));
    else if (entry.isFile() || entry.isSymbolicLink()) paths.push(path);
  }
  return paths;
}

async function kindOfListed(path: string, shownAs: string): Promise<FileKind> {
  if (!/\.(csv|txt|html?)$/i.test(shownAs)) return { known: false, named: false, why: 'is no CSV file' };
  try {
    return await kindOf(path);
  } catch (error) {
    const reason = aboutFile(shownAs, error);
    if (!(reason instanceof UsageError)) throw error;
    return { known: false, named: false, why: reason.message.slice(shownAs.length + 1) };
  }
}

async function kindOf(path: string): Promise<FileKind> {
  if (!(await startsAsPage(path))) return fileKind(await readHeader(path));
  await checkTrackingPage(path);
  return { known: true, kind: 'tracking' };
}

/** The cells of the first record. Throws UnreadableFileError when there is none. */
async function readHeader(path: string): Promise<string[]> {
  const file = await CsvFile.open(path);
  try {
    for await (const [first] of file.records()) {
      if (first === undefined) continue;
      if (first.problem !== null) throw new UnreadableFileError(`has no readable header: ${first.problem}`);
      return first.cells;
    }
  } finally {
    await file.close();
  }
  throw new UnreadableFileError('holds no header');
}
