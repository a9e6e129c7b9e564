/** Reads the folder of vendors' contracts: private prices, so they lie outside data/, wherever the setting says. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LineCounter, isNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { PACKAGINGS, PRICE_LISTS, SERVICES } from '../core/label/label.ts';
import { foldVendorName } from '../core/mapping/vendor-name.ts';
import { type Contract, type ContractLine, type Contracts, NO_CONTRACTS } from '../core/rating/contract.ts';
import { orderLines } from '../core/rating/contract-order.ts';
import { parseDay } from '../core/units/day.ts';
import { MILLI_OZ_PER_OZ } from '../core/units/measure.ts';
import { parseMills } from '../core/units/money.ts';
import { CatalogError } from '../platform/errors.ts';

/** The last day of a contract without an end. */
const NO_END = '9999-12-31';

const day = z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)');
const ounces = z.number().positive();
/** Zones a list may name; 9 is that of the Freely Associated States. */
const zone = z.int().min(1).max(9);
const price = z.union([z.string(), z.number()]).transform((written, context) => {
  const mills = parseMills(String(written));
  if (mills !== null && mills > 0) return mills;
  context.addIssue(`${written} is not a price in dollars, such as 7.35`);
  return z.NEVER;
});

const priceRow = z
  .strictObject({
    not_over_oz: ounces.optional(),
    price: price.optional(),
    by_zone: z.record(z.string().regex(/^[1-9]$/, 'is not a zone, 1 to 9'), price).optional(),
  })
  .refine((row) => (row.price === undefined) !== (row.by_zone === undefined), 'takes either price or by_zone');

const lineSchema = z
  .strictObject({
    services: z.array(z.enum(SERVICES)).min(1).optional(),
    packagings: z.array(z.enum(PACKAGINGS)).min(1).optional(),
    zones: z.array(zone).min(1).optional(),
    over_oz: ounces.optional(),
    not_over_oz: ounces.optional(),
    from: day.optional(),
    to: day.optional(),
    off: z.enum(PRICE_LISTS).default('commercial'),
    discount: z.number().gt(0).lt(1).optional(),
    prices: z.array(priceRow).min(1).optional(),
    peak: z.enum(['included', 'added']).default('added'),
  })
  .refine((line) => (line.discount === undefined) !== (line.prices === undefined), 'takes either discount or prices');

const contractSchema = z.strictObject({
  vendors: z.array(z.string().trim().min(1)).min(1),
  effective_from: day,
  effective_to: day.optional(),
  note: z.string().optional(),
  lines: z.array(lineSchema).min(1),
});

type ContractFile = z.infer<typeof contractSchema>;
type LineFile = z.infer<typeof lineSchema>;

/**
 * Reads every `*.yaml` of the folder, one file a vendor; null = no contracts. Throws a CatalogError naming file and line
 * for anything wrong, for lines that contradict each other, and for a vendor in two files.
 */
export function loadContracts(folder: string | null): Contracts {
  if (folder === null) return NO_CONTRACTS;
  if (!existsSync(folder)) {
    throw new CatalogError({ file: folder }, 'does not exist; it should be the folder of contracts (CONTRACTS)');
  }
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted();
  const byVendor = new Map<string, Contract>();
  for (const name of files) {
    const path = join(folder, name);
    const contract = readContract(path, readFileSync(path, 'utf8'));
    for (const vendor of contract.vendors) {
      const other = byVendor.get(foldVendorName(vendor));
      if (other)
        throw new CatalogError({ file: path, field: 'vendors' }, `${vendor} has a contract in ${other.id}, too`);
      byVendor.set(foldVendorName(vendor), contract);
    }
  }
  return contractsOf(byVendor);
}

/** Looks vendors up by any spelling, remembering those of the labels: they come again, many thousand times. */
function contractsOf(byVendor: ReadonlyMap<string, Contract>): Contracts {
  if (byVendor.size === 0) return NO_CONTRACTS;
  let lastVendor: string | null = null;
  let lastContract: Contract | null = null;
  return {
    of(vendor) {
      if (vendor !== lastVendor) {
        lastContract = byVendor.get(foldVendorName(vendor)) ?? null;
        lastVendor = vendor;
      }
      return lastContract;
    },
  };
}

