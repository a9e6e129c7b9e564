/** Imports one file in one transaction: all of it or nothing, and the same content only once. */
import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { rollBack } from '../platform/database-client.ts';
import { explainDatabaseError } from '../platform/database-errors.ts';
import { answeredImport, countsOf, importId, repeatedImport } from './import-result.ts';
import type { ImportKind, ImportProgress, ImportRequest, ImportResult } from './import-request.ts';
import { createTouched, findImport, lockMerging, raiseRevisions, saveImports } from './import.store.ts';
import { ImportVocabulary } from './import-vocabulary.ts';
import { type ImportFile, openImportFile } from './open-file.ts';
import { recognise } from './recognise.ts';
import { takeRows } from './take-rows.store.ts';
import { readVendorNames, saveVendorNames } from './vendor-name.store.ts';
import { RefusedFileError, UnreadableFileError, aboutFile } from './unreadable-file.ts';

/** Enough for the joins of a month's files; the default sorts and joins them on disk. */
const WORK_MEMORY = '128MB';

@Injectable()
export class ImportService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ImportVocabulary) private readonly vocabulary: ImportVocabulary,
  ) {}

  /**
   * Imports one file. Rows that cannot be taken are kept with their problems; a file that cannot be read throws a
   * UsageError, a database or disk that refuses a DatabaseError, and then nothing of the file is stored.
   */
  async importFile(request: ImportRequest, progress?: ImportProgress): Promise<ImportResult> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const kind = request.kind ?? (await this.recogniseKind(request));
      const { published } = this.vocabulary;
      const file = await openImportFile(request.path, { kind, published, importedAt: request.importedAt });
      try {
        return await this.importOpened(runner, file, { ...request, kind }, progress);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw explainDatabaseError(aboutFile(request.shownAs, error), `cannot import ${request.shownAs}`);
    } finally {
      await runner.release();
    }
  }

  private async recogniseKind({ path, shownAs }: ImportRequest): Promise<ImportKind> {
    const { files, notRead } = await recognise([{ path, shownAs }]);
    const kind = files[0]?.kind;
    if (kind !== undefined) return kind;
    throw new RefusedFileError(`${shownAs} ${notRead[0]?.why ?? 'is not recognised'}`);
  }

  private async importOpened(
    runner: QueryRunner,
    file: ImportFile,
    request: ImportRequest & { kind: ImportKind },
    progress?: ImportProgress,
  ): Promise<ImportResult> {
    const client: PoolClient = await runner.connect();
    await runner.startTransaction();
    try {
      const result = await this.importInTransaction(client, file, request, progress);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await rollBack(runner);
      throw error;
    }
  }

  private async importInTransaction(
    client: PoolClient,
    file: ImportFile,
    request: ImportRequest & { kind: ImportKind },
    progress?: ImportProgress,
  ): Promise<ImportResult> {
    const { kind, shownAs } = request;
    const vendor = request.vendor?.trim() || null;
    const contentSha256 = await file.hashNow();
    const id = importId({ kind, vendor, contentSha256 });
    await client.query(`SET LOCAL work_mem = '${WORK_MEMORY}'`);
    await lockMerging(client);
    const before = await findImport(client, id);
    if (before !== null) {
      const own = request.begunBefore === true && before.importedAt.getTime() === request.importedAt.getTime();
      return own ? answeredImport(before, shownAs) : repeatedImport(before, shownAs);
    }

    await createTouched(client);
    const names = await readVendorNames(client);
    const context = { vocabulary: this.vocabulary, vendor, names };
    const report = (rows: number) =>
      progress?.({ file: shownAs, bytes: file.bytesRead, bytesTotal: file.bytesTotal, rows });
    const taken = await takeRows(client, file, { id, kind, file: shownAs, context, progress: report });
    await saveVendorNames(client, names);
    if (file.contentSha256() !== contentSha256) throw new UnreadableFileError('changed while it was read; try again');
    if (taken.accepted > 0) await raiseRevisions(client, { ofEvents: kind === 'tracking' });
    const counts = countsOf(taken.lines, taken.accepted);
    const { importedAt } = request;
    await saveImports(client, [
      { id, kind, file: shownAs, contentSha256, bytes: file.bytesRead, importedAt, ...counts },
    ]);
    return { id, file: shownAs, kind, ...counts };
  }
}
