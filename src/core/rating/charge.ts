/** Which part of what a vendor charged can be compared with published prices, and what that part pays for. */
import type { ExtraService, Label } from '../label/label.ts';

/** An amount and what it pays for besides the postage; the other parts of the charge are itemised apart. */
export interface ComparableCharge {
  mills: number;
  /** Whether surcharges, if any are due, are inside: they have no column of their own. */
  surcharges: boolean;
  /** The extra services whose fees are inside. */
  extras: readonly ExtraService[];
  /** The cover by USPS whose fee is inside; null = none. */
  insuredMills: number | null;
}

/**
 * The comparable part of a charge: the postage where it is itemised, else what is left of the whole once its itemised parts
 * are taken away. Null where a fee that nobody publishes, such as that of an insurer, may be inside. A postage of zero in a
 * charge that is not zero is a column nobody filled.
 */
export function comparableCharge(label: Label): ComparableCharge | null {
  const { chargedMills, postageMills, surchargesMills, insuranceFeeMills, otherFeesMills } = label;
  const surcharges = surchargesMills === null;
  if (postageMills !== null && (postageMills !== 0 || chargedMills === 0)) {
    return { mills: postageMills, surcharges, extras: [], insuredMills: null };
  }
  const insured = insuranceFeeMills === null && isInsured(label);
  if (insured && label.insuranceProvider !== 'usps') return null;
  const others = otherFeesMills === null ? label.extraServices.filter(hasOwnFee) : [];
  return {
    mills: chargedMills - (surchargesMills ?? 0) - (insuranceFeeMills ?? 0) - (otherFeesMills ?? 0),
    surcharges,
    extras: insured ? [...others, 'insurance'] : others,
    insuredMills: insured ? label.insuredMills : null,
  };
}

function isInsured({ insuredMills, extraServices }: Label): boolean {
  return (insuredMills ?? 0) > 0 || extraServices.includes('insurance');
}

/** Tracking costs nothing, and insurance has a column of its own. */
function hasOwnFee(extra: ExtraService): boolean {
  return extra !== 'tracking' && extra !== 'insurance';
}
