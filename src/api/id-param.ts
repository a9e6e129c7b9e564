/** `{id}` of a path: the 32 hex digits that findings, audits and uploads are named by. */
import { z } from 'zod';

export const idParam = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/, 'must be the 32 hex digits this service has answered as an id'),
});
