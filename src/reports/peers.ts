/** The same at others: how often a rule that names a vendor fired for its labels, and for those of other vendors in the same weeks. */
import { decodeOutcomes } from '../core/finding/outcome-code.ts';
import { severityRank } from '../core/finding/finding.ts';
import { type Day, addDays, mondayOf } from '../core/units/day.ts';
import { wilsonInterval } from '../core/risk/wilson.ts';
import { shareText } from './number-text.ts';
import { compareText } from './order.ts';
import type { ReportVendor } from './report-document.ts';
import type { AuditRows, OpenFinding, PeerRow } from './report-rows.ts';
import type { Wording } from './wording.ts';

export type Peers = ReportVendor['peers'][number];

/** A vendor named by a grave rule for some of its labels, and the weeks these were bought in. */
interface Accusation {
  vendor: string;
  rule: string;
  rank: number;
  /** A Monday. */
  from: Day;
  /** The Monday after the last. */
  to: Day;
}

/** The weeks in which any label was bought for which a vendor is named, half-open; null where none is. */
export function accusedWeeks(rows: Pick<AuditRows, 'findings' | 'charged'>): { from: Day; to: Day } | null {
  const weeks = accusations(rows);
  const from = weeks.map((each) => each.from).sort(compareText)[0];
  const to = weeks
    .map((each) => each.to)
    .sort(compareText)
    .at(-1);
  return from === undefined || to === undefined ? null : { from, to };
}

/**
 * By vendor, the gravest rule first. Counted is how the rules answered, whoever is named for it: what others are not blamed
 * for counts among theirs. `ruleIds` is the order in which answers stand in a code.
 */
export function comparePeers(
  rows: Pick<AuditRows, 'findings' | 'charged'> & { peers: readonly PeerRow[] },
  ruleIds: readonly string[],
): Map<string, Peers[]> {
  const compared = new Map<string, Peers[]>();
  for (const accusation of accusations(rows)) {
    const { vendor, rule, from, to } = accusation;
    const place = ruleIds.indexOf(rule);
    if (place < 0) continue;
    const counts = countAnswers(
      rows.peers.filter(({ week }) => week >= from && week < to),
      place,
    );
    const own = counts.get(vendor) ?? NONE;
    const others = [...counts].filter(([name, { answered }]) => name !== vendor && answered > 0);
    const sum = others.reduce((total, [, each]) => add(total, each), NONE);
    const peers = { rule, from, to, ...own, others: { vendors: others.length, ...sum } };
    compared.set(vendor, [...(compared.get(vendor) ?? []), peers]);
  }
  return compared;
}

function accusations({ findings, charged }: Pick<AuditRows, 'findings' | 'charged'>): Accusation[] {
  const boughtOn = new Map(charged.map((sale) => [saleOf(sale), sale.purchasedDay]));
  const found = new Map<string, Accusation>();
  for (const finding of findings) {
    const { rule, vendor, attribution, subject, severity } = finding;
    const day = boughtOn.get(saleOf(finding));
    const rank = severityRank(severity);
    if (attribution !== 'vendor' || subject !== 'label' || rank < severityRank('high')) continue;
    if (vendor === null || day === undefined) continue;
    const from = mondayOf(day);
    const to = addDays(from, 7);
    const key = JSON.stringify([vendor, rule]);
    const known = found.get(key) ?? { vendor, rule, rank, from, to };
    found.set(key, {
      ...known,
      rank: Math.max(known.rank, rank),
      from: from < known.from ? from : known.from,
      to: to > known.to ? to : known.to,
    });
  }
  return [...found.values()].sort(
    (a, b) => compareText(a.vendor, b.vendor) || b.rank - a.rank || compareText(a.rule, b.rule),
  );
}

function saleOf({
  trackingNumber,
  vendor,
  saleKey,
}: Pick<OpenFinding, 'trackingNumber' | 'vendor' | 'saleKey'>): string {
  return JSON.stringify([trackingNumber, vendor, saleKey]);
}

interface Answers {
  fires: number;
  /** Purchases for which the rule fired or found nothing. */
  answered: number;
}

const NONE: Answers = { fires: 0, answered: 0 };

function add(a: Answers, b: Answers): Answers {
  return { fires: a.fires + b.fires, answered: a.answered + b.answered };
}

/** By vendor, how the rule at the place answered. */
function countAnswers(rows: readonly PeerRow[], place: number): Map<string, Answers> {
  const counts = new Map<string, Answers>();
  for (const { vendor, code, purchases } of rows) {
    const answer = decodeOutcomes(code)[place]?.answer ?? 'unknown';
    if (answer === 'unknown') continue;
    const fires = answer === 'fires' ? purchases : 0;
    counts.set(vendor, add(counts.get(vendor) ?? NONE, { fires, answered: purchases }));
  }
  return counts;
}

/** "Title: 2 of 180 labels (1.1%); other vendors in the same weeks: 1 of 2,400 (0.04%)", and whether chance could explain it. */
export function peersText(peers: Peers, { title, wording }: { title: string; wording: Wording }): string {
  const { fires, answered, others } = peers;
  const own = wilsonInterval({ hits: fires, cases: answered });
  const values = { title, count: fires, answered, share: shareText(fires, answered), from: peers.from };
  const last = addDays(peers.to, -1);
  if (others.answered === 0) return wording.say('peers.nobody', { ...values, last });
  const theirs = wilsonInterval({ hits: others.fires, cases: others.answered });
  return wording.say(own.lower > theirs.upper ? 'peers.apart' : 'peers.overlap', {
    ...values,
    last,
    lower: shareText(own.lower, 1),
    upper: shareText(theirs.upper, 1),
    vendors: others.vendors,
    others: others.fires,
    othersAnswered: others.answered,
    othersShare: shareText(others.fires, others.answered),
  });
}