function readContract(path: string, text: string): Contract {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault) {
    const row = counter.linePos(fault.pos[0]).line;
    throw new CatalogError({ file: path, row }, `is not YAML: ${fault.message.split('\n')[0]}`);
  }
  const lineOf = (at: readonly PropertyKey[]): number => {
    for (let length = at.length; length > 0; length -= 1) {
      const node = document.getIn(at.slice(0, length), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
    }
    return 1;
  };
  const checked = contractSchema.safeParse(document.toJS());
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const at = issue?.path ?? [];
    throw new CatalogError({ file: path, row: lineOf(at), field: at.join('.') }, issue?.message ?? 'is not a contract');
  }
  return toContract(path, checked.data, (index) => lineOf(['lines', index]));
}

function toContract(path: string, file: ContractFile, lineOf: (index: number) => number): Contract {
  const name = basename(path);
  const lines = file.lines.flatMap((line, index) =>
    linesOf(line, { place: `${name}, line ${lineOf(index)}`, path, row: lineOf(index), file }),
  );
  const ordered = orderLines(lines);
  if ('line' in ordered) {
    const { line, other } = ordered;
    const message = `${other.place} and ${line.place} both hold for some parcel, and neither is a special case of the other; narrow one of them`;
    throw new CatalogError({ file: path, field: 'lines' }, message);
  }
  return Object.freeze({ id: name.replace(/\.ya?ml$/, ''), vendors: file.vendors, lines: Object.freeze(ordered) });
}

interface LinePlace {
  place: string;
  path: string;
  row: number;
  file: ContractFile;
}

/** A line as it is tried: one with a discount is one, one with a table of prices is one a cell. */
function linesOf(line: LineFile, at: LinePlace): ContractLine[] {
  const from = latest(line.from, at.file.effective_from);
  const to = earliest(line.to, at.file.effective_to ?? NO_END);
  const overMilliOz = Math.round((line.over_oz ?? 0) * MILLI_OZ_PER_OZ);
  const notOverMilliOz = line.not_over_oz === undefined ? Infinity : Math.round(line.not_over_oz * MILLI_OZ_PER_OZ);
  if (from > to) throw wrongLine(at, 'holds on no day');
  if (overMilliOz >= notOverMilliOz) throw wrongLine(at, 'holds for no weight');
  const whole: Omit<ContractLine, 'price'> = {
    place: at.place,
    services: line.services ?? null,
    packagings: line.packagings ?? null,
    zones: line.zones ?? null,
    overMilliOz,
    notOverMilliOz,
    from,
    to,
    peak: line.peak,
  };
  const { off, discount, prices } = line;
  if (discount !== undefined)
    return [Object.freeze({ ...whole, price: { by: 'discount' as const, share: discount, off } })];
  return cellsOf(prices ?? [], { whole, off, at });
}

type PriceRows = NonNullable<LineFile['prices']>;

/** The cells of a table of prices, each a line of its own: rows in rising weights, each from where the one before ended. */
function cellsOf(
  rows: PriceRows,
  { whole, off, at }: { whole: Omit<ContractLine, 'price'>; off: ContractLine['price']['off']; at: LinePlace },
): ContractLine[] {
  let over = whole.overMilliOz;
  return rows.flatMap((row, index) => {
    const last = index === rows.length - 1;
    if (row.not_over_oz === undefined && !last) throw wrongLine(at, 'needs not_over_oz in each row but the last');
    const end = row.not_over_oz === undefined ? whole.notOverMilliOz : Math.round(row.not_over_oz * MILLI_OZ_PER_OZ);
    if (end <= over || end > whole.notOverMilliOz)
      throw wrongLine(at, 'has weights that do not rise or leave its range');
    const cell = { ...whole, overMilliOz: over, notOverMilliOz: end };
    over = end;
    const priced = (mills: number): ContractLine['price'] => ({ by: 'price', mills, off });
    if (row.price !== undefined) return [Object.freeze({ ...cell, price: priced(row.price) })];
    return Object.entries(row.by_zone ?? {}).map(([zoneName, mills]) => {
      const inZone = Number(zoneName);
      if (whole.zones && !whole.zones.includes(inZone))
        throw wrongLine(at, `has a price for zone ${inZone}, not one of its zones`);
      return Object.freeze({ ...cell, zones: [inZone], price: priced(mills) });
    });
  });
}

function wrongLine({ path, row }: LinePlace, message: string): CatalogError {
  return new CatalogError({ file: path, row, field: 'lines' }, message);
}

function latest(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}

function earliest(a: string | undefined, b: string): string {
  return a !== undefined && a < b ? a : b;
}
