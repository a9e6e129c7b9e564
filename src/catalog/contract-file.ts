/** One vendor's contract as written in YAML: its schema, and the lines that rating tries. */
import { basename } from 'node:path';
import { LineCounter, isNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { PACKAGINGS, PRICE_LISTS, SERVICES } from '../core/label/label.ts';
import type { Contract, ContractLine } from '../core/rating/contract.ts';
import { orderLines } from '../core/rating/contract-order.ts';
import { parseDay } from '../core/units/day.ts';
import { MILLI_OZ_PER_OZ } from '../core/units/measure.ts';
import { parseMills } from '../core/units/money.ts';
import { UsageError } from '../platform/errors.ts';

/** The last day of a contract without an end. */
const NO_END = '9999-12-31';

const day = z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)');
const ounces = z.number().positive();
const share = z
  .number()
  .refine((value) => value > 0 && value < 1, 'is a share of the price, such as 0.12 for 12 percent');
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
    discount: share.optional(),
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
 * Reads a contract. Throws a UsageError that names file, line and field of the first thing that is wrong, for a contract
 * is the user's to mend; so it does for two lines of which neither is a special case of the other.
 */
export function readContract(path: string, text: string): Contract {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault) {
    const row = counter.linePos(fault.pos[0]).line;
    throw wrong({ path, row }, `is not YAML: ${fault.message.split('\n')[0]}`);
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
    throw wrong({ path, row: lineOf(at) }, `${at.join('.')}: ${issue?.message ?? 'is not a contract'}`);
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
    throw new UsageError(`${path}: ${message}`);
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
  if (from > to) throw wrong(at, 'the line holds on no day');
  if (overMilliOz >= notOverMilliOz) throw wrong(at, 'the line holds for no weight');
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
  const priced = (mills: number): ContractLine['price'] => ({ by: 'price', mills, off });
  let over = whole.overMilliOz;
  return rows.flatMap((row, index) => {
    const last = index === rows.length - 1;
    if (row.not_over_oz === undefined && !last) throw wrong(at, 'the line needs not_over_oz in each row but the last');
    const end = row.not_over_oz === undefined ? whole.notOverMilliOz : Math.round(row.not_over_oz * MILLI_OZ_PER_OZ);
    if (end <= over || end > whole.notOverMilliOz)
      throw wrong(at, 'the line has weights that do not rise or leave its range');
    const cell = { ...whole, overMilliOz: over, notOverMilliOz: end };
    over = end;
    if (row.price !== undefined) return [Object.freeze({ ...cell, price: priced(row.price) })];
    return Object.entries(row.by_zone ?? {}).map(([zoneName, mills]) => {
      const inZone = Number(zoneName);
      if (whole.zones && !whole.zones.includes(inZone))
        throw wrong(at, `the line has a price for zone ${inZone}, not one of its zones`);
      return Object.freeze({ ...cell, zones: [inZone], price: priced(mills) });
    });
  });
}

function wrong({ path, row }: { path: string; row: number }, message: string): UsageError {
  return new UsageError(`${path}:${row}: ${message}`);
}

function latest(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}

function earliest(a: string | undefined, b: string): string {
  return a !== undefined && a < b ? a : b;
}
