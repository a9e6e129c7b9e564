/** The bell for what is worth telling at once, rung when parcels were judged; its job is in the room of alerts. */
import type { Queue } from '../platform/queue.ts';

export const FOUND_QUEUE = 'found';

/** Has new findings looked through for those that cannot wait for the report. */
export async function ringFound(queue: Queue): Promise<void> {
  await queue.send(FOUND_QUEUE, {}, { key: 'found' });
}
