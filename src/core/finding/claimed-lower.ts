/** Which purchases under a number were claimed at the carrier for less postage than their rows state: as the rule judges each. */
import type { Label } from '../label/label.ts';
import { type EarlierSpecs, assessedOf, isClaimedForLess } from '../ledger/assessed.ts';
import type { RateTables } from '../rating/tables.ts';
import type { Instant } from '../units/day.ts';
import { chargesAsOf } from './charge.ts';
import { labelSubject } from './judge.ts';
import { type ParcelKnown, byPurchase, salesKnown } from './parcel.ts';

interface ClaimBench {
  asOf: Instant;
  tables: RateTables;
  /** By `labelSubject`, what the rows said before they were corrected. */
  earlierSpecs: ReadonlyMap<string, readonly EarlierSpecs[]>;
}

/** The live ones among them by as-of, by the latest claim told by then and its price. Pure. */
export function claimedForLess(
  known: Pick<ParcelKnown, 'sales' | 'charges'>,
  { asOf, tables, earlierSpecs }: ClaimBench,
): Label[] {
  const sales = salesKnown(known, asOf).toSorted(byPurchase);
  const { charges } = chargesAsOf(known.charges, asOf);
  return sales.filter((label) => {
    if (label.status !== 'purchased') return false;
    const earlier = earlierSpecs.get(labelSubject(label)) ?? [];
    const { claimed } = assessedOf(label, { sales, charges, earlier, asOf }, tables);
    return claimed !== null && isClaimedForLess(claimed);
  });
}
