/** Whose labels are to be stopped for what was found of some of them: those that a rule names, unless the carrier struck many at once. */
import { type Rule, mayNameVendor } from '../core/rules/rule.ts';
import { compareText } from './order.ts';
import type { OpenFinding } from './report-rows.ts';

/** What the rule book says of stopping labels. */
export interface StoppingRules {
  /** Ids of the rules that are told at once and may name the vendor. */
  naming: readonly string[];
  /** As many vendors as it takes for a measure of the carrier; infinite where no rule does. */
  vendorsAtOnce: number;
}

/** The same of these rules. */
export function stoppingRules(rules: readonly Rule[]): StoppingRules {
  return {
    naming: rules.filter((rule) => rule.file.alert && mayNameVendor(rule)).map(({ id }) => id),
    vendorsAtOnce: Math.min(...rules.map(({ file }) => file.carrier_wide?.vendors ?? Number.POSITIVE_INFINITY)),
  };
}

/** Vendors to whom a finding may be laid, or nobody else: what strikes many of them at once is hardly of their making. */
export function vendorsConcerned(findings: readonly OpenFinding[]): Set<string> {
  const concerned = findings.filter(({ attribution }) => attribution !== 'us' && attribution !== 'third_party');
  return new Set(concerned.flatMap(({ vendor }) => vendor ?? []));
}

/**
 * Whether one rule found the same of so many vendors at once that the cause lies rather with the carrier. Rules are counted
 * apart, for a hold of one vendor explains no notice against another.
 */
export function isCarrierWide(findings: readonly OpenFinding[], { vendorsAtOnce }: StoppingRules): boolean {
  const found = new Set(findings.map(({ rule }) => rule));
  return [...found].some((id) => vendorsConcerned(findings.filter(({ rule }) => rule === id)).size >= vendorsAtOnce);
}

/**
 * The vendors whose labels are to be stopped: a rule that may name the vendor named this one, or nobody. Nobody's are when
 * many vendors are struck at once; those of a copied number, of our own error or of a mere hold never are.
 */
export function stoppedVendors(findings: readonly OpenFinding[], stopping: StoppingRules): string[] {
  if (isCarrierWide(findings, stopping)) return [];
  const naming = new Set(stopping.naming);
  const named = findings.filter(
    ({ rule, attribution }) => naming.has(rule) && (attribution === 'vendor' || attribution === 'open'),
  );
  return [...new Set(named.flatMap(({ vendor }) => vendor ?? []))].sort(compareText);
}
