/** Reads one file of a known kind into lines for the temporary table, and counts what it met. */
import type { Problem, Result } from '../core/units/result.ts';
import type { Layout } from '../core/mapping/column-plan.ts';
import { planColumns } from '../core/mapping/column-plan.ts';
import { LABEL_LAYOUT, labelReader } from '../core/mapping/label-row.ts';
import { MAILER_LAYOUT, mailerReader } from '../core/mapping/mailer-row.ts';
import { TRACKING_LAYOUT, trackingReader } from '../core/mapping/tracking-row.ts';
import type { VendorNames } from '../core/mapping/vendor-name.ts';
import type { Vocabulary } from '../core/mapping/vocabulary.ts';
import { WAREHOUSE_LAYOUT, warehouseReader } from '../core/mapping/warehouse-row.ts';
import { ADJUSTMENT_LAYOUT, adjustmentReader } from '../core/ledger/adjustment-row.ts';
import { CHARGE_LAYOUT, chargeReader } from '../core/ledger/charge-row.ts';
import { VENDOR_LAYOUT, vendorReader } from '../core/risk/vendor-row.ts';
import { sha256Hex } from '../platform/hash.ts';
import { ADJUSTMENT_STAGING, adjustmentRow } from './adjustment.store.ts';
import { CHARGE_STAGING, chargeRows } from './charge.store.ts';
import type { CsvRecord } from './csv-splitter.ts';
import { EVENT_STAGING } from './event.store.ts';
import type { ImportKind } from './import-request.ts';
import { LABEL_STAGING } from './label.store.ts';
import { MAILER_STAGING, VENDOR_STAGING, WAREHOUSE_STAGING } from './own-records.store.ts';
import { type StagedColumn, type StagedRow, type Staging, statedColumns } from './staging.store.ts';
import { UnreadableFileError } from './unreadable-file.ts';

/** Turns the records behind one header into rows. */
export interface RowReader {
  read: (cells: readonly string[]) => Result<StagedRow>;
  /** Positions of cells about people. */
  personal: readonly number[];
  /** The columns of the table that the file states. */
  columns: readonly StagedColumn[];
}

/** Where the rows of each kind go. */
export const STAGING: Readonly<Record<ImportKind, Staging>> = {
  labels: LABEL_STAGING,
  tracking: EVENT_STAGING,
  invoice: CHARGE_STAGING,
  adjustments: ADJUSTMENT_STAGING,
  mailers: MAILER_STAGING,
  warehouses: WAREHOUSE_STAGING,
  vendors: VENDOR_STAGING,
};

export interface ReadingContext {
  vocabulary: Vocabulary;
  /** Given for the whole file; null = every row names its own. */
  vendor: string | null;
  /** The names vendors go by; grows with every vendor of the file. */
  names: VendorNames;
}

type MakeReader = (header: string[], context: ReadingContext) => RowReader;

const READERS: Readonly<Record<ImportKind, MakeReader>> = {
  labels: (header, context) => {
    const plan = planOrThrow(header, LABEL_LAYOUT, context);
    const read = labelReader(plan, context.vocabulary.spellings, context);
    return { read, personal: plan.personal, columns: statedColumns(LABEL_STAGING, plan) };
  },
  tracking: (header, context) => {
    const plan = planOrThrow(header, TRACKING_LAYOUT, context);
    const read = trackingReader(plan, { sha256Hex, sourceRank: context.vocabulary.sourceRank });
    return { read, personal: plan.personal, columns: statedColumns(EVENT_STAGING, plan) };
  },
  invoice: (header, context) => {
    const plan = planOrThrow(header, CHARGE_LAYOUT, context);
    const readCharge = chargeReader(plan, context);
    const row = chargeRows();
    const read = (cells: readonly string[]): Result<StagedRow> => {
      const charge = readCharge(cells);
      return charge.ok ? { ok: true, value: row(charge.value) } : charge;
    };
    return { read, personal: plan.personal, columns: statedColumns(CHARGE_STAGING, plan) };
  },
  adjustments: (header, context) => {
    const plan = planOrThrow(header, ADJUSTMENT_LAYOUT, context);
    const readAdjustment = adjustmentReader(plan, context.vocabulary.spellings, context);
    const read = (cells: readonly string[]): Result<StagedRow> => {
      const adjustment = readAdjustment(cells);
      return adjustment.ok ? { ok: true, value: adjustmentRow(adjustment.value) } : adjustment;
    };
    return { read, personal: plan.personal, columns: statedColumns(ADJUSTMENT_STAGING, plan) };
  },
  mailers: (header, context) => {
    const plan = planOrThrow(header, MAILER_LAYOUT, context);
    return { read: mailerReader(plan), personal: plan.personal, columns: statedColumns(MAILER_STAGING, plan) };
  },
  warehouses: (header, context) => {
    const plan = planOrThrow(header, WAREHOUSE_LAYOUT, context);
    return { read: warehouseReader(plan), personal: plan.personal, columns: statedColumns(WAREHOUSE_STAGING, plan) };
  },
  vendors: (header, context) => {
    const plan = planOrThrow(header, VENDOR_LAYOUT, context);
    return { read: vendorReader(plan, context), personal: plan.personal, columns: statedColumns(VENDOR_STAGING, plan) };
  },
};

/** The reader of rows below `header`. Throws UnreadableFileError that names every column missing or standing twice. */
export function rowReader(kind: ImportKind, header: CsvRecord, context: ReadingContext): RowReader {
  if (header.problem !== null) throw new UnreadableFileError(`has no readable header: ${header.problem}`);
  return READERS[kind](header.cells, context);
}

function planOrThrow<Column extends string>(header: string[], layout: Layout<Column>, context: ReadingContext) {
  const filled = context.vendor === null ? [] : layout.columns.filter((column) => column === 'vendor');
  const plan = planColumns(header, layout, { filled, isPersonal: context.vocabulary.isPersonal });
  if (plan.ok) return plan.value;
  throw new UnreadableFileError(`cannot be read: ${plan.problems.map(sentence).join('; ')}`);
}

function sentence({ field, message }: Problem): string {
  const hint = field === 'vendor' ? ' (or name the vendor of the whole file: --vendor, or ?vendor= over HTTP)' : '';
  return message + hint;
}
