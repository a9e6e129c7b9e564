/** Facts about the time for which the files of a charge's vendor were given: only inside it is something missing. */
import type { ChargeLine, Period } from '../ledger/charge.ts';
import { type Day, addDays, daysBetween } from '../units/day.ts';
import { purchaseOf } from './charge.ts';
import type { ChargeInput } from './charge-input.ts';
import { daysUntil, invoicedPeriod } from './covered-time.ts';
import { type Fact, factsOf } from './fact.ts';
import { idleShare, longestGap } from './sold-days.ts';

const noLabels = 'no label of the vendor is known';
const noDay = 'neither a day nor a period of the charge is stated';

/** The first and last day that a line or adjustment can be of; a line without a day may be of any day of its period. */
function reachOf({ line, adjustment }: ChargeInput): Period | null {
  if (adjustment !== null) return { from: adjustment.assessedDay, to: adjustment.assessedDay };
  if (line === null) return null;
  const { chargedDay, periodFrom, periodTo } = line.line;
  if (chargedDay !== null) return { from: chargedDay, to: chargedDay };
  return periodFrom !== null && periodTo !== null ? { from: periodFrom, to: periodTo } : null;
}

/**
 * A label may be adjusted so long after it was bought. Facts take no parameters: no rule may ask for more than that, and
 * charge-without-label bounds its `adjustment_reach_days` by it.
 */
export const MOST_ADJUSTED_AFTER_DAYS = 180;

/**
 * The first and last day on which its label can have been bought: a day more on both sides, for vendors count days by their own
 * zone; of an adjustment any of the half year before it, too.
 */
function labelReachOf(input: ChargeInput): Period | null {
  const reach = reachOf(input);
  if (reach === null || input.coverage.sold.length === 0) return null;
  const adjusts = input.adjustment !== null || input.line?.line.chargeType === 'adjustment';
  const before = adjusts ? MOST_ADJUSTED_AFTER_DAYS : 0;
  return { from: addDays(reach.from, -before - 1), to: addDays(reach.to, 1) };
}

/** The end of the period a line is billed for: its own, else that of the vendor's invoices around its day, else its invoice's day. */
function periodEndOf({ periodTo, chargedDay, invoiceDate }: ChargeLine, input: ChargeInput): Day | null {
  if (periodTo !== null) return periodTo;
  const around = chargedDay === null ? null : invoicedPeriod(chargedDay, input.coverage);
  return around?.to ?? invoiceDate;
}

function periodEnd(input: ChargeInput): Day | null {
  return input.line === null ? null : periodEndOf(input.line.line, input);
}

/** The end of the period of the vendor's invoices in which the purchase lies. */
function purchasePeriodEnd(input: ChargeInput): Day | null {
  const purchase = purchaseOf(input);
  return purchase && (invoicedPeriod(purchase.purchasedDay, input.coverage)?.to ?? null);
}

export const coverageFacts: Fact<ChargeInput>[] = factsOf<ChargeInput>('coverage', {
  sold_from: {
    type: 'string',
    unit: 'day',
    meaning: "The day of the vendor's first label known.",
    unknownWhen: noLabels,
    of: ({ coverage }) => coverage.sold[0]?.from,
  },
  sold_to: {
    type: 'string',
    unit: 'day',
    meaning: "The day of the vendor's last label known.",
    unknownWhen: noLabels,
    of: ({ coverage }) => coverage.sold.at(-1)?.to,
  },
  dated: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The charge or adjustment has a day of its own, and not only a period.',
    unknownWhen: null,
    of: ({ line, adjustment }) => adjustment !== null || (line !== null && line.line.chargedDay !== null),
  },
  days_sold_before: {
    type: 'double',
    unit: 'days',
    meaning:
      "Days from the vendor's first label known to the charge, or to the first day it can be of; negative where it lies before.",
    unknownWhen: `${noLabels}, or ${noDay}`,
    of: (input) => {
      const reach = reachOf(input);
      const first = input.coverage.sold[0];
      return reach && first && daysBetween(first.from, reach.from);
    },
  },
  days_sold_after: {
    type: 'double',
    unit: 'days',
    meaning:
      "Days from the charge, or from the last day it can be of, to the vendor's last label known; negative where it lies after.",
    unknownWhen: `${noLabels}, or ${noDay}`,
    of: (input) => {
      const reach = reachOf(input);
      const last = input.coverage.sold.at(-1);
      return reach && last && daysBetween(reach.to, last.to);
    },
  },
  gap_days: {
    type: 'double',
    unit: 'days',
    meaning:
      'The most days in a row without a label of the vendor, between days with some, on one of which the label can have been bought: the days the charge can be of and those around them, of an adjustment also the 180 days before; 0 = there are none.',
    unknownWhen: `${noLabels}, or ${noDay}`,
    of: (input) => {
      const reach = labelReachOf(input);
      return reach && longestGap(reach, input.coverage.sold);
    },
  },
  on_idle_day: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The day of the charge itself is one without a label of the vendor, between days with some.',
    unknownWhen: `${noLabels}, or no day of the charge is stated`,
    of: (input) => {
      const reach = reachOf(input);
      if (reach === null || reach.from !== reach.to || input.coverage.sold.length === 0) return null;
      return longestGap(reach, input.coverage.sold) > 0;
    },
  },
  idle_share: {
    type: 'double',
    unit: 'share',
    meaning:
      'How usual those of these days are that have no label: of the other days of their weekday, or of all others where that is more, surely such a share has none; of the least usual of them. Holidays count as Sundays; a gap of a week or more is never usual, and counts neither way for others.',
    unknownWhen: `there is no such day, ${noLabels}, or ${noDay}`,
    of: (input) => {
      const reach = labelReachOf(input);
      return reach && input.calendar && idleShare(reach, input.coverage.sold, input.calendar);
    },
  },
  period_end: {
    type: 'string',
    unit: 'day',
    meaning:
      "The last day of the period the line is billed for: its own, else that of the vendor's invoices around its day, else the day of its invoice.",
    unknownWhen: 'none of them is stated',
    of: periodEnd,
  },
  days_past_period: {
    type: 'double',
    unit: 'days',
    meaning: 'Days from the end of that period to the day of the audit.',
    unknownWhen: 'no period, day or date of the invoice is stated',
    of: (input) => {
      const end = periodEnd(input);
      return end === null ? null : daysUntil(input.asOf, end);
    },
  },
  purchase_period_end: {
    type: 'string',
    unit: 'day',
    meaning: "The last day of the period of the vendor's invoices in which the purchase lies.",
    unknownWhen: 'no invoice of the vendor covers the day of the purchase, or there is none',
    of: purchasePeriodEnd,
  },
  days_past_purchase_period: {
    type: 'double',
    unit: 'days',
    meaning: 'Days from the end of that period to the day of the audit.',
    unknownWhen: 'no invoice of the vendor covers the day of the purchase, or there is none',
    of: (input) => {
      const end = purchasePeriodEnd(input);
      return end === null ? null : daysUntil(input.asOf, end);
    },
  },
});
