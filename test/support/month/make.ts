/**
 * Makes the sample month: `node --import tsx test/support/month/make.ts [SEED] [FOLDER]`. The same seed always writes the same
 * files; the committed ones are seed 20261101. truth.csv names what an auditor must find, and nothing else may be found.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCalendar } from '../../../src/catalog/calendar.ts';
import { loadRateTables } from '../../../src/catalog/rating.ts';
import { projectRoot } from '../../../src/platform/config.ts';
import { Dice } from './dice.ts';
import type { Parcel, Row } from './parcel.ts';
import { careless, fake, honest } from './vendors.ts';

const LABEL_COLUMNS = [
  'tracking_number',
  'vendor',
  'label_id',
  'kind',
  'purchased_at',
  'ship_date',
  'service',
  'packaging',
  'rate_type',
  'weight_oz',
  'length_in',
  'width_in',
  'height_in',
  'origin_zip',
  'destination_zip',
  'zone',
  'charged',
  'postage',
  'currency',
  'declared_value',
  'insured_value',
  'insurance_provider',
  'order_id',
  'order_value',
  'order_currency',
  'order_destination_zip',
  'order_parcels',
  'status',
  'voided_by',
  'voided_at',
];
const TRACKING_COLUMNS = [
  'tracking_number',
  'event_time',
  'event_code',
  'event_text',
  'city',
  'state',
  'zip',
  'country',
  'source',
  'retrieved_at',
  'outcome',
];
const INVOICE_COLUMNS = [
  'invoice_number',
  'vendor',
  'charge_type',
  'amount',
  'currency',
  'invoice_date',
  'period_from',
  'period_to',
  'line_number',
  'tracking_number',
  'label_id',
  'description',
];

function csv(columns: readonly string[], rows: readonly Row[]): string {
  const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `${[columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\n')}\n`;
}

/** The vendor's November invoice: one line a label, as charged. */
function invoice(number: string, parcels: readonly Parcel[]): Row[] {
  return parcels
    .filter(({ label }) => label['status'] === 'purchased')
    .map(({ label }, index) => ({
      invoice_number: number,
      vendor: label['vendor'] ?? '',
      charge_type: 'postage',
      amount: label['charged'] ?? '',
      currency: 'USD',
      invoice_date: '2026-11-30',
      period_from: '2026-11-01',
      period_to: '2026-11-30',
      line_number: String(index + 1),
      tracking_number: label['tracking_number'] ?? '',
      label_id: label['label_id'] ?? '',
      description: 'USPS label',
    }));
}

/** What must be found about Lucky Parcel as a whole, which sells at prices of its own and whose notices are no chance. */
const ABOUT_VENDORS = ['flat-price-vendor', 'vendor-counterfeit-rate'];

/** What must be found, by rule and number; what is found about a vendor has none. */
function truth(parcels: readonly Parcel[]): Row[] {
  const aboutVendors = ABOUT_VENDORS.map((rule) => `${rule},`);
  const lines = [
    ...parcels.flatMap((parcel) => parcel.truth.map((rule) => `${rule},${parcel.number}`)),
    ...aboutVendors,
  ];
  return [...new Set(lines)].sort().map((line) => {
    const [rule = '', number = ''] = line.split(',');
    return { rule, tracking_number: number };
  });
}

function main(seed: number, folder: string): void {
  const root = projectRoot();
  const shop = { dice: new Dice(seed), tables: loadRateTables(root), calendar: loadCalendar(root) };
  const vendors = [
    {
      file: 'harbor-labels.csv',
      columns: [...LABEL_COLUMNS, 'deliver_by'],
      parcels: honest(shop, 'Harbor Postage', 150),
    },
    { file: 'quickship-labels.csv', columns: LABEL_COLUMNS, parcels: careless(shop, 'Quickship Labels', 80) },
    { file: 'lucky-labels.csv', columns: LABEL_COLUMNS, parcels: fake(shop, 'Lucky Parcel', 70) },
  ];
  mkdirSync(folder, { recursive: true });
  for (const { file, columns, parcels } of vendors) {
    const rows = parcels.map(({ label }) => label);
    writeFileSync(join(folder, file), csv(columns, rows));
  }
  const all = vendors.flatMap(({ parcels }) => parcels);
  const [harbor] = vendors;
  writeFileSync(
    join(folder, 'tracking.csv'),
    csv(
      TRACKING_COLUMNS,
      all.flatMap(({ tracking }) => tracking),
    ),
  );
  writeFileSync(join(folder, 'harbor-invoice.csv'), csv(INVOICE_COLUMNS, invoice('HP-2026-11', harbor?.parcels ?? [])));
  writeFileSync(join(folder, 'truth.csv'), csv(['rule', 'tracking_number'], truth(all)));
}

main(Number(process.argv[2] ?? 20_261_101), process.argv[3] ?? join(projectRoot(), 'samples'));
