/** Reads everything rating needs in one go: price lists, zones, and what services take. */
import type { RateTables } from '../core/rating/tables.ts';
import { loadEligibility } from './eligibility.ts';
import { loadPrices } from './prices.ts';
import { loadZones } from './zones.ts';

/** The rate tables of the folder that holds data/. Throws a CatalogError for the first thing that is wrong. */
export function loadRateTables(root: string): RateTables {
  return Object.freeze({
    lists: Object.freeze(loadPrices(root)),
    zones: loadZones(root),
    eligibility: loadEligibility(root),
  });
}
