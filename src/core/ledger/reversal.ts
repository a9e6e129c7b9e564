/** What is left of the lines of one number once those that take others back are subtracted; nothing is ever lost in it. */
import type { Day } from '../units/day.ts';
import type { ChargeLine } from './charge.ts';

/** A line with what is left of it. Money in mills of its currency. */
export interface NettedLine {
  /** With the sign of what it does (`signedMills`). */
  line: ChargeLine;
  /** Its amount as charged (positive) or given back (negative). */
  mills: number;
  /** What is left once it was paired with the lines that take it back, or that it takes back; never of the other sign. */
  netMills: number;
}

/**
 * Pairs charges with credits of the same vendor and currency: first those that name each other (`reverses_line`), then a
 * negative line with one of the same type, code and amount, then a refund or credit with an equal charge that is not later.
 * The sum of all nets is the sum of all lines. Answers the lines in their order (`inOrder`), whatever the order given.
 */
export function netLines(lines: readonly ChargeLine[]): NettedLine[] {
  const netted = lines.toSorted(inOrder).map((line): NettedLine => {
    const mills = signedMills(line, lines);
    return { line: mills === line.amountMills ? line : { ...line, amountMills: mills }, mills, netMills: mills };
  });
  // Most numbers have no credit, and nothing is taken back.
  if (netted.every(({ mills }) => mills >= 0)) return netted;
  for (const credit of netted) if (credit.line.reversesLine !== null) takeBackNamed(credit, netted);
  for (const credit of netted) takeBackLike(credit, netted);
  // A credit without a day reaches every charge, so that it waits for those that reach fewer.
  const byReach = netted.toSorted((a, b) => Number(isUndated(a)) - Number(isUndated(b)));
  for (const credit of byReach) takeBackEarlier(credit, netted);
  return netted;
}

/** By vendor, then by day, those without one first, and of one time the earlier invoice first; no two lines are equal. */
export function inOrder(a: ChargeLine, b: ChargeLine): number {
  return (
    compareText(a.vendor, b.vendor) ||
    compareText(dayOfLine(a) ?? '', dayOfLine(b) ?? '') ||
    (a.chargedAt ?? 0) - (b.chargedAt ?? 0) ||
    compareText(a.invoiceDate ?? '~', b.invoiceDate ?? '~') ||
    compareText(a.invoiceNumber, b.invoiceNumber) ||
    compareText(a.lineNumber ?? '', b.lineNumber ?? '') ||
    compareText(a.chargeKey, b.chargeKey)
  );
}

/** The day of a line as far as it is told: its own, else that of its invoice. */
export function dayOfLine({ chargedDay, invoiceDate }: ChargeLine): Day | null {
  return chargedDay ?? invoiceDate;
}

function isUndated({ line }: NettedLine): boolean {
  return dayOfLine(line) === null;
}

/** What a line asks for (positive) or gives back: a refund gives back, unless it takes another refund back. */
function signedMills(line: ChargeLine, all: readonly ChargeLine[]): number {
  const { chargeType, amountMills } = line;
  if (chargeType !== 'refund') return amountMills;
  return takesRefundBack(line, all) ? Math.abs(amountMills) : -Math.abs(amountMills);
}

/** Whether a refund takes another one back, which takes none back itself. */
function takesRefundBack(line: ChargeLine, all: readonly ChargeLine[]): boolean {
  return refundsNamed(line, all).some((refund) => refundsNamed(refund, all).length === 0);
}

/**
 * The refunds of just its amount that a refund names together with their invoice, and no charge. A line number alone names none:
 * it may be that of a charge on an invoice which is not on file, and money given back is never taken for money asked for.
 */
function refundsNamed(line: ChargeLine, all: readonly ChargeLine[]): ChargeLine[] {
  const { reversesLine, amountMills } = line;
  if (reversesLine === null) return [];
  const named = all.filter((other) => other !== line && isOfOneBook(other, line) && isNamedBy(other, reversesLine));
  if (named.some(({ chargeType }) => chargeType !== 'refund')) return [];
  return named.filter(
    (other) => other.lineNumber !== reversesLine && Math.abs(other.amountMills) === Math.abs(amountMills),
  );
}

/** The line that a credit names: of its own invoice, else of another; of several the one of just its amount. */
function takeBackNamed(credit: NettedLine, all: readonly NettedLine[]): void {
  const named = all.filter(
    (other) =>
      other !== credit &&
      isOfOneKind(other, credit) &&
      other.netMills * credit.mills < 0 &&
      isNamedBy(other.line, credit.line.reversesLine ?? ''),
  );
  const near = ({ line, netMills }: NettedLine): number =>
    Number(netMills === -credit.netMills) * 2 + Number(line.invoiceNumber === credit.line.invoiceNumber);
  const [best] = named.toSorted((a, b) => near(b) - near(a));
  if (best !== undefined) pair(best, credit);
}

function isNamedBy({ lineNumber, invoiceNumber, chargeKey }: ChargeLine, name: string): boolean {
  if (name === chargeKey) return true;
  return lineNumber !== null && (name === lineNumber || isOfInvoice(name, invoiceNumber, lineNumber));
}

/** "INV-7/3", "INV-7 3", "INV-7:3", "INV-7#3" and "INV-7-3" name line 3 of invoice INV-7. */
function isOfInvoice(name: string, invoiceNumber: string, lineNumber: string): boolean {
  if (!name.startsWith(invoiceNumber) || !name.endsWith(lineNumber)) return false;
  return /^[\s/:#.-]{1,3}$/.test(name.slice(invoiceNumber.length, name.length - lineNumber.length));
}

/** An equal negative amount of the same type and code; the latest such charge goes first, for a refund may reach the others. */
function takeBackLike(credit: NettedLine, all: readonly NettedLine[]): void {
  if (credit.netMills >= 0 || credit.line.chargeType === 'refund') return;
  const like = all.findLast(
    (other) =>
      isOfOneKind(other, credit) &&
      other.netMills === -credit.netMills &&
      other.line.chargeType === credit.line.chargeType &&
      other.line.chargeCode === credit.line.chargeCode,
  );
  if (like !== undefined) pair(like, credit);
}

/** An equal charge of whatever type that is not later than the credit; the latest one, for an earlier credit may want the others. */
function takeBackEarlier(credit: NettedLine, all: readonly NettedLine[]): void {
  if (credit.netMills >= 0 || !givesBackWhole(credit.line)) return;
  const day = dayOfLine(credit.line);
  const earlier = all.findLast(
    (other) =>
      isOfOneKind(other, credit) &&
      other.netMills === -credit.netMills &&
      (day === null || (dayOfLine(other.line) ?? '') <= day),
  );
  if (earlier !== undefined) pair(earlier, credit);
}

/** A credit of these types may be for a charge of any other. */
function givesBackWhole({ chargeType }: ChargeLine): boolean {
  return chargeType === 'refund' || chargeType === 'adjustment';
}

function isOfOneKind(a: NettedLine, b: NettedLine): boolean {
  return isOfOneBook(a.line, b.line);
}

function isOfOneBook(a: ChargeLine, b: ChargeLine): boolean {
  return a.vendor === b.vendor && a.currency === b.currency && a.chargeType !== 'top_up' && b.chargeType !== 'top_up';
}

/** Sets two lines of opposite sign off against each other, as far as the smaller one goes. */
function pair(a: NettedLine, b: NettedLine): void {
  const size = Math.min(Math.abs(a.netMills), Math.abs(b.netMills));
  a.netMills -= Math.sign(a.netMills) * size;
  b.netMills -= Math.sign(b.netMills) * size;
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
