/** Who is asked for tracking and who pushes it: what answers, what is not set and so is lost, and what to do. */
import type { Config } from '../platform/config.ts';
import { formatInstant } from '../core/units/day.ts';
import type { Tried } from '../tracking/connections.service.ts';
import { type Verdict, failure, ok, warning } from './doctor-checks.ts';

type Trouble = NonNullable<Tried['trouble']>;
type Obstacle = Extract<Trouble, { came: 'nothing' }>['kind'];

const LOST_WITHOUT_USPS =
  'the carrier itself is not asked, so that its notices of counterfeit postage and its holds are known only from files, pages and what is pushed';
const LOST_WITHOUT_TRACK17 =
  '17TRACK is not asked, so that nobody is left to ask about numbers that USPS does not show you (most labels of resellers)';

/** USPS: a token obtained, with the right to track. */
export function checkUsps({ usps }: Pick<Config, 'usps'>, tried: Tried | undefined): Verdict {
  const { clientId, clientSecret } = usps;
  if (clientId === null && clientSecret === null) {
    return warning(`USPS_CLIENT_ID and USPS_CLIENT_SECRET are not set: ${LOST_WITHOUT_USPS}`);
  }
  if (clientId === null || clientSecret === null) {
    return failure(
      `${clientId === null ? 'USPS_CLIENT_ID' : 'USPS_CLIENT_SECRET'} is not set beside the other: set both`,
    );
  }
  if (tried === undefined) return warning('not tried, since the quota is counted in the database: see there');
  if (tried.trouble !== null) return verdictOf(tried.trouble, USPS_REMEDIES, 'USPS_URL');
  const { url, asked, refused } = tried;
  if (asked === 0 || refused * 2 < asked) return ok(`USPS gives a token (${url})`);
  return warning(
    `USPS gives a token (${url}), but no access to ${refused} of the ${asked} numbers it was asked about: it answers only for mailer ids you own or are authorised for; have their owners authorise your application, or let 17TRACK be asked too (TRACK17_KEY)`,
  );
}

/** 17TRACK: the key taken, and credit left. */
export function checkTrack17({ track17 }: Pick<Config, 'track17'>, tried: Tried | undefined): Verdict {
  if (track17.key === null) return warning(`TRACK17_KEY is not set: ${LOST_WITHOUT_TRACK17}`);
  if (tried === undefined) return warning('not tried, since the quota is counted in the database: see there');
  if (tried.trouble !== null) return verdictOf(tried.trouble, TRACK17_REMEDIES, 'TRACK17_URL');
  const { url, creditLeft } = tried;
  if (creditLeft === 0)
    return warning(`17TRACK takes the key (${url}) but has no credit left: no new number is followed`);
  return ok(`17TRACK takes the key (${url})${creditLeft === null ? '' : `, ${creditLeft} registrations left`}`);
}

const USPS_REMEDIES: Partial<Record<Obstacle, string>> = {
  credentials:
    'copy both again from your application at developers.usps.com into USPS_CLIENT_ID and USPS_CLIENT_SECRET, and see there that it is approved',
  scope:
    'new applications are not given it; ask for the Tracking API through the form at developers.usps.com, naming your mailer ids',
  answer: 'see whether developers.usps.com reports a fault, and whether USPS_URL is the right host',
};

const TRACK17_REMEDIES: Partial<Record<Obstacle, string>> = {
  credentials:
    'copy the key again from the settings of your account into TRACK17_KEY (a new one holds after five minutes), and see there whether only certain addresses may call',
  answer: 'see whether the account is in order, and whether TRACK17_URL is the right host',
};

/** What stood in the way, and what to do about it. */
function verdictOf(trouble: Trouble, remedies: Partial<Record<Obstacle, string>>, variable: string): Verdict {
  const { why } = trouble;
  if (trouble.came === 'later') return warning(`not tried (${why}): try again after ${formatInstant(trouble.until)}`);
  const remedy =
    remedies[trouble.kind] ??
    (trouble.kind === 'name'
      ? `check the name service of this machine, and ${variable}`
      : `check the network and the firewall of this machine, and ${variable}`);
  return failure(`${why}: ${remedy}`);
}

/** Shorter ones could be guessed. */
const SHORTEST_SECRET = 16;

interface Sender {
  variable: string;
  isSet: boolean;
  /** After /api/v1/webhooks; SECRET stands for a secret that is not shown. */
  path: string;
}

/** Which senders of webhooks are heard, and the address to give them. */
export function checkWebhooks({ track17, webhookSecrets, publicUrl }: Config): Verdict {
  const { easypost, shippo, usps } = webhookSecrets;
  const short = Object.entries({ SHIPPO_WEBHOOK_SECRET: shippo, USPS_WEBHOOK_SECRET: usps })
    .filter(([, secret]) => secret !== null && secret.length < SHORTEST_SECRET)
    .map(([name]) => name);
  if (short.length > 0)
    return failure(`${short.join(', ')} must have ${SHORTEST_SECRET} characters at least: set longer ones`);
  const senders: Sender[] = [
    { variable: 'TRACK17_KEY', isSet: track17.key !== null, path: '17track' },
    { variable: 'EASYPOST_WEBHOOK_SECRET', isSet: easypost !== null, path: 'easypost' },
    { variable: 'SHIPPO_WEBHOOK_SECRET', isSet: shippo !== null, path: 'shippo/SECRET' },
    { variable: 'USPS_WEBHOOK_SECRET', isSet: usps !== null, path: 'usps/SECRET' },
  ];
  const heard = senders.filter(({ isSet }) => isSet);
  const deaf = senders.filter(({ isSet }) => !isSet).map(({ variable }) => variable);
  if (heard.length === 0) {
    return warning(
      `none of ${deaf.join(', ')} is set: whatever is pushed is refused, so that news waits until it is asked for`,
    );
  }
  const without = deaf.length === 0 ? '' : `; refused without ${deaf.join(', ')}`;
  if (publicUrl === null) {
    return warning(
      `webhooks are taken for ${heard.map(({ variable }) => variable).join(', ')}${without}: set PUBLIC_URL to see the addresses to register`,
    );
  }
  const addresses = heard.map(({ path }) => `${publicUrl}/api/v1/webhooks/${path}`);
  return ok(`register ${addresses.join(', ')}${without}`);
}
