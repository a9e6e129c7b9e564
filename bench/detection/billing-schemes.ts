/** The frauds of an invoice: lines billed twice, marked up, or for what was given back. */
import { DAY_MS, HOUR_MS, addDays, dayOf, formatInstant } from '../../src/core/units/day.ts';
import type { Bill, Parcel } from './parcel.ts';
import { pieceOf, published } from './prices.ts';
import { type Hidden, type Scheme, because, commit, unstated } from './scheme.ts';
import { type Shop, chargedMills } from './shop.ts';
import type { Vendor } from './vendor.ts';

const invoices = ({ billing }: Vendor): boolean => billing.everyDays > 0;

/** The reason where the invoice that holds a day had not come yet. */
function notYet({ world }: Shop, parcel: Parcel, day: string): readonly [boolean, Hidden] {
  return [day > invoicedTo(parcel.vendor, world.season), 'not_yet_invoiced'];
}

/** The last day of a vendor's invoices that had come by the audit; '' = none had. */
export function invoicedTo({ billing }: Vendor, season: Shop['world']['season']): string {
  const periods = periodsOf({ billing }, season);
  return periods.at(-1)?.to ?? '';
}

/** The periods of the invoices that had come by the audit. */
export function periodsOf(
  { billing }: Pick<Vendor, 'billing'>,
  season: Shop['world']['season'],
): { from: string; to: string }[] {
  if (billing.everyDays === 0) return [];
  const periods: { from: string; to: string }[] = [];
  const lastDay = addDays(dayOf(season.asOf), -3);
  for (let from = season.first; ; from = addDays(periods.at(-1)?.to ?? from, 1)) {
    const to =
      billing.everyDays > 30
        ? periods.length === 0
          ? season.last
          : addDays(from, 29)
        : addDays(from, billing.everyDays - 1);
    if (to > lastDay) break;
    periods.push({ from, to });
  }
  return billing.late ? periods.slice(0, -1) : periods;
}

const doubleBilling: Scheme = {
  name: 'double-billing',
  suits: invoices,
  share: [0.03, 0.08],
  may: ['duplicate-charge', 'charge-differs'],
  tell: (shop, parcel) => {
    const { chance } = shop;
    const later = chance.chance(0.5) ? 0 : chance.whole(3, 9);
    const day = addDays(dayOf(parcel.purchasedAt), later);
    const words = chance.pick(['', ' (corrected)', ' 2']);
    parcel.rebill.push(([first, ...rest]) =>
      first ? [first, ...rest, { ...first, day, description: `${first.description}${words}` }] : [],
    );
    const stolenMills = parcel.vendor.billing.itemised ? parcel.postageMills : chargedMills(parcel);
    commit(parcel, {
      scheme: 'double-billing',
      subject: 'charge',
      rules: ['duplicate-charge'],
      stolenMills,
      hidden: because(notYet(shop, parcel, day)),
    });
  },
};

/** The fee for a parcel longer than 30 inches, which this one is not; null where no list of the season tells it. */
function feeForLength({ catalog }: Shop, parcel: Parcel): number | null {
  return published(pieceOf(parcel, { sides: [31, 6, 4] }), catalog.rating)?.surchargesMills ?? null;
}

const markedUpSurcharges: Scheme = {
  name: 'marked-up-surcharge',
  suits: invoices,
  share: [0.03, 0.08],
  wish: () => ({ abroad: false, insured: false }),
  may: ['surcharge-not-due', 'overcharged', 'charge-differs', 'fee-not-agreed'],
  tell: (shop, parcel) => {
    const { chance } = shop;
    const { vendor } = parcel;
    const anyMills = 10 * chance.whole(37, 390) + 1_000;
    const day = dayOf(parcel.purchasedAt);
    if (chance.chance(0.5)) {
      const fee = chance.chance(0.6) ? feeForLength(shop, parcel) : null;
      const stolenMills = fee ?? anyMills;
      parcel.surchargesMills += stolenMills;
      const reasons = [unstated(vendor, 'surcharges', 'length_in'), [fee === null, 'surcharge_unpublished']] as const;
      const rules = ['surcharge-not-due', 'overcharged'];
      commit(parcel, { scheme: 'surcharge-not-due', rules, stolenMills, hidden: because(...reasons) });
      return;
    }
    const stolenMills = anyMills;
    const line: Bill = { type: 'surcharge', mills: stolenMills, day, code: 'HANDLING', description: 'Handling' };
    const onTop = vendor.billing.itemised;
    parcel.rebill.push(([first, ...rest]) => {
      if (first === undefined) return [];
      return onTop ? [first, ...rest, line] : [{ ...first, mills: first.mills + stolenMills }, ...rest];
    });
    commit(parcel, {
      scheme: 'billed-over-label',
      subject: 'charge',
      rules: ['charge-differs'],
      stolenMills,
      hidden: because(notYet(shop, parcel, day)),
    });
  },
};

const chargedAfterVoid: Scheme = {
  name: 'charged-after-void',
  suits: (vendor) => invoices(vendor) && vendor.columns.has('voided_at'),
  share: [0.03, 0.06],
  wish: (shop) => ({ shipBy: addDays(shop.world.season.last, -9) }),
  may: ['charged-after-void', 'refund-overdue', 'refund-due'],
  tell: (shop, parcel) => {
    const { chance } = shop;
    const at = parcel.purchasedAt + chance.whole(1, 20) * HOUR_MS;
    const day = dayOf(at + chance.whole(2, 6) * DAY_MS);
    parcel.set = { ...parcel.set, status: 'voided', voided_by: 'us', voided_at: formatInstant(at) };
    parcel.steps = parcel.steps.slice(0, 1);
    parcel.answer = 'answered';
    parcel.rebill.push((bills) => bills.map((bill) => ({ ...bill, day })));
    commit(parcel, {
      scheme: 'charged-after-void',
      subject: 'charge',
      rules: ['charged-after-void'],
      stolenMills: chargedMills(parcel),
      hidden: because([!parcel.vendor.billing.statesDays, 'not_stated'], notYet(shop, parcel, day)),
    });
  },
};

export const BILLING_SCHEMES: readonly Scheme[] = [doubleBilling, markedUpSurcharges, chargedAfterVoid];
