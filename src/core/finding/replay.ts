/** A finding made again from what was stored with it, years later and without the rows it was made from. */
import type { FactValue } from '../facts/fact.ts';
import { Facts } from '../facts/facts.ts';
import type { Explanation } from '../rules/explain.ts';
import type { Rule } from '../rules/rule.ts';
import { CARRIER_KEYS, carrierWideAgain } from './carrier-wide.ts';
import type { Finding } from './finding.ts';

/** What a finding has to be replayed from. */
export type Replayable = Pick<
  Finding,
  'id' | 'subject' | 'trackingNumber' | 'vendor' | 'saleKey' | 'labelId' | 'evidence'
> & {
  facts: Readonly<Record<string, FactValue | null>>;
};

/** The finding by the rule of its version (`restoreRule`); null where the rule does not fire on what was stored. */
export function replay(stored: Replayable, rule: Rule): Finding | null {
  const { id, subject, trackingNumber, vendor, saleKey, labelId, facts } = stored;
  if (isAboutCarrier(stored)) return carrierWideAgain(stored, rule);
  const { result } = rule.evaluate(Facts.given(facts, rule.vocabulary), vendor ?? '');
  if (result.answer !== 'fires') return null;
  const { dedupeKey: _, ...judged } = result.judgement;
  const about = { subject, trackingNumber, vendor, saleKey, labelId };
  return { id, rule: rule.id, ruleVersion: rule.version, ...about, ...judged, facts: result.facts };
}

/** Why the rule fired on what was stored; null for a finding about the carrier, which its evidence explains whole. */
export function explainAgain(stored: Replayable, rule: Rule): Explanation | null {
  if (isAboutCarrier(stored)) return null;
  const { facts, vendor } = stored;
  return rule.explain(Facts.given(facts, rule.vocabulary), vendor ?? '', facts);
}

function isAboutCarrier({ trackingNumber }: Replayable): boolean {
  return trackingNumber.startsWith(CARRIER_KEYS);
}
