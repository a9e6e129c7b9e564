/** The tables that go along with an alert: the labels told of, those to be stopped, and the parcels on their way. */
import { formatMills } from '../core/units/money.ts';
import { type Columns, tableCsv } from '../reports/csv.ts';
import { stopColumns, transitColumns } from '../reports/outstanding-csv.ts';
import type { Wording } from '../reports/wording.ts';
import type { StoppableLabel, TransitLabel } from '../reports/outstanding.ts';
import type { AlertMatter, AlertedFinding } from './alert-matter.ts';
import type { Attachable } from './attachments.ts';

const TOLD: Columns<AlertedFinding> = [
  ['tracking_number', ({ finding }) => ({ text: shownNumber(finding.trackingNumber) })],
  ['vendor', ({ finding }) => ({ text: finding.vendor })],
  ['label_id', ({ finding }) => ({ text: finding.labelId })],
  ['order_id', ({ sale }) => ({ text: sale?.orderId ?? null })],
  ['charged', ({ sale }) => ({ number: sale && formatMills(sale.chargedMills) })],
  ['currency', ({ sale }) => ({ text: sale?.currency ?? null })],
  ['rule', ({ finding }) => ({ text: finding.rule })],
  ['stated_at', ({ statement }) => ({ text: statement?.at ?? null })],
  ['stated_by', ({ statement }) => ({ text: statement?.source ?? null })],
  ['statement', ({ statement }) => ({ text: statement?.text ?? null })],
  ['code', ({ statement }) => ({ text: statement?.code ?? null })],
  ['finding', ({ finding }) => ({ text: finding.id })],
];

/** What a rule says of a vendor, left out where so many are struck that none is to be named for it. */
const judged = ({ locale }: Wording): Columns<AlertedFinding> => [
  ['severity', ({ finding }) => ({ text: finding.severity })],
  ['verdict', ({ finding }) => ({ text: finding.verdict })],
  ['attribution', ({ finding }) => ({ text: finding.attribution })],
  ['confidence', ({ finding }) => ({ text: finding.confidence })],
  ['message', ({ finding }) => ({ text: finding.message[locale] })],
  ['next_step', ({ finding }) => ({ text: finding.nextStep[locale] })],
];

/** The files of an alert, whole; a table without a row is none. */
export function alertFiles(
  matter: AlertMatter,
  outstanding: { stop: readonly StoppableLabel[]; transit: readonly TransitLabel[] },
  wording: Wording,
): Attachable[] {
  const told = matter.vendors.flatMap(({ findings }) => findings);
  const columns = matter.carrierWide ? TOLD : [...TOLD, ...judged(wording)];
  return [
    ...file('labels.csv', told, columns),
    ...file('stop-list.csv', outstanding.stop, stopColumns(wording)),
    ...file('in-transit.csv', outstanding.transit, transitColumns(wording)),
  ];
}

function file<Row>(filename: string, rows: readonly Row[], columns: Columns<Row>): Attachable[] {
  return rows.length === 0 ? [] : [{ filename, content: Buffer.from(tableCsv(rows, columns)) }];
}

/** A key that no barcode can be is shown to nobody. */
function shownNumber(trackingNumber: string): string {
  return trackingNumber.startsWith('@') ? '' : trackingNumber;
}
