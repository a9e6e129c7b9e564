/** Takes the tables out of a page saved from the web, each with the headings it stands under, as plain text. */
import { load } from 'cheerio';
import type { NoticePage, NoticeRow, NoticeTable } from '../../core/rating/notice/notice-table.ts';

type Page = ReturnType<typeof load>;
type Element = ReturnType<Page>;

/** No table of prices is wider or longer; a page that says so is not one. */
const MOST_SPANNED = 200;

/** Reads a page. Any text is read as a page; one without tables has none. */
export function readNoticePage(html: string): NoticePage {
  const $ = load(html);
  const footnotes = takeFootnoteMarks($);
  const tables: NoticeTable[] = [];
  const open: { level: number; text: string }[] = [];
  $('h1, h2, h3, h4, h5, h6, table').each((_, node) => {
    const element = $(node);
    if (element.parents('table').length > 0) return;
    if (node.tagName === 'table') {
      const caption = textOf(element.children('caption').first());
      const headings = [...open.map(({ text }) => text), ...(caption === '' ? [] : [caption])];
      tables.push({ headings, rows: rowsOf($, element) });
      return;
    }
    const level = Number(node.tagName.slice(1));
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    open.push({ level, text: textOf(element) });
  });
  $('script, style, noscript').remove();
  return { text: textOf($.root()), tables, footnotes };
}

/** Footnote marks are no part of a price or a name; what they stood in is kept, for the record. */
function takeFootnoteMarks($: Page): string[] {
  const marks: string[] = [];
  $('sup').each((_, node) => {
    const mark = $(node);
    const text = textOf(mark);
    // Registration marks are often raised, too.
    if (!/\d/.test(text)) return;
    const around = mark.closest('h1, h2, h3, h4, h5, h6, th, td, caption');
    mark.remove();
    if (around.length > 0) marks.push(`${textOf(around)} (${text})`);
  });
  return marks;
}

function textOf(element: Element): string {
  return element.text().replaceAll(/\s+/gu, ' ').trim();
}

/** The rows of a table as a rectangle: a cell that spans others stands in each of them. */
function rowsOf($: Page, table: Element): NoticeRow[] {
  const rows: NoticeRow[] = [];
  /** Cells that reach down from rows above, by column. */
  const reaching = new Map<number, { text: string; rows: number }>();
  table.find('tr').each((_, node) => {
    const row = $(node);
    if (row.closest('table').get(0) !== table.get(0)) return;
    const cells: string[] = [];
    const fillFromAbove = (): void => {
      for (let above = reaching.get(cells.length); above; above = reaching.get(cells.length)) {
        if (above.rows === 1) reaching.delete(cells.length);
        else above.rows -= 1;
        cells.push(above.text);
      }
    };
    row.children('th, td').each((__, cellNode) => {
      fillFromAbove();
      const cell = $(cellNode);
      const below = spanOf(cell.attr('rowspan')) - 1;
      for (let column = spanOf(cell.attr('colspan')); column > 0; column -= 1) {
        if (below > 0) reaching.set(cells.length, { text: textOf(cell), rows: below });
        cells.push(textOf(cell));
      }
    });
    fillFromAbove();
    const header = row.parent('thead').length > 0 || (row.children('th').length > 0 && row.children('td').length === 0);
    if (cells.length > 0) rows.push({ header, cells });
  });
  return rows;
}

function spanOf(written: string | undefined): number {
  const span = Number(written ?? '1');
  return Number.isInteger(span) && span >= 1 && span <= MOST_SPANNED ? span : 1;
}
