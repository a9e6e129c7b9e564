/** The tables that go along with an alert: the labels told of, those to be stopped, and the parcels on their way. */
import { formatMills } from '../core/units/money.ts';
import { type Cell, csvText } from '../reports/csv.ts';
import type { Wording } from '../reports/wording.ts';
import type { StoppableLabel, TransitLabel } from './alert.query.ts';
import type { AlertMatter, AlertedFinding } from './alert-matter.ts';
import type { Attachable } from './attachments.ts';

type Columns<Row> = readonly [string, (row: Row) => Cell][];

/** Names a purchase in any of the tables. */
interface Purchase {
  trackingNumber: string;
  vendor: string | null;
  labelId: string | null;
}

const PURCHASE: Columns<Purchase> = [
  ['tracking_number', ({ trackingNumber }) => ({ text: trackingNumber })],
  ['vendor', ({ vendor }) => ({ text: vendor })],
  ['label_id', ({ labelId }) => ({ text: labelId })],
];

const TOLD: Columns<AlertedFinding> = [
  ...of(PURCHASE, ({ finding }: AlertedFinding) => ({
    ...finding,
    trackingNumber: shownNumber(finding.trackingNumber),
  })),
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

const BOUGHT: Columns<StoppableLabel | TransitLabel> = [
  ...PURCHASE,
  ['order_id', ({ orderId }) => ({ text: orderId })],
  ['purchased_at', ({ purchasedAt }) => ({ text: purchasedAt })],
  ['ship_date', ({ shipDate }) => ({ text: shipDate })],
];

const stopColumns = (wording: Wording): Columns<StoppableLabel> => [
  ...BOUGHT,
  ['charged', ({ chargedMills }) => ({ number: formatMills(chargedMills) })],
  ['currency', ({ currency }) => ({ text: currency })],
  ['reason', ({ tracked }) => ({ text: wording.say(tracked ? 'alert.reason_tracked' : 'alert.reason_untracked') })],
];

const transitColumns = (wording: Wording): Columns<TransitLabel> => [
  ...BOUGHT,
  ['order_value', ({ orderMills }) => ({ number: orderMills === null ? null : formatMills(orderMills) })],
  ['order_currency', ({ orderCurrency }) => ({ text: orderCurrency })],
  ['standing', ({ standing }) => ({ text: wording.say(`alert.standing_${standing}`) })],
  ['last_scan_at', ({ lastScanAt }) => ({ text: lastScanAt })],
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
  if (rows.length === 0) return [];
  const header = columns.map(([name]): Cell => ({ text: name }));
  const lines = rows.map((row) => columns.map(([, cellOf]) => cellOf(row)));
  return [{ filename, content: Buffer.from(csvText([header, ...lines])) }];
}

/** The columns over rows that hold theirs. */
function of<Outer, Inner>(columns: Columns<Inner>, inner: (row: Outer) => Inner): Columns<Outer> {
  return columns.map(([name, cellOf]) => [name, (row) => cellOf(inner(row))]);
}

/** A key that no barcode can be is shown to nobody. */
function shownNumber(trackingNumber: string): string {
  return trackingNumber.startsWith('@') ? '' : trackingNumber;
}
