/** Whatever comes in, the readers answer, and how it is sorted makes no difference. */
import fc from 'fast-check';
import { recordsOf } from '../../../../src/core/mapping/told.ts';
import { readEasyPostPush } from '../../../../src/core/mapping/providers/easypost.ts';
import { readShippoPush } from '../../../../src/core/mapping/providers/shippo.ts';
import { readTrack17Answer, readTrack17Push } from '../../../../src/core/mapping/providers/track17.ts';
import { readUspsPage } from '../../../../src/core/mapping/providers/usps-page.ts';
import { readUspsPush } from '../../../../src/core/mapping/providers/usps-push.ts';
import { readUspsAnswer } from '../../../../src/core/mapping/providers/usps-tracking.ts';
import type { ToldParcel } from '../../../../src/core/mapping/told.ts';
import type { Result } from '../../../../src/core/units/result.ts';
import { uspsPageOf } from '../../../../src/ingest/saved-page.ts';
import { NUMBER, published, readStory, storiesOf } from '../../../support/provider-payload.ts';
import { readTracking } from '../reading.ts';

const READERS: Readonly<Record<string, (body: string) => Result<readonly ToldParcel[]>>> = {
  'usps answer': (body) => listed(readUspsAnswer(NUMBER, { status: 200, body }, published)),
  'usps refusal': (body) => listed(readUspsAnswer(NUMBER, { status: 400, body }, published)),
  'usps push': (body) => readUspsPush(body, published),
  '17track answer': (body) => {
    const answer = readTrack17Answer(body, published);
    return answer.ok ? { ok: true, value: answer.value.parcels } : answer;
  },
  '17track push': (body) => readTrack17Push(body, published),
  'easypost push': (body) => readEasyPostPush(body, published),
  'shippo push': (body) => readShippoPush(body, published),
};

function listed(result: Result<ToldParcel>): Result<ToldParcel[]> {
  return result.ok ? { ok: true, value: [result.value] } : result;
}

/** Every row that is written of what was told can be read again, or names its number. */
function checkRows(result: Result<readonly ToldParcel[]>): void {
  if (!result.ok) {
    expect(result.problems.length).toBeGreaterThan(0);
    return;
  }
  const at = Date.UTC(2026, 10, 7);
  for (const row of recordsOf(result.value, { source: 'USPS webhook', at })) {
    const read = readTracking(row);
    const problems = read.ok ? [] : read.problems.filter(({ field }) => field !== 'tracking_number');
    expect([row, problems]).toEqual([row, []]);
  }
}

/** Keys and values that the readers look for, among any others. */
const KNOWN_KEYS = [
  'trackingNumber trackingEvents eventType eventTimestamp GMTTimestamp GMTOffset eventCode eventCity eventState eventZIP',
  'eventCountry status statusSummary TrackResults TrackInfo error errors code message fault toString __proto__ constructor',
  'payload unpaid event data accepted rejected number track_info tracking providers events time_raw date time description',
  'address country result object carrier tracking_code tracking_details datetime tracking_number tracking_history',
  'status_details status_date location zip provider_tips',
].flatMap((line) => line.split(' '));
const KNOWN_VALUES = [
  'usps|USPS|Tracker|tracker.updated|track_updated|TRACKING_UPDATED|150012|UNPAID|PAID|2026-11-03T11:10:00|-05:00|-420',
  '2026-11-03T17:10:31Z|2026-11-03|November 3, 2026|275760-09-13|CHICAGO|IL|6060|M5V 2T6|JAPAN|counterfeit postage',
  `held, awaiting payment|Delivered|\u0000\uD800|${NUMBER}`,
].flatMap((line) => line.split('|'));
const known = fc.constantFrom(...KNOWN_VALUES);
const json = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    known,
    fc.jsonValue({ maxDepth: 1 }),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('node'), { maxLength: 4 }),
  object: fc.dictionary(fc.constantFrom(...KNOWN_KEYS), tie('node'), { maxKeys: 8, noNullPrototype: true }),
})).node;

