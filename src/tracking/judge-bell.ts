/** The bell for parcels about which something was stated, rung when their journeys are folded; its job is in the room of audits. */
import type { Queue } from '../platform/queue.ts';

export const JUDGE_QUEUE = 'judge';

/** Has such parcels judged at once, without waiting for the day's audit. */
export async function ringJudge(queue: Queue): Promise<void> {
  await queue.send(JUDGE_QUEUE, {}, { key: 'judge' });
}
