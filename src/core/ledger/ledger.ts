/** The lines of one number against its purchases: what each nets to, which purchase it pays for, and what differs. */
import type { Label } from '../label/label.ts';
import type { ChargeLine } from './charge.ts';
import { isLabelCharge } from './component.ts';
import { type Difference, differencesOf, isExplained } from './difference.ts';
import { type Match, matchLines } from './match.ts';
import { type NettedLine, dayOfLine, netLines } from './reversal.ts';

/** A line of an invoice with what the other lines of its number make of it. Money in mills of its own currency. */
export interface LedgerLine extends NettedLine, Match {
  /** What is left of it once credits that name no line were set off, too: first against lines that repeat another. */
  openMills: number;
  /** Whether the row of its purchase accounts for it beside the line that it says once more. */
  explained: boolean;
  /** Of the part of its purchase's charge that it pays for; null where nothing can be compared. */
  difference: Difference | null;
}

/** The lines of a number, in order: by vendor and day. */
export interface Ledger {
  lines: readonly LedgerLine[];
}

const UNMATCHED: Match = { purchase: null, repeats: null, twin: null };

/**
 * The ledger of one number, of its lines in any order and its purchases in order of purchase. Nothing is lost: the nets
 * add up to what the lines add up to.
 */
export function ledgerOf(lines: readonly ChargeLine[], sales: readonly Label[]): Ledger {
  const netted = netLines(lines);
  const matches = matchLines(netted, sales);
  const open = setOffCredits(netted, matches);
  const entries = [...matches];
  const differences = differencesBySale(netted, entries, sales);
  return {
    lines: netted.map((line): LedgerLine => {
      const match = matches.get(line) ?? UNMATCHED;
      const own = match.repeats === 'surely' ? null : differences.find((difference) => difference.lines.includes(line));
      return {
        line: line.line,
        mills: line.mills,
        netMills: line.netMills,
        purchase: match.purchase,
        repeats: match.repeats,
        twin: match.twin,
        openMills: open.get(line) ?? line.netMills,
        explained: match.repeats !== null && isExplained(line, entries),
        difference: own ?? null,
      };
    }),
  };
}

/** The same, asked for by rules about labels and by those about charges: worked out once, if at all. */
export function ledgerOnce(lines: readonly ChargeLine[], sales: readonly Label[]): () => Ledger {
  let ledger: Ledger | undefined;
  return () => (ledger ??= ledgerOf(lines, sales));
}

/**
 * What is left of every charge once credits that took nothing back by themselves are set off: against lines that repeat
 * another first, the latest first, and never against one that came later than the credit.
 */
function setOffCredits(
  netted: readonly NettedLine[],
  matches: ReadonlyMap<NettedLine, Match>,
): Map<NettedLine, number> {
  const open = new Map([...matches.keys()].map((line) => [line, line.netMills]));
  const credits = netted.filter(({ line, netMills }) => netMills < 0 && line.chargeType !== 'adjustment');
  if (credits.length === 0) return open;
  const rank = (line: NettedLine): number => Number(matches.get(line)?.repeats === null);
  const wanting = [...matches.keys()].toReversed().toSorted((a, b) => rank(a) - rank(b));
  for (const credit of credits) {
    let left = -credit.netMills;
    for (const line of wanting) {
      const isOfOne = line.line.vendor === credit.line.vendor && line.line.currency === credit.line.currency;
      if (!isOfOne || comesAfter(line.line, credit.line)) continue;
      const size = Math.min(left, open.get(line) ?? 0);
      open.set(line, (open.get(line) ?? 0) - size);
      left -= size;
    }
  }
  return open;
}

function comesAfter(line: ChargeLine, credit: ChargeLine): boolean {
  const creditDay = dayOfLine(credit);
  return creditDay !== null && (dayOfLine(line) ?? '') > creditDay;
}

function differencesBySale(
  netted: readonly NettedLine[],
  entries: readonly [NettedLine, Match][],
  sales: readonly Label[],
): Difference[] {
  return sales.flatMap((purchase) => {
    const own = netted.filter(
      ({ line }) =>
        line.vendor === purchase.vendor && line.currency === purchase.currency && line.chargeType !== 'top_up',
    );
    return differencesOf({
      purchase,
      lines: entries.flatMap(([line, match]) =>
        match.purchase === purchase && match.repeats !== 'surely' ? [line] : [],
      ),
      creditMills: netOf(own.filter(({ netMills }) => netMills < 0)),
      adjustedMills: netOf(own.filter(({ line, netMills }) => netMills > 0 && line.chargeType === 'adjustment')),
    });
  });
}

function netOf(lines: readonly NettedLine[]): number {
  return lines.reduce((sum, { netMills }) => sum + netMills, 0);
}

/** Whether some line charges the purchase, taken back or not, in whatever currency. */
export function isInvoiced(purchase: Label, { lines }: Ledger, sales: readonly Label[]): boolean {
  const own = lines.filter(({ line }) => line.vendor === purchase.vendor && isLabelCharge(line));
  if (own.length === 0) return false;
  const isOnly = sales.filter(({ vendor }) => vendor === purchase.vendor).length === 1;
  // A line that was taken back is matched to nothing, and may be of any of them.
  return isOnly || own.some((line) => line.purchase === purchase || line.netMills === 0);
}
