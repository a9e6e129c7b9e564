/** Asks one provider about numbers, from the call to the settled row. */
import { Inject, Injectable } from '@nestjs/common';
import type { Askable } from '../catalog/providers.ts';
import type { Instant } from '../core/units/day.ts';
import type { Answer, Later, Nothing } from './calling.service.ts';
import { Planner } from './planner.service.ts';
import { Quota } from './quota.service.ts';
import { type Heard, Telling } from './telling.service.ts';
import type { CameBack } from './told-answer.ts';
import { Track17Client } from './track17.client.ts';
import { UspsClient } from './usps.client.ts';

/** What came of asking; `later` = nothing more can be asked of the provider before that instant. */
export interface Asked {
  heard: Heard[];
  later: Later | null;
}

@Injectable()
export class Asking {
  constructor(
    @Inject(UspsClient) private readonly usps: UspsClient,
    @Inject(Track17Client) private readonly track17: Track17Client,
    @Inject(Telling) private readonly telling: Telling,
    @Inject(Planner) private readonly planner: Planner,
    @Inject(Quota) private readonly quota: Quota,
  ) {}

  /** How many numbers one call asks about. */
  numbersACall(provider: Askable): number {
    return provider === 'usps' ? 1 : this.track17.numbersACall;
  }

  /** When the provider may be asked next, and why not at once. */
  async nextFree(provider: Askable): Promise<{ at: Instant; why: string | null }> {
    return this.quota.nextFree(provider);
  }

  /** Asks about as many numbers as one call takes, each of which has its row at the provider. */
  async ask(provider: Askable, numbers: readonly string[]): Promise<Asked> {
    const refused = provider === '17track' ? await this.follow(numbers) : { heard: [], later: null };
    if (refused.later !== null) return refused;
    const without = new Set(refused.heard.map(({ trackingNumber }) => trackingNumber));
    const others = numbers.filter((number) => !without.has(number));
    if (others.length === 0) return refused;
    const reply = provider === 'usps' ? await this.usps.ask(others[0] ?? '') : await this.track17.ask(others);
    if (reply.came === 'later') return { heard: refused.heard, later: reply };
    return { heard: [...refused.heard, ...(await this.take(provider, others, reply))], later: null };
  }

  /** Tells on what was answered and left behind by a process that died; the numbers it was about. */
  async finish(provider: Askable, numbers: readonly string[]): Promise<Set<string>> {
    return this.telling.finish(provider, numbers);
  }

  /** Nothing but errors may mean that the provider is down: after some in a row it is let rest. */
  private async take(provider: Askable, numbers: readonly string[], reply: Answer | Nothing): Promise<Heard[]> {
    const { at } = reply;
    const came = cameBack(reply);
    const read = this.telling.read(provider, numbers, {
      ...came,
      at,
      ...(reply.came === 'nothing' && { why: reply.why }),
    });
    const heard = await this.telling.take(provider, read, came);
    await this.judge(provider, read.every(({ outcome }) => outcome === 'error') ? (read[0]?.why ?? '') : null);
    return heard;
  }

  private async judge(provider: Askable, fault: string | null): Promise<void> {
    if (fault === null) await this.quota.succeeded(provider);
    else await this.quota.failed(provider, fault);
  }

  /** Has 17TRACK follow those it does not follow yet; what it will not is told as an error. */
  private async follow(numbers: readonly string[]): Promise<Asked> {
    const kept = await this.planner.read(numbers);
    const unknown = numbers.filter((number) => !kept.get(number)?.get('17track')?.registeredAt);
    if (unknown.length === 0) return { heard: [], later: null };
    const reply = await this.track17.register(unknown);
    if (reply.came === 'later') return { heard: [], later: reply };
    if (reply.came === 'nothing') return { heard: await this.take('17track', unknown, reply), later: null };
    const { followed, refused } = this.track17.registered(reply, unknown);
    await this.planner.follow(followed, new Date(reply.at));
    const heard = [...refused].map(([trackingNumber, why]): Heard => {
      return {
        trackingNumber,
        provider: '17track',
        at: reply.at,
        outcome: 'error',
        events: [],
        lookedAt: null,
        why,
        state: 'unfollowed',
      };
    });
    await this.judge('17track', followed.length > 0 ? null : (heard[0]?.why ?? ''));
    return { heard: await this.telling.take('17track', heard, cameBack(reply)), later: null };
  }
}

function cameBack(reply: Answer | Nothing): CameBack {
  return reply.came === 'answer' ? { status: reply.status, bytes: reply.body } : { status: null, bytes: null };
}
