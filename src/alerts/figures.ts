/** The figures of a report by name, in one way of writing, so that those of any part of a mail can be held against them. */
import { SEVERITIES, type Severity } from '../core/rules/answer.ts';
import { formatMills, parseMills } from '../core/units/money.ts';
import type { ReportChecks } from '../reports/report-checks.ts';
import type { ReportDocument, ReportTotals } from '../reports/report-document.ts';

/** Amounts of each currency, in the order in which they are shown. */
export const AMOUNTS = ['charged', 'chargedOfRated', 'expected', 'atStake', 'recoverable', 'goodsAtRisk'] as const;
export type AmountName = (typeof AMOUNTS)[number];

/** Currencies a mail shows; one in more of them than any company has attaches the rest. */
const CURRENCIES_SHOWN = 6;

/** What of a document a mail is checked by. */
export type CheckedDocument = Pick<ReportDocument, 'findings' | 'totals' | 'stopList' | 'claims'>;

/** Counts as digits, amounts as decimals, nothing grouped. */
export type Figures = ReadonlyMap<string, string>;

export const FINDINGS = 'findings';
export const severityFigure = (severity: string): string => `severity.${severity}`;
export const amountFigure = (currency: string, name: AmountName): string => `${currency}.${name}`;
const sumFigure = (currency: string): string => `${currency}.sum of findings`;

export const STOP = 'stop';
export const TRANSIT = 'transit';
export const CLAIMS = 'claims';
export const worthFigure = (currency: string): string => `worth.${currency}`;
export const claimFigure = (currency: string): string => `claims.${currency}`;

/** Worth of orders by currency. */
export function worthFigures(worth: readonly [string, number][]): [string, string][] {
  return worth.map(([currency, mills]) => [worthFigure(currency), formatMills(mills)]);
}

/** How many findings each severity that occurs has, the worst first. */
export function countBySeverity({ findings }: Pick<ReportDocument, 'findings'>): [Severity, number][] {
  const counts = new Map<Severity, number>();
  for (const { severity } of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  return [...SEVERITIES].reverse().flatMap((severity): [Severity, number][] => {
    const count = counts.get(severity);
    return count === undefined ? [] : [[severity, count]];
  });
}

/** Totals of the currencies a mail shows. */
export function shownTotals({ totals }: Pick<ReportDocument, 'totals'>): ReportTotals[] {
  return totals.slice(0, CURRENCIES_SHOWN);
}

/** What the text of a mail about the document has to say. */
export function statedFigures(document: CheckedDocument): Figures {
  return new Map([
    ...countFigures(document),
    ...amountFigures(shownTotals(document)),
    ...stopFigures(document),
    ...claimFigures(document),
  ]);
}

/** How many labels are to be stopped, how many parcels are on their way, and what their orders are worth. */
export function stopFigures({ stopList }: Pick<ReportDocument, 'stopList'>): [string, string][] {
  if (stopList === null) return [];
  return [
    [STOP, String(stopList.labels.length)],
    [TRANSIT, String(stopList.inTransit.length)],
    ...stopList.orders.map(({ currency, value }): [string, string] => [worthFigure(currency), value]),
  ];
}

/** How many claims end soon, and what they add up to. */
export function claimFigures({ claims }: Pick<ReportDocument, 'claims'>): [string, string][] {
  if (claims === null) return [];
  return [
    [CLAIMS, String(claims.items.length)],
    ...claims.totals.map(({ currency, value }): [string, string] => [claimFigure(currency), value]),
  ];
}

/** The amounts of totals, by currency. */
export function amountFigures(totals: readonly ReportTotals[]): [string, string][] {
  return totals.flatMap((row) =>
    AMOUNTS.map((name): [string, string] => [amountFigure(row.currency, name), row[name]]),
  );
}

/** What any list of the document's findings has to add up to. */
export function listedFigures({ findings }: Pick<ReportDocument, 'findings'>): Figures {
  return sumUp(
    findings.map(({ severity, amount }) => ({
      severity,
      mills: parseMills(amount?.value ?? '') ?? 0,
      currency: amount?.currency ?? null,
    })),
  );
}

/** One finding of a list, as far as it is added up. */
export interface ListedFinding {
  severity: string;
  mills: number;
  currency: string | null;
}

/** Counts by severity and sums by currency. */
export function sumUp(findings: readonly ListedFinding[]): Figures {
  const counts = new Map<string, number>();
  const sums = new Map<string, number>();
  for (const { severity, mills, currency } of findings) {
    const name = severityFigure(severity);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + mills);
  }
  return new Map([
    [FINDINGS, String(findings.length)],
    ...[...counts].map(([name, count]): [string, string] => [name, String(count)]),
    ...[...sums].map(([currency, mills]): [string, string] => [sumFigure(currency), formatMills(mills)]),
  ]);
}

/** What the database counted for itself when the report was made. */
export function countedFigures(checks: ReportChecks): Figures {
  const { findings, bySeverity, amountMills, chargedMills, outstanding, claims } = checks;
  return new Map([
    [FINDINGS, String(findings)],
    ...Object.entries(bySeverity).map(([name, count]): [string, string] => [severityFigure(name), String(count)]),
    ...Object.entries(amountMills).map(([currency, sum]): [string, string] => [sumFigure(currency), formatMills(sum)]),
    ...Object.entries(chargedMills).map(([currency, sum]): [string, string] => [
      amountFigure(currency, 'charged'),
      formatMills(sum),
    ]),
    ...(outstanding === undefined
      ? []
      : ([
          [STOP, String(outstanding.stop)],
          [TRANSIT, String(outstanding.transit)],
          ...worthFigures(Object.entries(outstanding.orderMills)),
        ] as const)),
    ...(claims === undefined
      ? []
      : ([
          [CLAIMS, String(claims.count)],
          ...Object.entries(claims.mills).map(([currency, sum]) => [claimFigure(currency), formatMills(sum)] as const),
        ] as const)),
  ]);
}

/** The same figures by the document. */
export function countableFigures(document: CheckedDocument): Figures {
  const charged = document.totals.map((row): [string, string] => [amountFigure(row.currency, 'charged'), row.charged]);
  return new Map([...listedFigures(document), ...charged, ...stopFigures(document), ...claimFigures(document)]);
}

function countFigures(document: Pick<ReportDocument, 'findings'>): [string, string][] {
  return [
    [FINDINGS, String(document.findings.length)],
    ...countBySeverity(document).map(([severity, count]): [string, string] => [
      severityFigure(severity),
      String(count),
    ]),
  ];
}

/** Every figure that differs, with both values; a figure that is missing where nothing is due does not. */
export function differences(where: string, found: Figures, expected: Figures, standard = 'the report'): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((name) => {
    const is = found.get(name);
    const due = expected.get(name);
    if (is === due || (isNothing(is) && isNothing(due))) return [];
    return [`${where} says ${name} is ${is ?? 'nothing'}, ${standard} says ${due ?? 'nothing'}`];
  });
}

function isNothing(value: string | undefined): boolean {
  return value === undefined || value === '0' || value === '0.00';
}
