/** Reads a source of published prices, a saved page or a CSV, into the prices it states. */
import type { Spellings } from '../../core/label/spelling.ts';
import { effectiveDays } from '../../core/rating/notice/effective-day.ts';
import type { NoticeWords } from '../../core/rating/notice/notice-words.ts';
import { readTable } from '../../core/rating/notice/read-table.ts';
import { readNoticePage } from './notice-page.ts';
import { type StatedPrices, readPriceCsv } from './price-csv.ts';

export type SourceForm = 'page' | 'csv';

/** How gzip and zip files begin. */
const PACKED = ['\u001f\u008b', 'PK\u0003\u0004'];

interface Vocabulary {
  words: NoticeWords;
  spellings: Pick<Spellings, 'service'>;
}

/** What a file is, by its first characters; or why it is neither a page nor a CSV. */
export function sourceForm(bytes: Buffer): SourceForm | { problem: string } {
  const start = bytes.subarray(0, 2000).toString('latin1');
  if (start.startsWith('%PDF')) return { problem: 'is a PDF; save the web page of the notice instead (HTML only)' };
  if (PACKED.some((mark) => start.startsWith(mark))) return { problem: 'is packed; unpack it first' };
  if (/^(?:From: <Saved by|MIME-Version:)/m.test(start)) {
    return { problem: 'is a web archive; save the page as HTML only' };
  }
  if (start.includes('\0')) return { problem: 'is no text' };
  return /^\s*</.test(start.replace(/^\xef\xbb\xbf/, '')) ? 'page' : 'csv';
}

/** Reads the text of a source that messages call `name`. */
export function readStatedPrices(
  text: string,
  { form, name }: { form: SourceForm; name: string },
  vocabulary: Vocabulary,
): StatedPrices {
  return form === 'csv' ? readPriceCsv(text, name, vocabulary) : readPage(text, name, vocabulary.words);
}

function readPage(html: string, name: string, words: NoticeWords): StatedPrices {
  const page = readNoticePage(html);
  const readings = page.tables.map((table) => readTable(table, words));
  return {
    cells: readings.flatMap(({ cells }) => cells),
    problems: [
      ...(isWhole(html) ? [] : [{ place: name, message: 'breaks off before its end; save the page again' }]),
      ...readings.flatMap(({ problems }) => problems),
    ],
    leftOut: readings.flatMap(({ leftOut }) => leftOut),
    days: effectiveDays(page.text),
    footnotes: page.footnotes,
  };
}

/** The reader mends a page that breaks off, as browsers do: only its text shows that what was opened is never closed. */
function isWhole(html: string): boolean {
  return ['html', 'table'].every((tag) => {
    const opened = html.match(new RegExp(`<${tag}[\\s>]`, 'gi'))?.length ?? 0;
    const closed = html.match(new RegExp(`</${tag}\\s*>`, 'gi'))?.length ?? 0;
    return closed >= opened;
  });
}
