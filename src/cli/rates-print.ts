/** How the import of a price list is told: what was written, what was left out, or everything that is wrong. */
import { relative } from 'node:path';
import type { Imported } from '../catalog/rates-import/rates-import.ts';
import type { ImportPlan } from '../catalog/rates-import/plan.ts';
import type { LeftOut } from '../core/rating/notice/published-cell.ts';
import { addDays } from '../core/units/day.ts';
import { UsageError } from '../platform/errors.ts';
import type { CliIo } from './io.ts';

const HINT = 'What is published so can be taken with --partial or --accept-falling; docs/HOWTO.md says when.';

/** Prints the outcome. Throws UsageError with the whole list of problems when nothing was written. */
export function printImport(imported: Imported, { source, root }: { source: string; root: string }, io: CliIo): void {
  if (imported.outcome === 'refused') {
    const lines = imported.problems.map(({ place, message }) => `  ${place}: ${message}`);
    const count = lines.length === 1 ? '1 problem' : `${lines.length} problems`;
    throw new UsageError([`${source} is not imported, nothing is written; ${count}:`, ...lines, HINT].join('\n'));
  }
  const folder = relative(root, imported.folder);
  if (imported.outcome === 'unchanged') {
    io.stdout.write(`${folder} was made from this source already; nothing has changed\n`);
    return;
  }
  io.stdout.write(`${[...written(folder, imported.plan), ...leftOutLines(imported.plan.leftOut)].join('\n')}\n`);
}

function written(folder: string, { days, files, cells, uncertainties }: ImportPlan): string[] {
  const tables = [...files.keys()].filter((name) => name.endsWith('.csv'));
  const { from, to, ends } = days;
  return [
    `${folder}: ${cells} prices in ${tables.length} tables, in force from ${from} to ${to}`,
    ...tables.map((name) => `  ${name.replace(/\.csv$/, '')}`),
    ...(ends === null ? [] : [`the list ${ends.manifest.id} now ends on ${addDays(from, -1)}`]),
    ...(uncertainties.length === 0 ? [] : ['to know:']),
    ...uncertainties.map((sentence) => `  ${sentence}`),
  ];
}

/** Each once, with how often it stood there. */
function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const counts = new Map<string, number>();
  for (const { place, why } of leftOut) {
    const line = `  ${place}: ${why}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  return ['not imported:', ...[...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`))];
}
