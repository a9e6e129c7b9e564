/** The shortest way to read the commonest cells: plain amounts, codes of capital letters, five-digit ZIP codes. */

/** Digits in front of the point, so many that every reader of numbers takes them. */
const MAX_WHOLE_DIGITS = 7;
const DOT = 46;

/**
 * "12", "12.3" or "12.345" in thousandths; NaN for every other text, however right it may be. Agrees with `parseMills`
 * and `parseThousandths` wherever it answers.
 */
export function plainThousandths(text: string): number {
  const { length } = text;
  let number = 0;
  let decimals = -1;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      number = number * 10 + code - 48;
      if (decimals >= 0) decimals += 1;
      else if (at >= MAX_WHOLE_DIGITS) return Number.NaN;
    } else if (code === DOT && decimals < 0 && at > 0) {
      decimals = 0;
    } else {
      return Number.NaN;
    }
  }
  switch (decimals) {
    case -1:
      return length > 0 ? number * 1000 : Number.NaN;
    case 1:
      return number * 100;
    case 2:
      return number * 10;
    case 3:
      return number;
    default:
      return Number.NaN;
  }
}

/** Whether the text is so many capital letters. */
export function isCapitals(text: string, count: number): boolean {
  if (text.length !== count) return false;
  for (let at = 0; at < count; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 65 || code > 90) return false;
  }
  return true;
}

/** Whether the text is so many digits. */
export function isDigits(text: string, count: number): boolean {
  if (text.length !== count) return false;
  for (let at = 0; at < count; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
