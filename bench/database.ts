/**
 * Imports beside a bare COPY of the same columns, a whole audit beside one SQL statement that only joins, and beside that audit
 * the one after a correction of one label in a hundred (`audit.incremental_share`) and the one when nothing changed.
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { AuditService } from '../src/audit/audit.service.ts';
import { Catalog } from '../src/catalog/catalog.ts';
import { loadPersonalData } from '../src/catalog/personal-data.ts';
import { sourceRanker } from '../src/core/mapping/source-rank.ts';
import { ImportVocabulary } from '../src/ingest/import-vocabulary.ts';
import { ImportService } from '../src/ingest/import.service.ts';
import { projectRoot } from '../src/platform/config.ts';
import { copyIn } from '../src/platform/database-copy.ts';
import { startThrowAway } from '../src/platform/database-throwaway.ts';
import { openDatabase } from '../src/platform/database.ts';
import { schema } from '../src/schema.ts';
import { FoldService } from '../src/tracking/fold.service.ts';
import { type Timed, median, print, sideBySide, timed } from './measure.ts';
import { type Month, type MonthFile, writeMonth } from './month.ts';

const ROUNDS = 5;
const AS_OF = Date.parse('2026-12-01T06:00:00Z');

interface Rig {
  dataSource: DataSource;
  imports: ImportService;
  fold: FoldService;
  audit: AuditService;
  month: Month;
}

/** Measures with so many labels and eight times as many events. */
export async function benchDatabase(labels: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-month-'));
  const server = await startThrowAway();
  const dataSource = await openDatabase({ url: server.url, ...schema });
  try {
    const root = projectRoot();
    const catalog = new Catalog(root);
    const month = await writeMonth(folder, labels, catalog.rating);
    const { spellings, tracking, published } = catalog;
    const vocabulary = new ImportVocabulary(spellings, loadPersonalData(root), sourceRanker(tracking), published);
    const fold = new FoldService(dataSource, catalog);
    const rig: Rig = {
      dataSource,
      imports: new ImportService(dataSource, vocabulary),
      fold,
      audit: new AuditService(dataSource, catalog, fold),
      month,
    };
    await benchImports(rig);
    await benchAudit(rig);
    print('peak_rss', process.resourceUsage().maxRSS / 1024, 'MiB');
  } finally {
    await dataSource.destroy();
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

/** The columns of the contract as a bare table has them, with the key of ours. */
const TYPES: Record<string, string> = {
  purchased_at: 'timestamptz',
  ship_date: 'date',
  weight_oz: 'numeric',
  zone: 'smallint',
  charged: 'numeric',
  postage: 'numeric',
  declared_value: 'numeric',
  order_value: 'numeric',
  order_parcels: 'integer',
  event_time: 'timestamptz',
  retrieved_at: 'timestamptz',
  amount: 'numeric',
};

async function benchImports(rig: Rig): Promise<void> {
  const { month } = rig;
  const keys = { labels: 'tracking_number, vendor, label_id', events: 'tracking_number, event_time, event_code, city' };
  for (const kind of ['labels', 'events'] as const) {
    const file = month[kind];
    const result = await sideBySide(
      ROUNDS,
      () => importOnce(rig, kind),
      () => copyOnce(rig, file, keys[kind]),
    );
    print(`import.${kind}.vs_copy`, result.ratio, 'x');
    print(`import.${kind}.rows_per_second`, file.rows / (result.a.wallMs / 1000), 'rows/s');
    print(`import.${kind}.wall`, result.a.wallMs, 'ms');
    print(`import.${kind}.cpu`, result.a.cpuMs, 'ms');
    print(`copy.${kind}.wall`, result.b.wallMs, 'ms');
  }
}

/** Into empty tables, from the first byte of the file to the commit; for events their folding is measured apart. */
async function importOnce({ dataSource, imports, month }: Rig, kind: 'labels' | 'events'): Promise<Timed> {
  await emptyAll(dataSource);
  const kinds = { labels: 'labels', events: 'tracking' } as const;
  const request = { path: month[kind].path, shownAs: kind, kind: kinds[kind], importedAt: new Date(AS_OF) };
  return timed(() => imports.importFile(request));
}

async function copyOnce({ dataSource }: Rig, file: MonthFile, key: string): Promise<Timed> {
  const columns = file.columns.map((column) => `${column} ${TYPES[column] ?? 'text COLLATE "C"'}`);
  await dataSource.query('DROP TABLE IF EXISTS bare');
  await dataSource.query(`CREATE TABLE bare (${columns.join(', ')}, PRIMARY KEY (${key}))`);
  await dataSource.query('CHECKPOINT');
  return withClient(dataSource, (client) =>
    timed(() =>
      copyIn(client, 'COPY bare FROM STDIN WITH (FORMAT csv, HEADER true)', createReadStream(file.cleanPath)),
    ),
  );
}

async function withClient<T>(dataSource: DataSource, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    return await work((await runner.connect()) as PoolClient);
  } finally {
    await runner.release();
  }
}

async function emptyAll(dataSource: DataSource): Promise<void> {
  const tables = dataSource.entityMetadatas.map(({ tableName }) => `"${tableName}"`);
  await dataSource.query(`TRUNCATE ${tables.join(', ')}`);
  await dataSource.query('DROP TABLE IF EXISTS bare');
  await dataSource.query('CHECKPOINT');
}

/** One statement that reads as much: events to a row a parcel, joined to labels and charges, counted. */
const JOIN_SQL = `
  SELECT count(*), sum(e.events), max(e.first_at), sum(c.mills), sum(l.charged_mills)
    FROM label l
    LEFT JOIN (SELECT tracking_number, count(*) AS events, min(event_time) AS first_at, max(event_time) AS last_at,
                      bool_or(code = '01') AS delivered, bool_or(text ILIKE '%postage%') AS notice
                 FROM event GROUP BY tracking_number) e USING (tracking_number)
    LEFT JOIN (SELECT tracking_number, sum(amount_mills) AS mills FROM charge GROUP BY tracking_number) c
      USING (tracking_number)
   WHERE e.notice IS DISTINCT FROM true OR e.delivered IS DISTINCT FROM true OR e.last_at IS NULL`;

async function benchAudit(rig: Rig): Promise<void> {
  const { dataSource, imports, fold, audit, month } = rig;
  await emptyAll(dataSource);
  for (const [kind, file] of [
    ['labels', month.labels],
    ['tracking', month.events],
    ['invoice', month.charges],
  ] as const) {
    await imports.importFile({ path: file.path, shownAs: kind, kind, importedAt: new Date(AS_OF) });
  }
  const folding = await timed(() => fold.foldTouched());
  print('fold.events_per_second', month.events.cleanRows / (folding.wallMs / 1000), 'events/s');
  await dataSource.query('VACUUM ANALYZE');
  const result = await sideBySide(
    ROUNDS,
    async () => {
      await dataSource.query('TRUNCATE judged, label_saving, finding, finding_history, run');
      return timed(() => audit.run({ asOf: AS_OF, now: () => new Date(AS_OF) }));
    },
    () => timed(() => dataSource.query(JOIN_SQL)),
  );
  print('audit.vs_sql_join', result.ratio, 'x');
  print('audit.labels_per_second', month.labels.cleanRows / (result.a.wallMs / 1000), 'labels/s');
  print('audit.wall', result.a.wallMs, 'ms');
  print('audit.cpu', result.a.cpuMs, 'ms');
  print('sql_join.wall', result.b.wallMs, 'ms');
  const changed: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await correctOneInHundred(rig, round);
    changed.push((await timed(() => audit.run({ asOf: AS_OF, now: () => new Date(AS_OF) }))).wallMs);
  }
  print('audit.one_in_hundred_changed.wall', median(changed), 'ms');
  print('audit.incremental_share', median(changed) / result.a.wallMs, 'x');
  const again: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    again.push((await timed(() => audit.run({ asOf: AS_OF, now: () => new Date(AS_OF) }))).wallMs);
  }
  print('audit.nothing_changed.wall', median(again), 'ms');
}

/** Imports one label in a hundred once more, in each round others, charged a cent less than before. */
async function correctOneInHundred({ imports, month }: Rig, round: number): Promise<void> {
  const { cleanPath, columns } = month.labels;
  const [header = '', ...rows] = (await readFile(cleanPath, 'utf8')).trimEnd().split('\n');
  const charged = columns.indexOf('charged');
  const corrected = rows
    .filter((_, index) => index % 100 === round)
    .map((row) => {
      const cells = row.split(',');
      return cells.with(charged, (Number(cells[charged]) - 0.01).toFixed(2)).join(',');
    });
  const path = `${cleanPath}.${round}.csv`;
  await writeFile(path, [header, ...corrected, ''].join('\n'));
  await imports.importFile({ path, shownAs: `labels ${round}`, kind: 'labels', importedAt: new Date(AS_OF) });
}
