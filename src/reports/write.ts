/** Writes the five files of a report into a folder: all of them whole, or none of them touched. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ReportWriteError, UsageError, errorCodeOf } from '../platform/errors.ts';
import { renderReport } from './render.ts';
import { REPORT_FILES, type ReportContents } from './report-files.ts';
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
export async function checkWritable(outDir: string): Promise<void> {
  try {
    await mkdir(outDir, { recursive: true });
    await access(outDir, constants.W_OK);
  } catch (error) {
    throw new UsageError(failureText({ outDir, renamed: 0 }, error), { cause: error });
  }
}

/** The writing alone, for any content of the five names; `openFile` is Node's own but where a test lets the disk fill up. */
export async function writeFiles(
  outDir: string,
  contents: ReportContents,
  openFile: typeof open = open,
): Promise<string[]> {
  const suffix = `.${randomUUID()}.tmp`;
  const files = REPORT_FILES.map((file) => ({
    content: contents[file],
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
    throw new ReportWriteError(failureText({ outDir, renamed }, error), { cause: error });
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
  ENOSPC: 'the disk is full; free some space and run the audit again',
  EDQUOT: 'the disk quota is used up; free some space and run the audit again',
  EACCES: 'this user may not write there; choose another folder with --out',
  EPERM: 'this user may not write there; choose another folder with --out',
  EROFS: 'the file system is read-only; choose another folder with --out',
  ENOTDIR: 'a part of the path is a file, not a folder; choose another folder with --out',
  EEXIST: 'the path is a file, not a folder; choose another folder with --out',
  EISDIR: 'a folder stands where a file of the report belongs; move it away or choose another folder with --out',
};

function failureText({ outDir, renamed }: { outDir: string; renamed: number }, error: unknown): string {
  const code = errorCodeOf(error);
  const why = (code === null ? undefined : FAILURES[code]) ?? (error instanceof Error ? error.message : String(error));
  const left =
    renamed === 0
      ? 'Files of an earlier report there are unchanged.'
      : `${REPORT_FILES.slice(0, renamed).join(', ')} there are new, the others are not.`;
  return `The report could not be written to ${outDir}: ${why}. ${left}`;
}
