/** Writes the files of a new price folder: a CSV for each table, and the manifest that says what they cover. */
import type { AssembledTable } from '../../core/rating/notice/assemble.ts';
import type { PublishedTable, TableRow } from '../../core/rating/notice/published-table.ts';
import { ZONE_COUNT } from '../../core/rating/price-table.ts';
import type { Day } from '../../core/units/day.ts';
import { MILLI_OZ_PER_LB, formatThousandths } from '../../core/units/measure.ts';
import { formatMills } from '../../core/units/money.ts';

export interface FolderFacts {
  from: Day;
  to: Day;
  includesPeak: boolean;
  complete: boolean;
  uncertainties: readonly string[];
  /** Id in data/sources.yaml. */
  source: string;
  sourceSha256: string;
  /** Lines at the top of the manifest. */
  comments: readonly string[];
}

/** The files of the folder by their names. */
export function folderFiles(tables: readonly AssembledTable[], facts: FolderFacts): Map<string, string> {
  const files = new Map<string, string>();
  for (const { table } of tables) files.set(fileName(table), tableText(table));
  files.set('manifest.yaml', manifestText(tables, facts));
  return files;
}

/** "ground_advantage-retail-oversized.csv". */
function fileName({ service, priceLists, by, packagings, rows }: PublishedTable): string {
  const apart = priceLists.length === 1 ? priceLists : [];
  return `${[service, ...apart, ...partName({ by, packagings, rows })].join('-')}.csv`;
}

function partName({ by, packagings, rows }: Pick<PublishedTable, 'by' | 'packagings' | 'rows'>): string[] {
  if (by === 'weight')
    return packagings.slice(0, 1).map((packaging) => (packaging === 'package' ? 'parcel' : packaging));
  if (by !== 'item') return [by];
  return [rows.every(({ item }) => item === 'postcard') ? 'postcard' : 'flat-rate'];
}

function tableText(table: PublishedTable): string {
  const { by, zones, rows } = table;
  const key = { weight: ['not_over_oz'], cubic: ['not_over_cu_ft'], item: ['item'], oversized: [] }[by];
  const columns = zones.length === 0 ? [null] : Array.from({ length: ZONE_COUNT }, (_, index) => index + 1);
  const header = [...key, ...columns.map((zone) => (zone === null ? 'price' : `zone_${zone}`))];
  const lines = rows.map((row) => [...keyCells(row, by), ...columns.map((zone) => priceCell(row, zone))]);
  return [header, ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

function keyCells({ item, step }: TableRow, by: PublishedTable['by']): string[] {
  if (by === 'oversized') return [];
  return [by === 'item' ? (item ?? '') : formatThousandths(step)];
}

function priceCell({ mills }: TableRow, zone: number | null): string {
  const price = mills.get(zone) ?? null;
  return price === null ? '' : formatMills(price);
}

function manifestText(tables: readonly AssembledTable[], facts: FolderFacts): string {
  const { uncertainties } = facts;
  return [
    ...facts.comments.map((line) => `# ${line}`),
    `id: "${facts.from}"`,
    `effective_from: ${facts.from}`,
    `effective_to: ${facts.to}`,
    `includes_peak: ${facts.includesPeak}`,
    `status: ${facts.complete ? 'complete' : 'partial'}`,
    `source_sha256: "${facts.sourceSha256}"`,
    ...(uncertainties.length === 0 ? ['uncertainties: []'] : ['uncertainties:']),
    ...uncertainties.map((sentence) => `  - ${JSON.stringify(sentence)}`),
    'tables:',
    ...tables.flatMap((assembled) => tableLines(assembled, facts.source)),
    '',
  ].join('\n');
}

function tableLines({ table, falling }: AssembledTable, source: string): string[] {
  const { service, priceLists, by, packagings, zones } = table;
  const notMonotone = falling.map(({ zone, step }) => `"${zone ?? 0}/${formatThousandths(step)}"`);
  const keys = [
    `file: ${fileName(table)}`,
    `product: ${service}`,
    `price_lists: ${list(priceLists)}`,
    `by: ${by}`,
    `source: ${source}`,
    ...(packagings.length > 0 && by === 'weight' ? [`packagings: ${list(packagings)}`] : []),
    ...stepLines(table),
    `zones: ${list(zones)}`,
    ...knownToLines(table),
    ...(notMonotone.length > 0 ? [`not_monotone: ${list(notMonotone)}`] : []),
  ];
  return keys.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
}

function stepLines({ by, rows }: PublishedTable): string[] {
  if (by === 'oversized') return [];
  if (by === 'item') return [`items: ${list(rows.map(({ item }) => item ?? ''))}`];
  const steps = rows.map(({ step }) => step);
  if (by === 'cubic') return [`steps_cu_ft: ${list(steps.map(formatThousandths))}`];
  const pounds = steps.filter((step) => step >= MILLI_OZ_PER_LB);
  const whole = pounds.length > 0 && pounds.every((step, index) => step === (index + 1) * MILLI_OZ_PER_LB);
  const small = whole ? steps.slice(0, -pounds.length) : steps;
  return [
    ...(small.length > 0 ? [`steps_oz: ${list(small.map(formatThousandths))}`] : []),
    ...(whole ? [`maximum_lb: ${pounds.length}`] : []),
  ];
}

/** Zones that are offered to a smaller weight than the rest. */
function knownToLines({ by, rows, zones }: PublishedTable): string[] {
  if (by !== 'weight') return [];
  const known = zones.flatMap((zone) => {
    const last = rows.findLast(({ mills }) => (mills.get(zone) ?? null) !== null);
    return last === undefined || last === rows.at(-1) ? [] : [`${zone}: ${last.step / MILLI_OZ_PER_LB}`];
  });
  return known.length === 0 ? [] : [`zones_known_to_lb: { ${known.join(', ')} }`];
}

function list(values: readonly (string | number)[]): string {
  return `[${values.join(', ')}]`;
}
