/** 17TRACK as its customers see it (API v2.4): a key, registrations, up to forty numbers a call. */
import { type Call, FakeCarrier, type Said } from './fake-carrier.ts';
import type { Scan } from './fake-usps.ts';

const json = (value: unknown): Said => ({ status: 200, body: JSON.stringify(value) });

interface Item {
  number: string;
  carrier: number;
}

export class Fake17Track extends FakeCarrier {
  key = '123456ABCDEF';
  credit = 1000;
  /** When it last asked USPS itself; null = it does not say. */
  syncedAt: string | null = null;
  readonly registered = new Set<string>();
  /** Numbers it will not follow, with the code it says so by. */
  readonly unwanted = new Map<string, number>();
  private readonly infos = new Map<string, readonly Scan[]>();

  /** Settings of the service that asks it. */
  get variables(): Record<string, string> {
    return { TRACK17_URL: this.url, TRACK17_KEY: this.key };
  }

  /** The numbers of each call of an endpoint. */
  named(endpoint: string): string[][] {
    return this.calls
      .filter(({ path }) => path === `/${endpoint}`)
      .map(({ body }) => (JSON.parse(body) as Item[]).map(({ number }) => number));
  }

  shows(number: string, scans: readonly Scan[]): void {
    this.infos.set(number, scans);
  }

  override clear(): void {
    super.clear();
    this.registered.clear();
    this.unwanted.clear();
    this.infos.clear();
    this.credit = 1000;
    this.syncedAt = null;
  }

  protected answer({ path, headers, body }: Call): Said {
    if (headers['17token'] !== this.key) {
      return json({ code: 0, data: { errors: [{ code: -18010002, message: 'The access token is invalid.' }] } });
    }
    const items = JSON.parse(body) as Item[];
    if (items.length > 40) return json({ code: -18010014, message: 'too many' });
    if (items.some(({ carrier }) => carrier !== 21051)) return json({ code: -18010012, message: 'format' });
    if (path === '/getquota') {
      return json({ code: 0, data: { quota_total: 1000, quota_used: 1000 - this.credit, quota_remain: this.credit } });
    }
    return path === '/register' ? this.register(items) : this.tell(items);
  }

  private register(items: readonly Item[]): Said {
    const accepted: object[] = [];
    const rejected: object[] = [];
    for (const { number, carrier } of items) {
      const code = this.registered.has(number)
        ? -18019901
        : (this.unwanted.get(number) ?? (this.credit > 0 ? 0 : -18019908));
      if (code !== 0) rejected.push({ number, carrier, error: { code, message: 'not taken' } });
      else {
        this.registered.add(number);
        this.credit -= 1;
        accepted.push({ origin: 1, number, carrier });
      }
    }
    return json({ code: 0, data: { accepted, rejected } });
  }

  private tell(items: readonly Item[]): Said {
    const known = items.filter(({ number }) => this.registered.has(number));
    const rejected = items
      .filter(({ number }) => !this.registered.has(number))
      .map(({ number, carrier }) => ({ number, carrier, error: { code: -18019902, message: 'register it first' } }));
    return json({ code: 0, data: { accepted: known.map((item) => this.itemOf(item)), rejected } });
  }

  private itemOf({ number, carrier }: Item): object {
    const scans = this.infos.get(number) ?? [];
    const events = scans.map(({ text, at, city = null, state = null, zip = null }) => ({
      time_iso: at,
      time_utc: at,
      description: text,
      location: [city, state].filter((part) => part !== null).join(', '),
      stage: null,
      address: { country: 'US', state, city, street: null, postal_code: zip },
    }));
    return {
      number,
      carrier,
      param: null,
      tag: null,
      track_info: {
        latest_status: {
          status: scans.length > 0 ? 'InTransit' : 'NotFound',
          sub_status: null,
          sub_status_descr: null,
        },
        latest_event: events[0] ?? null,
        tracking: {
          providers: [
            {
              provider: { key: carrier, name: 'USPS', alias: 'USPS' },
              latest_sync_status: 'Success',
              latest_sync_time: this.syncedAt,
              events,
            },
          ],
        },
      },
    };
  }
}
