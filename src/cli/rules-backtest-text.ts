/** A backtest as text for people: what is tested, how much differs, which findings, and the sums. */
import type { BacktestDocument } from './rules-backtest-document.ts';
import { textTable } from './text-table.ts';

type Change = BacktestDocument['changes'][number];
type Told = NonNullable<Change['active']>;
type Sums = BacktestDocument['byVendor'][number];
type TestedRule = BacktestDocument['rules'][number];

const FEW_RULES = 5;

/** `shown` = how many findings that differ are listed. */
export function backtestText(document: BacktestDocument, shown: number): string {
  const { changes, rules } = document;
  const parts = [
    headText(document),
    countsText(document),
    changes.length === 0 ? 'nothing changes\n' : changesText(changes, shown),
    answersText(rules),
    decidedText(document),
    sumsText('vendor', document.byVendor),
    sumsText('severity', document.bySeverity),
    rules.length > 1 ? sumsText('rule', document.byRule) : '',
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function headText({ from, to, days, parcels, parcelDays, rules }: BacktestDocument): string {
  const judged = `${parcels} parcels, each judged on the days on which it may have changed, ${parcelDays} in all`;
  const lines = [
    `from ${from} to ${to}, ${days} days, as known at the end of each (UTC)`,
    judged,
    ...rules.map(ruleText),
  ];
  return `${lines.join('\n')}\n`;
}

function ruleText({ rule, active, candidate, judged }: TestedRule): string {
  const tested = `${candidate.status} version ${candidate.number} (${candidate.hash})`;
  const against = active === null ? 'no active rule of this id' : `active version ${active.number} (${active.hash})`;
  const same = active?.hash === candidate.hash ? ', which judges the same' : '';
  const only = judged === 'last_day_only' ? '; judged on the last day only, by what the last audit kept of labels' : '';
  return `${rule}: ${tested} beside ${against}${same}${only}`;
}

function countsText({ counts, totals, to }: BacktestDocument): string {
  const money = totals.money.map(
    ({ currency, kind, active, candidate, difference }) =>
      `${currency} ${kind}: ${active} by the active rules, ${candidate} by the tested ones, ${signed(difference)}`,
  );
  const { findings, standing } = totals;
  const lines = [
    `gone ${counts.gone}, new ${counts.new}, changed ${counts.changed}, the same ${counts.same}`,
    `findings: ${findings.active} by the active rules, ${findings.candidate} by the tested ones`,
    `standing at the end of ${to}: ${standing.active} and ${standing.candidate}`,
    ...money,
  ];
  return `${lines.join('\n')}\n`;
}

function changesText(changes: readonly Change[], shown: number): string {
  const rows = changes
    .slice(0, shown)
    .map((change) => [
      change.change,
      change.rule,
      change.trackingNumber ?? change.vendor ?? '',
      change.trackingNumber === null ? '' : (change.vendor ?? ''),
      eitherWay(change, firstTold),
      eitherWay(change, ({ severity }) => severity),
      eitherWay(change, amountText),
      change.decided ?? '',
      change.differences.join(', ').replaceAll('_', ' '),
    ]);
  const header = ['change', 'rule', 'about', 'vendor', 'first told', 'severity', 'amount', 'decided', 'differs in'];
  const rest = changes.length - rows.length;
  return `${textTable(header, rows)}${rest > 0 ? `and ${rest} more: --all lists them\n` : ''}`;
}

/** What both sides say, or first the active and then the tested one where they differ. */
function eitherWay({ active, candidate }: Change, of: (told: Told) => string): string {
  const said = [active, candidate].flatMap((told) => (told === null ? [] : [of(told)]));
  return [...new Set(said)].join(' -> ');
}

function firstTold({ firstTold: day, toldBefore }: Told): string {
  if (day !== null) return day;
  return toldBefore ? 'before' : 'last day asked';
}

function amountText({ amount, amountKind }: Told): string {
  return amount === null ? '-' : `${amount.value} ${amount.currency} ${amountKind ?? ''}`.trimEnd();
}

/** Of many rules only those whose answers differ. */
function answersText(all: readonly TestedRule[]): string {
  const rules = all.length > FEW_RULES ? all.filter(isOtherwise) : all;
  if (rules.length === 0) return '';
  const rows = rules.flatMap(({ rule, answers: { active, candidate, shifts } }) => {
    const of = (side: string, counts: typeof active, others: string): string[][] =>
      counts === null ? [] : [[rule, side, ...[counts.fires, counts.clear, counts.unknown].map(String), others]];
    const shifted = shifts.map(({ from, to, count }) => `${count} ${from} -> ${to}`).join(', ');
    return [...of('active', active, ''), ...of('tested', candidate, shifted)];
  });
  return textTable(['answers on the last day', 'by', 'fires', 'clear', 'unknown', 'of these shifted'], rows);
}

function isOtherwise({ answers: { active, candidate, shifts } }: TestedRule): boolean {
  return shifts.length > 0 || JSON.stringify(active) !== JSON.stringify(candidate);
}

function decidedText({ decided }: BacktestDocument): string {
  if (decided.length === 0) return '';
  const rows = decided.map((each) => [
    each.state.replaceAll('_', ' '),
    ...[each.gone, each.new, each.changed, each.same].map(String),
  ]);
  return textTable(['decided by people', 'gone', 'new', 'changed', 'the same'], rows);
}

function sumsText(what: string, all: readonly Sums[]): string {
  if (all.length === 0) return '';
  const rows = all.map(({ name, findings, money }) => [
    name ?? `no ${what}`,
    String(findings.active),
    String(findings.candidate),
    money.map(({ currency, kind, active, candidate }) => `${active} -> ${candidate} ${currency} ${kind}`).join(', '),
  ]);
  return textTable([`by ${what}`, 'active', 'tested', 'money'], rows);
}

function signed(difference: string): string {
  return difference.startsWith('-') ? difference : `+${difference}`;
}
