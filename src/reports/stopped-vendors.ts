/** Whose labels are to be stopped for what was found of some of them: those that a rule names, unless the carrier struck many within a day. */
import { type Rule, mayNameVendor } from '../core/rules/rule.ts';
import { DAY_MS, type Instant } from '../core/units/day.ts';
import { compareText } from './order.ts';
import type { OpenFinding } from './report-rows.ts';
import { statedAt } from './statement.ts';

/** What the rule book says of stopping labels. */
export interface StoppingRules {
  /** Ids of the rules that are told at once: what they find was stated by the carrier. */
  stated: readonly string[];
  /** Those of them that may name the vendor. */
  naming: readonly string[];
  /** As many vendors as it takes for a measure of the carrier; infinite where no rule does. */
  vendorsAtOnce: number;
}

/** The same of these rules. */
export function stoppingRules(rules: readonly Rule[]): StoppingRules {
  const told = rules.filter(({ file }) => file.alert);
  return {
    stated: told.map(({ id }) => id),
    naming: told.filter((rule) => mayNameVendor(rule)).map(({ id }) => id),
    vendorsAtOnce: Math.min(...rules.map(({ file }) => file.carrier_wide?.vendors ?? Number.POSITIVE_INFINITY)),
  };
}

/** Vendors to whom a finding may be laid, or nobody else: what strikes many of them at once is hardly of their making. */
export function vendorsConcerned(findings: readonly OpenFinding[]): Set<string> {
  const concerned = findings.filter(({ attribution }) => attribution !== 'us' && attribution !== 'third_party');
  return new Set(concerned.flatMap(({ vendor }) => vendor ?? []));
}

/** Whether the carrier stated the same of so many vendors within a day that the cause lies rather with it. */
export function isCarrierWide(findings: readonly OpenFinding[], stopping: StoppingRules): boolean {
  return carrierWide(findings, stopping).length > 0;
}

/**
 * What the carrier stated of many vendors within a day. Rules are counted apart, for a hold of one vendor explains no
 * notice against another; what our own rules find of many vendors is no measure of the carrier.
 */
function carrierWide(findings: readonly OpenFinding[], { stated, vendorsAtOnce }: StoppingRules): OpenFinding[] {
  const days = new Map<string, OpenFinding[]>();
  for (const finding of findings) {
    if (!stated.includes(finding.rule)) continue;
    for (const day of daysAround(statedAt(finding.evidence))) {
      const key = `${finding.rule} ${day}`;
      const together = days.get(key);
      if (together) together.push(finding);
      else days.set(key, [finding]);
    }
  }
  return [...days.values()].filter((day) => vendorsConcerned(day).size >= vendorsAtOnce).flat();
}

/** The days from midnight (UTC) and from noon that hold the time: what comes within half a day has one in common. */
function daysAround(at: Instant | null): string[] {
  if (at === null) return ['undated'];
  return [`midnight ${Math.floor(at / DAY_MS)}`, `noon ${Math.floor((at - DAY_MS / 2) / DAY_MS)}`];
}

/**
 * The vendors whose labels are to be stopped: a rule that may name the vendor named this one, or nobody. What the carrier
 * stated of many within a day names none of them; neither does a copied number, our own error or a mere hold.
 */
export function stoppedVendors(findings: readonly OpenFinding[], stopping: StoppingRules): string[] {
  const naming = new Set(stopping.naming);
  const wide = new Set(carrierWide(findings, stopping));
  const named = findings.filter(
    (finding) =>
      naming.has(finding.rule) &&
      (finding.attribution === 'vendor' || finding.attribution === 'open') &&
      !wide.has(finding),
  );
  return [...new Set(named.flatMap(({ vendor }) => vendor ?? []))].sort(compareText);
}

/** Those of one alert, which names nobody at all where it tells of a measure of the carrier. */
export function stoppedAtOnce(findings: readonly OpenFinding[], stopping: StoppingRules): string[] {
  return isCarrierWide(findings, stopping) ? [] : stoppedVendors(findings, stopping);
}
