/** Days of a service's life over a test database: files come in, time goes on, reports are made. */
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlertsModule } from '../../src/alerts/alerts.module.ts';
import { AuditService } from '../../src/audit/audit.service.ts';
import { CatalogModule } from '../../src/catalog/catalog.module.ts';
import { type Rooms, openContext } from '../../src/cli/context.ts';
import type { ImportKind } from '../../src/ingest/import-request.ts';
import { ImportService } from '../../src/ingest/import.service.ts';
import { IngestModule } from '../../src/ingest/ingest.module.ts';
import { readConfig } from '../../src/platform/config.ts';
import { type DailyReport, DailyReportService } from '../../src/reports/daily.service.ts';
import { ReportArchive } from '../../src/reports/report-archive.service.ts';
import { type ReportDocument, ReportDocumentSchema } from '../../src/reports/report-document.ts';
import { schema } from '../../src/schema.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import type { TestDatabase } from './database.ts';
import { impb } from './month/parcel.ts';
import { COUNTERFEIT } from './timeline.ts';

type Row = Record<string, string>;

/** What the story's clock shows until it is set. */
const START = '2026-11-10T06:05:00Z';

export class Days {
  private now = START;
  private rooms: Rooms | undefined;

  constructor(
    private readonly database: TestDatabase,
    private readonly variables: () => Record<string, string> = () => ({}),
  ) {}

  async open(): Promise<void> {
    const variables = this.variables();
    const config = readConfig(variables);
    const clock = { now: () => new Date(this.now) };
    const surroundings = {
      config,
      databaseUrl: this.database.url(),
      dataDir: variables['DATA_DIR'] ?? join(tmpdir(), 'postage-auditor-tests'),
      clock,
    };
    const modules = [CatalogModule, IngestModule, AlertsModule];
    this.rooms = await openContext({ surroundings, schema, modules, release: async () => undefined });
  }

  async close(): Promise<void> {
    await this.rooms?.close();
  }

  get: Rooms['get'] = (type) => {
    if (this.rooms === undefined) throw new Error('the rooms are open only inside tests');
    return this.rooms.get(type);
  };

  /** Sets the story's clock. */
  at(now: string): this {
    this.now = now;
    return this;
  }

  /** Imports rows given as one object a row, at the story's time. */
  async take(kind: ImportKind, rows: readonly Row[], file = `${kind}.csv`): Promise<void> {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
    const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
    const path = join(tmpdir(), `${randomUUID()}.csv`);
    writeFileSync(path, lines.map((cells) => cells.map(quoted).join(',')).join('\n'));
    try {
      const importedAt = new Date(this.now);
      await this.get(ImportService).importFile({ path, shownAs: file, kind, importedAt });
    } finally {
      rmSync(path);
    }
  }

  /** Judges everything at the story's time, as the service does between reports. */
  async audit(): Promise<void> {
    await this.get(FoldService).foldTouched();
    await this.get(AuditService).run({ asOf: Date.parse(this.now), now: () => new Date(this.now) });
  }

  /** Makes the report of a day at the story's time. */
  async report(day: string): Promise<DailyReport> {
    return this.get(DailyReportService).make(day, { now: () => new Date(this.now) });
  }

  /** report.json of the last edition of the day. */
  async document(day: string): Promise<ReportDocument> {
    const file = await this.get(ReportArchive).file(day, 'report.json');
    return ReportDocumentSchema.parse(JSON.parse(String(file?.content)));
  }
}

/** An honest label bought on the day: Los Angeles to Phoenix, zone 4, a little under the commercial price. */
export function honestLabel(serial: number, day: string, over: Row = {}): Row {
  return {
    tracking_number: impb('001', '900000044', serial),
    vendor: 'Story Labels',
    label_id: `S${serial}`,
    purchased_at: `${day}T09:00:00Z`,
    ship_date: day,
    service: 'ground_advantage',
    rate_type: 'weight',
    packaging: 'package',
    weight_oz: '8',
    origin_zip: '90058',
    destination_zip: '85004',
    charged: '7.31',
    ...over,
  };
}

/** The carrier withholds the parcel for want of postage. */
export function heldEvent(serial: number, at: string): Row {
  return trackingEvent(serial, at, { event_text: 'Package delayed for postage assessment and held awaiting payment' });
}

/** The carrier states that the postage is counterfeit. */
export function noticeEvent(serial: number, at: string): Row {
  return trackingEvent(serial, at, { event_code: '150012', event_text: COUNTERFEIT });
}

/** The parcel moves on. */
export function movedEvent(serial: number, at: string): Row {
  return trackingEvent(serial, at, { event_code: 'T1', event_text: 'Departed USPS Regional Facility' });
}

function trackingEvent(serial: number, at: string, over: Row): Row {
  return {
    tracking_number: impb('001', '900000044', serial),
    event_time: at,
    source: 'usps',
    retrieved_at: at,
    ...over,
  };
}
