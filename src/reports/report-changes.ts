/** What became of the findings between two reports. */

/** Findings by their ids; what the report holds in its order. */
export interface ReportChanges {
  /** Day of the report compared with; null = this is the first one, and everything in it is new. */
  since: string | null;
  /** In this report, never in an earlier one. */
  new: string[];
  /** In both. */
  stillOpen: string[];
  /** In the earlier report only. */
  resolved: string[];
  /** In this report, not in the one before, but in some before that. */
  reopened: string[];
}

/** Ids of the findings a report with these changes holds. */
export function reportedIds(changes: ReportChanges): string[] {
  return [...changes.new, ...changes.reopened, ...changes.stillOpen];
}

/**
 * Compares the findings of a report with those of the one before it (null = it is the first). `reported` are those of
 * them that any earlier report told of; `hidden` are not in the report, and have not resolved either.
 */
export function changesBetween(
  before: { day: string; ids: readonly string[] } | null,
  ids: readonly string[],
  reported: ReadonlySet<string>,
  hidden: readonly string[] = [],
): ReportChanges {
  const earlier = new Set(before?.ids);
  const present = new Set([...ids, ...hidden]);
  return {
    since: before?.day ?? null,
    new: ids.filter((id) => !earlier.has(id) && !reported.has(id)),
    stillOpen: ids.filter((id) => earlier.has(id)),
    resolved: [...earlier].filter((id) => !present.has(id)),
    reopened: ids.filter((id) => !earlier.has(id) && reported.has(id)),
  };
}
