/** What shadow rules would have said, as the document has it and as people read it: in no other figure of a report. */
import type { Locale } from '../core/rules/answer.ts';
import { formatMills } from '../core/units/money.ts';
import { groupDigits, moneyText } from './number-text.ts';
import { compareText } from './order.ts';
import type { ReportShadow } from './report-document.ts';
import type { ShadowRule } from './report-input.ts';
import type { ReportModel } from './report-model.ts';
import { type Sheet, amountNumber, sheet } from './sheet.ts';
import type { ShadowExample, ShadowRow } from './shadow.query.ts';
import type { Wording } from './wording.ts';

/** One entry a rule that is tried out, also where it would have said nothing. */
export function listShadow(
  rules: readonly ShadowRule[],
  { shadow, shadowExamples }: { shadow: readonly ShadowRow[]; shadowExamples: readonly ShadowExample[] },
  locale: Locale,
): ReportShadow[] {
  return rules.map(({ id, title, number, version, active }) => {
    const rows = shadow.filter((row) => row.rule === id);
    return {
      rule: id,
      title: title[locale],
      number,
      version,
      active,
      ...firesOf(rows),
      compared: active === null ? null : comparedOf(rows),
      vendors: vendorsOf(rows, active !== null),
      examples: shadowExamples.filter(({ rule }) => rule === id).map((example) => exampleOf(example, locale)),
    };
  });
}

function vendorsOf(rows: readonly ShadowRow[], isCompared: boolean): ReportShadow['vendors'] {
  const names = [...new Set(rows.map(({ vendor }) => vendor))];
  return names.map((vendor) => {
    const own = rows.filter((row) => row.vendor === vendor);
    return { vendor, ...firesOf(own), compared: isCompared ? comparedOf(own) : null };
  });
}

function firesOf(rows: readonly ShadowRow[]): Pick<ReportShadow, 'fires' | 'amounts'> {
  const fires = rows.filter(({ change }) => change !== 'gone');
  const sums = new Map<string, number>();
  for (const { currency, mills } of fires) {
    if (currency !== null && mills > 0) sums.set(currency, (sums.get(currency) ?? 0) + mills);
  }
  const amounts = [...sums].toSorted(([a], [b]) => compareText(a, b));
  return {
    fires: countOf(fires),
    amounts: amounts.map(([currency, mills]) => ({ value: formatMills(mills), currency })),
  };
}

function comparedOf(rows: readonly ShadowRow[]): NonNullable<ReportShadow['compared']> {
  const of = (wanted: ShadowRow['change']): number => countOf(rows.filter(({ change }) => change === wanted));
  return {
    new: of('new'),
    gone: of('gone'),
    changed: of('changed'),
    same: of('same'),
    goneDismissed: rows.reduce((sum, { dismissed }) => sum + dismissed, 0),
  };
}

function countOf(rows: readonly ShadowRow[]): number {
  return rows.reduce((sum, { findings }) => sum + findings, 0);
}

function moneyOf(mills: number | null, currency: string | null): { value: string; currency: string } | null {
  return mills === null || currency === null ? null : { value: formatMills(mills), currency };
}

function exampleOf(example: ShadowExample, locale: Locale): ReportShadow['examples'][number] {
  const { change, vendor, message } = example;
  return {
    change,
    trackingNumber: example.trackingNumber,
    vendor,
    severity: example.severity as ReportShadow['examples'][number]['severity'],
    amount: moneyOf(example.amountMills, example.currency),
    activeSeverity: example.activeSeverity as ReportShadow['examples'][number]['activeSeverity'],
    activeAmount: moneyOf(example.activeMills, example.activeCurrency),
    message: message[locale],
  };
}

/** The section of a page; null where no rule is tried out. */
export function shadowView({ document: { shadow } }: ReportModel, wording: Wording) {
  if (shadow.length === 0) return null;
  return shadow.map((each) => ({
    title: each.title,
    what: versionText(each, wording),
    fires: groupDigits(each.fires),
    amounts: each.amounts.map(({ value, currency }) => moneyText(value, currency)),
    compared: comparedText(each.compared, wording),
    vendors: each.vendors.map(({ vendor, fires, amounts, compared }) =>
      [
        wording.say('shadow.vendor', { vendor: vendor ?? wording.say('shadow.no_vendor'), count: fires }),
        ...amounts.map(({ value, currency }) => moneyText(value, currency)),
        ...(compared === null ? [] : [comparedText(compared, wording)]),
      ].join(wording.say('page.standing_separator')),
    ),
    examples: each.examples.map((example) => ({
      change: wording.say(`shadow.${example.change}`),
      number: example.trackingNumber,
      message: example.message,
      grade: gradeText(example, wording),
    })),
  }));
}

function versionText({ rule, number, active }: ReportShadow, wording: Wording): string {
  return active === null
    ? wording.say('shadow.of_its_own', { rule, number })
    : wording.say('shadow.beside', { rule, number, active });
}

function comparedText(compared: ReportShadow['compared'], wording: Wording): string {
  if (compared === null) return wording.say('shadow.nothing_beside');
  const { goneDismissed, ...counts } = compared;
  const text = wording.say('shadow.compared', counts);
  return goneDismissed === 0 ? text : `${text} ${wording.say('shadow.gone_dismissed', { count: goneDismissed })}`;
}

/** The severity and amount, and what the active rule says where that is another. */
function gradeText(example: ReportShadow['examples'][number], wording: Wording): string {
  const of = (severity: string, amount: { value: string; currency: string } | null): string =>
    [wording.say(`severity.${severity}`), ...(amount === null ? [] : [moneyText(amount.value, amount.currency)])].join(
      wording.say('page.standing_separator'),
    );
  const now = of(example.severity, example.amount);
  if (example.change !== 'changed' || example.activeSeverity === null) return now;
  return wording.say('shadow.instead', { now, active: of(example.activeSeverity, example.activeAmount) });
}

/** None where no rule is tried out; one line a rule and vendor, and currency. */
export function shadowSheet({ document: { shadow } }: ReportModel, wording: Wording): Sheet[] {
  if (shadow.length === 0) return [];
  const rows = shadow.flatMap((each) =>
    (each.vendors.length === 0 ? [{ ...each, vendor: null }] : each.vendors).flatMap(
      ({ vendor, fires, amounts, compared }) =>
        (amounts.length === 0 ? [null] : amounts).map((amount) => [
          each.rule,
          each.title,
          each.number,
          each.active,
          vendor,
          fires,
          amount && amountNumber(amount.value),
          amount && amount.currency,
          compared?.new ?? null,
          compared?.gone ?? null,
          compared?.changed ?? null,
        ]),
    ),
  );
  return [
    sheet(wording, 'shadow', {
      columns: {
        rule: 'text',
        title: 'long',
        version: 'count',
        active_version: 'count',
        vendor: 'text',
        fires: 'count',
        amount: 'money',
        currency: 'text',
        new: 'count',
        gone: 'count',
        changed: 'count',
      },
      rows,
    }),
  ];
}
