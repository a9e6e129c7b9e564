/** Text that a spreadsheet would take for a formula, made harmless. */

/** Characters that start a formula in common spreadsheet programs, or are skipped before one (OWASP, "CSV Injection"). */
const STARTS_FORMULA = /^[\s\0]*[=+\-@\t\r\0]/;

/**
 * The text with an apostrophe in front when a spreadsheet could run it, and without NUL characters, which no
 * spreadsheet can show. Give it text of users only: numbers of our own may start with a minus.
 */
export function harmlessText(text: string): string {
  const shown = text.replaceAll('\0', '');
  return STARTS_FORMULA.test(text) ? `'${shown}` : shown;
}
