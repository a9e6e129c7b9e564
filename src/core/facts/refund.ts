/** Facts about money we may have back: the vendor's window for unused labels, what was asked for and what was given. */
import type { ChargeLine } from '../ledger/charge.ts';
import { toldAt } from '../ledger/assessed.ts';
import { refundDaysOf } from '../ledger/terms.ts';
import { type Instant, dayOf, startOfDay } from '../units/day.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

/** When a line was charged or given back; null when its file does not say. */
function lineAt({ chargedAt, chargedDay, invoiceDate }: ChargeLine): Instant | null {
  const day = chargedDay ?? invoiceDate;
  return chargedAt ?? (day === null ? null : startOfDay(day));
}

/** Whether the vendor gave anything back for the label since the day of our request or its void, by his invoices or adjustments. */
function isCredited({ label, charges, assessed, asOf }: JudgeInput, askedAt: Instant): boolean {
  const since = startOfDay(dayOf(askedAt));
  const isSince = (at: Instant | null): boolean => at === null || (at >= since && at <= asOf);
  const lines = charges?.lines ?? [];
  return (
    lines.some(
      (line) =>
        line.vendor === label.vendor &&
        (line.labelId === null || label.labelId === null || line.labelId === label.labelId) &&
        line.amountMills < 0 &&
        isSince(lineAt(line)),
    ) || assessed.adjustments.some((adjustment) => adjustment.amountMills < 0 && isSince(toldAt(adjustment)))
  );
}

export const refundFacts: Fact[] = factsOf('refund', {
  requested: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A request of ours for the refund of the label is on record.',
    unknownWhen: null,
    of: ({ label }) => label.refundRequestedAt !== null,
  },
  requested_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When we asked for the refund.',
    unknownWhen: 'no request is on record',
    of: ({ label }) => label.refundRequestedAt,
  },
  made: {
    type: 'bool',
    unit: 'flag',
    meaning:
      "The money is on record as given back: by the label's row, or by a credit for the number since the day of our request, else of the void.",
    unknownWhen: null,
    of: (input) => {
      const { status, refundedAt, refundRequestedAt, voidedAt } = input.label;
      if (status === 'refunded' || refundedAt !== null) return true;
      const askedAt = refundRequestedAt ?? voidedAt;
      return askedAt !== null && isCredited(input, askedAt);
    },
  },
  published_days: {
    type: 'double',
    unit: 'days',
    meaning:
      'Within so many days of print the vendor, else his provider, publishes that he takes an unused label back; 0 where neither does.',
    unknownWhen: null,
    of: ({ label, terms }) => refundDaysOf(label, terms) ?? 0,
  },
});
