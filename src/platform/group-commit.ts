/** Lets requests that arrive while a transaction runs share the next one: each waits for its own answer only. */

/** What became of one request. */
export type Outcome<Answer> = { ok: true; answer: Answer } | { ok: false; error: unknown };

interface Waiting<Request, Answer> {
  request: Request;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

export interface GroupCommitOptions<Request> {
  /** Greatest number of requests in one transaction. */
  mostRequests: number;
  /** Greatest sum of weights in one transaction; a single request may weigh more. */
  mostWeight: number;
  weigh: (request: Request) => number;
}

export class GroupCommit<Request, Answer> {
  private waiting: Waiting<Request, Answer>[] = [];
  private running = false;

  /** `commit` answers an outcome a request, in their order; what it throws is told to all of them. */
  constructor(
    private readonly commit: (requests: Request[]) => Promise<Outcome<Answer>[]>,
    private readonly options: GroupCommitOptions<Request>,
  ) {}

  /** The answer, once the transaction with the request is committed. */
  submit(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) await this.commitOne(this.nextGroup());
    this.running = false;
  }

  private nextGroup(): Waiting<Request, Answer>[] {
    const { mostRequests, mostWeight, weigh } = this.options;
    let weight = 0;
    let count = 0;
    for (const { request } of this.waiting) {
      weight += weigh(request);
      if (count > 0 && (count === mostRequests || weight > mostWeight)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async commitOne(group: Waiting<Request, Answer>[]): Promise<void> {
    try {
      const outcomes = await this.commit(group.map(({ request }) => request));
      for (const [at, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[at];
        if (outcome?.ok) resolve(outcome.answer);
        else reject(outcome?.error ?? new Error('a request was left without an outcome'));
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
