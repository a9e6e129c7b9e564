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
 * What the carrier stated of many vendors within 24 hours. Rules are counted apart, for a hold of one vendor explains no
 * notice against another; what our own rules find of many vendors is no measure of the carrier.
 */
function carrierWide(findings: readonly OpenFinding[], { stated, vendorsAtOnce }: StoppingRules): OpenFinding[] {
  return stated.flatMap((rule) => {
    const told = findings
      .filter((finding) => finding.rule === rule)
      .map((finding) => ({ finding, at: statedAt(finding.evidence) ?? 0 }))
      .sort((a, b) => a.at - b.at);
    return ofManyAtOnce(told, vendorsAtOnce);
  });
}

/** Of findings in order of time those within any 24 hours that concern so many vendors. */
function ofManyAtOnce(told: readonly { finding: OpenFinding; at: Instant }[], vendorsAtOnce: number): OpenFinding[] {
  const latest = new Map<string, Instant>();
  const ended = told.map(({ finding, at }) => {
    for (const vendor of vendorsConcerned([finding])) latest.set(vendor, at);
    return [...latest.values()].filter((time) => at - time < DAY_MS).length >= vendorsAtOnce;
  });
  const many: OpenFinding[] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const [index, { finding, at }] of [...told.entries()].toReversed()) {
    if (ended[index] === true) end = at;
    if (end - at < DAY_MS) many.push(finding);
  }
  return many;
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
