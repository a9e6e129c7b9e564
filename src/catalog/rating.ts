/** Reads everything rating needs in one go: price lists, zones, and what services take. */
import type { RateTables } from '../core/rating/tables.ts';
import { loadContracts } from './contracts.ts';
import type { OwnFolders } from './data-version.ts';
import { loadEligibility } from './eligibility.ts';
import { loadPrices } from './prices.ts';
import { loadZones } from './zones.ts';

/**
 * The rate tables of the folder that holds data/, with the user's own zone charts and contracts where there are folders
 * of them. Throws a CatalogError for the first thing that is wrong, a UsageError for what is wrong in a chart.
 */
export function loadRateTables(
  root: string,
  { zoneCharts = null, contracts = null }: Partial<OwnFolders> = {},
): RateTables {
  const lists = Object.freeze(loadPrices(root));
  return Object.freeze({
    lists,
    zones: loadZones(root, zoneCharts),
    eligibility: Object.freeze({
      ...loadEligibility(root),
      dimensional: Object.freeze(lists.map(({ limits }) => limits.dimensional)),
    }),
    contracts: loadContracts(contracts),
  });
}
