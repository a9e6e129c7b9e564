/** What parcels are judged by, as one text: rules, data, the format of journeys, and what we said of ourselves. */
import type { OwnRecords } from '../core/facts/input.ts';
import { DIGEST_VERSION } from '../core/journey/digest.ts';
import type { RuleBook } from '../core/rules/rule.ts';
import { sha256Hex } from '../platform/hash.ts';
import { ownRecordsHash } from './own-records.query.ts';

/** Rules that are tried out count, so that another of them is judged anew; without any the text is that of the book alone. */
export function bookHash(book: RuleBook, shadow: RuleBook, dataVersion: string): string {
  const tried = shadow.rules.length === 0 ? [] : [shadow.version];
  return sha256Hex(JSON.stringify([book.version, dataVersion, DIGEST_VERSION, ...tried])).slice(0, 32);
}

export function judgedBy(book: string, own: OwnRecords): string {
  const said = ownRecordsHash(own);
  return said === null ? book : sha256Hex(JSON.stringify([book, said])).slice(0, 32);
}
