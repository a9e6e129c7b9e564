/** Waits for what is to come, with a deadline: no test waits for ever, and none takes a pause for a proof. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is yes; fails after `withinMs`, 15 seconds unless told. */
export async function until(
  what: () => boolean | Promise<boolean>,
  { withinMs = 15_000, everyMs = 25 }: { withinMs?: number; everyMs?: number } = {},
): Promise<void> {
  const endsAt = performance.now() + withinMs;
  while (!(await what())) {
    if (performance.now() > endsAt) throw new Error(`still not so after ${withinMs} ms: ${what.toString()}`);
    await sleep(everyMs);
  }
}
