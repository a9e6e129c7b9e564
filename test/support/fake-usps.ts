/** USPS as those see it who ask its Tracking API v3: tokens, one number a call, and its refusals, in the shapes recorded. */
import { type Call, FakeCarrier, JSON_TYPE, type Said } from './fake-carrier.ts';

/** One scan; the newest first in an answer. */
export interface Scan {
  code: string;
  text: string;
  /** With "Z". */
  at: string;
  city?: string;
  state?: string;
  zip?: string;
}

const refusal = (code: string, message: string, status = 400): Said => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify({
    apiVersion: '/tracking/v3',
    error: {
      code: String(status),
      message,
      errors: [{ status: String(status), code, title: message, detail: message }],
    },
  }),
});

export const FRAUDULENT =
  'Tracking information will not be displayed because this package was shipped with fraudulent postage. Please contact the merchant or seller with any questions.';

export class FakeUsps extends FakeCarrier {
  clientId = 'our-application';
  clientSecret = 'our-secret';
  scope = 'addresses tracking prices';
  tokenSeconds = 28_799;
  private readonly tokens = new Map<string, number>();
  private readonly answers = new Map<string, Said>();
  private made = 0;

  /** Settings of the service that asks it. */
  get variables(): Record<string, string> {
    return { USPS_URL: this.url, USPS_CLIENT_ID: this.clientId, USPS_CLIENT_SECRET: this.clientSecret };
  }

  get tokenCalls(): Call[] {
    return this.calls.filter(({ path }) => path.startsWith('/oauth2/'));
  }

  /** Numbers asked about, in order. */
  get asked(): string[] {
    return this.calls.flatMap(({ path }) => /^\/tracking\/v3\/tracking\/(\w+)\?/.exec(path)?.[1] ?? []);
  }

  shows(number: string, scans: readonly Scan[]): void {
    const [newest] = scans;
    const body = {
      trackingNumber: number,
      uniqueMailPieceID: '51b36c19-b8aa-4fb6-a6a6-24d87a6dd3d7',
      mailClass: 'USPS Ground Advantage<SUP>&#153;</SUP>',
      mailType: 'DM',
      status: newest?.text ?? '',
      statusCategory: 'In Transit',
      statusSummary: newest?.text ?? '',
      trackingEvents: scans.map(({ code, text, at, city = null, state = null, zip = null }) => ({
        eventType: text,
        eventTimestamp: at.replace(/Z$/, ''),
        GMTTimestamp: at,
        GMTOffset: '+00:00',
        eventCountry: null,
        eventCity: city,
        eventState: state,
        eventZIP: zip,
        eventCode: code,
      })),
    };
    this.answers.set(number, { status: 200, body: JSON.stringify(body) });
  }

  withholds(number: string): void {
    this.answers.set(number, refusal('150012', FRAUDULENT));
  }

  givesNoAccess(number: string): void {
    this.answers.set(number, refusal('403', 'The MID of this package is not authorized for your application.', 403));
  }

  says(number: string, said: Said): void {
    this.answers.set(number, said);
  }

  /** Every token it gave so far is worth nothing from now on. */
  revokeTokens(): void {
    this.tokens.clear();
  }

  override clear(): void {
    super.clear();
    this.answers.clear();
    this.tokens.clear();
    Object.assign(this, { scope: 'addresses tracking prices', tokenSeconds: 28_799 });
  }

  protected answer(call: Call): Said {
    if (call.path === '/oauth2/v3/token') return this.token(call);
    const token = /^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    if ((this.tokens.get(token) ?? 0) <= call.at) return refusal('invalid_token', 'Invalid access token', 401);
    const number = /^\/tracking\/v3\/tracking\/(\w+)\?expand=DETAIL$/.exec(call.path)?.[1] ?? '';
    return this.answers.get(number) ?? refusal('150001', 'A status update is not yet available on your package.');
  }

  private token({ body, at }: Call): Said {
    const given = JSON.parse(body) as Record<string, string>;
    const right = given['client_id'] === this.clientId && given['client_secret'] === this.clientSecret;
    if (!right || given['grant_type'] !== 'client_credentials') {
      return {
        status: 401,
        body: JSON.stringify({ error: 'invalid_client', error_description: 'wrong', error_uri: '' }),
      };
    }
    this.made += 1;
    const token = `token-${this.made}`;
    this.tokens.set(token, at + this.tokenSeconds * 1000);
    const answer = {
      access_token: token,
      token_type: 'Bearer',
      issued_at: String(at),
      expires_in: String(this.tokenSeconds),
      status: 'approved',
      scope: this.scope,
    };
    return { status: 200, body: JSON.stringify(answer) };
  }
}
