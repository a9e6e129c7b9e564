/** Which kind of file a header belongs to: kinds that are read, and kinds of the contract that are only known by sight. */
import { columnName } from '../core/mapping/column-plan.ts';
import { LABEL_LAYOUT } from '../core/mapping/label-row.ts';
import { MAILER_LAYOUT } from '../core/mapping/mailer-row.ts';
import { WAREHOUSE_LAYOUT } from '../core/mapping/warehouse-row.ts';
import { ADJUSTMENT_LAYOUT } from '../core/ledger/adjustment-row.ts';
import { CHARGE_LAYOUT } from '../core/ledger/charge-row.ts';
import { VENDOR_LAYOUT } from '../core/risk/vendor-row.ts';
import type { ImportKind } from './import-request.ts';

/** Columns that together make a file of a kind; of a group, one is enough. */
interface Sign {
  kind: string;
  read: ImportKind | null;
  columns: readonly (readonly string[])[];
  /** A column of another kind of list: with it the header is not of this kind. */
  unless?: RegExp;
}

/** The vendor column is no sign: it may be given for the whole file instead. */
const each = (...columns: string[]) => columns.filter((column) => column !== 'vendor').map((column) => [column]);

const VENDOR_TOO =
  'labels, invoice and adjustments need the vendor too, as a column vendor or named for the whole file';

/** Kinds with more columns stand first: the header of one kind may hold that of another. */
const SIGNS: readonly Sign[] = [
  { kind: 'adjustments', read: 'adjustments', columns: each(...ADJUSTMENT_LAYOUT.required) },
  { kind: 'labels', read: 'labels', columns: each(...LABEL_LAYOUT.required) },
  { kind: 'invoice', read: 'invoice', columns: each(...CHARGE_LAYOUT.required) },
  { kind: 'tracking', read: 'tracking', columns: [['tracking_number'], ['event_time', 'outcome']] },
  { kind: 'price_sheet', read: null, columns: each('service', 'weight_oz', 'price') },
  { kind: 'fx', read: null, columns: each('day', 'base', 'quote', 'rate') },
  { kind: 'balances', read: null, columns: each('vendor', 'at', 'balance') },
  { kind: 'mailers', read: 'mailers', columns: each(...MAILER_LAYOUT.required) },
  {
    kind: 'vendors',
    read: 'vendors',
    columns: [['vendor'], VENDOR_LAYOUT.columns.filter((name) => name !== 'vendor')],
  },
  // Any list may have ZIP codes and names: one of people or orders is none of warehouses.
  {
    kind: 'warehouses',
    read: 'warehouses',
    columns: each(...WAREHOUSE_LAYOUT.columns),
    unless: /mail|phone|customer|recipient|receiver|buyer|order|track|first|last/,
  },
];

export type FileKind =
  | { known: true; kind: ImportKind }
  /** `why` goes on behind the file's name; `named` = a kind of the contract that is not read yet. */
  | { known: false; named: boolean; why: string };

/** What the header says the file is. */
export function fileKind(header: readonly string[]): FileKind {
  const names = new Set(header.map(columnName));
  const has = (group: readonly string[]) => group.some((column) => names.has(column));
  const sign = SIGNS.find(
    ({ columns, unless }) => columns.every(has) && ![...names].some((name) => unless?.test(name) === true),
  );
  if (sign?.read) return { known: true, kind: sign.read };
  if (sign) return { known: false, named: true, why: notReadYet(sign.kind) };
  if (names.size === 1 && /[;\t|]/.test(header[0] ?? '')) {
    return {
      known: false,
      named: false,
      why: 'separates its columns by something other than commas; save it as CSV with commas',
    };
  }
  return { known: false, named: false, why: nearest(has) };
}

/** Why a file of a kind that is only known by sight is left alone. */
function notReadYet(kind: string): string {
  if (kind === 'price_sheet') return 'holds a price sheet, which is not audited; see vendors check-prices';
  return `holds ${kind}, which this version does not read yet`;
}

/** A header that misses one column of a kind is told which. */
function nearest(has: (group: readonly string[]) => boolean): string {
  for (const { kind, columns } of SIGNS) {
    const missing = columns.filter((group) => !has(group));
    if (missing.length === 1 && columns.length > 2) {
      return `looks like ${kind}, but lacks the required column ${missing.flat().join(' or ')}`;
    }
  }
  const kinds = SIGNS.flatMap(({ read, columns }) =>
    read === null ? [] : [`a file of ${read} needs ${phrase(columns)}`],
  );
  return `has a header this program does not recognise: ${kinds.join('; ')}; ${VENDOR_TOO}`;
}

/** The columns by which a kind is known, for people. */
function phrase(columns: Sign['columns']): string {
  return columns.map((group) => group.join(' or ')).join(', ');
}
