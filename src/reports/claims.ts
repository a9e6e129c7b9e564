/** Money that can be claimed back until a day soon: one row a purchase and kind of claim, or a charge, and what was let go since the report before. */
import { severityRank } from '../core/finding/finding.ts';
import { type Day, addDays } from '../core/units/day.ts';
import { formatMills, parseMills } from '../core/units/money.ts';
import { type Columns, tableCsv } from './csv.ts';
import { groupDigits, moneyText } from './number-text.ts';
import { compareText } from './order.ts';
import type { ReportDocument } from './report-document.ts';
import type { ClaimRow, OpenFinding, PassedRow } from './report-rows.ts';
import type { Wording } from './wording.ts';

/** Days ahead, the day of the report itself being the first on which something can still be done. */
export const CLAIM_DAYS = 7;

export type Claims = NonNullable<ReportDocument['claims']>;
export type Claim = Claims['items'][number];

/** Rules whose findings are claimed in another way than by asking for the credit of a charge. */
export const KIND_OF_RULE: Readonly<Record<string, Claim['claim']>> = {
  'never-accepted': 'refund',
  'refund-due': 'refund',
  'refund-overdue': 'refund',
  'adjustment-disputable': 'dispute',
  'adjustment-without-label': 'dispute',
  'adjustment-repeated': 'dispute',
  'claim-due': 'insurance',
};

export const CREDIT: Claim['claim'] = 'credit';

export interface ClaimsInput {
  /** Day of the report. */
  day: Day;
  findings: readonly OpenFinding[];
  claims: readonly ClaimRow[];
  /** Claims of the report before whose deadline has passed, and how they stand. */
  passed: { claims: readonly Claim[]; rows: readonly PassedRow[] };
  /** The finding's words in the report's language. */
  words: (finding: OpenFinding) => string;
}

/** The claims that end within the days ahead, by deadline, then the greatest amount; the totals add up their amounts. */
export function listClaims({ day, findings, claims, passed, words }: ClaimsInput): Claims {
  const found = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const groups = new Map<string, { finding: OpenFinding; row: ClaimRow }[]>();
  for (const row of claims) {
    const finding = found.get(keyOf(row));
    if (finding === undefined) continue;
    const key = moneyOf(finding);
    groups.set(key, [...(groups.get(key) ?? []), { finding, row }]);
  }
  const items = [...groups.values()].flatMap((group) => claimOf(group, words)).sort(compareClaims);
  const standing = new Map(passed.rows.map((row) => [row.id, row.standing]));
  // What was filed for one finding was filed for the claim; to close one in another way closes no other.
  const missed = passed.claims.filter(({ findings: ids }) => {
    const all = ids.map((id) => standing.get(id));
    return all.includes('missed') && !all.includes('filed');
  });
  return {
    from: day,
    until: addDays(day, CLAIM_DAYS),
    totals: sums(items),
    items,
    missed: [...missed].sort(compareClaims),
  };
}

/** Claims of the report before that nobody can file any more. */
export function passedClaims(before: Claims | null, day: Day): Claim[] {
  return (before?.items ?? []).filter(({ deadline }) => deadline < day);
}

function kindOf({ rule }: OpenFinding): Claim['claim'] {
  return KIND_OF_RULE[rule] ?? CREDIT;
}

/** What two rules found of one purchase in one currency to be claimed in one way is the same money; a charge stands for itself. */
function moneyOf(finding: OpenFinding): string {
  const { id, subject, trackingNumber, vendor, saleKey, currency } = finding;
  const isOfLabel = subject === 'label';
  return JSON.stringify(
    isOfLabel ? [currency, trackingNumber, vendor, saleKey, kindOf(finding)] : [id, trackingNumber],
  );
}

/** Of the same money: the greatest amount, in the words of the gravest finding, until the first of the days. */
function claimOf(group: readonly { finding: OpenFinding; row: ClaimRow }[], words: ClaimsInput['words']): Claim[] {
  const [first] = [...group].sort(
    ({ finding: a }, { finding: b }) =>
      (b.amountMills ?? 0) - (a.amountMills ?? 0) ||
      severityRank(b.severity) - severityRank(a.severity) ||
      compareText(a.id, b.id),
  );
  const deadline = group.map(({ row }) => row.deadline).sort(compareText)[0];
  if (first === undefined || deadline === undefined) return [];
  const { finding, row } = first;
  return [
    {
      claim: kindOf(finding),
      trackingNumber: finding.trackingNumber.startsWith('@') ? null : finding.trackingNumber,
      vendor: finding.vendor,
      account: row.account,
      labelId: finding.labelId,
      orderId: row.orderId,
      purchasedDay: row.purchasedDay,
      shipDate: row.shipDate,
      amount: { value: formatMills(finding.amountMills ?? 0), currency: finding.currency ?? '' },
      deadline,
      reason: words(finding),
      rule: finding.rule,
      findings: group.map((each) => each.finding.id).sort(compareText),
    },
  ];
}

