/** The Tracking API v3 of USPS: signs in with the application's id and secret, and asks about one number at a time. */
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Catalog } from '../catalog/catalog.ts';
import type { Instant } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { Calling, type Later, type Nothing, type Reply } from './calling.service.ts';

/** What the answer to a sign-in holds; the rest of it is not needed. */
const TokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.coerce.number().positive(),
  /** With spaces between. */
  scope: z.string().optional(),
});

interface Token {
  text: string;
  /** When it is renewed: a while before it ends. */
  renewAt: Instant;
}

/** Signed in, or why not. */
export type SignIn = { ok: true; token: Token } | { ok: false; reply: Nothing | Later };

/** Asked again after so long: by then somebody may have set it right over there. */
const REFUSED_FOR_MS = 3_600_000;
/** Every renewal costs a call of the quota. */
const RENEWED_FOR_MS = 600_000;
/** Of its life a token is used so much, so that none ends on its way. */
const USED_SHARE = 0.9;

@Injectable()
export class UspsClient {
  private token: Token | null = null;
  private refused: Later | null = null;
  /** Until then a refusal is no reason to renew the token once more. */
  private renewedUntil: Instant = -Infinity;

  constructor(
    @Inject(Config) private readonly config: Pick<Config, 'usps'>,
    @Inject(Catalog) private readonly catalog: Pick<Catalog, 'providers'>,
    @Inject(Calling) private readonly calling: Calling,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Where it is asked, without a slash at the end. */
  get url(): string {
    return this.config.usps.url?.replace(/\/+$/, '') ?? this.catalog.providers.usps.url;
  }

  /** Asks for all that is known of the number. A token that is refused is renewed once. */
  async ask(trackingNumber: string): Promise<Reply> {
    const reply = await this.askSignedIn(trackingNumber);
    if (reply.came !== 'answer' || reply.status !== UNAUTHORIZED || this.now() < this.renewedUntil) return reply;
    // Nobody is asked with it again, also where the sign-in has to wait.
    this.token = null;
    const again = await this.askSignedIn(trackingNumber);
    // A token fresh from a renewal that is refused as well is none that ended: then the refusal is of the number.
    if (this.token !== null) this.renewedUntil = this.now() + RENEWED_FOR_MS;
    return again;
  }

  /** Gets a token, unless USPS refused one a short while ago. */
  async signIn(): Promise<SignIn> {
    const { clientId, clientSecret } = this.config.usps;
    if (this.refused !== null && this.now() < this.refused.until) return { ok: false, reply: this.refused };
    this.refused = null;
    const reply = await this.calling.ask({
      provider: 'usps',
      purpose: 'token',
      method: 'POST',
      url: `${this.url}/oauth2/v3/token`,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }),
    });
    if (reply.came !== 'answer') return { ok: false, reply };
    const { status, body, at } = reply;
    if (status === BAD_REQUEST || status === UNAUTHORIZED) {
      return this.refuse('credentials', `USPS refuses id or secret (HTTP ${status})`, at);
    }
    // A service that is down has refused nobody: it is asked again with the next number.
    if (status >= 500) return { ok: false, reply: { came: 'nothing', why: `HTTP ${status}`, kind: 'answer', at } };
    const read = readToken(body);
    if (read === null) return this.refuse('answer', `USPS answers the sign-in with no token (HTTP ${status})`, at);
    if (read.scope !== undefined && !read.scope.split(/\s+/).includes('tracking')) {
      return this.refuse('scope', 'the application has no access to the Tracking API (scope "tracking")', at);
    }
    const token = { text: read.access_token, renewAt: at + read.expires_in * 1000 * USED_SHARE };
    this.token = token;
    return { ok: true, token };
  }

  private async askSignedIn(trackingNumber: string): Promise<Reply> {
    const { token } = this;
    const sign = token !== null && this.now() < token.renewAt ? { ok: true as const, token } : await this.signIn();
    if (!sign.ok) return sign.reply;
    return this.calling.ask({
      provider: 'usps',
      purpose: 'tracking',
      method: 'GET',
      url: `${this.url}/tracking/v3/tracking/${encodeURIComponent(trackingNumber)}?expand=DETAIL`,
      headers: { Authorization: `Bearer ${sign.token.text}`, Accept: 'application/json' },
    });
  }

  /** Kept in memory alone: whoever sets it right starts the process anew, and is not kept waiting. */
  private refuse(kind: Nothing['kind'], why: string, at: Instant): SignIn {
    this.token = null;
    this.refused = { came: 'later', until: at + REFUSED_FOR_MS, why };
    return { ok: false, reply: { came: 'nothing', why, kind, at } };
  }

  private now(): Instant {
    return this.clock.now().getTime();
  }
}

const BAD_REQUEST = 400;
const UNAUTHORIZED = 401;

function readToken(body: Buffer): z.infer<typeof TokenAnswer> | null {
  try {
    return TokenAnswer.safeParse(JSON.parse(body.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
