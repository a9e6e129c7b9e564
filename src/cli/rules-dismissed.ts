/** The work of `rules list --database`: what people dismissed of the findings of each rule. */
import type { DatabaseSchema } from '../platform/database.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import type { CliIo } from './io.ts';
import { openRooms } from './rooms.ts';

/** By rule, such as "12 of 15, flagged"; rules on which nobody decided are left out. */
export async function readShares(io: CliIo, schema: DatabaseSchema, url: string): Promise<Map<string, string>> {
  const rooms = await openRooms(io, schema, url);
  try {
    const shares = await rooms.get(FindingReader).dismissed();
    return new Map(
      shares.map(({ rule, dismissed, decided, flagged }) => [
        rule,
        `${dismissed} of ${decided}${flagged ? ', flagged' : ''}`,
      ]),
    );
  } finally {
    await rooms.close();
  }
}
