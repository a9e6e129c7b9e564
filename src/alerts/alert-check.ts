/**
 * Whether the finished mail of an alert tells what was found: its bytes are read back as a recipient's reader would, and
 * the numbers in them held against the rows, and the rows against what the database counted by other means.
 */
import { type ParsedMail, simpleParser } from 'mailparser';
import { LIST_FILES } from '../reports/report-files.ts';
import type { Wording } from '../reports/wording.ts';
import { FOUND, HELD, LABELS, alertFigures, countedAlertFigures, listedAlertFigures } from './alert-figures.ts';
import { type AlertMatter } from './alert-matter.ts';
import type { Attachable } from './attachments.ts';
import { type Figures, STOP, TRANSIT, differences, worthFigure } from './figures.ts';
import { readHtmlFigures, readLabelledFigures, readListFigures, readTable } from './mail-reading.ts';

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
  const list = LIST_FILES.find((name) => name === filename);
  if (list !== undefined) return readListFigures(list, content);
  return new Map([[FOUND, String(readTable(content).rows.length)]]);
}
