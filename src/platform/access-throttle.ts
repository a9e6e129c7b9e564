/** Slows down who guesses keys: after some failures within a minute an address has to wait. */
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from './clock.ts';

const FAILURES = 10;
const WITHIN_MS = 60_000;
/** Addresses remembered before those whose time is over are forgotten. */
const MOST_ADDRESSES = 10_000;

@Injectable()
export class AccessThrottle {
  private readonly failures = new Map<string, { count: number; since: number }>();

  constructor(@Inject(Clock) private readonly clock: Clock) {}

  /** Whole seconds the address has to wait before it may try again; 0 = it may now. */
  waitSeconds(address: string): number {
    const entry = this.failures.get(address);
    if (entry === undefined || entry.count < FAILURES) return 0;
    return Math.max(0, Math.ceil((entry.since + WITHIN_MS - this.clock.now().getTime()) / 1000));
  }

  /** Counts a key that was wrong. */
  failed(address: string): void {
    const now = this.clock.now().getTime();
    const entry = this.failures.get(address);
    if (entry !== undefined && now - entry.since < WITHIN_MS) {
      entry.count += 1;
      return;
    }
    if (this.failures.size >= MOST_ADDRESSES) this.makeRoom(now);
    // Taken out first, so that the order of the map stays the order of time.
    this.failures.delete(address);
    this.failures.set(address, { count: 1, since: now });
  }

  private makeRoom(now: number): void {
    for (const [address, { since }] of this.failures) {
      const isOver = now - since >= WITHIN_MS;
      // The oldest stand first.
      if (isOver || this.failures.size >= MOST_ADDRESSES) this.failures.delete(address);
      else return;
    }
  }
}
