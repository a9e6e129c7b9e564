/** A table of a published page as plain text: spans are spread over the cells they cover, footnote marks are gone. */

export interface NoticeRow {
  /** Written as a heading of columns. */
  header: boolean;
  cells: readonly string[];
}

export interface NoticeTable {
  /** The headings it stands under, the chapter's first, its own caption last. */
  headings: readonly string[];
  rows: readonly NoticeRow[];
}

/** What a page says, before anything of it is understood. */
export interface NoticePage {
  /** All of its text, white space collapsed. */
  text: string;
  tables: readonly NoticeTable[];
  /** Marks of footnotes that were dropped from headings and cells, with the text each stood in. */
  footnotes: readonly string[];
}
