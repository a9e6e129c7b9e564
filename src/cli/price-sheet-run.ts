/** The work of `vendors check-prices`: reads a price sheet, judges each row and tells what was found. */
import { loadRateTables } from '../catalog/rating.ts';
import { loadRuleBook } from '../catalog/rules.ts';
import { loadSpellings } from '../catalog/spellings.ts';
import { planColumns } from '../core/mapping/column-plan.ts';
import { PRICE_SHEET_LAYOUT, priceSheetReader } from '../core/mapping/price-sheet-row.ts';
import { VendorNames } from '../core/mapping/vendor-name.ts';
import { type SheetTerms, judgeSheetPrice } from '../core/rating/price-sheet.ts';
import type { RuleBook } from '../core/rules/rule.ts';
import { type Day, dayOf, parseDay } from '../core/units/day.ts';
import type { Result } from '../core/units/result.ts';
import { CsvFile } from '../ingest/csv-file.ts';
import type { CsvRecord } from '../ingest/csv-splitter.ts';
import { aboutFile } from '../ingest/unreadable-file.ts';
import { CatalogError, UsageError } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { CliIo } from './io.ts';
import { type CheckedRow, type CheckedSheet, sheetCsv, sheetJson, sheetText } from './price-sheet-print.ts';
import type { SheetPrice } from '../core/rating/sheet-label.ts';

/** As commander gathers them. */
export interface CheckPricesOptions {
  vendor: string;
  date?: string;
  contracts?: string;
  csv?: boolean;
  json?: boolean;
}

/** Prints the judged sheet. Throws UsageError for a file that is no price sheet; a row that cannot be read is told. */
export async function checkPrices(file: string, options: CheckPricesOptions, io: CliIo): Promise<void> {
  const { vendor, contracts = null, csv = false, json = false } = options;
  if (csv && json) throw new UsageError('choose one of --csv and --json');
  const day = options.date === undefined ? dayOf(io.now()) : parseDay(options.date);
  if (day === null) throw new UsageError(`--date ${JSON.stringify(options.date)} is not a day such as 2026-11-05`);
  const sheet = await readSheet(file, { vendor, day, contracts, root: io.root });
  io.stdout.write(json ? sheetJson(sheet) : csv ? sheetCsv(sheet) : sheetText(sheet));
}

interface SheetRequest {
  vendor: string;
  day: Day;
  contracts: string | null;
  root: string;
}

async function readSheet(path: string, { vendor, day, contracts, root }: SheetRequest): Promise<CheckedSheet> {
  const tables = loadRateTables(root, { contracts });
  const terms = termsOf(loadRuleBook(root, sha256Hex), vendor);
  const context = { vendor, day, terms, tables };
  try {
    const file = await CsvFile.open(path);
    try {
      const [head, ...records] = await allRecords(file);
      if (head === undefined) throw new UsageError(`${path} has no header`);
      const read = readerOf(head.cells, path, { vendor, spellings: loadSpellings(root) });
      const rows = records.map((record): CheckedRow => {
        const price = record.problem === null ? read(record.cells) : unreadable(record.problem);
        const { row: line, cells } = record;
        if (!price.ok) return { line, cells, problems: price.problems };
        return { line, cells, judged: { price: price.value, answer: judgeSheetPrice(price.value, context) } };
      });
      return { vendor, day, header: head.cells, rows };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw aboutFile(path, error);
  }
}

async function allRecords(file: CsvFile): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const batch of file.records()) for (const record of batch) records.push(record);
  return records;
}

function unreadable(message: string): Result<SheetPrice> {
  return { ok: false, problems: [{ field: 'row', message }] };
}

function readerOf(
  header: readonly string[],
  path: string,
  { vendor, spellings }: { vendor: string; spellings: ReturnType<typeof loadSpellings> },
): (cells: readonly string[]) => Result<SheetPrice> {
  const plan = planColumns(header, PRICE_SHEET_LAYOUT, { filled: ['vendor'], isPersonal: () => false });
  if (!plan.ok) {
    const why = plan.problems.map(({ message }) => message).join('; ');
    throw new UsageError(`${path} is no price sheet: ${why}`);
  }
  return priceSheetReader(plan.value, spellings, { vendor, names: new VendorNames() });
}

/** The discount that below-floor-price measures deeper ones against (its `least_share`). */
const USUAL_DISCOUNT_SHARE = 0.2;

/** The thresholds of the rules that judge labels, with the vendor's own values. */
function termsOf(book: RuleBook, vendor: string): SheetTerms {
  const param = (id: string, name: string): number => {
    const rule = book.rules.find((one) => one.id === id);
    if (rule === undefined) throw new CatalogError({ file: 'rules/pricing' }, `holds no rule ${id}`);
    return rule.param(name, vendor);
  };
  return {
    discountShare: param('below-floor-price', 'discount_share'),
    suspectShare: param('below-floor-price', 'suspect_share'),
    undecidedShare: param('below-floor-price', 'undecided_share'),
    usualDiscountShare: USUAL_DISCOUNT_SHARE,
    toleranceMills: param('overcharged', 'tolerance_mills'),
    toleranceShare: param('overcharged', 'tolerance_share'),
  };
}
