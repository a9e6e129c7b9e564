/** How far a long command is, on stderr: a bar on a terminal, a plain line a step elsewhere. */

const BAR_WIDTH = 24;
/** A bar is redrawn at most this often; elsewhere a step that takes longer than this says that it goes on. */
const REDRAW_MS = 100;
const STILL_MS = 15_000;

export interface ProgressStream {
  isTTY?: boolean;
  write(text: string): unknown;
}

export class Progress {
  private label = '';
  private drawnAt = 0;

  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number,
  ) {}

  /** Begins a step, such as "Reading labels.csv". */
  start(label: string): void {
    this.label = label;
    this.drawnAt = this.now();
    if (this.stream.isTTY) this.draw(0);
  }

  /** Reports that `done` of `total` is behind us; cheap to call often. */
  update(done: number, total: number): void {
    const elapsed = this.now() - this.drawnAt;
    if (elapsed < (this.stream.isTTY ? REDRAW_MS : STILL_MS)) return;
    this.drawnAt = this.now();
    const share = total > 0 ? Math.min(done / total, 1) : 0;
    if (this.stream.isTTY) this.draw(share);
    else this.stream.write(`${this.label} ... ${Math.floor(share * 100)} %\n`);
  }

  /** Ends the step with what came of it. */
  end(result: string): void {
    const clear = this.stream.isTTY ? '\r\u001b[2K' : '';
    this.stream.write(`${clear}${this.label}: ${result}\n`);
    this.label = '';
  }

  /** Wipes a half-drawn bar, so that an error starts on a line of its own. */
  abandon(): void {
    if (this.label !== '' && this.stream.isTTY) this.stream.write('\r\u001b[2K');
    this.label = '';
  }

  private draw(share: number): void {
    const filled = Math.round(share * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    this.stream.write(`\r\u001b[2K${this.label} ${bar} ${Math.floor(share * 100)} %`);
  }
}
