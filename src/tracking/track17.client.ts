/** The API v2.4 of 17TRACK: a number is registered once, then asked about as often as need be, forty in a call. */
import { Inject, Injectable } from '@nestjs/common';
import { Catalog } from '../catalog/catalog.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { readRegistration, troubleOfTrack17 } from '../core/mapping/providers/track17-account.ts';
import { type Answer, Calling, type Later, type Reply } from './calling.service.ts';
import { Quota } from './quota.service.ts';

/** Asked again after so long: by then somebody may have set the account right. */
const REFUSED_FOR_MS = 3_600_000;
/** The day's share or the credit is spent: somebody has to act, or the day to end. */
const SPENT_FOR_MS = 6 * 3_600_000;

@Injectable()
export class Track17Client {
  private refused: Later | null = null;

  constructor(
    @Inject(Config) private readonly config: Pick<Config, 'track17'>,
    @Inject(Catalog) private readonly catalog: Pick<Catalog, 'providers' | 'published'>,
    @Inject(Calling) private readonly calling: Calling,
    @Inject(Quota) private readonly quota: Quota,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Where it is asked, without a slash at the end. */
  get url(): string {
    return this.config.track17.url?.replace(/\/+$/, '') ?? this.catalog.providers['17track'].url;
  }

  /** The most numbers one call may name. */
  get numbersACall(): number {
    return this.catalog.providers['17track'].numbersACall;
  }

  /** Has the numbers followed. */
  async register(numbers: readonly string[]): Promise<Reply> {
    return this.post('register', this.items(numbers));
  }

  /** Which of the numbers are followed from now on by the answer to `register`, and why the others are not. */
  registered(
    { body }: Pick<Answer, 'body'>,
    numbers: readonly string[],
  ): { followed: string[]; refused: Map<string, string> } {
    const read = readRegistration(body.toString('utf8'), this.catalog.published.errors.track17.codes);
    const taken = new Set(read.ok ? read.value.followed : []);
    const said = new Map(read.ok ? read.value.refused.map(({ number, says }) => [number, says]) : []);
    const left = numbers.filter((number) => !taken.has(number));
    return {
      followed: numbers.filter((number) => taken.has(number)),
      refused: new Map(left.map((number) => [number, said.get(number) ?? '17TRACK did not take the number'])),
    };
  }

  /** Asks for all that is known of the numbers. */
  async ask(numbers: readonly string[]): Promise<Reply> {
    return this.post('gettrackinfo', this.items(numbers));
  }

  /** Asks how much of the account is left; costs nothing. */
  async account(): Promise<Reply> {
    return this.post('getquota', []);
  }

  private items(numbers: readonly string[]): { number: string; carrier: number }[] {
    const carrier = this.catalog.providers['17track'].uspsCarrier;
    return numbers.map((number) => ({ number, carrier }));
  }

  private async post(endpoint: string, body: object): Promise<Reply> {
    if (this.refused !== null && this.now() < this.refused.until) return this.refused;
    this.refused = null;
    const reply = await this.calling.ask({
      provider: '17track',
      purpose: endpoint,
      method: 'POST',
      url: `${this.url}/${endpoint}`,
      headers: {
        '17token': this.config.track17.key ?? '',
        'Content-Type': 'application/json',
        Accept: 'application/json',
      },
      body: JSON.stringify(body),
    });
    return reply.came === 'answer' ? this.heed(reply) : reply;
  }

  /** What an answer says of the account and not of the numbers: then none of them was asked about. */
  private async heed(reply: Answer): Promise<Reply> {
    const codes = this.catalog.published.errors.track17.codes;
    const trouble = troubleOfTrack17(reply.body.toString('utf8'), { status: reply.status, codes });
    if (trouble === null) return reply;
    const { meaning, says } = trouble;
    if (meaning === 'bad_key') {
      // In memory alone: whoever sets the key right starts the process anew, and is not kept waiting.
      this.refused = { came: 'later', until: this.now() + REFUSED_FOR_MS, why: says };
      return { came: 'nothing', why: says, kind: 'credentials', at: reply.at };
    }
    if (meaning === 'quota' || meaning === 'daily_limit') {
      const until = this.now() + SPENT_FOR_MS;
      await this.quota.rest('17track', { until, why: says });
      return { came: 'later', until, why: says };
    }
    return reply;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
