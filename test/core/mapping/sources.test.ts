/** What is said to be null without its column is null without it, and only then. */
import { CHARGE_LAYOUT, CHARGE_SOURCES } from '../../../src/core/ledger/charge-row.ts';
import { LABEL_LAYOUT, LABEL_SOURCES } from '../../../src/core/mapping/label-row.ts';
import { TRACKING_LAYOUT, TRACKING_SOURCES } from '../../../src/core/mapping/tracking-row.ts';
import { readCharge, readLabel, readTracking, valueOf } from './reading.ts';

const AT = '2026-11-05T10:00:00Z';

/** A cell every column takes, by its name. */
function cellOf(column: string): string {
  const special: Readonly<Record<string, string>> = {
    tracking_number: '9200190164917312345670',
    service: 'ground_advantage',
    packaging: 'package',
    kind: 'outbound',
    rate_type: 'weight',
    insurance_provider: 'usps',
    voided_by: 'us',
    status: 'purchased',
    extra_services: 'signature_confirmation',
    charge_type: 'postage',
    outcome: 'answered',
    zone: '4',
    order_parcels: '2',
    period_from: '2026-11-01',
    period_to: '2026-11-30',
    invoice_date: '2026-11-30',
    ship_date: '2026-11-05',
  };
  if (special[column] !== undefined) return special[column];
  if (/_at$|event_time/.test(column)) return AT;
  if (column.endsWith('zip')) return '60601';
  if (/country/.test(column)) return 'US';
  if (/currency/.test(column)) return 'USD';
  return '5';
}

const rowOf = (columns: readonly string[]) => Object.fromEntries(columns.map((column) => [column, cellOf(column)]));

const kinds = [
  { kind: 'labels', layout: LABEL_LAYOUT, sources: LABEL_SOURCES, read: readLabel },
  { kind: 'tracking', layout: TRACKING_LAYOUT, sources: TRACKING_SOURCES, read: readTracking },
  { kind: 'invoices', layout: CHARGE_LAYOUT, sources: CHARGE_SOURCES, read: readCharge },
] as const;

describe.each(kinds)('the columns of $kind', ({ layout, sources, read }) => {
  const columns: readonly string[] = layout.columns;
  const valueUnder = (given: readonly string[]): Record<string, unknown> => ({
    ...valueOf<object>(read(rowOf(given))),
  });

  test.each(Object.entries(sources))('%s comes from %s alone', (property, column) => {
    expect(valueUnder(columns)[property]).not.toBeNull();
    expect(valueUnder(columns.filter((other) => other !== column))[property]).toBeNull();
  });
});
