/** A row of an adjustments file as an Adjustment, or what is wrong with it. */
import type { Spellings } from '../label/spelling.ts';
import type { ColumnPlan, Layout } from '../mapping/column-plan.ts';
import { type Shared, trackingNumber, vendorOf } from '../mapping/key-cells.ts';
import { RowCells } from '../mapping/row-cells.ts';
import type { Result } from '../units/result.ts';
import { ADJUSTMENT_REASONS, type Adjustment, type Measured } from './adjustment.ts';

const REQUIRED = ['adjustment_id', 'vendor', 'tracking_number', 'assessed_at', 'reason', 'amount'] as const;

/** What both sides of an adjustment may state, behind `claimed_` or `assessed_`. */
const MEASURED = ['weight_oz', 'length_in', 'width_in', 'height_in', 'zone', 'packaging', 'service', 'amount'] as const;
type MeasuredColumn = `${Side}_${(typeof MEASURED)[number]}`;

const SIDES = ['claimed', 'assessed'] as const;
type Side = (typeof SIDES)[number];

const OPTIONAL = [
  'currency',
  'notified_at',
  'dispute_id',
  'processing_fee',
  ...SIDES.flatMap((side) => MEASURED.map((name): MeasuredColumn => `${side}_${name}`)),
] as const;

export type AdjustmentColumn = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
export const ADJUSTMENT_LAYOUT: Layout<AdjustmentColumn> = { columns: [...REQUIRED, ...OPTIONAL], required: REQUIRED };

/** Zones of the United States: 1 to 9. */
const LAST_ZONE = 9;

type Cells = RowCells<AdjustmentColumn>;

/**
 * A function from the cells of a row to its Adjustment. Amounts in mills, negative for what is given back; all problems of a
 * row are said at once.
 */
export function adjustmentReader(plan: ColumnPlan<AdjustmentColumn>, spellings: Spellings, shared: Shared) {
  const row = new RowCells(plan);
  return (cells: readonly string[]): Result<Adjustment> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    const adjustmentId = row.required('adjustment_id', row.key('adjustment_id'));
    const vendor = vendorOf(row, shared);
    const number = trackingNumber(row);
    const assessedTime = row.required('assessed_at', row.written('assessed_at'));
    const reason = row.required('reason', row.word('reason', ADJUSTMENT_REASONS));
    const amountMills = row.required('amount', row.mills('amount', { signed: true }));
    const notified = row.written('notified_at');
    const rest = {
      currency: row.currency('currency') ?? 'USD',
      notifiedDay: notified?.day ?? null,
      notifiedAt: notified?.instant ?? null,
      disputeId: row.text('dispute_id'),
      processingFeeMills: row.mills('processing_fee', { signed: true }),
      claimed: measured(row, 'claimed', spellings),
      assessed: measured(row, 'assessed', spellings),
      extra: row.extra(),
    };
    const keyed = adjustmentId !== null && vendor !== null && number !== null;
    if (!keyed || assessedTime === null || reason === null || amountMills === null || row.problems.length > 0) {
      return { ok: false, problems: row.problems };
    }
    const { day: assessedDay, instant: assessedAt } = assessedTime;
    const key = { adjustmentId, vendor, trackingNumber: number.canonical };
    return { ok: true, value: { ...key, assessedDay, assessedAt, reason, amountMills, ...rest } };
  };
}

function measured(row: Cells, side: Side, spellings: Spellings): Measured {
  return {
    weightMilliOz: row.thousandths(`${side}_weight_oz`),
    lengthMilliIn: row.thousandths(`${side}_length_in`),
    widthMilliIn: row.thousandths(`${side}_width_in`),
    heightMilliIn: row.thousandths(`${side}_height_in`),
    zone: row.whole(`${side}_zone`, 1, LAST_ZONE),
    packaging: row.spelt(`${side}_packaging`, (text) => spellings.packaging(text), 'a packaging'),
    service: row.spelt(`${side}_service`, (text) => spellings.service(text), 'a service'),
    amountMills: row.mills(`${side}_amount`),
  };
}
