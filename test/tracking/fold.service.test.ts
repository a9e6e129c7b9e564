import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { Catalog } from '../../src/catalog/catalog.ts';
import { DIGEST_VERSION, type JourneyDigest } from '../../src/core/journey/digest.ts';
import { fillDigest } from '../../src/core/journey/stored-digest.ts';
import { EventTable, type EventRow } from '../../src/ingest/event.table.ts';
import { ParcelTable } from '../../src/ingest/parcel.table.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import { JourneyTable } from '../../src/tracking/journey.table.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const catalog = new Catalog(join(import.meta.dirname, '../..'));
const NUMBER = '9400109104250532908587';
const OTHER = '9405511899561459253313';

function at(day: number): Date {
  return new Date(Date.UTC(2026, 10, day, 12, 30, 15, 250));
}

function event(given: Partial<EventRow> & { eventTime: Date }): EventRow {
  const { code = null, text = null, kind = 'event', outcome = null, trackingNumber = NUMBER } = given;
  const nothing = {
    city: null,
    state: null,
    zip: null,
    country: null,
    source: 'usps',
    sourceRank: 0,
    retrievedAt: null,
  };
  const eventHash = Buffer.from(`${kind}${code}${outcome}`).toString('hex').padEnd(32, '0').slice(0, 32);
  const known = { ...nothing, trackingNumber, kind, code, text, outcome, mailpieceId: null, eventHash };
  return { ...known, importId: 'f'.repeat(64), ...given };
}

/** Stores events the way an import does: with the parcel's revision raised. */
async function store(events: EventRow[], revision: number): Promise<void> {
  const dataSource = database.dataSource();
  await dataSource.getRepository(EventTable).insert(events);
  const numbers = [...new Set(events.map(({ trackingNumber }) => trackingNumber))];
  const parcels = numbers.map((trackingNumber) => ({ trackingNumber, revision, eventsRevision: revision }));
  await dataSource.getRepository(ParcelTable).upsert(parcels, ['trackingNumber']);
}

async function digestOf(dataSource: DataSource, trackingNumber: string): Promise<JourneyDigest | undefined> {
  const stored = (await dataSource.getRepository(JourneyTable).findOneBy({ trackingNumber }))?.digest;
  return stored && fillDigest(stored);
}

describe('folding', () => {
  let service: FoldService;

  beforeEach(async () => {
    service = new FoldService(database.dataSource(), catalog);
    await database.dataSource().query('TRUNCATE event, parcel, journey');
  });

  test('every parcel with events gets its digest once', async () => {
    await store(
      [
        event({ eventTime: at(2), code: 'GX', text: 'Shipping Label Created, USPS Awaiting Item' }),
        event({
          eventTime: at(3),
          code: '03',
          city: 'RENO\tNORTH',
          zip: '89501',
          retrievedAt: at(5),
          outcome: 'answered',
        }),
        event({ eventTime: at(4), kind: 'ask', outcome: 'not_found', trackingNumber: OTHER }),
      ],
      1,
    );
    const steps: number[] = [];
    expect(await service.foldTouched(({ folded }) => steps.push(folded))).toBe(2);
    expect(steps).toEqual([2]);
    expect(await digestOf(database.dataSource(), NUMBER)).toMatchObject({
      version: DIGEST_VERSION,
      events: 2,
      announcedAt: at(2).getTime(),
      firstScan: { at: at(3).getTime(), code: '03', city: 'RENO\tNORTH', state: null, zip: '89501' },
      answeredAt: at(5).getTime(),
    });
    expect(await digestOf(database.dataSource(), OTHER)).toMatchObject({
      events: 0,
      lastOutcome: 'not_found',
      lastAskedAt: at(4).getTime(),
    });
    expect(await service.foldTouched()).toBe(0);
  });

  test('a later event is folded in, and only its parcel is folded again', async () => {
    await store(
      [event({ eventTime: at(2), code: 'GX' }), event({ eventTime: at(2), code: 'GX', trackingNumber: OTHER })],
      1,
    );
    await service.foldTouched();
    await store([event({ eventTime: at(3), code: '03' })], 2);
    expect(await service.foldTouched()).toBe(1);
    expect((await digestOf(database.dataSource(), NUMBER))?.firstScan?.at).toBe(at(3).getTime());
  });

  test('a digest folded by another version, or by other data, is folded again', async () => {
    await store([event({ eventTime: at(2), code: 'GX' })], 1);
    await service.foldTouched();
    await database.dataSource().query(`UPDATE journey SET folded_by = 'another'`);
    expect(await service.foldTouched()).toBe(1);
  });

  test('a parcel whose events were taken back has an empty journey', async () => {
    await store([event({ eventTime: at(2), code: 'GX' })], 1);
    await service.foldTouched();
    await database.dataSource().query('DELETE FROM event');
    await database.dataSource().query('UPDATE parcel SET events_revision = 2');
    expect(await service.foldTouched()).toBe(1);
    expect(await digestOf(database.dataSource(), NUMBER)).toMatchObject({ events: 0, announcedAt: null });
  });

  test('two foldings at once leave one digest a parcel', async () => {
    const numbers = Array.from({ length: 50 }, (_, index) => `94001091042505329${String(index).padStart(5, '0')}`);
    await store(
      numbers.map((trackingNumber) => event({ eventTime: at(2), code: '03', trackingNumber })),
      1,
    );
    const folded = await Promise.all([service.foldTouched(), service.foldTouched()]);
    expect(folded.toSorted((a, b) => a - b)).toEqual([0, 50]);
    expect(await database.dataSource().getRepository(JourneyTable).count()).toBe(50);
  });

  test('as of an earlier time nothing later is known', async () => {
    await store(
      [
        event({ eventTime: at(3), code: '03', retrievedAt: at(8), outcome: 'answered' }),
        event({ eventTime: at(6), code: '01' }),
        event({ eventTime: at(7), kind: 'ask', outcome: 'withheld' }),
        event({ eventTime: at(6), code: 'GX', trackingNumber: OTHER }),
      ],
      1,
    );
    const journeys = await service.foldAsOf(
      new Map([NUMBER, OTHER, "no'such"].map((number) => [number, []])),
      at(5).getTime(),
    );
    expect(journeys.get(NUMBER)?.[0]).toMatchObject({
      events: 1,
      delivered: null,
      answeredAt: null,
      lastOutcome: null,
    });
    expect(journeys.get(OTHER)).toEqual([null]);
    expect(journeys.get("no'such")).toEqual([null]);
    const halves = [
      { from: -Infinity, until: at(4).getTime() },
      { from: at(4).getTime(), until: null },
    ];
    const twice = await service.foldAsOf(new Map([[NUMBER, halves]]), at(9).getTime());
    expect(twice.get(NUMBER)).toMatchObject([
      { events: 1, delivered: null, lastOutcome: null },
      { events: 1, firstScan: { code: '01' }, lastOutcome: 'answered' },
    ]);
    const later = await service.foldAsOf(new Map([[NUMBER, []]]), at(9).getTime());
    expect(later.get(NUMBER)?.[0]).toMatchObject({ events: 2, answeredAt: at(8).getTime(), lastOutcome: 'answered' });
  });
});
