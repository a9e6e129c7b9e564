/** A price as a published table writes it. */
import { parseMills } from '../../units/money.ts';

export type WrittenPrice =
  | { kind: 'price'; mills: number }
  /** Said to be no price: "n/a", a dash. */
  | { kind: 'not_offered' }
  | { kind: 'empty' }
  | { kind: 'text' };

const PRICE = /^(?:\$\s*\d{1,3}(?:,?\d{3})*(?:\.\d{1,3})?|\d{1,3}(?:,?\d{3})*\.\d{2,3})$/;

/** Reads a cell; the dollar sign may be missing where cents are written. */
export function writtenPrice(cell: string): WrittenPrice {
  const text = cell.trim();
  if (text === '') return { kind: 'empty' };
  if (/^(?:n\s*\/?\s*a\.?|[-–—]+)$/i.test(text)) return { kind: 'not_offered' };
  const mills = PRICE.test(text) ? parseMills(text.replaceAll(/[$,\s]/g, '')) : null;
  return mills === null || mills <= 0 ? { kind: 'text' } : { kind: 'price', mills };
}
