/** How wide a text is where Chinese characters take two columns: in a terminal, or a cell of a spreadsheet. */

/** Where the blocks of Chinese, Japanese and Korean characters begin (Unicode, CJK Radicals Supplement). */
const FIRST_WIDE = 0x2e80;

/** Columns the text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) >= FIRST_WIDE ? 2 : 1;
  return width;
}
