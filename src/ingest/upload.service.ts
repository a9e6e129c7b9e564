/** Files sent to the service: received whole, kept in the database, imported once by whichever process comes first. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { inTransaction, withClient } from '../platform/database-client.ts';
import { explainDatabaseError } from '../platform/database-errors.ts';
import { UsageError } from '../platform/errors.ts';
import type { ImportKind, ImportProgress, ImportResult } from './import-request.ts';
import { ImportService } from './import.service.ts';
import { isPassing } from './passing-trouble.ts';
import { type SpooledFile, spool, temporaryFile } from './spooled-file.ts';
import { RefusedFileError } from './unreadable-file.ts';
import {
  type UploadEnd,
  beginUpload,
  endUpload,
  insertUpload,
  lockUpload,
  noteProgress,
  putBackUpload,
  readChunks,
  unfinishedUploads,
  unlockUpload,
} from './upload.store.ts';
import type { UploadRow } from './upload.table.ts';

/** What a sender says of a file. */
export interface UploadAbout {
  /** The name people see. */
  file: string;
  /** null = recognised from the header. */
  kind: ImportKind | null;
  /** Fills rows that name no vendor; null = every row names its own. */
  vendor: string | null;
  /** Name of the sender's access key. */
  by: string;
}

const PROGRESS_EVERY_MS = 1000;
/** A file at which so many processes died is given up, lest it take down every process that comes. */
const MOST_ATTEMPTS = 5;
/** Nothing that was accepted is lost by a failure that is not the file's: the same content again is never counted twice. */
const SEND_AGAIN = 'Its content is kept; send the file again to have it tried again, which counts nothing twice';

@Injectable()
export class UploadService {
  private readonly logger = new Logger('upload');
  /** Attempts, by upload, that could not be put back because the database was away: done before the next one. */
  private readonly notPutBack = new Map<string, number>();

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ImportService) private readonly imports: ImportService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Receives the content whole, for `keep`. Throws a UsageError for nothing, a DatabaseError for a disk that is full. */
  async spool(content: Readable): Promise<SpooledFile> {
    const spooled = await spool(content).catch((error: unknown) => {
      throw explainDatabaseError(error, 'cannot receive the file');
    });
    if (spooled.bytes > 0) return spooled;
    await spooled.remove();
    throw new UsageError('the file is empty: send its content as the body of the request');
  }

  /** Keeps what was received and answers the id under which it waits; ring for the `import` job then. */
  async keep({ path, bytes, contentSha256 }: SpooledFile, about: UploadAbout): Promise<string> {
    const id = randomUUID().replaceAll('-', '');
    const { file, kind, vendor, by } = about;
    const upload = { id, file, kind, vendor, bytes, contentSha256, receivedAt: this.clock.now(), receivedBy: by };
    try {
      await inTransaction(this.dataSource, (client) => insertUpload(client, upload, path));
      return id;
    } catch (error) {
      throw explainDatabaseError(error, `cannot keep ${file}`);
    }
  }

  /** Receives and keeps in one step. */
  async receive(content: Readable, about: UploadAbout): Promise<string> {
    const spooled = await this.spool(content);
    try {
      return await this.keep(spooled, about);
    } finally {
      await spooled.remove();
    }
  }

  /** Uploads whose import was not begun or not ended, received at least so long ago. */
  async unfinished(olderThanMs: number): Promise<string[]> {
    const before = new Date(this.clock.now().getTime() - olderThanMs);
    return withClient(this.dataSource, (client) => unfinishedUploads(client, before));
  }

  /**
   * Imports the upload unless that was done or another process is at it; answers null then and for a file that is
   * refused, which is noted in the upload. Throws what is not the file's fault; the upload then waits for another try.
   */
  async importUpload(id: string): Promise<ImportResult | null> {
    return withClient(this.dataSource, async (client) => {
      if (!(await lockUpload(client, id))) return null;
      await this.catchUp(client, id);
      const upload = await beginUpload(client, id);
      const result = upload === null ? null : await this.importLocked(client, upload);
      // After a failure the connection is closed, and the lock goes with it.
      await unlockUpload(client, id);
      return result;
    });
  }

  private async importLocked(client: PoolClient, upload: UploadRow): Promise<ImportResult | null> {
    const end = await this.attempt(client, upload);
    await endUpload(client, upload.id, { ...end, at: this.clock.now() });
    return 'result' in end ? end.result : null;
  }

  private async attempt(client: PoolClient, upload: UploadRow): Promise<UploadEnd> {
    const { file, attempts } = upload;
    if (attempts > MOST_ATTEMPTS) {
      const problem = `${file} was begun ${MOST_ATTEMPTS} times and never came to an end: the service went away in the middle each time, its log may say why. ${SEND_AGAIN}`;
      return { problem, keep: true };
    }
    try {
      return { result: await this.importContent(client, upload) };
    } catch (error) {
      if (error instanceof RefusedFileError) return { problem: error.message };
      if (isPassing(error)) {
        await this.putBack(upload);
        throw error;
      }
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error, `import of ${file}`);
      const problem = `${file} could not be imported for a fault of this program, its log says which. ${SEND_AGAIN}`;
      return { problem, keep: true };
    }
  }

  /** On a connection of its own: that of the attempt may be the one that broke. */
  private async putBack({ id, attempts }: UploadRow): Promise<void> {
    try {
      await withClient(this.dataSource, (client) => putBackUpload(client, { id, attempts }));
    } catch {
      this.notPutBack.set(id, attempts);
    }
  }

  private async catchUp(client: PoolClient, id: string): Promise<void> {
    const attempts = this.notPutBack.get(id);
    if (attempts === undefined) return;
    await putBackUpload(client, { id, attempts });
    this.notPutBack.delete(id);
  }

  private async importContent(client: PoolClient, upload: UploadRow): Promise<ImportResult> {
    const { id, file: shownAs, kind, vendor, receivedAt, attempts } = upload;
    const { path, remove } = await temporaryFile();
    const notes = noteProgressOf(client, id);
    try {
      await pipeline(Readable.from(readChunks(client, id)), createWriteStream(path, { mode: 0o600 }));
      const begunBefore = attempts > 1;
      const request = { path, shownAs, importedAt: receivedAt, vendor: vendor ?? undefined, begunBefore };
      return await this.imports.importFile(
        { ...request, kind: (kind as ImportKind | null) ?? undefined },
        notes.report,
      );
    } catch (error) {
      throw explainDatabaseError(error, `cannot import ${shownAs}`);
    } finally {
      await notes.written();
      await remove();
    }
  }
}

/** Writes down how far the import is, about once a second, on a connection that is not in the import's transaction. */
function noteProgressOf(client: PoolClient, id: string): { report: ImportProgress; written: () => Promise<void> } {
  let next = 0;
  let writing = Promise.resolve();
  const report: ImportProgress = ({ bytes, rows }) => {
    const now = performance.now();
    if (now < next) return;
    next = now + PROGRESS_EVERY_MS;
    // A lost note of progress is no reason to lose the import.
    writing = writing.then(() => noteProgress(client, { id, bytes, rows })).catch(() => undefined);
  };
  return { report, written: () => writing };
}
