/** Facts about one line of an invoice, and about the purchase it is charged for. */
import type { Label } from '../label/label.ts';
import type { ChargeType } from '../ledger/charge.ts';
import { isLabelCharge } from '../ledger/component.ts';
import type { LedgerLine } from '../ledger/ledger.ts';
import { dayOfLine } from '../ledger/reversal.ts';
import { HOUR_MS, startOfDay } from '../units/day.ts';
import type { ChargeInput } from './charge-input.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';

const always = null;

/** What is charged for a label, or corrects such a charge: no top-up, no refund, nothing without a number. */
const AGAINST_A_LABEL: ReadonlySet<ChargeType> = new Set([
  'postage',
  'surcharge',
  'insurance',
  'fee',
  'tax',
  'adjustment',
]);

function ofLine<T>(read: (line: LedgerLine, input: ChargeInput) => T): (input: ChargeInput) => T | null {
  return (input) => (input.line === null ? null : read(input.line, input));
}

/** What every line has. */
function known(name: string, read: (line: LedgerLine['line']) => string): FactSpec<ChargeInput> {
  return { ...stated(name, read), unknownWhen: always };
}

function stated(name: string, read: (line: LedgerLine['line']) => string | null): FactSpec<ChargeInput> {
  return {
    type: 'string',
    unit: 'text',
    meaning: `${name}.`,
    unknownWhen: 'the file does not state it',
    of: ofLine(({ line }) => read(line)),
  };
}

function day(name: string, read: (line: LedgerLine['line']) => string | null): FactSpec<ChargeInput> {
  return { ...stated(name, read), unit: 'day' };
}

function money(meaning: string, read: (line: LedgerLine) => number): FactSpec<ChargeInput> {
  return { type: 'double', unit: 'mills', currency: 'charge.currency', meaning, unknownWhen: always, of: ofLine(read) };
}

function flag(meaning: string, read: (line: LedgerLine, input: ChargeInput) => boolean): FactSpec<ChargeInput> {
  return { type: 'bool', unit: 'flag', meaning, unknownWhen: always, of: ofLine(read) };
}

