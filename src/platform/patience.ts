/** Waiting and chance, as things that are passed in: tests bring their own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

@Injectable()
export class Patience {
  /** Resolves after so many milliseconds. */
  async wait(ms: number): Promise<void> {
    await sleep(ms);
  }

  /** A number from 0 to 1, so that many who wait do not all come back at once. */
  chance(): number {
    return Math.random();
  }
}
