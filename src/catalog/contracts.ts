/** Reads the folder of vendors' contracts: private prices, so they lie outside data/, wherever the setting says. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foldVendorName } from '../core/mapping/vendor-name.ts';
import { type Contract, type Contracts, NO_CONTRACTS } from '../core/rating/contract.ts';
import { UsageError } from '../platform/errors.ts';
import { readContract } from './contract-file.ts';

/**
 * Every contract of the folder, one .yaml file a vendor; null = none are on file. Throws a UsageError naming the file for
 * anything wrong in it, for a file of another kind, and for a vendor in two files.
 */
export function loadContracts(folder: string | null): Contracts {
  if (folder === null) return NO_CONTRACTS;
  const byVendor = new Map<string, Contract>();
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const contract = readContract(path, readFileSync(path, 'utf8'));
    for (const vendor of contract.vendors) {
      const other = byVendor.get(foldVendorName(vendor));
      if (other)
        throw new UsageError(`${path}: ${vendor} has a contract in ${other.id}, too; put all its lines into one file`);
      byVendor.set(foldVendorName(vendor), contract);
    }
  }
  return contractsOf(byVendor);
}

function namesIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the folder of contracts ${folder} cannot be read: ${why}`);
  }
  const other = names.find((name) => !name.endsWith('.yaml'));
  if (other === undefined) return names.toSorted();
  throw new UsageError(
    `${join(folder, other)}: a folder of contracts holds .yaml files only; rename it or move it away`,
  );
}

/** Looks vendors up by any spelling, remembering those of the labels: they come again, many thousand times. */
function contractsOf(byVendor: ReadonlyMap<string, Contract>): Contracts {
  if (byVendor.size === 0) return NO_CONTRACTS;
  let lastVendor: string | null = null;
  let lastContract: Contract | null = null;
  return {
    of(vendor) {
      if (vendor !== lastVendor) {
        lastContract = byVendor.get(foldVendorName(vendor)) ?? null;
        lastVendor = vendor;
      }
      return lastContract;
    },
  };
}
