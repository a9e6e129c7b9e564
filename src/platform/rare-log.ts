/** Says a thing that repeats itself, such as a database that stays away, once a minute and not a thousand times. */

const EVERY_MS = 60_000;

export class RareLog {
  private last = -Infinity;
  private held = 0;

  /** `write` gets what to say and how many like it were held back before it; `nowMs` is any clock that only goes forward. */
  constructor(
    private readonly write: (message: string, held: number) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Writes the message unless one was written within the last minute. */
  say(message: string): void {
    if (this.nowMs() - this.last < EVERY_MS) {
      this.held += 1;
      return;
    }
    this.write(message, this.held);
    this.last = this.nowMs();
    this.held = 0;
  }
}
