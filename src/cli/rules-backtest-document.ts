/** The document of `rules backtest --json`, made from a backtest and checked as it is made. */
import { z } from 'zod';
import type { Backtest, BacktestChange, TestedRule } from '../audit/backtest.service.ts';
import { ANSWERS, type BothSides, CHANGE_KINDS, type RuleAnswers, type Told } from '../core/finding/backtest.ts';
import type { NamedSums, Sums } from '../core/finding/backtest-totals.ts';
import { FINDING_STATES } from '../core/finding/lifecycle.ts';
import { AMOUNT_KINDS, ATTRIBUTIONS, SEVERITIES, SUBJECTS } from '../core/rules/answer.ts';
import { formatMills } from '../core/units/money.ts';

const day = z.iso.date();
const count = z.int().nonnegative();
const decimal = z.string().regex(/^-?\d+\.\d{2,3}$/);
const money = z.strictObject({ value: decimal, currency: z.string() });
const both = <T extends z.ZodType>(of: T) => z.strictObject({ active: of, candidate: of });

const sums = z.strictObject({
  /** Told of on any day of the range. */
  findings: both(count),
  /** Of these, those that still fire on the last day. */
  standing: both(count),
  /** Amounts of findings, added up; several findings may be about one label. */
  money: z.array(
    z.strictObject({
      currency: z.string(),
      kind: z.enum(AMOUNT_KINDS),
      active: decimal,
      candidate: decimal,
      difference: decimal,
    }),
  ),
});
const namedSums = z.strictObject({ name: z.string().nullable(), ...sums.shape });
const version = z.strictObject({ number: z.int(), hash: z.string(), status: z.string() });
const counts = z.strictObject({ fires: count, clear: count, unknown: count });
const told = z.strictObject({
  /** Null where it was told before the range, or where its rule is judged on the last day only. */
  firstTold: day.nullable(),
  toldBefore: z.boolean(),
  /** The last day of the range on which it fires. */
  lastTold: day,
  standing: z.boolean(),
  severity: z.enum(SEVERITIES),
  attribution: z.enum(ATTRIBUTIONS),
  amount: money.nullable(),
  amountKind: z.enum(AMOUNT_KINDS).nullable(),
  deadline: day.nullable(),
  message: z.string(),
});

export const backtestSchema = z.strictObject({
  schema: z.literal(1),
  from: day,
  to: day,
  days: count,
  parcels: count,
  /** Days on which a parcel was judged, summed over parcels; on the others nothing about it could have changed. */
  parcelDays: count,
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      subject: z.enum(SUBJECTS),
      active: version.nullable(),
      candidate: version,
      judged: z.enum(['each_day', 'last_day_only']),
      /** As of the last day; null = that side has no such rule. */
      answers: z.strictObject({
        active: counts.nullable(),
        candidate: counts.nullable(),
        shifts: z.array(z.strictObject({ from: z.enum(ANSWERS), to: z.enum(ANSWERS), count })),
      }),
    }),
  ),
  counts: z.strictObject({ new: count, gone: count, changed: count, same: count }),
  /** Findings of the range about which people had decided, by what they decided. */
  decided: z.array(
    z.strictObject({ state: z.enum(FINDING_STATES), new: count, gone: count, changed: count, same: count }),
  ),
  totals: sums,
  byRule: z.array(namedSums),
  byVendor: z.array(namedSums),
  bySeverity: z.array(namedSums),
  changes: z.array(
    z.strictObject({
      change: z.enum(CHANGE_KINDS),
      id: z.string(),
      rule: z.string(),
      subject: z.enum(SUBJECTS),
      trackingNumber: z.string().nullable(),
      vendor: z.string().nullable(),
      labelId: z.string().nullable(),
      differences: z.array(z.string()),
      active: told.nullable(),
      candidate: told.nullable(),
      /** What people decided about it; null = nothing. */
      decided: z.enum(FINDING_STATES).nullable(),
    }),
  ),
});
export type BacktestDocument = z.infer<typeof backtestSchema>;

/** The document. What it holds does not depend on who reads it: messages are in English. */
export function backtestDocument(backtest: Backtest): BacktestDocument {
  const { from, to, days, parcels, parcelDays, rules, answers, totals, changes } = backtest;
  return backtestSchema.parse({
    schema: 1,
    from,
    to,
    days,
    parcels,
    parcelDays,
    rules: rules.map((rule) => ruleOf(rule, answers)),
    counts: totals.kinds,
    decided: totals.byDecision(),
    totals: sumsOf(totals.all),
    byRule: totals.byRule().map(namedOf),
    byVendor: totals.byVendor().map(namedOf),
    bySeverity: totals.bySeverity().map(namedOf),
    changes: changes.map((change) => changeOf(change, backtest)),
  });
}

function ruleOf({ candidate, active, lastDayOnly }: TestedRule, answers: readonly RuleAnswers[]): unknown {
  const own = answers.find(({ rule }) => rule === candidate.id);
  return {
    rule: candidate.id,
    subject: candidate.subject,
    active: active === null ? null : versionOf(active),
    candidate: versionOf(candidate),
    judged: lastDayOnly ? 'last_day_only' : 'each_day',
    answers: { active: own?.active ?? null, candidate: own?.candidate ?? null, shifts: own?.shifts ?? [] },
  };
}

function versionOf({ file, version: hash }: TestedRule['candidate']): z.input<typeof version> {
  return { number: file.version, hash, status: file.status };
}

function sumsOf({ findings, standing, money: amounts }: Sums): z.input<typeof sums> {
  return {
    findings,
    standing,
    money: amounts.map(({ currency, kind, active, candidate }) => ({
      currency,
      kind: AMOUNT_KINDS.find((each) => each === kind) ?? 'exposure',
      active: formatMills(active),
      candidate: formatMills(candidate),
      difference: formatMills(candidate - active),
    })),
  };
}

function namedOf({ name, ...own }: NamedSums): z.input<typeof namedSums> {
  return { name, ...sumsOf(own) };
}

function changeOf(change: BacktestChange, backtest: Backtest): unknown {
  const { kind, id, differences, state } = change;
  const finding = (change.candidate ?? change.active)?.finding;
  const isOnLastDay = backtest.rules.some(
    ({ candidate, lastDayOnly }) => lastDayOnly && candidate.id === finding?.rule,
  );
  const key = finding?.trackingNumber ?? '';
  return {
    change: kind,
    id,
    rule: finding?.rule,
    subject: finding?.subject,
    trackingNumber: key.startsWith('@') ? null : key,
    vendor: finding?.vendor,
    labelId: finding?.labelId,
    differences,
    ...toldBoth(change, backtest, isOnLastDay),
    decided: state,
  };
}

function toldBoth(
  { active, candidate }: BothSides<Told | null>,
  backtest: Backtest,
  isOnLastDay: boolean,
): BothSides<unknown> {
  const of = (side: Told | null): unknown => (side === null ? null : toldOf(side, backtest, isOnLastDay));
  return { active: of(active), candidate: of(candidate) };
}

function toldOf(
  { finding, first, last }: Told,
  { dayAt, stands }: Backtest,
  isOnLastDay: boolean,
): z.input<typeof told> {
  const { severity, attribution, amount, amountKind, deadline, message } = finding;
  return {
    firstTold: isOnLastDay ? null : dayAt(first),
    toldBefore: first === 0,
    lastTold: dayAt(last) ?? '',
    standing: stands({ finding, first, last }),
    severity,
    attribution,
    amount: amount === null ? null : { value: formatMills(amount.mills), currency: amount.currency },
    amountKind,
    deadline,
    message: message.en,
  };
}
