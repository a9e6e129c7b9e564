/** A service that asks fake carriers, over a test database, with a clock that moves only when the story or its waiting moves it. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CatalogModule } from '../../src/catalog/catalog.module.ts';
import { type Rooms, openContext } from '../../src/cli/context.ts';
import { ArrayService } from '../../src/ingest/array.service.ts';
import { IngestModule } from '../../src/ingest/ingest.module.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Patience } from '../../src/platform/patience.ts';
import { schema } from '../../src/schema.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import { Polling } from '../../src/tracking/poll.service.ts';
import { TrackingModule } from '../../src/tracking/tracking.module.ts';
import type { TestDatabase } from './database.ts';
import { Fake17Track } from './fake-17track.ts';
import { FakeUsps } from './fake-usps.ts';
import { impb } from './month/parcel.ts';

type Row = Record<string, string>;

/** The time of a story; waiting is how it passes. */
export class StoryClock implements Patience {
  private ms: number;
  readonly waits: number[] = [];

  constructor(start: string) {
    this.ms = Date.parse(start);
  }

  now = (): Date => new Date(this.ms);

  /** Sets the time, or lets so many milliseconds pass. */
  to(when: string | number): this {
    this.ms = typeof when === 'number' ? this.ms + when : Date.parse(when);
    return this;
  }

  async wait(ms: number): Promise<void> {
    this.waits.push(ms);
    this.ms += Math.ceil(ms);
    // Others whose time has come with it get their turn.
    await new Promise(setImmediate);
  }

  chance(): number {
    return 0.5;
  }
}

export interface AskingOptions {
  database: TestDatabase;
  clock: StoryClock;
  variables: Record<string, string>;
}

/** Everything of the service that asks, without doors and jobs; a second one is a second process, but for its memory. */
export async function openAsking({ database, clock, variables }: AskingOptions): Promise<AskingRooms> {
  const surroundings = {
    config: readConfig(variables),
    databaseUrl: database.url(),
    dataDir: join(tmpdir(), 'postage-auditor-tests'),
    clock,
    patience: clock,
  };
  const modules = [CatalogModule, IngestModule, TrackingModule];
  const rooms = await openContext({ surroundings, schema, modules, release: async () => undefined });
  return new AskingRooms(rooms, database, clock);
}

export class AskingRooms {
  constructor(
    private readonly rooms: Rooms,
    private readonly database: TestDatabase,
    private readonly clock: StoryClock,
  ) {}

  get: Rooms['get'] = (type) => this.rooms.get(type);

  get polling(): Polling {
    return this.get(Polling);
  }

  /** Imports labels; what a row does not say is that of an honest one. */
  async labels(...rows: Row[]): Promise<void> {
    const items = rows.map((row) => ({
      vendor: 'Story Labels',
      label_id: row['tracking_number'] ?? '',
      purchased_at: `${row['ship_date']}T09:00:00Z`,
      service: 'ground_advantage',
      charged: '7.31',
      ...row,
    }));
    const { rejected, problems } = await this.get(ArrayService).take({ kind: 'labels', vendor: null, items });
    if (rejected > 0) throw new Error(JSON.stringify(problems));
  }

  /** Imports labels of 10 November. */
  async labelled(numbers: readonly string[]): Promise<void> {
    await this.labels(...numbers.map((number) => ({ tracking_number: number, ship_date: '2026-11-10' })));
  }

  /** Lets another source tell of a number, at the story's time. */
  async tell(number: string, rows: Row[]): Promise<void> {
    const retrieved_at = this.clock.now().toISOString();
    const items = rows.map((row) => ({
      tracking_number: number,
      source: 'EasyPost',
      ...(row['outcome'] === undefined ? {} : { retrieved_at }),
      ...row,
    }));
    const { rejected, problems } = await this.get(ArrayService).take({ kind: 'tracking', vendor: null, items });
    if (rejected > 0) throw new Error(JSON.stringify(problems));
  }

  async fold(): Promise<void> {
    await this.get(FoldService).foldAlone();
  }

  /** Rows of a query. */
  async sql<Result = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Result[]> {
    return this.database.dataSource().query<Result[]>(text, values);
  }

  /** The stored events of a number in a form that is easily compared. */
  async events(number: string): Promise<string[]> {
    const rows = await this.sql<{ said: string }>(
      `SELECT to_char(event_time, 'MM-DD HH24:MI') || ' ' || coalesce(code, text, '') || CASE WHEN kind = 'ask' THEN 'asked' ELSE '' END
              || coalesce(' ' || outcome, '') AS said
         FROM event WHERE tracking_number = $1 ORDER BY kind DESC, event_time, code`,
      [number],
    );
    return rows.map(({ said }) => said);
  }

  async close(): Promise<void> {
    await this.rooms.close();
  }
}

/** The fakes, the clock and the processes of a file's stories; each story begins with nothing known, on the evening of 10 November. */
export function useCarriers(database: TestDatabase) {
  const clock = new StoryClock(EVENING);
  const now = (): number => clock.now().getTime();
  const usps = new FakeUsps(now);
  const track17 = new Fake17Track(now);
  const opened: AskingRooms[] = [];
  beforeAll(async () => {
    await Promise.all([usps.start(), track17.start()]);
  });
  afterAll(async () => {
    await Promise.all([usps.stop(), track17.stop()]);
  });
  beforeEach(async () => {
    await forgetAll(database);
    usps.clear();
    track17.clear();
    clock.to(EVENING).waits.length = 0;
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((rooms) => rooms.close()));
  });
  return {
    clock,
    now,
    usps,
    track17,
    /** A process that asks. */
    process: async (variables: Record<string, string> = usps.variables): Promise<AskingRooms> => {
      const rooms = await openAsking({ database, clock, variables });
      opened.push(rooms);
      return rooms;
    },
    /** Asks again and again as the schedule does, though not as often, until the time. */
    askUntil: async (rooms: AskingRooms, end: string, everySeconds = 60): Promise<void> => {
      while (now() < Date.parse(end)) {
        await rooms.polling.askDue();
        clock.to(everySeconds * 1000);
      }
    },
  };
}

/** When labels of 10 November are looked at for the first time. */
const EVENING = '2026-11-11T02:00:00Z';

/** A valid number of its own for each serial. */
export function numberOf(serial: number): string {
  return impb('001', '900000044', serial);
}

/** Empties what the stories of one file write. */
export async function forgetAll(database: TestDatabase): Promise<void> {
  await database.dataSource().query(
    `TRUNCATE label, label_history, event, parcel, journey, import, rejected_row, poll, suspected_vendor, provider_call,
        provider_rest, carrier_answer, answer_body`,
  );
}
