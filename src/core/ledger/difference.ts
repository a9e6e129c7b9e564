/** What an invoice asks for a label beside what the label's row says it was charged, part by part. */
import type { Label } from '../label/label.ts';
import { COMPONENTS, type Component, componentOf, statedParts } from './component.ts';
import type { Match } from './match.ts';
import type { NettedLine } from './reversal.ts';

/** A part of a purchase's charge on both sides. Money in mills of the one currency that both have. */
export interface Difference {
  component: Component;
  statedMills: number;
  /** By the lines that are not taken back. */
  billedMills: number;
  /** Above zero = asked for too much, below = too little; what makes it good elsewhere on the invoices is subtracted. */
  differenceMills: number;
  /** The lines of the part, in order. */
  lines: readonly NettedLine[];
}

interface Sides {
  purchase: Label;
  /** Its lines that repeat no other. */
  lines: readonly NettedLine[];
  /** Of its vendor and currency, and taking nothing back by themselves: below zero. */
  creditMills: number;
  /** Adjustments asked for, of its vendor and currency. */
  adjustedMills: number;
}

/**
 * The differences of one purchase, one for each part that lines pay for. All parts together differ by no more than the total
 * does, the greatest difference told first: a surcharge inside the postage, a tax, a credit or an adjustment makes it good.
 * Lines in another currency are left out.
 */
export function differencesOf({ purchase, lines, creditMills, adjustedMills }: Sides): Difference[] {
  const own = lines.filter(({ line }) => line.currency === purchase.currency);
  const taxMills = sumOf(own.filter(({ line }) => line.chargeType === 'tax'));
  const untaxed = own.filter(({ line }) => line.chargeType !== 'tax');
  const parts = [...byComponent(untaxed, purchase)].map(([component, ofComponent]): Difference => {
    const statedMills = statedParts(purchase).get(component) ?? 0;
    const billedMills = sumOf(ofComponent);
    const tooMuch = Math.max(0, billedMills - statedMills);
    // What was given back of a line was not left out of it.
    const tooLittle = Math.min(0, grossOf(ofComponent) - statedMills);
    return { component, statedMills, billedMills, differenceMills: tooMuch || tooLittle, lines: ofComponent };
  });
  const over = Math.max(0, sumOf(untaxed) - purchase.chargedMills + creditMills);
  const under = Math.min(0, grossOf(untaxed) - purchase.chargedMills + taxMills + adjustedMills);
  return withinWhole(parts, { over, under });
}

/** The parts with no more asked too much than `over`, and too little than `under`, in all. */
function withinWhole(parts: readonly Difference[], whole: { over: number; under: number }): Difference[] {
  const left = { ...whole };
  const told = new Map<Component, number>();
  const rank = ({ component }: Difference): number => COMPONENTS.indexOf(component);
  const size = ({ differenceMills }: Difference): number => Math.abs(differenceMills);
  for (const part of parts.toSorted((a, b) => size(b) - size(a) || rank(a) - rank(b))) {
    const tooMuch = Math.min(left.over, Math.max(0, part.differenceMills));
    const tooLittle = Math.max(left.under, Math.min(0, part.differenceMills));
    left.over -= tooMuch;
    left.under -= tooLittle;
    told.set(part.component, tooMuch || tooLittle);
  }
  return parts.map((part) => ({ ...part, differenceMills: told.get(part.component) ?? 0 }));
}

/** Whether the row of the label accounts for a line that says another once more: all lines of its part are no more than it. */
export function isExplained(netted: NettedLine, all: readonly [NettedLine, Match][]): boolean {
  const purchase = all.find(([other]) => other === netted)?.[1].purchase ?? null;
  const component = purchase && componentOf(netted.line.chargeType, purchase);
  if (purchase === null || component === null || purchase.currency !== netted.line.currency) return false;
  const ofPart = all.filter(
    ([other, match]) =>
      match.purchase === purchase &&
      other.line.currency === purchase.currency &&
      componentOf(other.line.chargeType, purchase) === component,
  );
  return sumOf(ofPart.map(([other]) => other)) <= (statedParts(purchase).get(component) ?? 0);
}

function byComponent(lines: readonly NettedLine[], purchase: Label): Map<Component, NettedLine[]> {
  const parts = new Map<Component, NettedLine[]>();
  for (const netted of lines) {
    const component = componentOf(netted.line.chargeType, purchase);
    if (component !== null) parts.set(component, [...(parts.get(component) ?? []), netted]);
  }
  return parts;
}

function sumOf(lines: readonly NettedLine[]): number {
  return lines.reduce((sum, { netMills }) => sum + netMills, 0);
}

function grossOf(lines: readonly NettedLine[]): number {
  return lines.reduce((sum, { mills }) => sum + mills, 0);
}
