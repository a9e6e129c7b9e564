/** One audit from files to report: recognise, import, fold, judge, write; every step tells how far it is. */
import type { AuditRun } from '../audit/audit.service.ts';
import { severityRank } from '../core/finding/finding.ts';
import type { ImportResult } from '../ingest/import-request.ts';
import { type RecognisedFile, recognise } from '../ingest/recognise.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { EXIT_FOUND } from '../platform/errors.ts';
import { summariseBook } from '../reports/book-summary.ts';
import type { ReportInput } from '../reports/report-input.ts';
import type { ReportModel } from '../reports/report-model.ts';
import { renderJson } from '../reports/json.ts';
import { textSummary } from '../reports/summary.ts';
import { loadWording } from '../reports/wording.ts';
import { checkWritable, writeReport } from '../reports/write.ts';
import { type Application, openApplication } from './application.ts';
import type { AuditOptions } from './audit-options.ts';
import type { CliIo } from './io.ts';
import { Progress } from './progress.ts';
import { chartWords } from './zone-charts.ts';

/** One audit's options, its surroundings and what it works with. */
interface Work extends Application {
  options: AuditOptions;
  io: CliIo;
  progress: Progress;
}

/**
 * Runs the audit, writes the report and stdout, and sets the exit code when a finding reaches `--fail-on`.
 * Throws UsageError for paths that cannot be read or recognised, before a database is touched.
 */
export async function runAudit(options: AuditOptions, io: CliIo, schema: DatabaseSchema): Promise<void> {
  const { files, notRead } = await recognise(options.paths);
  await checkWritable(options.out);
  const progress = new Progress(io.stderr, io.now);
  progress.start('Starting the database');
  const application = await openApplication(options, schema);
  const work: Work = { ...application, options, io, progress };
  try {
    progress.end('ready');
    const charts = chartWords(application.catalog.rating.zones.charts);
    if (charts !== null) io.stderr.write(`Zone charts: ${charts}\n`);
    const imports = await importAll(work, files);
    await foldJourneys(work);
    const run = await judge(work);
    const model = await report(work, { imports, notRead, run });
    if (reaches(model, options)) io.exitCode = EXIT_FOUND;
  } finally {
    progress.abandon();
    await application.close();
  }
}

async function importAll({ imports, options, io, progress }: Work, files: readonly RecognisedFile[]) {
  const results: ImportResult[] = [];
  for (const { path, shownAs, kind } of files) {
    progress.start(`Reading ${shownAs}`);
    const result = await imports.importFile(
      { path, shownAs, kind, vendor: options.vendor ?? undefined, importedAt: new Date(io.now()) },
      ({ bytes, bytesTotal }) => progress.update(bytes, bytesTotal),
    );
    results.push(result);
    progress.end(
      `${result.rows} rows, ${result.accepted} taken, ${result.repeated} repeated, ${result.rejected} rejected`,
    );
  }
  return results;
}

async function foldJourneys({ fold, progress }: Work): Promise<void> {
  progress.start('Folding journeys');
  const folded = await fold.foldTouched(({ folded: done, total }) => progress.update(done, total));
  progress.end(`${folded} parcels`);
}

async function judge({ audit, options, io, progress }: Work) {
  progress.start('Judging');
  const request = { asOf: options.asOf, now: () => new Date(io.now()) };
  const run = await audit.run(request, ({ judged, total }) => progress.update(judged, total));
  progress.end(`${run.parcels} parcels`);
  return run;
}

async function report(
  { reports, audit, catalog, options, io, progress }: Work,
  read: { imports: ImportResult[]; notRead: ReportInput['notRead']; run: AuditRun },
): Promise<ReportModel> {
  progress.start('Writing the report');
  const { asOf, locale, timeZone, out, format } = options;
  const model = await reports.build({
    asOf,
    locale,
    timeZone,
    sources: read.imports.map(({ id, file, kind, vendor, rows, accepted, repeated, rejected, personalDropped }) => ({
      importIds: [id],
      file,
      kind,
      vendor,
      rows,
      accepted,
      repeated,
      rejected,
      personalDropped,
    })),
    book: summariseBook({ book: audit.rulesAsOf(asOf), shadow: audit.shadowAsOf(asOf) }, read.run.book),
    data: { version: catalog.dataVersion, priceLists: catalog.rating.lists.map((list) => list.id) },
    notRead: read.notRead,
    laterRows: read.run.laterRows,
  });
  const wording = loadWording(io.root, locale);
  await writeReport(model, { outDir: out, root: io.root, wording });
  progress.end(out);
  io.stdout.write(format === 'json' ? renderJson(model.document) : textSummary(model, { wording, outDir: out }));
  return model;
}

function reaches(model: ReportModel, { failOn }: AuditOptions): boolean {
  if (failOn === null) return false;
  const limit = severityRank(failOn);
  return model.document.findings.some((finding) => severityRank(finding.severity) >= limit);
}
