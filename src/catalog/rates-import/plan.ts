/** Plans the import of a source of prices: every file as it shall be, or everything that is wrong. Writes nothing. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PriceList } from '../../core/label/label.ts';
import { type Assembly, assembleTables } from '../../core/rating/notice/assemble.ts';
import type { LeftOut, SourceProblem } from '../../core/rating/notice/published-cell.ts';
import { type Day, addDays } from '../../core/units/day.ts';
import { loadSpellings } from '../spellings.ts';
import { loadSources } from '../sources.ts';
import { withLastDay, withSource } from './edit-yaml.ts';
import { folderFiles } from './folder-files.ts';
import { type ListDays, decideDays } from './import-days.ts';
import { loadNoticeWords } from './notice-words.ts';
import type { StatedPrices } from './price-csv.ts';
import { type PriceFolder, earlierTable, lackingTables, readPriceFolders } from './price-folders.ts';
import { type SourceForm, readStatedPrices, sourceForm } from './stated-prices.ts';

/** A source of prices as fetched or read. */
export interface PriceSource {
  bytes: Buffer;
  /** What messages call it. */
  name: string;
}

export interface ImportOptions {
  /** The last day the list holds; null = a year at most, or the day before the next list. */
  lastDay: Day | null;
  /** Id and title in data/sources.yaml; null = by the day. */
  sourceId: string | null;
  title: string | null;
  unlabelled: PriceList;
  includesPeak: boolean;
  acceptFalling: boolean;
  partial: boolean;
  /** Keep the source itself beside its tables. */
  keep: boolean;
}

export interface ImportPlan {
  days: ListDays;
  /** Files of the new folder by name; a kept source is bytes. */
  files: Map<string, string | Buffer>;
  /** Text files below data/ that change, by their path there. */
  changes: Map<string, string>;
  cells: number;
  lacking: readonly string[];
  uncertainties: readonly string[];
  leftOut: readonly LeftOut[];
}

export type Planned =
  | { outcome: 'planned'; plan: ImportPlan }
  /** The folder stands there already, made from the same source. */
  | { outcome: 'unchanged'; folder: string }
  | { outcome: 'refused'; problems: readonly SourceProblem[]; leftOut: readonly LeftOut[] };

/**
 * Plans the import into the data/ of `root`. Throws a CatalogError only when data/ itself is wrong.
 */
export function planImport(root: string, source: PriceSource, options: ImportOptions): Planned {
  const form = sourceForm(source.bytes);
  if (typeof form === 'object') return refused([{ place: source.name, message: form.problem }]);
  const vocabulary = { words: loadNoticeWords(root), spellings: loadSpellings(root) };
  const text = source.bytes.toString('utf8');
  const stated = readStatedPrices(text, { form, name: source.name }, vocabulary);
  const folders = readPriceFolders(join(root, 'data'));
  const sha256 = sha256OfBytes(source.bytes);
  const day = stated.days.length === 1 ? stated.days[0] : undefined;
  const existing = folders.find(({ manifest }) => manifest.id === day);
  if (existing?.manifest.source_sha256 === sha256) return { outcome: 'unchanged', folder: existing.path };
  const problems = [...stated.problems, ...dayProblems(stated, source.name, existing)];
  const assembly = assembleTables(stated.cells, {
    ...options,
    earlier: (table) => earlierTable(folders, day ?? '9999-12-31', table),
  });
  problems.push(...assembly.problems);
  const days = day === undefined || existing !== undefined ? null : decideDays(day, options.lastDay, folders);
  if (days !== null && 'problem' in days) problems.push({ place: source.name, message: days.problem });
  const leftOut = [...stated.leftOut, ...assembly.leftOut];
  if (problems.length > 0 || days === null || 'problem' in days) return refused(problems, leftOut);
  return {
    outcome: 'planned',
    plan: buildPlan({ root, source, options, form, stated, assembly, folders, days, sha256 }),
  };
}

