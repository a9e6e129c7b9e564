/** The time that rules about vendors look back over, up to the vendor's latest label. */

/**
 * A month shows a change of habit soon; of a vendor who sells too little in it for the rule that asks, a quarter is looked at.
 * The time ends with the vendor's latest label, so that a finding neither comes nor goes while nothing is bought.
 */
export const LOOK_BACK = { recentDays: 28, longDays: 92 } as const;

/** Cases of which it is known whether they lie in the recent days. */
export interface Dated {
  recent: boolean;
  cases: number;
}

/** The cases of the recent days where they are enough, else all; and how many days that is. */
export function lookBack<T extends Dated>(
  groups: readonly T[],
  enough: number,
): { groups: readonly T[]; days: number } {
  const recent = groups.filter((group) => group.recent);
  const cases = recent.reduce((sum, group) => sum + group.cases, 0);
  if (cases >= enough) return { groups: recent, days: LOOK_BACK.recentDays };
  return { groups, days: LOOK_BACK.longDays };
}

/** The cases of so many days, which `lookBack` told of some of them. */
export function within<T extends Dated>(groups: readonly T[], days: number): readonly T[] {
  return days === LOOK_BACK.recentDays ? groups.filter(({ recent }) => recent) : groups;
}
