/** Writes files into a folder, those of a report or others: all of them whole, or none of them touched. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ReportWriteError, UsageError, errorCodeOf } from '../platform/errors.ts';
import { renderReport } from './render.ts';
import { ARCHIVE_FILES, type ArchiveContents } from './report-files.ts';
import type { ReportModel } from './report-model.ts';
import type { Wording } from './wording.ts';

export interface WriteReport {
  /** The folder, made when it is missing. */
  outDir: string;
  /** The folder that holds templates/. */
  root: string;
  wording: Wording;
}

/**
 * Renders everything first, writes it under temporary names, then renames: until the last moment a failure leaves the
 * files of an earlier report as they were, and never half a file. Throws ReportWriteError. Answers the paths written.
 */
export async function writeReport(model: ReportModel, { outDir, root, wording }: WriteReport): Promise<string[]> {
  return writeFiles(outDir, await renderReport(model, { root, wording }));
}

/** Makes the folder and tries it, so that nobody waits for an audit whose report cannot be written. Throws UsageError. */
export async function checkWritable(outDir: string, what = 'report'): Promise<void> {
  try {
    await mkdir(outDir, { recursive: true });
    await access(outDir, constants.W_OK);
  } catch (error) {
    throw new UsageError(failureText({ what, outDir, names: [], renamed: 0 }, error), {
      cause: error,
    });
  }
}

/** The writing alone, for any content of the names; `openFile` is Node's own but where a test lets the disk fill up. */
export async function writeFiles(
  outDir: string,
  contents: ArchiveContents,
  openFile: typeof open = open,
): Promise<string[]> {
  return writeNamed(
    outDir,
    { what: 'report', files: new Map(ARCHIVE_FILES.flatMap((name) => filed(name, contents[name]))) },
    openFile,
  );
}

function filed(name: string, content: string | Buffer | undefined): [string, string | Buffer][] {
  return content === undefined ? [] : [[name, content]];
}

/** Files of any name; `what` they are together is told where they cannot be written. */
export async function writeNamed(
  outDir: string,
  { what, files: contents }: { what: string; files: ReadonlyMap<string, string | Buffer> },
  openFile: typeof open = open,
): Promise<string[]> {
  const suffix = `.${randomUUID()}.tmp`;
  const names = [...contents.keys()];
  const files = [...contents].map(([file, content]) => ({
    content,
    path: join(outDir, file),
    temporary: join(outDir, `.${file}${suffix}`),
  }));
  let renamed = 0;
  try {
    await mkdir(outDir, { recursive: true });
    for (const { path } of files) await refuseFolder(path);
    for (const { temporary, content } of files) await writeWhole(await openFile(temporary, 'wx'), content);
    for (const { temporary, path } of files) {
      await rename(temporary, path);
      renamed += 1;
    }
  } catch (error) {
    await Promise.allSettled(files.map(({ temporary }) => rm(temporary, { force: true })));
    throw new ReportWriteError(failureText({ what, outDir, names, renamed }, error), { cause: error });
  }
  return files.map(({ path }) => path);
}

/** A folder under the name of a file would stop the renaming half-way; better to refuse before it starts. */
async function refuseFolder(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => null);
  if (stats?.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
}

/** Asks the disk to keep the bytes before the name is given: a full disk may say so only then. */
async function writeWhole(file: FileHandle, content: string | Buffer): Promise<void> {
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and try again',
  EDQUOT: 'the disk quota is used up; free some space and try again',
  EACCES: 'this user may not write there; choose another folder with --out',
  EPERM: 'this user may not write there; choose another folder with --out',
  EROFS: 'the file system is read-only; choose another folder with --out',
  ENOTDIR: 'a part of the path is a file, not a folder; choose another folder with --out',
  EEXIST: 'the path is a file, not a folder; choose another folder with --out',
  EISDIR: 'a folder stands where one of these files belongs; move it away or choose another folder with --out',
};

interface Failure {
  what: string;
  outDir: string;
  names: readonly string[];
  /** How many of them are new. */
  renamed: number;
}

function failureText({ what, outDir, names, renamed }: Failure, error: unknown): string {
  const code = errorCodeOf(error);
  const why = (code === null ? undefined : FAILURES[code]) ?? (error instanceof Error ? error.message : String(error));
  const left =
    renamed === 0
      ? `Files of an earlier ${what} there are unchanged.`
      : `${names.slice(0, renamed).join(', ')} there are new, the others are not.`;
  return `The ${what} could not be written to ${outDir}: ${why}. ${left}`;
}
