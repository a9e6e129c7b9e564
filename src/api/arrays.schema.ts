/** What is asked and said about arrays of records over HTTP. */
import { z } from 'zod';
import { wholeQuery } from '../platform/given-text.ts';
import { aboutFile, rejectedRow } from './imports.schema.ts';

const count = z.int().nonnegative();

export const MOST_ROWS = 10_000;

export const arrayQuery = wholeQuery({ vendor: aboutFile.shape.vendor });

/** Keys are the columns of the canonical files; what is wrong with a value is said in the answer, row by row. */
const record = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const records = z.array(record).max(MOST_ROWS);
export const recordsBody = z.union([records, z.object({ items: records })]);

export const arrayAnswer = z.object({
  id: z.string().nullable().meta({ description: 'Of the import; the same array has the same. null = it was empty.' }),
  rows: count.meta({ description: 'accepted + repeated + rejected' }),
  accepted: count,
  repeated: count,
  rejected: count,
  personalDropped: count,
  problems: z
    .array(rejectedRow)
    .meta({ description: 'Why rows were rejected; `row` is the place in the array, from 0.' }),
});