function compareClaims(a: Claim, b: Claim): number {
  return (
    compareText(a.deadline, b.deadline) ||
    compareText(a.amount.currency, b.amount.currency) ||
    (parseMills(b.amount.value) ?? 0) - (parseMills(a.amount.value) ?? 0) ||
    compareText(a.findings[0] ?? '', b.findings[0] ?? '')
  );
}

function keyOf({ id, trackingNumber }: { id: string; trackingNumber: string }): string {
  return JSON.stringify([trackingNumber, id]);
}

/** How many claims of each currency, and what they add up to. */
function sums(items: readonly Claim[]): Claims['totals'] {
  const totals = new Map<string, { count: number; mills: number }>();
  for (const { amount } of items) {
    const { count, mills } = totals.get(amount.currency) ?? { count: 0, mills: 0 };
    totals.set(amount.currency, { count: count + 1, mills: mills + (parseMills(amount.value) ?? 0) });
  }
  return [...totals]
    .sort(([a], [b]) => compareText(a, b))
    .map(([currency, { count, mills }]) => ({ currency, count, value: formatMills(mills) }));
}

/** Names as forms of vendors and of the Postal Service ask for them. */
const COLUMNS: Columns<Claim> = [
  ['deadline', ({ deadline }) => ({ text: deadline })],
  ['claim', ({ claim }) => ({ text: claim })],
  ['vendor', ({ vendor }) => ({ text: vendor })],
  ['account', ({ account }) => ({ text: account })],
  ['tracking_number', ({ trackingNumber }) => ({ text: trackingNumber })],
  ['label_id', ({ labelId }) => ({ text: labelId })],
  ['order_id', ({ orderId }) => ({ text: orderId })],
  ['purchased_on', ({ purchasedDay }) => ({ text: purchasedDay })],
  ['ship_date', ({ shipDate }) => ({ text: shipDate })],
  ['amount', ({ amount }) => ({ number: amount.value })],
  ['currency', ({ amount }) => ({ text: amount.currency })],
  ['reason', ({ reason }) => ({ text: reason })],
  ['rule', ({ rule }) => ({ text: rule })],
  ['evidence', ({ findings }) => ({ text: findings.join(';') })],
];

/** claims.csv: one row a claim, in the order of the document; `evidence` names its findings. */
export function claimsCsv(items: readonly Claim[]): string {
  return tableCsv(items, COLUMNS);
}

/** Rows that a page shows. */
const SHOWN = 12;

/** As a page shows it. */
export function claimsView({ until, totals, items, missed }: Claims, wording: Wording) {
  return {
    line: claimsLine({ until, totals }, wording),
    shown: items.slice(0, SHOWN).map((claim) => ({
      id: claim.findings[0] ?? '',
      number: claim.trackingNumber ?? wording.say('page.about_charge'),
      about: [claim.vendor, claim.labelId, claim.orderId && wording.say('outstanding.order', { order: claim.orderId })]
        .filter((part) => part !== null && part !== '')
        .join(' · '),
      what: wording.say('claims.what', { claim: wording.say(`claim.${claim.claim}`), day: claim.deadline }),
      reason: claim.reason,
      amount: moneyText(claim.amount.value, claim.amount.currency),
    })),
    more: items.length > SHOWN ? wording.say('claims.more', { count: items.length - SHOWN }) : null,
    missed: missed.length === 0 ? null : missedText(missed, wording),
  };
}

export type ClaimsView = ReturnType<typeof claimsView>;

/** "Claims worth USD 30.20 end by 2026-12-08 (4 claims)." or that none does. */
export function claimsLine({ until, totals }: Pick<Claims, 'until' | 'totals'>, wording: Wording): string {
  if (totals.length === 0) return wording.say('claims.none', { until });
  const count = totals.reduce((sum, total) => sum + total.count, 0);
  return wording.say('claims.line', { worth: worthText(totals, wording), until, count });
}

function missedText(missed: readonly Claim[], wording: Wording): string {
  const days = missed.map(({ deadline }) => deadline);
  return wording.say('claims.missed', {
    worth: worthText(sums(missed), wording),
    count: groupDigits(missed.length),
    last: days.at(-1) ?? '',
  });
}

function worthText(totals: Claims['totals'], wording: Wording): string {
  return totals.map(({ value, currency }) => moneyText(value, currency)).join(wording.say('headline.comma'));
}
