/** Payloads of tracking providers as files, and what their readers make of them in the words of the files beside them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadPublished } from '../../src/catalog/provider-errors.ts';
import { loadTrackingWords } from '../../src/catalog/tracking.ts';
import { readEasyPostPush } from '../../src/core/mapping/providers/easypost.ts';
import { readShippoPush } from '../../src/core/mapping/providers/shippo.ts';
import { readTrack17Answer, readTrack17Push } from '../../src/core/mapping/providers/track17.ts';
import { readUspsPage } from '../../src/core/mapping/providers/usps-page.ts';
import { readUspsPush } from '../../src/core/mapping/providers/usps-push.ts';
import { readUspsAnswer } from '../../src/core/mapping/providers/usps-tracking.ts';
import { type ToldParcel, UNTOLD } from '../../src/core/mapping/told.ts';
import { formatInstant } from '../../src/core/units/day.ts';
import type { Problem, Result } from '../../src/core/units/result.ts';
import { uspsPageOf } from '../../src/ingest/saved-page.ts';
import { ROOT } from './rating.ts';

const FOLDER = join(ROOT, 'test', 'fixtures', 'providers');

/** The lists of data/, as the program reads them. */
export const published = loadPublished(ROOT, loadTrackingWords(ROOT));

/** The number most payloads are about. */
export const NUMBER = '9200190164917320000015';

/** One payload: its folder, its name, what it holds, and what its readers must tell. */
export interface Story {
  provider: string;
  name: string;
  body: string;
  /** As the file `<name>.told.json` has it. */
  expected: unknown;
}

/** All payloads, or those of one folder. */
export function storiesOf(provider?: string): Story[] {
  const folders = provider === undefined ? readdirSync(FOLDER) : [provider];
  return folders.sort().flatMap((folder) =>
    readdirSync(join(FOLDER, folder))
      .filter((name) => !name.endsWith('.told.json'))
      .sort()
      .map((file) => {
        const name = file.replace(/\.\w+$/, '');
        const read = (named: string) => readFileSync(join(FOLDER, folder, named), 'utf8');
        return { provider: folder, name, body: read(file), expected: JSON.parse(read(`${name}.told.json`)) as unknown };
      }),
  );
}

/** The body of one payload. */
export function payload(provider: string, file: string): string {
  return readFileSync(join(FOLDER, provider, file), 'utf8');
}

type Reader = (body: string, name: string) => unknown;

/** A USPS answer has its HTTP status at the head of its name; pushes and answers of 17TRACK differ by theirs. */
const READERS: Readonly<Record<string, Reader>> = {
  usps: (body, name) => one(readUspsAnswer(NUMBER, { status: Number(name.slice(0, 3)), body }, published)),
  '17track': (body, name) =>
    name.startsWith('push')
      ? many(readTrack17Push(body, published))
      : told(readTrack17Answer(body, published), ({ parcels, rejected }) => ({ told: parcels.map(short), rejected })),
  easypost: (body) => many(readEasyPostPush(body, published)),
  shippo: (body) => many(readShippoPush(body, published)),
  'usps-push': (body) => many(readUspsPush(body, published)),
  'usps-page': (body) => {
    const page = uspsPageOf(body);
    if (page === null) return { problem: 'no tracking page' };
    const { parcels, problems } = readUspsPage(page, published);
    const savedAt = page.savedAt === null ? {} : { savedAt: formatInstant(page.savedAt) };
    return { layout: page.layout, ...savedAt, told: parcels.map(short), problems: problems.map(inWords) };
  },
};

/** What the reader of the payload makes of it, in the words of the file beside it. */
export function readStory({ provider, name, body }: Pick<Story, 'provider' | 'name' | 'body'>): unknown {
  return READERS[provider]?.(body, name);
}

function one(result: Result<ToldParcel>): unknown {
  return told(result, (parcel) => ({ told: [short(parcel)] }));
}

function many(result: Result<ToldParcel[]>): unknown {
  return told(result, (parcels) => ({ told: parcels.map(short) }));
}

function told<T>(result: Result<T>, words: (value: T) => object): unknown {
  return result.ok ? words(result.value) : { problem: result.problems.map(inWords).join('; ') };
}

/** Without what is not told; instants as people read them. */
function short({ trackingNumber, outcome, events }: ToldParcel): unknown {
  return {
    trackingNumber,
    outcome,
    events: events.map((event) => {
      const { at, ...words } = { ...UNTOLD, ...event };
      const said = Object.entries(words).filter(([, value]) => value !== null);
      return { at: at === null ? null : formatInstant(at), ...Object.fromEntries(said) };
    }),
  };
}

function inWords({ field, message, value }: Problem): string {
  return `${field} ${message}${value === undefined ? '' : `: ${value}`}`;
}
