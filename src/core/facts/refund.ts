/** Facts about money we may have back: the vendor's window for unused labels, what was asked for and what was given. */
import type { Label } from '../label/label.ts';
import { toldAt } from '../ledger/assessed.ts';
import type { ChargeLine } from '../ledger/charge.ts';
import { netLines } from '../ledger/reversal.ts';
import { refundDaysOf } from '../ledger/terms.ts';
import { type Instant, dayOf, startOfDay } from '../units/day.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

/** When a line was charged or given back; null when its file does not say. */
function lineAt({ chargedAt, chargedDay, invoiceDate }: ChargeLine): Instant | null {
  const day = chargedDay ?? invoiceDate;
  return chargedAt ?? (day === null ? null : startOfDay(day));
}

/** In mills of the label's currency, what its row says was given back; a zero is a field that nobody filled in. */
function givenByRow({ status, refundedAt, refundedMills, chargedMills }: Label): number {
  if (status !== 'refunded' && refundedAt === null) return 0;
  return refundedMills !== null && refundedMills > 0 ? refundedMills : chargedMills;
}

/**
 * Likewise what the vendor gave back for the label since the day of our request or its void, by his invoices and adjustments,
 * less the refunds that he took back; null where some of it is in another currency. An adjustment may stand on an invoice and in
 * a file of its own, so that the greater sum of the two counts.
 */
function givenByCredits({ label, charges, assessed, asOf }: JudgeInput): number | null {
  const askedAt = label.refundRequestedAt ?? label.voidedAt;
  if (askedAt === null) return 0;
  const since = startOfDay(dayOf(askedAt));
  const isSince = (at: Instant | null): boolean => at === null || (at >= since && at <= asOf);
  const ofLines = netLines(charges?.lines ?? []).filter(
    ({ line, mills }) =>
      line.vendor === label.vendor &&
      (line.labelId === null || label.labelId === null || line.labelId === label.labelId) &&
      (mills < 0 || line.chargeType === 'refund') &&
      isSince(lineAt(line)),
  );
  const lines = ofLines.map(({ line }) => line);
  const adjustments = assessed.adjustments.filter((each) => each.amountMills < 0 && isSince(toldAt(each)));
  if ([...lines, ...adjustments].some(({ currency }) => currency !== label.currency)) return null;
  const adjusted = lines.filter(({ chargeType }) => chargeType === 'adjustment');
  const others = lines.filter(({ chargeType }) => chargeType !== 'adjustment');
  return givenBy(others) + Math.max(givenBy(adjusted), givenBy(adjustments));
}

function givenBy(credits: readonly { amountMills: number }[]): number {
  return credits.reduce((sum, { amountMills }) => sum - amountMills, 0);
}

/** The greater of what the row and the credits say, for they tell of the same money; null where nobody can tell. */
function givenMills(input: JudgeInput): number | null {
  const { label } = input;
  const byRow = givenByRow(label);
  if (byRow >= label.chargedMills) return byRow;
  const byCredits = givenByCredits(input);
  return byCredits === null ? null : Math.max(byRow, byCredits, 0);
}

function openMills(input: JudgeInput): number | null {
  const given = givenMills(input);
  return given === null ? null : Math.max(0, input.label.chargedMills - given);
}

const otherCurrency = 'a credit for the number is in another currency than the label was charged in';

function money(meaning: string, of: (input: JudgeInput) => number | null): FactSpec {
  return { type: 'double', unit: 'mills', currency: 'label.currency', meaning, unknownWhen: otherCurrency, of };
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
  given_mills: money(
    'What is on record as given back for the label: by its row, or by credits for the number since the day of our request, else of the void, less those taken back, adjustments on invoices and in files once; whichever is more.',
    givenMills,
  ),
  open_mills: money('What was charged for the label less what was given back; never below zero.', openMills),
  published_days: {
    type: 'double',
    unit: 'days',
    meaning:
      'Within so many days of print the vendor, else his provider, publishes that he takes an unused label back; 0 where neither does.',
    unknownWhen: null,
    of: ({ label, terms }) => refundDaysOf(label, terms) ?? 0,
  },
});
