/** `import KIND FILE...` and `import list`: files into the service's database, without the service. */
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { IMPORT_KINDS, type ImportKind, type ImportResult } from '../ingest/import-request.ts';
import { ImportService } from '../ingest/import.service.ts';
import { ImportsQuery } from '../ingest/imports.query.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { UsageError } from '../platform/errors.ts';
import { FoldService } from '../tracking/fold.service.ts';
import type { Rooms } from './context.ts';
import type { CliIo } from './io.ts';
import { Progress } from './progress.ts';
import { openRooms } from './rooms.ts';

/** Problems of rows shown a file; all of them are in the report and in the service. */
const SHOWN_PROBLEMS = 5;
const LISTED = 50;

/** Adds the commands. */
export function registerImport(program: Command, io: CliIo, schema: DatabaseSchema): void {
  const importing = program.command('import').description("load files into the service's database, or list what was");
  importing
    .command('list')
    .description(`the last ${LISTED} imports, the newest first`)
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => withRooms(io, schema, (rooms) => list(rooms, io, options.json === true)));
  importing
    .command('files <kind> <files...>', { isDefault: true, hidden: true })
    .option('--vendor <name>', 'fills rows that name no vendor')
    .action((kind: string, files: string[], options: { vendor?: string }) => {
      const request = { kind: kindNamed(kind), files, vendor: options.vendor };
      return withRooms(io, schema, (rooms) => importFiles(rooms, io, request));
    });
  importing.usage(`[options] <${IMPORT_KINDS.join('|')}> <files...> [--vendor <name>]`);
}

async function withRooms(io: CliIo, schema: DatabaseSchema, work: (rooms: Rooms) => Promise<void>): Promise<void> {
  const rooms = await openRooms(io, schema);
  try {
    await work(rooms);
  } finally {
    await rooms.close();
  }
}

function kindNamed(name: string): ImportKind {
  const kind = IMPORT_KINDS.find((each) => each === name);
  if (kind !== undefined) return kind;
  throw new UsageError(`"${name}" is no kind of file that is read today; write one of ${IMPORT_KINDS.join(', ')}`);
}

async function importFiles(
  rooms: Rooms,
  io: CliIo,
  { kind, files, vendor }: { kind: ImportKind; files: readonly string[]; vendor: string | undefined },
): Promise<void> {
  const progress = new Progress(io.stderr, io.now);
  try {
    for (const file of files) {
      const shownAs = basename(file);
      progress.start(`Reading ${shownAs}`);
      const request = { path: resolve(file), shownAs, kind, vendor, importedAt: new Date(io.now()) };
      const result = await rooms
        .get(ImportService)
        .importFile(request, ({ bytes, bytesTotal }) => progress.update(bytes, bytesTotal));
      progress.end('done');
      await tell(rooms, io, result);
    }
    if (kind === 'tracking') await rooms.get(FoldService).foldAlone();
  } finally {
    progress.abandon();
  }
}

async function tell(rooms: Rooms, io: CliIo, result: ImportResult): Promise<void> {
  io.stdout.write(`${result.file}: ${counts(result)}\n`);
  if (result.rejected === 0) return;
  const { items, next } = await rooms.get(ImportsQuery).rejected(result.id, { limit: SHOWN_PROBLEMS });
  for (const { row, field, problem } of items) io.stdout.write(`  row ${row}: ${field} ${problem}\n`);
  if (next !== null) io.stdout.write(`  ... and more; all of them stand in rejected-rows.csv of the next report\n`);
}

async function list(rooms: Rooms, io: CliIo, json: boolean): Promise<void> {
  const { items } = await rooms.get(ImportsQuery).list({ limit: LISTED });
  if (json) {
    io.stdout.write(`${JSON.stringify(items)}\n`);
    return;
  }
  if (items.length === 0) io.stdout.write('nothing was imported yet\n');
  for (const item of items) {
    const came = item.state === 'done' ? counts(item) : (item.problem ?? item.state);
    io.stdout.write(`${item.id}  ${item.receivedAt.toISOString()}  ${item.kind ?? '?'}  ${item.file}: ${came}\n`);
  }
}

function counts(of: Pick<ImportResult, 'rows' | 'accepted' | 'repeated' | 'rejected'>): string {
  return `${of.rows} rows, ${of.accepted} taken, ${of.repeated} repeated, ${of.rejected} rejected`;
}
