/** The work of `track`: which numbers are asked about, of whom, and a line for each that says what came of it. */
import type { Askable } from '../catalog/providers.ts';
import { Catalog } from '../catalog/catalog.ts';
import { parseBarcode } from '../core/barcode/parse.ts';
import type { ToldEvent } from '../core/mapping/told.ts';
import { formatInstant } from '../core/units/day.ts';
import { readConfig } from '../platform/config.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { UsageError } from '../platform/errors.ts';
import { accountsIn } from '../tracking/accounts.ts';
import { FoldService } from '../tracking/fold.service.ts';
import { type Left, Polling, type Round } from '../tracking/poll.service.ts';
import type { Heard } from '../tracking/telling.service.ts';
import type { CliIo } from './io.ts';
import { openRooms } from './rooms.ts';

export interface TrackOptions {
  json?: true;
}

const NAMES: Readonly<Record<Askable, string>> = { usps: 'USPS', '17track': '17TRACK' };

const NOBODY =
  'nobody can be asked: set USPS_CLIENT_ID and USPS_CLIENT_SECRET (an application of developers.usps.com with the Tracking API), or TRACK17_KEY (an account with 17TRACK), and try `doctor`';

/** Asks, brings the journeys up to date and tells. Throws a UsageError when nobody, or about nothing, can be asked. */
export async function runTrack(
  inputs: readonly string[],
  { json }: TrackOptions,
  { io, schema }: { io: CliIo; schema: DatabaseSchema },
): Promise<void> {
  if (accountsIn(readConfig()).length === 0) throw new UsageError(NOBODY);
  const rooms = await openRooms(io, schema);
  try {
    const polling = rooms.get(Polling);
    const { numbers, refused } = sorted(inputs, rooms.get(Catalog));
    if (numbers.length === 0 && refused.length > 0) throw new UsageError(refused.map(refusalLine).join('; '));
    const round = numbers.length > 0 ? await polling.askThese(numbers) : await polling.askDue();
    await rooms.get(FoldService).foldAlone();
    const lines = json ? [JSON.stringify(documentOf(round, refused), null, 2)] : linesOf(round, refused, numbers);
    for (const line of lines) io.stdout.write(`${line}\n`);
  } finally {
    await rooms.close();
  }
}

interface Refused {
  input: string;
  reason: string;
}

/** Those that can be asked about, each once, and those that are no number of USPS. */
function sorted(inputs: readonly string[], { barcodes }: Catalog): { numbers: string[]; refused: Refused[] } {
  const read = inputs.map((input) => parseBarcode(input, barcodes));
  return {
    numbers: [...new Set(read.filter(({ valid }) => valid).map(({ canonical }) => canonical))],
    refused: read.filter(({ valid }) => !valid).map(({ input, reason }) => ({ input, reason: reason ?? 'unknown' })),
  };
}

function linesOf({ heard, left }: Round, refused: readonly Refused[], asked: readonly string[]): string[] {
  const open = left.flatMap((each) => (asked.length > 0 ? leftLines(each) : [leftLine(each)]));
  const lines = [...heard.map(heardLine), ...open, ...refused.map(refusalLine)];
  return lines.length > 0 ? lines : ['nothing is due'];
}

function heardLine({ trackingNumber, provider, outcome, events, why }: Heard): string {
  const latest = latestOf(events);
  const unsaid = outcome === 'no_access' ? 'shown only to owners of its mailer id and those they authorised' : '';
  const told = latest === null ? (why ?? unsaid) : [latest.at, latest.text ?? latest.code].filter(Boolean).join('  ');
  return [trackingNumber, NAMES[provider], outcome ?? (events.length > 0 ? 'answered' : 'open'), told]
    .filter((part) => part !== '')
    .join('  ');
}

/** Of numbers that somebody asked for: a line each. */
function leftLines({ trackingNumbers, provider, until, why }: Left): string[] {
  return trackingNumbers.map(
    (number) =>
      `${number}  ${NAMES[provider]}  left for later: ${why}; the service asks it after ${formatInstant(until)}`,
  );
}

/** Of what is due, which may be a great many: how many of them. */
function leftLine({ trackingNumbers, provider, until, why }: Left): string {
  const many = trackingNumbers.length === 1 ? '1 number' : `${trackingNumbers.length} numbers`;
  const what = trackingNumbers.length === 0 ? 'nothing is asked' : `${many} left for later`;
  return `${NAMES[provider]}: ${what} (${why}), next at ${formatInstant(until)}`;
}

function refusalLine({ input, reason }: Refused): string {
  return `${input}  is no number of USPS (${reason}), so nobody is asked about it`;
}

function documentOf({ heard, left }: Round, refused: readonly Refused[]) {
  return {
    asked: heard.map(({ trackingNumber, provider, at, outcome, events, why }) => ({
      trackingNumber,
      source: NAMES[provider],
      askedAt: formatInstant(at),
      outcome,
      events: events.length,
      latest: latestOf(events),
      problem: why,
    })),
    left: left.map(({ trackingNumbers, provider, until, why }) => ({
      trackingNumbers,
      source: NAMES[provider],
      until: formatInstant(until),
      why,
    })),
    refused,
  };
}

/** The newest event; what has no time of its own is said now. */
function latestOf(
  events: readonly ToldEvent[],
): { at: string | null; code: string | null; text: string | null } | null {
  const undated = events.find(({ at }) => at === null);
  const newest = undated ?? events.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
  if (newest === undefined) return null;
  const { at, code, text } = newest;
  return { at: at === null ? null : formatInstant(at), code, text };
}
