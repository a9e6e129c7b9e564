/** The bell for deliveries that wait to be looked into, rung by whoever stored them. */
import type { Queue } from '../platform/queue.ts';

export const WEBHOOK_QUEUE = 'webhook';

/** Has them looked into at once; a bell that waits to be heard is heard for all. */
export async function ringWebhooks(queue: Queue): Promise<void> {
  await queue.send(WEBHOOK_QUEUE, {}, { key: WEBHOOK_QUEUE });
}