function refused(problems: SourceProblem[], leftOut: LeftOut[] = []): Planned {
  return { outcome: 'refused', problems, leftOut };
}

function dayProblems(stated: StatedPrices, name: string, existing: PriceFolder | undefined): SourceProblem[] {
  const { days } = stated;
  if (days.length === 0) {
    return [
      {
        place: name,
        message: 'does not state the day its prices take effect ("Notice 123 - Effective July 12, 2026")',
      },
    ];
  }
  if (days.length > 1) return [{ place: name, message: `states several days of effect: ${days.join(', ')}` }];
  if (existing === undefined) return [];
  const message = `there is a price list of ${existing.manifest.id} already, made from another source; remove its folder first to replace it`;
  return [{ place: name, message }];
}

interface PlanParts {
  root: string;
  source: PriceSource;
  options: ImportOptions;
  form: SourceForm;
  stated: StatedPrices;
  assembly: Assembly;
  folders: readonly PriceFolder[];
  days: ListDays;
  sha256: string;
}

function buildPlan(parts: PlanParts): ImportPlan {
  const { root, source, options, form, stated, assembly, folders, days, sha256 } = parts;
  const id = options.sourceId ?? `${form === 'page' ? 'usps-notice-123' : 'prices'}-${days.from}`;
  const lacking = lackingTables(
    folders,
    days.from,
    assembly.tables.map(({ table }) => table),
  );
  const uncertainties = uncertaintiesOf(parts, lacking);
  const files: ImportPlan['files'] = folderFiles(assembly.tables, {
    ...days,
    includesPeak: options.includesPeak,
    complete: lacking.length === 0,
    uncertainties,
    source: id,
    sourceSha256: sha256,
    comments: commentsOf(parts),
  });
  if (options.keep) files.set(form === 'page' ? 'source.html.txt' : 'source.csv.txt', source.bytes);
  const changes = new Map<string, string>();
  if (!loadSources(root)[id]) {
    const title =
      options.title ??
      (form === 'page'
        ? `USPS Notice 123, Price List, effective ${days.from}`
        : `Prices in force from ${days.from}, from the file ${source.name}`);
    const kind = form === 'page' ? 'official' : 'third_party';
    const note = `Imported from ${form === 'page' ? 'the web page' : 'a CSV'}, ${source.bytes.length} bytes, SHA-256 ${sha256}.`;
    const before = readFileSync(join(root, 'data', 'sources.yaml'), 'utf8');
    changes.set('sources.yaml', withSource(before, { id, title, kind, note }));
  }
  if (days.ends !== null) {
    const text = withLastDay(days.ends.text, addDays(days.from, -1));
    if (text !== null) changes.set(`prices/${days.ends.manifest.id}/manifest.yaml`, text);
  }
  const cells = assembly.tables.flatMap(({ table }) => table.rows.flatMap(({ mills }) => [...mills.values()]));
  const leftOut = [...stated.leftOut, ...assembly.leftOut];
  return {
    days,
    files,
    changes,
    cells: cells.filter((price) => price !== null).length,
    lacking,
    uncertainties,
    leftOut,
  };
}

function commentsOf({ form, source, days, stated }: PlanParts): string[] {
  const from = form === 'page' ? 'the web page of USPS Notice 123' : `the file ${source.name}`;
  const notes =
    stated.footnotes.length === 0 ? [] : [`Marks of footnotes stood at: ${[...new Set(stated.footnotes)].join('; ')}.`];
  return [`Prices in force from ${days.from}, imported from ${from}.`, ...notes];
}

function uncertaintiesOf({ assembly, days }: PlanParts, lacking: readonly string[]): string[] {
  return [
    ...(days.assumedEnd ? ['The last day is not stated; a list has held for a year at most.'] : []),
    ...assembly.uncertainties,
    ...(lacking.length === 0 ? [] : [`The source does not hold what the list before has: ${lacking.join(', ')}.`]),
    'Surcharges and fees of extra services are not imported; a price that owes one is unknown until they are added.',
  ];
}

function sha256OfBytes(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
