/** What became of the findings between two reports. */

/** Findings by their ids, each list in the order of the report it comes from. */
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
