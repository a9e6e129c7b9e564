/** The figures of an alert by name, in one way of writing, so that those of any part of its mail can be held against them. */
import type { AlertCounts } from './alert.query.ts';
import { type AlertMatter, outstandingOf } from './alert-matter.ts';
import { orderWorth } from '../reports/outstanding.ts';
import { heldOf } from './alert-words.ts';
import { type Figures, STOP, TRANSIT, worthFigures } from './figures.ts';

export const FOUND = 'findings';
export const LABELS = 'labels';
export const HELD = 'held';

/** What the mail has to say. */
export function alertFigures(matter: AlertMatter): Figures {
  const { stop, transit } = outstandingOf(matter);
  return new Map([
    [LABELS, String(matter.counts.labels)],
    [HELD, String(heldOf(matter))],
    [STOP, String(stop.length)],
    [TRANSIT, String(transit.length)],
    ...worthFigures(orderWorth(transit)),
  ]);
}

/** What the database counted for itself. */
export function countedAlertFigures({ findings, labels, stop, transit, orderMills }: AlertCounts): Figures {
  return new Map([
    [FOUND, String(findings)],
    [LABELS, String(labels)],
    [STOP, String(stop)],
    [TRANSIT, String(transit)],
    ...worthFigures(Object.entries(orderMills)),
  ]);
}

/** The same figures by the rows that the mail was made from. */
export function listedAlertFigures(matter: AlertMatter): Figures {
  const findings = matter.vendors.flatMap((vendor) => vendor.findings.map(({ finding }) => finding));
  const labels = findings
    .filter(({ subject }) => subject === 'label')
    .map(({ trackingNumber, vendor, saleKey }) => JSON.stringify([trackingNumber, vendor, saleKey]));
  const figures = new Map([...alertFigures(matter)].filter(([name]) => name !== HELD));
  figures.set(FOUND, String(findings.length + matter.carrierDays.length));
  return figures.set(LABELS, String(new Set(labels).size));
}
