/** What is asked and said about imports over HTTP. */
import { z } from 'zod';
import { givenText, wholeQuery } from '../platform/given-text.ts';
import { IMPORT_KINDS } from '../ingest/import-request.ts';
import { UPLOAD_STATES } from '../ingest/upload.table.ts';
import { listShape } from './list-query.ts';

const count = z.int().nonnegative();
const instant = z.iso.datetime();
const LONGEST_NAME = 200;

/** What a sender may say of a file; in the query, or as fields of a form. */
const aboutShape = {
  kind: z
    .enum(IMPORT_KINDS, `must be one of ${IMPORT_KINDS.join(', ')}; left out, it is recognised from the header`)
    .optional()
    .meta({ description: 'What the file holds; left out: recognised from its header.' }),
  vendor: givenText(LONGEST_NAME)
    .optional()
    .meta({ description: 'Fills rows that name no vendor; a row that names another one is rejected.' }),
  file: z
    .string('must be a text, given once')
    .max(LONGEST_NAME, `must have ${LONGEST_NAME} characters at most`)
    .optional()
    .meta({ description: 'The name under which people see the file.' }),
};
export const aboutFile = wholeQuery(aboutShape);
export type AboutFile = z.infer<typeof aboutFile>;

/** `{id}` of a path: of the upload, or of what was imported. */
export const importParam = z.object({
  id: z
    .string()
    .regex(/^([0-9a-f]{32}|[0-9a-f]{64})$/, 'must be the 32 or 64 hex digits this service has answered as an id'),
});

export const importAnswer = z.object({
  id: z.string(),
  state: z.enum(UPLOAD_STATES),
  kind: z.string().nullable().meta({ description: 'null until it is recognised.' }),
  vendor: z.string().nullable(),
  file: z.string(),
  bytes: count,
  progress: z.number().min(0).max(1).meta({ description: '1 once it has ended.' }),
  rows: count.meta({ description: 'Read so far; accepted + repeated + rejected once it is done.' }),
  accepted: count,
  repeated: count.meta({ description: 'Rows that said nothing new.' }),
  rejected: count,
  personalDropped: count.meta({ description: 'Values about people that were dropped.' }),
  problem: z.string().nullable().meta({ description: 'Why it failed.' }),
  receivedAt: instant,
  receivedBy: z.string().nullable(),
  finishedAt: instant.nullable(),
  importId: z.string().nullable().meta({ description: 'The same content has the same; null until it is done.' }),
});
export type ImportAnswer = z.infer<typeof importAnswer>;

export const importList = z.object({ items: z.array(importAnswer), nextCursor: z.string().nullable() });
export type ImportList = z.infer<typeof importList>;

export const rejectedRow = z.object({
  row: count.meta({ description: 'Line of the file, its header being line 1; place in an array, from 0.' }),
  field: z.string(),
  problem: z.string(),
  value: z.string().nullable(),
});

const FORMATS = ['json', 'csv'] as const;
/** `?cursor=&limit=&format=` */
export const rejectedQuery = wholeQuery({
  ...listShape,
  format: z
    .enum(FORMATS, `must be ${FORMATS.join(' or ')}`)
    .optional()
    .meta({ description: 'csv: all of them as one file, which `Accept: text/csv` asks for as well.' }),
});

export const rejectedList = z.object({ items: z.array(rejectedRow), nextCursor: z.string().nullable() });
export type RejectedList = z.infer<typeof rejectedList>;
