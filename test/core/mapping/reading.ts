/** Reads one row by a header, the way files are read, for the tests of the readers. */
import { ADJUSTMENT_LAYOUT, adjustmentReader } from '../../../src/core/ledger/adjustment-row.ts';
import { chargeReader, CHARGE_LAYOUT } from '../../../src/core/ledger/charge-row.ts';
import { type Layout, planColumns } from '../../../src/core/mapping/column-plan.ts';
import { LABEL_LAYOUT, labelReader } from '../../../src/core/mapping/label-row.ts';
import { MAILER_LAYOUT, mailerReader } from '../../../src/core/mapping/mailer-row.ts';
import { TRACKING_LAYOUT, trackingReader } from '../../../src/core/mapping/tracking-row.ts';
import { VendorNames } from '../../../src/core/mapping/vendor-name.ts';
import { WAREHOUSE_LAYOUT, warehouseReader } from '../../../src/core/mapping/warehouse-row.ts';
import { VENDOR_LAYOUT, vendorReader } from '../../../src/core/risk/vendor-row.ts';
import { buildSpellings } from '../../../src/core/label/spelling.ts';
import type { Result } from '../../../src/core/units/result.ts';

const spellings = buildSpellings({
  services: { ground_advantage: ['Ground Advantage'] },
  packagings: { package: ['Parcel'] },
  extraServices: { signature_confirmation: ['Signature'] },
});

type Cells = Readonly<Record<string, string>>;
const isPersonal = (header: string) => header === 'recipient';

function plan<Column extends string>(row: Cells, layout: Layout<Column>, vendor: string | null) {
  const filled = vendor === null ? [] : layout.columns.filter((column) => column === 'vendor');
  const planned = planColumns(Object.keys(row), layout, { filled, isPersonal });
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join('; '));
  return planned.value;
}

export function readLabel(row: Cells, vendor: string | null = null) {
  return labelReader(plan(row, LABEL_LAYOUT, vendor), spellings, { vendor, names: new VendorNames() })(
    Object.values(row),
  );
}

export function readTracking(row: Cells) {
  const reading = { sha256Hex: (text: string) => text.padEnd(64, '.'), sourceRank: () => 1 };
  return trackingReader(plan(row, TRACKING_LAYOUT, null), reading)(Object.values(row));
}

export function readCharge(row: Cells, vendor: string | null = null) {
  return chargeReader(plan(row, CHARGE_LAYOUT, vendor), { vendor, names: new VendorNames() })(Object.values(row));
}

export function readAdjustment(row: Cells, vendor: string | null = null) {
  const reader = adjustmentReader(plan(row, ADJUSTMENT_LAYOUT, vendor), spellings, {
    vendor,
    names: new VendorNames(),
  });
  return reader(Object.values(row));
}

export function readMailer(row: Cells) {
  return mailerReader(plan(row, MAILER_LAYOUT, null))(Object.values(row));
}

export function readWarehouse(row: Cells) {
  return warehouseReader(plan(row, WAREHOUSE_LAYOUT, null))(Object.values(row));
}

export function readVendor(row: Cells, vendor: string | null = null) {
  return vendorReader(plan(row, VENDOR_LAYOUT, vendor), { vendor, names: new VendorNames() })(Object.values(row));
}

/** The value read; fails the test when there are problems. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

/** The problems as "field: message". */
export function problemsOf(result: Result<unknown>): string[] {
  return result.ok ? [] : result.problems.map(({ field, message }) => `${field}: ${message}`);
}
