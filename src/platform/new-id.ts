/** Ids of what people make: nothing can be read from them, and no two are alike. */
import { randomBytes } from 'node:crypto';

/** 32 hex digits. */
export function newId(): string {
  return randomBytes(16).toString('hex');
}
