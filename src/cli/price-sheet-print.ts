/** How a judged price sheet is shown: to people as a table with a summary, to programs as CSV or JSON. */
import { SHEET_VERDICTS, percent, type SheetAnswer, type SheetVerdict } from '../core/rating/price-sheet.ts';
import { weightWords } from '../core/rating/product-name.ts';
import { type FlatPrice, type JudgedPrice, summariseSheet } from '../core/rating/sheet-summary.ts';
import type { Day } from '../core/units/day.ts';
import { formatMills } from '../core/units/money.ts';
import type { Problem } from '../core/units/result.ts';

/** A row of the sheet, in its order: judged, or what keeps it from being read. */
export type CheckedRow = { line: number; cells: readonly string[] } & (
  { judged: JudgedPrice; problems?: never } | { problems: readonly Problem[]; judged?: never }
);

export interface CheckedSheet {
  vendor: string;
  day: Day;
  header: readonly string[];
  rows: readonly CheckedRow[];
}

const VERDICT_WORDS: Record<SheetVerdict, string> = {
  under_floor: 'under the lowest lawful price',
  low: 'low, under the lowest lawful price',
  lawful: 'lawful',
  above_retail: 'above retail',
  above_contract: 'above the contract',
  unknown: 'unknown',
};

/** A table of the rows, then the summary. */
export function sheetText(sheet: CheckedSheet): string {
  const lines = sheet.rows.map(({ line, judged, problems }) => {
    if (judged === undefined) return [String(line), '', '', '', '', `not read: ${problemWords(problems)}`];
    const { price, answer } = judged;
    const what = price.packaging === null ? price.service : `${price.service} ${price.packaging}`;
    const cells = [
      String(line),
      what,
      weightWords(price.weightMilliOz),
      price.zone === null ? 'any' : String(price.zone),
    ];
    return [...cells, formatMills(price.priceMills), verdictWords(answer)];
  });
  const title = `Prices of ${sheet.vendor} for parcels mailed on ${sheet.day}`;
  return `${title}\n\n${columns([['row', 'service', 'weight', 'zone', 'price', 'verdict'], ...lines])}\n${summaryText(sheet)}`;
}

/** The columns of the file as they are, then what was found. */
export function sheetCsv({ header, rows }: CheckedSheet): string {
  const added = ['verdict', 'under_share', 'lowest_lawful', 'ceiling', 'published_commercial', 'why'];
  const lines = rows.map(({ cells, judged, problems }) => {
    const kept = header.map((_, index) => cells[index] ?? '');
    if (judged === undefined) return [...kept, 'not_read', '', '', '', '', problemWords(problems)];
    const { verdict, underShare, lowestMills, ceilingMills, publishedMills, why } = judged.answer;
    const share = underShare === null ? '' : underShare.toFixed(3);
    return [
      ...kept,
      verdict,
      share,
      money(lowestMills) ?? '',
      money(ceilingMills) ?? '',
      money(publishedMills) ?? '',
      why,
    ];
  });
  return [[...header, ...added], ...lines].map(csvLine).join('');
}

/** The whole as one document. */
export function sheetJson(sheet: CheckedSheet): string {
  const { rows, verdicts, flatPrice } = summariseSheet(judgedOf(sheet));
  const document = {
    vendor: sheet.vendor,
    day: sheet.day,
    currency: 'USD',
    rows: sheet.rows.map(({ line, judged, problems }) =>
      judged === undefined
        ? { row: line, verdict: null, problem: problemWords(problems) }
        : { row: line, ...rowJson(judged) },
    ),
    summary: {
      rows: sheet.rows.length,
      notRead: sheet.rows.length - rows,
      verdicts,
      flatPrice: flatPrice && {
        price: money(flatPrice.priceMills),
        rows: flatPrice.rows,
        zones: flatPrice.zones,
        weights: flatPrice.weights,
        publishedFrom: money(flatPrice.publishedFromMills),
        publishedTo: money(flatPrice.publishedToMills),
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function rowJson({ price, answer }: JudgedPrice): Record<string, unknown> {
  const { verdict, underShare, lowestMills, ceilingMills, publishedMills, why } = answer;
  return {
    service: price.service,
    price: money(price.priceMills),
    verdict,
    underShare: underShare === null ? null : Math.round(underShare * 1000) / 1000,
    lowestLawful: money(lowestMills),
    ceiling: money(ceilingMills),
    publishedCommercial: money(publishedMills),
    why: why === '' ? null : why,
    problem: null,
  };
}

function summaryText(sheet: CheckedSheet): string {
  const { rows, verdicts, flatPrice } = summariseSheet(judgedOf(sheet));
  const counts = SHEET_VERDICTS.filter((verdict) => verdicts[verdict] > 0).map(
    (verdict) => `${verdicts[verdict]} ${VERDICT_WORDS[verdict]}`,
  );
  const notRead = sheet.rows.length - rows;
  const all = notRead === 0 ? counts : [...counts, `${notRead} not read`];
  const flat = flatPrice === null ? '' : `${flatWords(flatPrice)}\n`;
  const total = sheet.rows.length === 1 ? '1 row' : `${sheet.rows.length} rows`;
  return `${total}: ${all.length === 0 ? 'none' : all.join(', ')}\n${flat}`;
}

function flatWords({ priceMills, rows, zones, weights, publishedFromMills, publishedToMills }: FlatPrice): string {
  const over = [zones > 1 ? `${zones} zones` : '', weights > 1 ? `${weights} weights` : ''].filter(
    (part) => part !== '',
  );
  const range = `${formatMills(publishedFromMills)} to ${formatMills(publishedToMills)}`;
  return `One price, ${formatMills(priceMills)}, stands on ${rows} rows over ${over.join(' and ')}; the published commercial prices run from ${range}.`;
}

function verdictWords({ verdict, underShare, why }: SheetAnswer): string {
  const words = underShare === null ? VERDICT_WORDS[verdict] : `${VERDICT_WORDS[verdict]} by ${percent(underShare)}`;
  return why === '' ? words : `${words}: ${why}`;
}

function judgedOf({ rows }: CheckedSheet): JudgedPrice[] {
  return rows.flatMap(({ judged }) => judged ?? []);
}

function problemWords(problems: readonly Problem[]): string {
  return problems
    .map(({ field, message, value }) =>
      value === undefined ? `${field} ${message}` : `${field} ${JSON.stringify(value)} ${message}`,
    )
    .join('; ');
}

function money(mills: number | null): string | null {
  return mills === null ? null : formatMills(mills);
}

/** Columns of left-aligned text; the last is as long as it needs to be. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
  );
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Cells come out as they came in: a program reads this, so nothing is added to them. */
function csvLine(cells: readonly string[]): string {
  const written = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${written.join(',')}\n`;
}
