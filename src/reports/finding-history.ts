/** The changes of a finding for readers: who, when, what before and after, and why. */
import type { FindingHistoryRow } from '../audit/finding.table.ts';
import { HANDLING_FIELDS, type HandlingChanges } from '../core/finding/handling.ts';
import { formatInstant } from '../core/units/day.ts';
import { type Money, formatMills } from '../core/units/money.ts';
import type { FindingDetail } from './finding-detail.ts';
import { money } from './parcel-records.ts';

type HistoryEntry = FindingDetail['history'][number];

/** Of one finding, the earliest first; amounts are in the currency the finding has now. */
export function historyOf(rows: readonly FindingHistoryRow[], currency: string | null): HistoryEntry[] {
  return rows.map((row, index) => ({
    at: formatInstant(row.at.getTime()),
    state: row.state as HistoryEntry['state'],
    severity: row.severity as HistoryEntry['severity'],
    amount: money(row.amountMills, currency),
    reason: row.reason as HistoryEntry['reason'],
    by: row.by,
    note: row.note,
    changes: whatChanged(row, rows[index - 1] ?? null, currency),
  }));
}

/** Each field that one change is of, as it was and as it became. */
export function whatChanged(
  row: FindingHistoryRow,
  before: FindingHistoryRow | null,
  currency: string | null,
): HistoryEntry['changes'] {
  return [...judgedChanges(row, before, currency), ...handledChanges(row.changes)];
}

/** What became of the state, severity and amount since the change before; nothing where that is not known. */
function judgedChanges(
  row: FindingHistoryRow,
  before: FindingHistoryRow | null,
  currency: string | null,
): HistoryEntry['changes'] {
  if (before === null) return [];
  const amountOf = ({ amountMills }: FindingHistoryRow): string | null =>
    amountMills === null || currency === null ? null : moneyWords({ mills: amountMills, currency });
  const all = [
    { field: 'state' as const, from: before.state, to: row.state },
    { field: 'severity' as const, from: before.severity, to: row.severity },
    { field: 'amount' as const, from: amountOf(before), to: amountOf(row) },
  ];
  return all.filter(({ from, to }) => from !== to);
}

function handledChanges(changes: HandlingChanges | null): HistoryEntry['changes'] {
  return HANDLING_FIELDS.flatMap((field) => {
    const change = changes?.[field];
    // The state stands in a column of its own, also where an audit changed it.
    if (field === 'state' || change === undefined) return [];
    return [{ field, from: wordOf(change[0]), to: wordOf(change[1]) }];
  });
}

/** A field's value in one text: what the history shows and its CSV holds. */
function wordOf(value: string | Money | null): string | null {
  return typeof value === 'object' && value !== null ? moneyWords(value) : value;
}

function moneyWords({ mills, currency }: Money): string {
  return `${formatMills(mills)} ${currency}`;
}
