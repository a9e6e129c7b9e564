/** What the USPS Tracking API answers about one number, in every shape in which its answers are known to come. */
import { canonicalNumber } from '../../barcode/canonical.ts';
import type { AskOutcome } from '../../journey/event.ts';
import { type Result, bad, ok } from '../../units/result.ts';
import { type ToldParcel, UNTOLD } from '../told.ts';
import { excerpt, jsonOf } from './payload.ts';
import type { Published } from './published.ts';
import { meaningOf, readParcel } from './steps.ts';
import { type UspsError, partsOf, uspsDetails, uspsError } from './usps-details.ts';

/** An answer as it came. */
export interface UspsAnswer {
  /** Of HTTP. */
  status: number;
  body: string;
}

const SENDER = 'USPS';
const TOO_MANY = 429;

/**
 * What the answer says of the parcel: its events, that it is withheld, not found or not shown to us. Not ok where the answer
 * is about something else than the parcel (too many questions, a service that is down, our own key) or about another one: its
 * problem says what came, and whoever asked decides whether to ask again. A 401 or 403 is a refusal of this parcel, so
 * that whoever asks must have renewed its token before.
 */
export function readUspsAnswer(trackingNumber: string, answer: UspsAnswer, published: Published): Result<ToldParcel> {
  const { status, body } = answer;
  if (status === TOO_MANY || status >= 500) return bad('status', `${SENDER} answered ${status}`, excerpt(body));
  const json = jsonOf(body, SENDER);
  if (!json.ok) return status === 200 ? json : bad('status', `${SENDER} answered ${status}`, excerpt(body));
  const parts = partsOf(json.value);
  const error = [json.value, ...parts].map(uspsError).find((found) => found !== null);
  if (error !== undefined) return readRefusal(trackingNumber, { status, error }, published);
  return readShown(trackingNumber, parts, { answer, published });
}

function readShown(
  trackingNumber: string,
  parts: readonly unknown[],
  { answer: { status, body }, published }: { answer: UspsAnswer; published: Published },
): Result<ToldParcel> {
  const shown = parts.map(uspsDetails).filter((details) => details !== null);
  const refusal = published.errors.usps.statuses.get(status);
  if (shown.length === 0 && refusal !== undefined) return ok({ trackingNumber, outcome: refusal, events: [] });
  if (shown.length === 0)
    return bad('body', `${SENDER} answered ${status} without anything about the parcel`, excerpt(body));
  const { canonical } = canonicalNumber(trackingNumber);
  const other = shown.find(
    ({ trackingNumber: named }) => named !== null && canonicalNumber(named).canonical !== canonical,
  );
  if (other !== undefined)
    return bad('trackingNumber', `${SENDER} answered about another number`, other.trackingNumber ?? '');
  const isWhole = shown.every((details) => details.isWhole);
  const isRestricted = shown.some((details) => details.isRestricted);
  const { parcel } = readParcel(
    {
      trackingNumber,
      steps: shown.flatMap(({ steps }) => steps),
      remarks: shown.flatMap(({ remarks }) => remarks),
      whole: isWhole ? 'answered' : null,
      otherwise: isRestricted ? 'no_access' : isWhole ? 'answered' : null,
    },
    published,
  );
  return ok(parcel);
}

/** What weighs more stands first: a list of errors may hold several. */
const BY_WEIGHT: readonly AskOutcome[] = ['withheld', 'no_access', 'not_found', 'error'];

function readRefusal(
  trackingNumber: string,
  { status, error }: { status: number; error: UspsError },
  published: Published,
): Result<ToldParcel> {
  const { codes, messages, statuses, ownKey } = published.errors.usps;
  const said = [...error.codes, ...error.sentences];
  const accusing = error.sentences.find((text) => meaningOf({ code: null, text }, published).notice);
  const listed = error.codes.find((code) => codes.get(code) === 'withheld');
  if (accusing !== undefined || listed !== undefined) {
    const code = listed ?? error.codes.find((each) => !isStatus(each)) ?? null;
    const event = { ...UNTOLD, code, text: accusing ?? error.sentences[0] ?? null };
    return ok({ trackingNumber, outcome: 'withheld', events: [event] });
  }
  const byCode = BY_WEIGHT.find((outcome) => error.codes.some((code) => codes.get(code) === outcome));
  const isOwn = said.some((text) => ownKey.some((pattern) => pattern.test(text)));
  const byWords = messages.find(({ pattern }) => said.some((text) => pattern.test(text)))?.outcome;
  const outcome = byCode ?? (isOwn ? undefined : (byWords ?? statuses.get(status)));
  if (outcome !== undefined) return ok({ trackingNumber, outcome, events: [] });
  return bad('error', `${SENDER} answered ${status} with an error that says nothing of the parcel`, said.join(', '));
}

/** "400" as a code repeats the status of HTTP. */
function isStatus(code: string): boolean {
  return /^[1-5]\d\d$/.test(code);
}
