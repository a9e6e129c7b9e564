/** Carries out a planned import: proves it on a copy of data/ first, then writes, each step of which leaves data/ whole. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RateTables } from '../../core/rating/tables.ts';
import { CatalogError, UsageError } from '../../platform/errors.ts';
import { Catalog } from '../catalog.ts';
import { loadRateTables } from '../rating.ts';
import type { ImportPlan } from './plan.ts';

/**
 * Writes the folder and the changes of the plan into data/ below `root`, and answers the folder's path. Throws
 * UsageError, with nothing written, when the program would not start on the result.
 */
export function writePlan(root: string, plan: ImportPlan): string {
  prove(root, plan);
  return write(join(root, 'data'), plan);
}

/** The catalog must load with the import in place: all of it, or what prices are read from where no rules lie beside data/. */
function prove(root: string, plan: ImportPlan): Catalog | RateTables {
  const copy = mkdtempSync(join(tmpdir(), 'rates-import-'));
  try {
    cpSync(join(root, 'data'), join(copy, 'data'), { recursive: true });
    write(join(copy, 'data'), plan);
    const rules = join(root, 'rules');
    if (!existsSync(rules)) return loadRateTables(copy);
    symlinkSync(rules, join(copy, 'rules'));
    return new Catalog(copy);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    const why = error.message.replaceAll(`${copy}/`, '');
    throw new UsageError(`the prices cannot be used, so nothing is written: ${why}`);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/**
 * Source first, then the end of the list before, then the folder as a whole: wherever a crash falls, the catalog loads,
 * and the same command finishes the work.
 */
function write(dataFolder: string, { days, files, changes }: ImportPlan): string {
  const folder = join(dataFolder, 'prices', days.from);
  const making = mkdtempSync(join(dataFolder, '.rates-import-'));
  try {
    const made = join(making, days.from);
    mkdirSync(made);
    for (const [name, content] of files) writeFileSync(join(made, name), content);
    for (const [name, text] of changes) {
      writeFileSync(join(making, 'changed'), text);
      renameSync(join(making, 'changed'), join(dataFolder, name));
    }
    renameSync(made, folder);
  } finally {
    rmSync(making, { recursive: true });
  }
  return folder;
}