describe.each(Object.entries(READERS))('%s', (_, read) => {
  test('answers any JSON, and what it tells can be stored', () => {
    fc.assert(
      fc.property(json, (value) => checkRows(read(JSON.stringify(value)))),
      { numRuns: 500 },
    );
  });

  test('answers any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => checkRows(read(text))));
  });

  test('answers what breaks off anywhere', () => {
    for (const { body } of storiesOf()) {
      for (const part of [0.1, 0.5, 0.9, 0.99]) checkRows(read(body.slice(0, Math.floor(body.length * part))));
    }
  });
});

const documents = storiesOf().filter(({ name, body }) => !name.includes('half') && !body.trimStart().startsWith('<'));

/** The places of a document, each with what puts another value there. */
function slotsOf(value: unknown): ((other: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    (other: unknown) => {
      holder[key] = other;
    },
    ...slotsOf(holder[key]),
  ]);
}

test.each(documents.map((story) => ({ ...story, title: `${story.provider}: ${story.name}` })))(
  '$title with other things in its places is answered, and what it tells can be stored',
  ({ provider, body }) => {
    const readers = Object.entries(READERS).filter(([reader]) => reader.startsWith(provider.replace('-push', '')));
    const changes = fc.array(fc.tuple(fc.nat(), fc.oneof(known, json, fc.constant(undefined))), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(changes, (changed) => {
        const document = JSON.parse(body) as unknown;
        for (const [pick, other] of changed) {
          const slots = slotsOf(document);
          slots[pick % slots.length]?.(other);
        }
        for (const [, read] of readers) checkRows(read(JSON.stringify(document)));
      }),
      { numRuns: 25 },
    );
  },
);

describe('a page', () => {
  const text = fc.option(fc.oneof(known, fc.string({ unit: 'binary' })), { nil: null });
  const step = fc.record({ status: text, detail: text, location: text, date: text });
  const parcel = fc.record({
    number: fc.oneof(known, fc.string()),
    banners: fc.array(known),
    steps: fc.array(step),
    isWhole: fc.boolean(),
  });

  test('of any texts is read, and what it tells can be stored', () => {
    fc.assert(
      fc.property(fc.array(parcel, { maxLength: 3 }), (parcels) => {
        const read = readUspsPage({ layout: 'current', parcels, savedAt: null }, published);
        checkRows({ ok: true, value: read.parcels });
      }),
    );
  });

  test('of any markup is one or is none', () => {
    const pieces = storiesOf('usps-page').flatMap(({ body }) => body.split(/(?=<)/));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 60 }), (markup) => {
        const page = uspsPageOf(markup.join(''));
        if (page !== null) readUspsPage(page, published);
      }),
      { numRuns: 300 },
    );
  });
});

/** Every list in the document turned round, or its first half put behind its second. */
function reordered(value: unknown, turn: (list: unknown[]) => unknown[]): unknown {
  if (Array.isArray(value)) return turn(value.map((each) => reordered(each, turn)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, reordered(each, turn)]));
}

/** Which parcel comes first may follow the payload; which events a parcel has may not. */
function eventsByNumber(told: unknown): unknown {
  const { told: parcels = [] } = told as { told?: { trackingNumber: string; outcome: unknown; events: unknown[] }[] };
  return Object.fromEntries(parcels.map(({ trackingNumber, outcome, events }) => [trackingNumber, [outcome, events]]));
}

test.each(documents.map((story) => ({ ...story, title: `${story.provider}: ${story.name}` })))(
  'the order of $title does not matter',
  (story) => {
    const document = JSON.parse(story.body) as unknown;
    const turns = [
      (list: unknown[]) => list.toReversed(),
      (list: unknown[]) => [...list.slice(list.length / 2), ...list.slice(0, list.length / 2)],
      (list: unknown[]) => [...list, ...list],
    ];
    for (const turn of turns) {
      const again = readStory({ ...story, body: JSON.stringify(reordered(document, turn)) });
      expect(eventsByNumber(again)).toEqual(eventsByNumber(story.expected));
    }
  },
);
