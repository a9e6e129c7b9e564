/** What was not checked, for readers: rules that lacked the same thing on as many labels are one line. */
import type { NotChecked } from './report-document.ts';

export interface GapGroup {
  /** In their order. */
  what: [string, ...string[]];
  why: string;
  count: number;
}

/** Each group stands where its first entry stood. */
export function groupGaps(gaps: readonly NotChecked[]): GapGroup[] {
  const groups = new Map<string, GapGroup>();
  for (const { what, why, count } of gaps) {
    const key = `${count} ${why}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { what: [what], why, count });
    else if (!group.what.includes(what)) group.what.push(what);
  }
  return [...groups.values()];
}
