/** The sheets of what is to be done: vendors beside their peers, labels to stop, parcels on their way, claims that end soon. */
import { addDays } from '../core/units/day.ts';
import type { ReportDocument } from './report-document.ts';
import type { ReportModel } from './report-model.ts';
import { type Sheet, amountNumber, sheet } from './sheet.ts';
import type { Wording } from './wording.ts';

/** Every rule compared, none left out; no sheet where nobody is named. */
export function peersSheet({ document, ruleTitles }: ReportModel, wording: Wording): Sheet[] {
  const rows = document.vendors.flatMap(({ vendor, peers }) =>
    peers.map(({ rule, from, to, fires, answered, others }) => [
      vendor,
      rule,
      ruleTitles.get(rule) ?? rule,
      from,
      addDays(to, -1),
      fires,
      answered,
      shareOf(fires, answered),
      others.vendors,
      others.fires,
      others.answered,
      shareOf(others.fires, others.answered),
    ]),
  );
  if (rows.length === 0) return [];
  const columns = {
    vendor: 'text',
    rule: 'text',
    title: 'long',
    from: 'text',
    last: 'text',
    fires: 'count',
    judged: 'count',
    share: 'fine_share',
    others: 'count',
    others_fires: 'count',
    others_answered: 'count',
    others_share: 'fine_share',
  } as const;
  return [sheet(wording, 'peers', { columns, rows })];
}

/** Of no cases there is none. */
function shareOf(fires: number, answered: number): number | null {
  return answered === 0 ? null : fires / answered;
}

/** Whole; no sheet where no label is to be stopped. */
export function stopListSheet({ stopList }: ReportDocument, wording: Wording): Sheet[] {
  if (stopList === null || stopList.labels.length === 0) return [];
  const columns = {
    tracking_number: 'text',
    vendor: 'text',
    label_id: 'text',
    order_id: 'text',
    purchased_at: 'text',
    ship_date: 'text',
    charged: 'money',
    currency: 'text',
    reason: 'long',
  } as const;
  const rows = stopList.labels.map((label) => [
    label.trackingNumber,
    label.vendor,
    label.labelId,
    label.orderId,
    label.purchasedAt,
    label.shipDate,
    amountNumber(label.charged.value),
    label.charged.currency,
    wording.say(label.tracked ? 'outstanding.reason_tracked' : 'outstanding.reason_untracked'),
  ]);
  return [sheet(wording, 'stop_list', { columns, rows })];
}

/** Whole; no sheet where nothing is on its way. */
export function inTransitSheet({ stopList }: ReportDocument, wording: Wording): Sheet[] {
  if (stopList === null || stopList.inTransit.length === 0) return [];
  const columns = {
    tracking_number: 'text',
    vendor: 'text',
    label_id: 'text',
    order_id: 'text',
    purchased_at: 'text',
    ship_date: 'text',
    order_value: 'money',
    order_currency: 'text',
    standing: 'text',
    last_scan_at: 'text',
  } as const;
  const rows = stopList.inTransit.map((label) => [
    label.trackingNumber,
    label.vendor,
    label.labelId,
    label.orderId,
    label.purchasedAt,
    label.shipDate,
    label.order === null ? null : amountNumber(label.order.value),
    label.order?.currency ?? null,
    wording.say(`outstanding.standing_${label.standing}`),
    label.lastScanAt,
  ]);
  return [sheet(wording, 'in_transit', { columns, rows })];
}

/** Whole; no sheet where no claim ends soon. */
export function claimsSheet({ claims }: ReportDocument, wording: Wording): Sheet[] {
  if (claims === null || claims.items.length === 0) return [];
  const columns = {
    deadline: 'text',
    claim: 'text',
    vendor: 'text',
    account: 'text',
    tracking_number: 'text',
    label_id: 'text',
    order_id: 'text',
    purchased_on: 'text',
    ship_date: 'text',
    amount: 'money',
    currency: 'text',
    reason: 'long',
    rule: 'text',
    evidence: 'long',
  } as const;
  const rows = claims.items.map((claim) => [
    claim.deadline,
    wording.say(`claim.${claim.claim}`),
    claim.vendor,
    claim.account,
    claim.trackingNumber,
    claim.labelId,
    claim.orderId,
    claim.purchasedDay,
    claim.shipDate,
    amountNumber(claim.amount.value),
    claim.amount.currency,
    claim.reason,
    claim.rule,
    claim.findings.join(';'),
  ]);
  return [sheet(wording, 'claims', { columns, rows })];
}
