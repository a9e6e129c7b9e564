/** Which purchase each line of a number pays for: one line of a type, code and amount for each purchase of its vendor. */
import type { Label } from '../label/label.ts';
import { startOfDay } from '../units/day.ts';
import type { ChargeLine } from './charge.ts';
import { componentOf, isLabelCharge, statedParts } from './component.ts';
import { type NettedLine, dayOfLine } from './reversal.ts';

/** What a line is found to pay for. */
export interface Match {
  /** Null = its vendor sold no label under the number. Of a line that says another once more, that one's. */
  purchase: Label | null;
  /**
   * One line more of this type, code and amount than purchases account for. `uncoded` where no code tells two surcharges,
   * fees or taxes of one amount apart, `other_code` where only the codes differ: they may be two charges.
   */
  repeats: 'surely' | 'uncoded' | 'other_code' | null;
  /** The line that it says once more. */
  twin: ChargeLine | null;
}

/** Of these there can be several on one parcel. */
const SEVERAL: ReadonlySet<string> = new Set(['surcharge', 'fee', 'tax']);

/**
 * Matches the lines that are not taken back to the purchases under their number: by label id where both state one, then by
 * amount, then one after the other, a live purchase before one that was undone by then. Lines that charge no label, or of
 * which nothing is left, have no match. `netted` in order, `sales` in order of purchase.
 */
export function matchLines(netted: readonly NettedLine[], sales: readonly Label[]): Map<NettedLine, Match> {
  const matches = new Map<NettedLine, Match>();
  const slots = slotsOf(netted.filter(({ line, netMills }) => netMills > 0 && isLabelCharge(line)));
  const matching: Matching = { sales, matches, linesOf: new Map() };
  for (const slot of slots) for (const line of slot.lines) matchByLabelId(line, slot, matching);
  for (const slot of slots) for (const line of slot.lines) matchByAmount(line, slot, matching);
  for (const slot of slots) for (const line of slot.lines) matchAnyhow(line, slot, matching);
  markOtherCodes(slots, matching);
  return matches;
}

/** Lines of one vendor, type, code, amount and currency. */
interface Slot {
  lines: NettedLine[];
  /** The line of each purchase; under null that of a number of which he sold no label. */
  taken: Map<Label | null, NettedLine>;
}

interface Matching {
  sales: readonly Label[];
  matches: Map<NettedLine, Match>;
  /** How many lines of each type a purchase has. */
  linesOf: Map<Label, Map<string, number>>;
}

function slotsOf(lines: readonly NettedLine[]): Slot[] {
  if (lines.length < 2) return lines.map((line) => ({ lines: [line], taken: new Map() }));
  const slots = new Map<string, Slot>();
  for (const netted of lines) {
    const { vendor, chargeType, chargeCode, currency } = netted.line;
    const key = JSON.stringify([vendor, chargeType, chargeCode, netted.mills, currency]);
    const slot: Slot = slots.get(key) ?? { lines: [], taken: new Map() };
    slot.lines.push(netted);
    slots.set(key, slot);
  }
  return [...slots.values()];
}

/** A label id that no purchase states says nothing: invoices may number labels in their own way. */
function matchByLabelId(netted: NettedLine, slot: Slot, matching: Matching): void {
  const { line } = netted;
  if (line.labelId === null) return;
  const purchase = salesOf(line, matching).find(({ labelId }) => labelId === line.labelId);
  if (purchase === undefined) return;
  const twin = slot.taken.get(purchase);
  if (twin === undefined) take(netted, { purchase, slot, matching });
  else repeat(netted, { twin, purchase, matching });
}

function matchByAmount(netted: NettedLine, slot: Slot, matching: Matching): void {
  if (matching.matches.has(netted)) return;
  const free = freeFor(netted, slot, matching).filter((sale) => pays(netted, sale));
  const [purchase] = inPreference(free, netted, matching);
  if (purchase !== undefined) take(netted, { purchase, slot, matching });
}

function matchAnyhow(netted: NettedLine, slot: Slot, matching: Matching): void {
  if (matching.matches.has(netted)) return;
  const [purchase] = inPreference(freeFor(netted, slot, matching), netted, matching);
  if (purchase !== undefined) {
    take(netted, { purchase, slot, matching });
    return;
  }
  const [own = null] = salesOf(netted.line, matching);
  const twin = slot.taken.get(own);
  if (twin !== undefined) repeat(netted, { twin, purchase: own, matching });
  else take(netted, { purchase: null, slot, matching });
}

function salesOf({ vendor }: ChargeLine, { sales }: Matching): Label[] {
  return sales.filter((sale) => sale.vendor === vendor);
}

function freeFor({ line }: NettedLine, { taken }: Slot, matching: Matching): Label[] {
  return salesOf(line, matching).filter((sale) => !taken.has(sale));
}

/** Whether the line is just what the purchase states for it. */
function pays({ line, mills }: NettedLine, sale: Label): boolean {
  const component = componentOf(line.chargeType, sale);
  return component !== null && line.currency === sale.currency && statedParts(sale).get(component) === mills;
}

/** Live purchases and those undone later first, then those with the fewest lines of the type, then the earliest. */
function inPreference(sales: readonly Label[], { line }: NettedLine, { linesOf }: Matching): Label[] {
  const day = dayOfLine(line);
  const cost = (sale: Label): number => {
    const undoneAt = sale.status === 'purchased' ? null : (sale.voidedAt ?? sale.refundedAt);
    const isUndone = undoneAt !== null && day !== null && undoneAt < startOfDay(day);
    return Number(isUndone) * 1000 + (linesOf.get(sale)?.get(line.chargeType) ?? 0);
  };
  return sales.toSorted((a, b) => cost(a) - cost(b));
}

function take(
  netted: NettedLine,
  { purchase, slot, matching }: { purchase: Label | null; slot: Slot; matching: Matching },
): void {
  slot.taken.set(purchase, netted);
  matching.matches.set(netted, { purchase, repeats: null, twin: null });
  if (purchase === null) return;
  const counts = matching.linesOf.get(purchase) ?? new Map<string, number>();
  const { chargeType } = netted.line;
  matching.linesOf.set(purchase, counts.set(chargeType, (counts.get(chargeType) ?? 0) + 1));
}

function repeat(
  netted: NettedLine,
  { twin, purchase, matching }: { twin: NettedLine; purchase: Label | null; matching: Matching },
): void {
  const { chargeType, chargeCode } = netted.line;
  const repeats = chargeCode === null && SEVERAL.has(chargeType) ? 'uncoded' : 'surely';
  matching.matches.set(netted, { purchase, repeats, twin: twin.line });
}

/** Marks lines of one type and amount, but of another code, beyond one for each purchase of their vendor. */
function markOtherCodes(slots: readonly Slot[], matching: Matching): void {
  // The lines of one slot are of one code.
  if (slots.length < 2) return;
  const groups = new Map<string, NettedLine[]>();
  for (const { lines } of slots) {
    for (const netted of lines) {
      const match = matching.matches.get(netted);
      if (match?.repeats !== null) continue;
      const { vendor, chargeType, currency } = netted.line;
      const key = JSON.stringify([
        match.purchase && matching.sales.indexOf(match.purchase),
        vendor,
        chargeType,
        netted.mills,
        currency,
      ]);
      groups.set(key, [...(groups.get(key) ?? []), netted]);
    }
  }
  for (const [first, ...others] of groups.values()) {
    for (const netted of others) {
      const match = matching.matches.get(netted);
      if (match && first) matching.matches.set(netted, { ...match, repeats: 'other_code', twin: first.line });
    }
  }
}
