/** The changes of findings as one CSV file, read page by page as fast as it is sent: one line a field that changed. */
import { Readable } from 'node:stream';
import { formatInstant } from '../core/units/day.ts';
import { type Cell, csvText } from './csv.ts';
import { whatChanged } from './finding-history.ts';
import type { ListedChange } from './finding-history.query.ts';

const PAGE = 2000;
const COLUMNS = [
  'finding',
  'rule',
  'trackingNumber',
  'vendor',
  'change',
  'at',
  'by',
  'what',
  'field',
  'before',
  'after',
  'note',
];

/** The file; a change of no field (found, commented) has one line with empty fields. */
export function historyCsv(read: ReadPage): Readable {
  return Readable.from(pages(read));
}

/** The changes after one of them (null = from the start). */
type ReadPage = (page: { after: ListedChange | null; limit: number }) => Promise<ListedChange[]>;

async function* pages(read: ReadPage): AsyncGenerator<string> {
  yield csvText([COLUMNS.map((text) => ({ text }))]);
  let after: ListedChange | null = null;
  do {
    const changes: ListedChange[] = await read({ after, limit: PAGE });
    if (changes.length > 0) yield csvText(changes.flatMap(linesOf));
    after = changes.length === PAGE ? (changes.at(-1) ?? null) : null;
  } while (after !== null);
}

function linesOf(change: ListedChange): Cell[][] {
  const { id, rule, trackingNumber, vendor, sequence, at, by, reason, note } = change;
  const fields = whatChanged(change, change.before, change.currency);
  const number = trackingNumber.startsWith('@') ? null : trackingNumber;
  return (fields.length === 0 ? [{ field: null, from: null, to: null }] : fields).map(({ field, from, to }) => [
    { text: id },
    { text: rule },
    { text: number },
    { text: vendor },
    { number: sequence },
    { text: formatInstant(at.getTime()) },
    { text: by },
    { text: reason },
    { text: field },
    { text: from },
    { text: to },
    { text: note },
  ]);
}
