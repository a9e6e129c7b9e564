/** ZIP codes: five digits as text, and their first three digits, the 3-digit area that zones are drawn between. */

const zip = /^(\d{5})(?:-?\d{4})?$/;

/** The five-digit ZIP of "12345", "12345-6789" or "123456789"; null for anything else. */
export function parseZip5(text: string): string | null {
  return zip.exec(text)?.[1] ?? null;
}

/** The 3-digit area of a five-digit ZIP. */
export function zip3Of(zip5: string): string {
  return zip5.slice(0, 3);
}
