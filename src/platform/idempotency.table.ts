/** Answers given under an Idempotency-Key, so that a repeated request gets the same one. */
import { EntitySchema } from 'typeorm';

export interface IdempotencyRow {
  /** As the caller sent it. */
  key: string;
  /** Id of the access key it came with ("-" without one): callers cannot meet each other's keys. */
  caller: string;
  /** Hex of SHA-256 over method, path and body: the same key with another request is refused. */
  requestSha256: string;
  /** Null while the request is being answered. */
  status: number | null;
  /** Of an answer the text as it was sent; of a refusal its detail and fields as JSON. */
  body: string | null;
  /** The Location header, where the answer had one. */
  location: string | null;
  /** Of the first request, renewed while it is being answered; the answer is kept for 24 hours from here. */
  createdAt: Date;
}

export const IdempotencyTable = new EntitySchema<IdempotencyRow>({
  name: 'idempotency',
  columns: {
    key: { type: 'text', primary: true, collation: 'C' },
    caller: { type: 'text', primary: true, collation: 'C' },
    requestSha256: { name: 'request_sha256', type: 'char', length: 64 },
    status: { type: 'smallint', nullable: true },
    body: { type: 'text', nullable: true },
    location: { type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz' },
  },
  indices: [{ name: 'idempotency_created', columns: ['createdAt'] }],
});
