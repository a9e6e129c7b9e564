/**
 * Whether the finished mail of an alert tells what was found: its bytes are read back as a recipient's reader would, and
 * the numbers in them held against the rows, and the rows against what the database counted by other means.
 */
import { type ParsedMail, simpleParser } from 'mailparser';
import { parseMills } from '../core/units/money.ts';
import { CsvSplitter } from '../ingest/csv-splitter.ts';
import type { Wording } from '../reports/wording.ts';
import {
  FOUND,
  HELD,
  LABELS,
  STOP,
  TRANSIT,
  alertFigures,
  countedAlertFigures,
  listedAlertFigures,
  worthFigure,
  worthFigures,
} from './alert-figures.ts';
import { type AlertMatter } from './alert-matter.ts';
import { orderWorth } from '../reports/outstanding.ts';
import type { Attachable } from './attachments.ts';
import { type Figures, differences } from './figures.ts';
import { readHtmlFigures, readLabelledFigures } from './mail-reading.ts';

/** What a mail is checked against. */
export interface CheckedAlert {
  matter: AlertMatter;
  /** The files that were to be attached. */
  attachments: readonly Attachable[];
  wording: Wording;
}

/** Names every figure that differs, with both values; null when none does. */
export async function alertDifferences(raw: Buffer, alert: CheckedAlert): Promise<string | null> {
  const { matter, wording } = alert;
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  const stated = alertFigures(matter);
  const found = [
    ...differences('the database', countedAlertFigures(matter.counts), listedAlertFigures(matter), 'the list'),
    ...differences('the text part', readLabelledFigures(mail.text ?? '', names(stated, wording)), stated, 'the list'),
    ...differences('the HTML part', readHtmlFigures(mail.html || ''), stated, 'the list'),
    ...differences('the subject', subjectFigures(mail), headFigures(matter, mail), 'the list'),
    ...attachedDifferences(mail, alert),
  ];
  return found.length === 0 ? null : found.join('; ');
}

/** Name of each figure by how the text part calls it. */
function names(stated: Figures, wording: Wording): ReadonlyMap<string, string> {
  const currencies = [...stated.keys()].filter((name) => name.startsWith(worthFigure('')));
  return new Map([
    [wording.say('alert.figure_labels'), LABELS],
    [wording.say('alert.figure_held'), HELD],
    [wording.say('outstanding.figure_stop'), STOP],
    [wording.say('outstanding.figure_transit'), TRANSIT],
    ...currencies.map((name): [string, string] => [
      `${wording.say('outstanding.figure_worth')} (${name.slice(worthFigure('').length)})`,
      name,
    ]),
  ]);
}

/** The first number after a colon: how many labels, or parcels of a day that concerns the carrier. */
function subjectFigures({ subject = '' }: ParsedMail): Figures {
  const [, number] = /[:：]\s*(\d[\d,]*) ?\p{L}/u.exec(subject) ?? [];
  return new Map(number === undefined ? [] : [['count', number.replaceAll(',', '')]]);
}

/** What the subject has to say; one about a vendor as a whole states no number, and its name may hold one. */
function headFigures(matter: AlertMatter, mail: ParsedMail): Figures {
  const { labels } = matter.counts;
  if (labels > 0) return new Map([['count', String(labels)]]);
  if (matter.vendors.length > 0) return subjectFigures(mail);
  return new Map([['count', alertFigures(matter).get(HELD) ?? '0']]);
}

function attachedDifferences({ attachments }: ParsedMail, { matter, attachments: due }: CheckedAlert): string[] {
  const listed = new Map(listedAlertFigures(matter));
  listed.set(FOUND, String(Number(listed.get(FOUND)) - matter.carrierDays.length));
  const expected = (name: string): Figures => new Map([...listed].filter(([figure]) => states(name, figure)));
  const arrived = new Map(attachments.map(({ filename = '', content }) => [filename, content]));
  return due.flatMap(({ filename }) => {
    const content = arrived.get(filename);
    if (content === undefined) return [`${filename} is not attached`];
    return differences(filename, readFile(filename, content), expected(filename), 'the list');
  });
}

/** Whether a file states the figure; days that concern the carrier are no row of labels.csv. */
function states(filename: string, figure: string): boolean {
  if (filename === 'stop-list.csv') return figure === STOP;
  if (filename === 'in-transit.csv') return figure === TRANSIT || figure.startsWith(worthFigure(''));
  return figure === FOUND;
}

function readFile(filename: string, content: Buffer): Figures {
  const splitter = new CsvSplitter();
  const [header = [], ...rows] = [...splitter.push(content), ...splitter.end()].map(({ cells }) => cells);
  if (filename === 'stop-list.csv') return new Map([[STOP, String(rows.length)]]);
  if (filename !== 'in-transit.csv') return new Map([[FOUND, String(rows.length)]]);
  const cell = (cells: readonly string[], name: string): string => cells[header.indexOf(name)] ?? '';
  const worth = orderWorth(
    rows.map((cells) => ({
      trackingNumber: cell(cells, 'tracking_number'),
      orderId: cell(cells, 'order_id') || null,
      orderMills: parseMills(cell(cells, 'order_value')),
      orderCurrency: cell(cells, 'order_currency') || null,
    })),
  );
  return new Map([[TRANSIT, String(rows.length)], ...worthFigures(worth)]);
}
