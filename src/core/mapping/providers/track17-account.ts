/** What 17TRACK says of our account and of what it was told to follow, apart from what it says of parcels. */
import { z } from 'zod';
import { type Result, bad, ok } from '../../units/result.ts';
import type { Track17Meaning } from './published.ts';

type Meanings = ReadonlyMap<number, Track17Meaning>;

const Envelope = z.object({ code: z.int(), message: z.string().optional(), data: z.unknown() });
const Errors = z.object({ errors: z.array(z.object({ code: z.int(), message: z.string().optional() })).min(1) });
const Refused = z.object({ number: z.string(), error: z.object({ code: z.int(), message: z.string().optional() }) });
const Registered = z.object({
  accepted: z.array(z.object({ number: z.string() })).optional(),
  rejected: z.array(Refused).optional(),
});

/** What an answer says of itself as a whole, such as that the key is wrong. */
export interface Track17Trouble {
  /** Null for a code that nobody has listed. */
  meaning: Track17Meaning | null;
  /** In words. */
  says: string;
}

/** What keeps an answer from being one to the question, or null. */
export function troubleOfTrack17(
  body: string,
  { status, codes }: { status: number; codes: Meanings },
): Track17Trouble | null {
  const envelope = envelopeOf(body);
  // Keys are also refused by HTTP alone.
  if (status === 401) return { meaning: 'bad_key', says: '17TRACK refuses the key (HTTP 401)' };
  if (envelope === null) return null;
  const [error] = Errors.safeParse(envelope.data).data?.errors ?? [];
  if (envelope.code === 0 && error === undefined) return null;
  const { code, message } = error ?? envelope;
  const meaning = codes.get(code) ?? null;
  const words = {
    bad_key: 'refuses the key',
    quota: 'has no credit left',
    daily_limit: 'has reached the limit of the day',
  };
  const what =
    meaning === 'bad_key' || meaning === 'quota' || meaning === 'daily_limit'
      ? words[meaning]
      : 'answers with an error';
  return { meaning, says: `17TRACK ${what} (${[code, message].filter((part) => part !== undefined).join(' ')})` };
}

/** What became of numbers that were to be followed. */
export interface Registration {
  /** Followed from now on, or before. */
  followed: string[];
  refused: { number: string; meaning: Track17Meaning | null; says: string }[];
}

/** Reads the answer to a registration; a number it does not name was not registered. */
export function readRegistration(body: string, codes: Meanings): Result<Registration> {
  const data = Registered.safeParse(envelopeOf(body)?.data);
  if (!data.success) return bad('body', 'is no answer to a registration');
  const { accepted = [], rejected = [] } = data.data;
  const judged = rejected.map(({ number, error }) => ({
    number,
    meaning: codes.get(error.code) ?? null,
    says: [error.code, error.message].filter((part) => part !== undefined).join(' '),
  }));
  return ok({
    followed: [...accepted, ...judged.filter(({ meaning }) => meaning === 'registered')].map(({ number }) => number),
    refused: judged.filter(({ meaning }) => meaning !== 'registered'),
  });
}

/** How many registrations the account has left, where the answer says so. */
export function readCreditLeft(body: string): number | null {
  const data = z.object({ quota_remain: z.int() }).safeParse(envelopeOf(body)?.data);
  return data.data?.quota_remain ?? null;
}

function envelopeOf(body: string): z.infer<typeof Envelope> | null {
  try {
    return Envelope.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
