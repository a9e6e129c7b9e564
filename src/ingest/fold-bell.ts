/** The bell for the folding of journeys, rung by what brings tracking events; its job is in the room of journeys. */
import type { Queue } from '../platform/queue.ts';

export const FOLD_QUEUE = 'fold';

/** Seconds within which the bells of many imports are one. */
const FOLD_EVERY_SECONDS = 2;

/**
 * Has journeys folded. The job starts as late as further bells are ignored, so that it sees the events of every import
 * whose bell was.
 */
export async function ringFold(queue: Queue): Promise<void> {
  await queue.send(FOLD_QUEUE, {}, { key: 'fold', everySeconds: FOLD_EVERY_SECONDS, afterSeconds: FOLD_EVERY_SECONDS });
}