export const chargeFacts: Fact<ChargeInput>[] = factsOf<ChargeInput>('charge', {
  vendor: known('Whose invoice the line stands on, by the name the files give him', ({ vendor }) => vendor),
  invoice_number: known('The number of the invoice', ({ invoiceNumber }) => invoiceNumber),
  invoice_date: day('The day of the invoice', ({ invoiceDate }) => invoiceDate),
  line_number: stated('The number of the line on the invoice', ({ lineNumber }) => lineNumber),
  type: {
    type: 'string',
    unit: 'charge_type',
    meaning: 'What is charged: postage, surcharge, insurance, adjustment, refund, fee, tax or top_up.',
    unknownWhen: always,
    of: ofLine(({ line }) => line.chargeType),
  },
  code: stated("The vendor's code of the charge", ({ chargeCode }) => chargeCode),
  day: day('The written day of the charge', ({ chargedDay }) => chargedDay),
  at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When it was charged.',
    unknownWhen: 'the file states the day alone, a time without its zone, or neither',
    of: ofLine(({ line }) => line.chargedAt),
  },
  currency: known('The currency of the line', ({ currency }) => currency),
  amount_mills: money('The amount of the line, negative for what is given back.', ({ line }) => line.amountMills),
  net_mills: money(
    'What is left of the amount once the lines that take it back are subtracted: those that name it, equal negative amounts of its type and code, and equal refunds that are not earlier.',
    ({ netMills }) => netMills,
  ),
  open_mills: money(
    "What is left of it once the vendor's other credits for the number were set off against his charges, too: first against lines that repeat another.",
    ({ openMills }) => openMills,
  ),
  of_label: flag(
    'The line asks money for a label: postage, surcharge, insurance, fee or tax under a number, and above zero.',
    ({ line }) => isLabelCharge(line),
  ),
  against_label: flag(
    'The line asks money for a label or adjusts what was asked for one, under a number, and above zero.',
    ({ line }) => line.trackingNumber !== null && line.amountMills > 0 && AGAINST_A_LABEL.has(line.chargeType),
  ),
  adjusts: flag(
    'The line is an adjustment: it may be for a label sold long before.',
    ({ line }) => line.chargeType === 'adjustment',
  ),
  repeats: flag(
    'It is one line more of this number, type, code and amount than purchases of the vendor under the number account for, and was not taken back.',
    ({ repeats }) => repeats === 'surely',
  ),
  may_repeat: flag(
    'The same, but no code tells two surcharges, fees or taxes of one amount apart, or the code is another.',
    ({ repeats }) => repeats === 'uncoded' || repeats === 'other_code',
  ),
  explained: flag(
    'The row of the label states as much for this part of its charge as the line and those like it ask together.',
    ({ explained }) => explained,
  ),
  first_invoice: {
    type: 'string',
    unit: 'text',
    meaning: 'The invoice with the line that this one says once more.',
    unknownWhen: 'it says no line once more',
    of: ofLine(({ twin }) => twin?.invoiceNumber),
  },
  first_line_number: {
    type: 'string',
    unit: 'text',
    meaning: 'The number of that line on its invoice.',
    unknownWhen: 'it says no line once more, or the invoice numbers no lines',
    of: ofLine(({ twin }) => twin?.lineNumber),
  },
  first_code: {
    type: 'string',
    unit: 'text',
    meaning: 'The code of that line; none where it has none.',
    unknownWhen: 'it says no line once more',
    of: ofLine(({ twin }) => twin && (twin.chargeCode ?? 'none')),
  },
  first_day: {
    type: 'string',
    unit: 'day',
    meaning: 'The day of that line, else of its invoice.',
    unknownWhen: 'it says no line once more, or neither day is stated',
    of: ofLine(({ twin }) => twin && dayOfLine(twin)),
  },
  leads_part: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'It is the first of the lines that pay for one part of the charge of its purchase; what differs in the part is told of it.',
    unknownWhen: 'the label was charged in another currency',
    of: ofLine(({ line, purchase, difference }) => {
      if (purchase !== null && purchase.currency !== line.currency) return null;
      return difference?.lines[0]?.line.chargeKey === line.chargeKey;
    }),
  },
  part: {
    type: 'string',
    unit: 'charge_type',
    meaning:
      "The part of the label's charge that the line pays for: postage, surcharges, insurance or fees where the row of the label states it, rest for what it holds beside the stated parts, total where it states none.",
    unknownWhen: 'the line is matched to no purchase in its currency',
    of: ofLine(({ difference }) => difference?.component),
  },
  part_billed_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'charge.currency',
    meaning: 'What the lines of that part ask together, less what takes them back.',
    unknownWhen: 'the line is matched to no purchase in its currency',
    of: ofLine(({ difference }) => difference?.billedMills),
  },
  part_stated_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'charge.currency',
    meaning: 'What the row of the label states for that part.',
    unknownWhen: 'the line is matched to no purchase in its currency',
    of: ofLine(({ difference }) => difference?.statedMills),
  },
  part_difference_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'charge.currency',
    meaning:
      'What is asked too much for that part (below zero: too little). All parts together have no more than the whole charge differs once credits, adjustments and taxes are counted, the greatest first.',
    unknownWhen: 'the line is matched to no purchase in its currency',
    of: ofLine(({ difference }) => difference?.differenceMills),
  },
});

const noPurchase = 'the vendor sold no label under the number, or none of them is the one that is charged';

/** The purchase a line or adjustment is about: the one matched, else the vendor's only one under the number. */
export function purchaseOf({ line, adjustment, number, vendor }: ChargeInput): Label | null {
  if (line?.purchase) return line.purchase;
  if (line === null && adjustment === null) return null;
  const own = (number?.sales ?? []).filter((sale) => sale.vendor === vendor);
  return own.length === 1 ? (own[0] ?? null) : null;
}

function ofPurchase<T>(read: (purchase: Label, input: ChargeInput) => T): (input: ChargeInput) => T | null {
  return (input) => {
    const purchase = purchaseOf(input);
    return purchase === null ? null : read(purchase, input);
  };
}

/** When the label was voided, else refunded; null when neither was, or no time is stated. */
function undoneAt({ status, voidedAt, refundedAt }: Label): number | null {
  return status === 'purchased' ? null : (voidedAt ?? refundedAt);
}

