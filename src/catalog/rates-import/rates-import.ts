/** The import of a price list from start to end: fetch or read the source, plan, prove, write. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError, errorCodeOf } from '../../platform/errors.ts';
import { MOST_BYTES, fetchPage, isUrl } from './page.client.ts';
import { type ImportOptions, type ImportPlan, type PriceSource, type Planned, planImport } from './plan.ts';
import { writePlan } from './write-plan.ts';

export type Imported =
  { outcome: 'written'; folder: string; plan: ImportPlan } | Exclude<Planned, { outcome: 'planned' }>;

/**
 * Imports the file or https address into the data/ of `root`. Nothing is written unless all of it is right; the same
 * source a second time changes nothing. Throws UsageError for a folder without price lists, a source that cannot be had or
 * prices that cannot be used.
 */
export async function importRates(root: string, fileOrUrl: string, options: ImportOptions): Promise<Imported> {
  if (!existsSync(join(root, 'data', 'prices'))) {
    throw new UsageError(
      `${root} holds no data/prices; name a folder with a whole data/ in it, such as a copy of the program's`,
    );
  }
  const planned = planImport(root, await sourceOf(fileOrUrl), options);
  if (planned.outcome !== 'planned') return planned;
  return { outcome: 'written', folder: writePlan(root, planned.plan), plan: planned.plan };
}

async function sourceOf(fileOrUrl: string): Promise<PriceSource> {
  const bytes = isUrl(fileOrUrl) ? await fetchPage(fileOrUrl) : readSource(fileOrUrl);
  if (bytes.length === 0) throw new UsageError(`${fileOrUrl} is empty`);
  return { bytes, name: isUrl(fileOrUrl) ? fileOrUrl : basename(fileOrUrl) };
}

function readSource(path: string): Buffer {
  try {
    if (statSync(path).size > MOST_BYTES) {
      throw new UsageError(`${path} is larger than ${MOST_BYTES >> 20} MB, so it is no price list`);
    }
    return readFileSync(path);
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === null) throw error;
    const why = { ENOENT: 'cannot be found', EISDIR: 'is a folder; name a file' }[code] ?? `cannot be read: ${code}`;
    throw new UsageError(`${path} ${why}`);
  }
}
