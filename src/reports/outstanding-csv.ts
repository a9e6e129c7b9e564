/** The columns of stop-list.csv and in-transit.csv, the same in an alert and in a report. */
import { formatMills } from '../core/units/money.ts';
import type { Columns } from './csv.ts';
import type { StoppableLabel, TransitLabel } from './outstanding.ts';
import type { Wording } from './wording.ts';

const BOUGHT: Columns<StoppableLabel | TransitLabel> = [
  ['tracking_number', ({ trackingNumber }) => ({ text: trackingNumber })],
  ['vendor', ({ vendor }) => ({ text: vendor })],
  ['label_id', ({ labelId }) => ({ text: labelId })],
  ['order_id', ({ orderId }) => ({ text: orderId })],
  ['purchased_at', ({ purchasedAt }) => ({ text: purchasedAt })],
  ['ship_date', ({ shipDate }) => ({ text: shipDate })],
];

/** stop-list.csv: labels that are not to be handed over. */
export const stopColumns = (wording: Wording): Columns<StoppableLabel> => [
  ...BOUGHT,
  ['charged', ({ chargedMills }) => ({ number: formatMills(chargedMills) })],
  ['currency', ({ currency }) => ({ text: currency })],
  [
    'reason',
    ({ tracked }) => ({ text: wording.say(tracked ? 'outstanding.reason_tracked' : 'outstanding.reason_untracked') }),
  ],
];

/** in-transit.csv: parcels that can only be followed. */
export const transitColumns = (wording: Wording): Columns<TransitLabel> => [
  ...BOUGHT,
  ['order_value', ({ orderMills }) => ({ number: orderMills === null ? null : formatMills(orderMills) })],
  ['order_currency', ({ orderCurrency }) => ({ text: orderCurrency })],
  ['standing', ({ standing }) => ({ text: wording.say(`outstanding.standing_${standing}`) })],
  ['last_scan_at', ({ lastScanAt }) => ({ text: lastScanAt })],
];
