/** Reads data/insurance and data/refunds: what cover costs nothing or cannot be bought, and how long labels are taken back. */
import { join } from 'node:path';
import { z } from 'zod';
import { EXTRA_SERVICES, SERVICES } from '../core/label/label.ts';
import type { CoverLimit, IncludedCover, Terms } from '../core/ledger/terms.ts';
import { foldVendorName } from '../core/mapping/vendor-name.ts';
import { CatalogError } from '../platform/errors.ts';
import { loadSources } from './sources.ts';
import { readYaml } from './yaml.ts';

const amount = { amount_usd: z.number().min(0), effective_from: z.iso.date(), source: z.string() };

const coverFile = z.strictObject({
  included: z.array(z.strictObject({ services: z.array(z.enum(SERVICES)).min(1), ...amount })),
  most: z.array(z.strictObject({ with: z.array(z.enum(EXTRA_SERVICES)).min(1).optional(), ...amount })).min(1),
});

const windowsFile = z.strictObject({
  windows: z.array(
    z.strictObject({
      names: z.array(z.string().trim().min(1)).min(1),
      days: z.int().min(1).max(400),
      as_of: z.iso.date(),
      source: z.string(),
    }),
  ),
});

const MILLS_PER_DOLLAR = 1000;

/** What the folder that holds data/ says of insurance and refunds. Throws a CatalogError naming the file of the first fault. */
export function loadTerms(root: string): Terms {
  const coverPath = join(root, 'data', 'insurance', 'cover.yaml');
  const windowsPath = join(root, 'data', 'refunds', 'windows.yaml');
  const sources = loadSources(root);
  const checkSource = (file: string, source: string): void => {
    if (!sources[source]) throw new CatalogError({ file, field: 'source' }, `${source} is not in data/sources.yaml`);
  };
  const cover = readYaml(coverPath, coverFile);
  for (const { source } of [...cover.included, ...cover.most]) checkSource(coverPath, source);
  const { windows } = readYaml(windowsPath, windowsFile);
  for (const { source } of windows) checkSource(windowsPath, source);
  return Object.freeze({
    included: latestFirst(
      cover.included.map(({ services, amount_usd, effective_from }): IncludedCover => ({
        services,
        mills: Math.round(amount_usd * MILLS_PER_DOLLAR),
        from: effective_from,
      })),
    ),
    most: latestFirst(
      cover.most.map(({ with: extras = [], amount_usd, effective_from }): CoverLimit => ({
        with: extras,
        mills: Math.round(amount_usd * MILLS_PER_DOLLAR),
        from: effective_from,
      })),
    ),
    refundDays: refundDays(windowsPath, windows),
  });
}

function latestFirst<T extends { from: string }>(entries: readonly T[]): readonly T[] {
  return Object.freeze(entries.toSorted((a, b) => (a.from > b.from ? -1 : 1)));
}

function refundDays(file: string, windows: readonly { names: readonly string[]; days: number }[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const window of windows) {
    for (const name of window.names) {
      const folded = foldVendorName(name);
      if (days.has(folded)) throw new CatalogError({ file, field: 'names' }, `${name} has two windows`);
      days.set(folded, window.days);
    }
  }
  return days;
}
