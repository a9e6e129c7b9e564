/** Whether to go on buying from a vendor: buy, watch or stop, from what an audit found and how much it could look at. */
import { VENDOR_LIMITS } from './thresholds.ts';
import { wilsonInterval } from './wilson.ts';

/** Worst first. */
export const DECISIONS = ['stop', 'watch', 'buy'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What one audit knows of one vendor. Findings are counted by distinct label; a finding about the vendor counts one. */
export interface VendorRecord {
  vendor: string;
  /** Purchases. */
  labels: number;
  /** Purchases with a published price to compare with. */
  rated: number;
  /** Purchases for which a tracking source showed events or a refusal: only those could have shown a notice. */
  answered: number;
  /** Labels with a critical finding attributed to the vendor, by confidence; a label counts once, at the surest. */
  criticalProven: number;
  criticalStrong: number;
  criticalIndicative: number;
  /** Critical findings about the vendor itself that are proven or strong. */
  criticalAboutVendor: number;
  /** Rules of severity high or critical that attribute something to the vendor, sorted. */
  graveRules: readonly string[];
  /** Labels and vendor findings of severity high attributed to the vendor. */
  high: number;
  /** Labels with a high or critical finding nobody is yet named for. */
  openGrave: number;
  /** Labels with a medium finding attributed to the vendor, and with one of low to critical severity. */
  medium: number;
  attributed: number;
  /** Sources stopped answering for its labels: the shares answered before, and at best since, 0 to 1. Null = no such thing is told. */
  sourceLost: { before: number; after: number } | null;
}

/** Why a decision was taken, as a code for the wording and the figures that go into it. */
export interface ScoreReason {
  code:
    | 'critical_proven'
    | 'critical_about_vendor'
    | 'critical_pattern'
    | 'critical_share'
    | 'critical_two_signals'
    | 'critical_single'
    | 'critical_indicative'
    | 'high_attributed'
    | 'grave_open'
    | 'medium_share'
    | 'attributed_share'
    | 'source_lost'
    | 'no_answers'
    | 'few_answers'
    | 'low_answered_share'
    | 'low_rated_share'
    | 'missed_labels'
    | 'missed_tracking'
    | 'missed_vendor'
    | 'answered_fell'
    | 'rated_fell'
    | 'answered_fell_overall'
    | 'rated_fell_overall'
    | 'answered_held'
    | 'rated_held'
    | 'answered_held_overall'
    | 'rated_held_overall'
    | 'no_labels'
    | 'clean'
    | 'minor_findings';
  values: Readonly<Record<string, number | string>>;
}

export interface VendorScore {
  decision: Decision;
  /** Never empty; the reasons of the decision first, then what else a reader must know. */
  reasons: ScoreReason[];
}

/**
 * Decides for one vendor. Stop needs critical findings attributed to the vendor that are repeated, or borne out by a second
 * rule: a single statement of the carrier is proven to have been made, not to be the vendor's fault; what is our own mistake, a third party's or the carrier's never counts against
 * it. Buy needs enough to have been looked at: without answers or prices the decision is watch, and says so. So it is where less
 * was looked at than before: `lost` says what (see coverage.ts).
 */
export function scoreVendor(record: VendorRecord, lost: readonly ScoreReason[] = []): VendorScore {
  const stop = stopReasons(record);
  const watch = watchReasons(record);
  const gaps = [...lost, ...coverageGaps(record)];
  if (stop.length > 0) return { decision: 'stop', reasons: [...stop, ...watch, ...gaps] };
  if (watch.length > 0 || gaps.length > 0) return { decision: 'watch', reasons: [...watch, ...gaps] };
  return { decision: 'buy', reasons: [buyReason(record)] };
}

function stopReasons(record: VendorRecord): ScoreReason[] {
  const { labels, answered, criticalProven: proven, criticalStrong, criticalAboutVendor, graveRules } = record;
  const reasons: ScoreReason[] = [];
  const count = proven + criticalStrong;
  // Of the labels tracking answered for; where the findings need no tracking and outnumber them, of all.
  const cases = answered >= count ? answered : Math.max(labels, count);
  const { lower } = wilsonInterval({ hits: count, cases });
  if (count >= VENDOR_LIMITS.criticalLabelsToStop) {
    const code = proven > 0 ? 'critical_proven' : 'critical_pattern';
    reasons.push({ code, values: { count, labels, proven } });
  } else if (count > 0 && cases >= VENDOR_LIMITS.answersToBuy && lower > VENDOR_LIMITS.criticalShareToStop) {
    reasons.push({ code: 'critical_share', values: { count, cases, lower } });
  } else if (count > 0 && graveRules.length > 1) {
    reasons.push({ code: 'critical_two_signals', values: { count, rules: graveRules.length } });
  }
  if (criticalAboutVendor > 0) reasons.push({ code: 'critical_about_vendor', values: { count: criticalAboutVendor } });
  return reasons;
}

function watchReasons(record: VendorRecord): ScoreReason[] {
  const reasons: ScoreReason[] = [];
  const add = (code: ScoreReason['code'], count: number): void => {
    if (count > 0) reasons.push({ code, values: { count } });
  };
  const stopped = stopReasons(record).length > 0;
  if (!stopped) add('critical_single', record.criticalProven + record.criticalStrong);
  add('critical_indicative', record.criticalIndicative);
  add('high_attributed', record.high);
  add('grave_open', record.openGrave);
  // Beside a reason to stop, the share of lesser findings tells nothing new.
  if (stopped) return reasons;
  const medium = surelyOver(record.medium, record.labels, VENDOR_LIMITS.mediumShareToWatch);
  if (medium !== null) reasons.push({ code: 'medium_share', values: medium });
  const any = surelyOver(record.attributed, record.labels, VENDOR_LIMITS.anyShareToWatch);
  if (medium === null && any !== null) reasons.push({ code: 'attributed_share', values: any });
  return reasons;
}

function surelyOver(count: number, labels: number, limit: number): Record<string, number> | null {
  const { lower } = wilsonInterval({ hits: count, cases: labels });
  return lower > limit ? { count, labels, lower, limit } : null;
}

/** What keeps a clean record from being an all-clear. */
function coverageGaps({ labels, answered, rated, sourceLost }: VendorRecord): ScoreReason[] {
  const gaps: ScoreReason[] = sourceLost === null ? [] : [{ code: 'source_lost', values: { ...sourceLost } }];
  if (labels === 0) return [...gaps, { code: 'no_labels', values: {} }];
  if (answered === 0) gaps.push({ code: 'no_answers', values: { labels } });
  else if (answered < VENDOR_LIMITS.answersToBuy) gaps.push({ code: 'few_answers', values: { answered, labels } });
  else if (answered < labels * VENDOR_LIMITS.answeredShareToBuy) {
    gaps.push({ code: 'low_answered_share', values: { answered, labels } });
  }
  if (rated < labels * VENDOR_LIMITS.ratedShareToBuy) gaps.push({ code: 'low_rated_share', values: { rated, labels } });
  return gaps;
}

function buyReason({ answered, labels, rated, attributed }: VendorRecord): ScoreReason {
  const { upper } = wilsonInterval({ hits: 0, cases: answered });
  const values = { answered, labels, rated, upper, count: attributed };
  return { code: attributed > 0 ? 'minor_findings' : 'clean', values };
}