/** Whether a scan of the label is known, or known to be missing. */
function isScanned(purchase: Label, { number }: ChargeInput): boolean | null {
  const journey = number?.journeyOf(purchase) ?? null;
  if (journey === null) return null;
  if (journey.firstScan !== null) return true;
  return journey.answeredAt !== null && journey.lastOutcome !== 'withheld' && journey.unread === 0 ? false : null;
}

/** No zone begins its days earlier before those of UTC. */
const FARTHEST_EAST_MS = 14 * HOUR_MS;

/** Hours from the void or refund to the charge: by their times, else by whole days, of which the first is not counted. */
function hoursAfterUndone(purchase: Label, { line }: ChargeInput): number | null {
  const undone = undoneAt(purchase);
  if (line === null || undone === null) return null;
  const { chargedAt, chargedDay } = line.line;
  if (chargedAt !== null) return (chargedAt - undone) / HOUR_MS;
  return chargedDay === null ? null : (startOfDay(chargedDay) - FARTHEST_EAST_MS - undone) / HOUR_MS;
}

export const purchaseFacts: Fact<ChargeInput>[] = factsOf<ChargeInput>('purchase', {
  known: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The vendor of the line or adjustment sold a label under its number.',
    unknownWhen: null,
    of: ({ number, vendor }) => (number?.sales ?? []).some((sale) => sale.vendor === vendor),
  },
  by_other: {
    type: 'bool',
    unit: 'flag',
    meaning: 'Another vendor sold a label under its number.',
    unknownWhen: null,
    of: ({ number, vendor }) => (number?.sales ?? []).some((sale) => sale.vendor !== vendor),
  },
  count: {
    type: 'double',
    unit: 'count',
    meaning: 'How many labels the vendor sold under the number.',
    unknownWhen: null,
    of: ({ number, vendor }) => (number?.sales ?? []).filter((sale) => sale.vendor === vendor).length,
  },
  label_id: {
    type: 'string',
    unit: 'text',
    meaning: 'The label id of the purchase that the line or adjustment is about.',
    unknownWhen: `the file does not state it, or ${noPurchase}`,
    of: ofPurchase(({ labelId }) => labelId),
  },
  day: {
    type: 'string',
    unit: 'day',
    meaning: 'The written day of that purchase.',
    unknownWhen: noPurchase,
    of: ofPurchase(({ purchasedDay }) => purchasedDay),
  },
  currency: {
    type: 'string',
    unit: 'text',
    meaning: 'The currency that purchase was charged in.',
    unknownWhen: noPurchase,
    of: ofPurchase(({ currency }) => currency),
  },
  charged_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'purchase.currency',
    meaning: 'All that was charged for that purchase, by the row of the label.',
    unknownWhen: noPurchase,
    of: ofPurchase(({ chargedMills }) => chargedMills),
  },
  live: {
    type: 'bool',
    unit: 'flag',
    meaning: 'That purchase was neither voided nor refunded.',
    unknownWhen: noPurchase,
    of: ofPurchase(({ status }) => status === 'purchased'),
  },
  undone_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When that purchase was voided, else refunded.',
    unknownWhen: `neither was done, its time is not stated, or ${noPurchase}`,
    of: ofPurchase(undoneAt),
  },
  hours_undone_before_charge: {
    type: 'double',
    unit: 'hours',
    meaning:
      'Hours from then to the charge, negative where it was charged before; of a charge without a time, the fewest that its day allows.',
    unknownWhen: `neither was done, one of the two times is not stated, or ${noPurchase}`,
    of: ofPurchase(hoursAfterUndone),
  },
  refunded_since_charge_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'purchase.currency',
    meaning:
      'What the row of the label says was given back for that purchase on or after the day of the charge; 0 where nothing was.',
    unknownWhen: `the charge is in another currency, or ${noPurchase}`,
    of: ofPurchase(({ refundedAt, refundedMills, chargedMills, status, currency }, { line }) => {
      if (line !== null && line.line.currency !== currency) return null;
      const chargedDay = line && dayOfLine(line.line);
      if (status !== 'refunded' || refundedAt === null || chargedDay === null) return 0;
      return refundedAt >= startOfDay(chargedDay) ? (refundedMills ?? chargedMills) : 0;
    }),
  },
  scanned: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The carrier physically scanned a parcel under that purchase.',
    unknownWhen: `no source is known to have answered with all it has, an event cannot be read, or ${noPurchase}`,
    of: ofPurchase(isScanned),
  },
});
