/** The stop list of a report: of whom, which labels are not to be handed over, and what is on its way. */
import { scoreVendor } from '../core/risk/score.ts';
import { formatMills } from '../core/units/money.ts';
import { groupDigits, millsText } from './number-text.ts';
import { compareText } from './order.ts';
import { OUTSTANDING_DAYS, type StoppableLabel, type TransitLabel, orderWorth } from './outstanding.ts';
import { joinSentences, transitSentences } from './outstanding-words.ts';
import type { ReportDocument } from './report-document.ts';
import type { AuditRows, OutstandingRows } from './report-rows.ts';
import { type StoppingRules, stoppedVendors } from './stopped-vendors.ts';
import { recordVendors } from './vendor-records.ts';
import type { Wording } from './wording.ts';

export type StopList = NonNullable<ReportDocument['stopList']>;

/** Rows of a list that a page shows; every row is in the workbook, and in a file of the archive. */
const SHOWN_TO_STOP = 10;
const SHOWN_IN_TRANSIT = 6;

/** Vendors decided to stop, and those whose labels an alert tells to stop: sorted by name. */
export function vendorsToStop(
  rows: Pick<AuditRows, 'sold' | 'answers' | 'rated' | 'findings'>,
  stopping: StoppingRules,
): string[] {
  const decided = recordVendors(rows).filter((record) => scoreVendor(record).decision === 'stop');
  const all = [...decided.map(({ vendor }) => vendor), ...stoppedVendors(rows.findings, stopping)];
  return [...new Set(all)].sort(compareText);
}

/** As the document has it. */
export function listStops({ vendors, from, stop, transit }: OutstandingRows): StopList {
  return {
    boughtFrom: from,
    vendors: vendors.map((vendor) => {
      const own = transit.filter((label) => label.vendor === vendor);
      return {
        vendor,
        labels: stop.filter((label) => label.vendor === vendor).length,
        inTransit: own.length,
        orders: amounts(orderWorth(own)),
      };
    }),
    orders: amounts(orderWorth(transit)),
    labels: stop.map(({ chargedMills, currency, ...label }) => ({
      ...label,
      charged: { value: formatMills(chargedMills), currency },
    })),
    inTransit: transit.map(({ orderMills, orderCurrency, ...label }) => ({
      ...label,
      order:
        orderMills === null || orderCurrency === null
          ? null
          : { value: formatMills(orderMills), currency: orderCurrency },
    })),
  };
}

function amounts(worth: readonly [string, number][]): { value: string; currency: string }[] {
  return worth.map(([currency, mills]) => ({ value: formatMills(mills), currency }));
}

/** As a page shows it; null where no vendor's labels are to be stopped. */
export function stopListView({ vendors, stop, transit }: OutstandingRows, wording: Wording) {
  if (vendors.length === 0) return null;
  return {
    vendors: vendors.map((vendor) => {
      const own = transit.filter((label) => label.vendor === vendor);
      const count = stop.filter((label) => label.vendor === vendor).length;
      const stops = wording.say(count === 0 ? 'outstanding.stop_none' : 'outstanding.stop', { count, vendor });
      return joinSentences([stops, ...transitSentences(own, vendor, wording)], wording);
    }),
    stopBasis: stop.length === 0 ? [] : stopBasis(stop, wording),
    stop: stop.slice(0, SHOWN_TO_STOP).map((label) => ({
      number: label.trackingNumber,
      about: aboutText(label, wording),
      bought: boughtText(label, wording),
      reason: wording.say(label.tracked ? 'outstanding.reason_tracked' : 'outstanding.reason_untracked'),
      charged: millsText(label.chargedMills, label.currency),
    })),
    moreStop: more(stop.length - SHOWN_TO_STOP, 'stop_list.more', wording),
    transitBasis: transit.length === 0 ? null : wording.say('outstanding.transit_basis', { days: OUTSTANDING_DAYS }),
    transit: transit.slice(0, SHOWN_IN_TRANSIT).map((label) => ({
      number: label.trackingNumber,
      about: aboutText(label, wording),
      bought: boughtText(label, wording),
      standing: wording.say(`outstanding.standing_${label.standing}`),
      order:
        label.orderMills === null || label.orderCurrency === null
          ? ''
          : millsText(label.orderMills, label.orderCurrency),
    })),
    moreTransit: more(transit.length - SHOWN_IN_TRANSIT, 'stop_list.more_transit', wording),
  };
}

export type StopListView = NonNullable<ReturnType<typeof stopListView>>;

function stopBasis(stop: readonly StoppableLabel[], wording: Wording): string[] {
  const untracked = stop.filter(({ tracked }) => !tracked).length;
  return [
    wording.say('outstanding.stop_basis', { days: OUTSTANDING_DAYS }),
    ...(untracked > 0 ? [wording.say('outstanding.stop_untracked', { count: untracked })] : []),
  ];
}

function aboutText({ vendor, labelId, orderId }: StoppableLabel | TransitLabel, wording: Wording): string {
  return [
    vendor,
    ...(labelId === null ? [] : [labelId]),
    ...(orderId === null ? [] : [wording.say('outstanding.order', { order: orderId })]),
  ].join(' · ');
}

/** Apart from the rest, so that a page can keep its day on one line. */
function boughtText({ purchasedAt }: StoppableLabel | TransitLabel, wording: Wording): string {
  return wording.say('outstanding.bought', { day: purchasedAt.slice(0, 10) });
}

function more(count: number, key: 'stop_list.more' | 'stop_list.more_transit', wording: Wording): string | null {
  return count > 0 ? wording.say(key, { count }) : null;
}

/** The figures of the list in a line, for a terminal: "12 labels not to be handed over, 3 parcels in transit". */
export function stopListLine({ vendors, labels, inTransit }: StopList, wording: Wording): string | null {
  if (vendors.length === 0) return null;
  return wording.say('stop_list.line', { labels: groupDigits(labels.length), parcels: groupDigits(inTransit.length) });
}
