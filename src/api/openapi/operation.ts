/** One operation of the interface as it is documented: what is asked, what is answered, and an example of both. */
import type { z } from 'zod';

export const TAGS = [
  'Files',
  'Records',
  'Audits',
  'Findings',
  'Reports',
  'Vendors',
  'Rules',
  'Webhooks',
  'Service',
] as const;
export type Tag = (typeof TAGS)[number];

export interface RequestBody {
  description: string;
  required: boolean;
  /** By content type. A text body has no schema; the example is what is sent. */
  content: Readonly<Record<string, { schema?: z.ZodType; example?: unknown }>>;
}

export interface Answer {
  status: number;
  description: string;
  /** JSON by its name among the schemas; none = `types` say what else is sent. */
  json?: { name: string; schema: z.ZodType };
  /** Content types of an answer that is no JSON, or may be another one. */
  types?: readonly string[];
  /** Headers beside those of every answer, with what they say. */
  headers?: Readonly<Record<string, string>>;
}

/** What is sent when the example is pasted; `$NAME` in a path stands for what an earlier answer said. */
export interface Example {
  /** With its query. */
  path: string;
  /** Names the `id` of the answer for examples that follow. */
  keepsIdAs?: string;
  /** A line for the shell that sets a `$NAME` from settings of the service, such as the signature of the body. */
  before?: string;
  /** With `$NAME` as in the path. */
  headers?: Readonly<Record<string, string>>;
}

export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As OpenAPI writes it: "/api/v1/audits/{id}". */
  path: string;
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Headers it reads beside those of every request. */
  headers?: z.ZodObject;
  body?: RequestBody;
  answers: readonly Answer[];
  /** Statuses of problems that this operation has beside those every one has. */
  problems: readonly (400 | 401 | 404 | 409 | 412 | 413 | 415 | 422 | 503)[];
  example: Example;
}
