/** Facts about whether a label stands on its vendor's invoices, where they cover its day. */
import { isInvoiced } from '../ledger/ledger.ts';
import { type Day, dayOf, daysBetween } from '../units/day.ts';
import { daysUntil, followingPeriod, invoicedPeriod } from './covered-time.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';
import { isSamePurchase, isUnsure } from './sale.ts';

const notFollowed =
  'no invoice of the vendor that charges labels by number covers the day, or none follows on its period without a gap';
const notCovered = 'no invoice of the vendor that charges labels by number covers the day';

/** The day the vendor charges the label for: that of its purchase, else of the first scan of a label charged on use. */
function billedDay({ label, journey }: JudgeInput): Day | null {
  if (label.kind === 'outbound') return label.purchasedDay;
  const scan = journey?.firstScan ?? null;
  return scan === null ? null : dayOf(scan.at);
}

function periodEnd(input: JudgeInput): Day | null {
  const day = billedDay(input);
  return day && (invoicedPeriod(day, input.coverage)?.to ?? null);
}

function nextPeriodEnd(input: JudgeInput): Day | null {
  const day = billedDay(input);
  return day && (followingPeriod(day, input.coverage)?.to ?? null);
}

/** Whether a line charges the label; a purchase that two rows tell of needs one line only. */
function hasLine({ label, charges, sales, ledger: ledgerOfNumber }: JudgeInput): boolean | null {
  if (charges === null) return false;
  const ledger = ledgerOfNumber();
  if (isInvoiced(label, ledger, sales)) return true;
  const others = sales.filter(
    (sale) => sale.vendor === label.vendor && sale.saleKey !== label.saleKey && isInvoiced(sale, ledger, sales),
  );
  if (others.some((sale) => isSamePurchase(sale, label))) return true;
  return others.some(isUnsure) || (others.length > 0 && isUnsure(label)) ? null : false;
}

export const billingFacts: Fact[] = factsOf('billing', {
  invoiced: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A line of an invoice of the vendor charges the label, in whatever currency, taken back or not.',
    unknownWhen:
      'the line charges another purchase under the number, and a row lacks label id, order and time, so that both may be one',
    of: hasLine,
  },
  day: {
    type: 'string',
    unit: 'day',
    meaning: 'The day the vendor charges the label for: its purchase, else the first scan of a label charged on use.',
    unknownWhen: 'the label is charged on use, and no scan is known',
    of: billedDay,
  },
  period_end: {
    type: 'string',
    unit: 'day',
    meaning: "The last day of the period of the vendor's invoices in which that day lies.",
    unknownWhen: notCovered,
    of: periodEnd,
  },
  days_to_period_end: {
    type: 'double',
    unit: 'days',
    meaning: 'Days from that day to the end of the period; at its very end the label may stand on the next invoice.',
    unknownWhen: notCovered,
    of: (input) => {
      const end = periodEnd(input);
      const day = billedDay(input);
      return end === null || day === null ? null : daysBetween(day, end);
    },
  },
  days_past_period: {
    type: 'double',
    unit: 'days',
    meaning: 'Days from the end of the period to the day of the audit.',
    unknownWhen: notCovered,
    of: (input) => {
      const end = periodEnd(input);
      return end === null ? null : daysUntil(input.asOf, end);
    },
  },
  next_period_end: {
    type: 'string',
    unit: 'day',
    meaning: "The last day of the period of the vendor's invoices that follows on that one without a gap.",
    unknownWhen: notFollowed,
    of: nextPeriodEnd,
  },
  days_past_next_period: {
    type: 'double',
    unit: 'days',
    meaning: 'Days from the end of the period that follows to the day of the audit.',
    unknownWhen: notFollowed,
    of: (input) => {
      const end = nextPeriodEnd(input);
      return end === null ? null : daysUntil(input.asOf, end);
    },
  },
  in_currency: {
    type: 'bool',
    unit: 'flag',
    meaning: "The vendor's invoices charge labels in the currency the label was charged in.",
    unknownWhen: 'no invoice of the vendor charges a label by number',
    of: ({ label, coverage }) =>
      coverage.currencies.length === 0 ? null : coverage.currencies.includes(label.currency),
  },
});
