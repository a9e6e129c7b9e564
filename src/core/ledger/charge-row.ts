/** A row of an invoice file as a Charge, or what is wrong with it. */
import type { ColumnPlan, Layout } from '../mapping/column-plan.ts';
import { type Shared, optionalTrackingNumber, vendorOf } from '../mapping/key-cells.ts';
import { RowCells } from '../mapping/row-cells.ts';
import type { Result } from '../units/result.ts';
import { CHARGE_TYPES, type Charge } from './charge.ts';

const REQUIRED = ['invoice_number', 'vendor', 'charge_type', 'amount'] as const;
const OPTIONAL = [
  'currency',
  'invoice_date',
  'period_from',
  'period_to',
  'line_number',
  'tracking_number',
  'label_id',
  'charge_code',
  'description',
  'charged_at',
  'reverses_line',
  'invoice_total',
  'payee',
] as const;

export type ChargeColumn = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
export const CHARGE_LAYOUT: Layout<ChargeColumn> = { columns: [...REQUIRED, ...OPTIONAL], required: REQUIRED };

/** What is null on every charge of a file that lacks the column. */
export const CHARGE_SOURCES: Readonly<Partial<Record<keyof Charge, ChargeColumn>>> = {
  lineNumber: 'line_number',
  chargeCode: 'charge_code',
  description: 'description',
  invoiceDate: 'invoice_date',
  periodFrom: 'period_from',
  periodTo: 'period_to',
  labelId: 'label_id',
  chargedAt: 'charged_at',
  chargedDay: 'charged_at',
  reversesLine: 'reverses_line',
  invoiceTotalMills: 'invoice_total',
  payee: 'payee',
};

/** A function from the cells of a row to its Charge. Amounts in mills, with the sign that the file writes (`settledMills`). */
export function chargeReader(plan: ColumnPlan<ChargeColumn>, shared: Shared) {
  const row = new RowCells(plan);
  return (cells: readonly string[]): Result<Charge> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    const invoiceNumber = row.required('invoice_number', row.key('invoice_number'));
    const vendor = vendorOf(row, shared);
    const chargeType = row.required('charge_type', row.word('charge_type', CHARGE_TYPES));
    const amountMills = row.required('amount', row.mills('amount', { signed: true }));
    const number = optionalTrackingNumber(row);
    const charged = row.written('charged_at');
    const rest = {
      currency: row.currency('currency') ?? 'USD',
      invoiceDate: row.day('invoice_date'),
      periodFrom: row.day('period_from'),
      periodTo: row.day('period_to'),
      lineNumber: row.key('line_number'),
      trackingNumber: number?.canonical ?? null,
      labelId: row.key('label_id'),
      chargeCode: row.text('charge_code'),
      description: row.text('description'),
      chargedDay: charged?.day ?? null,
      chargedAt: charged?.instant ?? null,
      reversesLine: row.text('reverses_line'),
      invoiceTotalMills: row.mills('invoice_total', { signed: true }),
      payee: row.text('payee'),
      extra: row.extra(),
    };
    if (rest.periodFrom !== null && rest.periodTo !== null && rest.periodFrom > rest.periodTo) {
      row.reject('period_to', 'is before period_from', rest.periodTo);
    }
    const stated = invoiceNumber !== null && vendor !== null && chargeType !== null && amountMills !== null;
    if (!stated || row.problems.length > 0) return { ok: false, problems: row.problems };
    return { ok: true, value: { invoiceNumber, vendor, chargeType, amountMills, ...rest } };
  };
}
