/** A saved tracking page as a file of tracking: its parcels as the records of one, in memory, for a page is small. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Published } from '../core/mapping/providers/published.ts';
import { SOURCE_NAMES } from '../core/mapping/providers/provider.ts';
import { type UspsPage, readUspsPage } from '../core/mapping/providers/usps-page.ts';
import { type ToldParcel, recordsOf } from '../core/mapping/told.ts';
import { TRACKING_LAYOUT } from '../core/mapping/tracking-row.ts';
import type { Instant } from '../core/units/day.ts';
import type { CsvRecord } from './csv-splitter.ts';
import { uspsPageOf } from './saved-page.ts';
import { UnreadableFileError } from './unreadable-file.ts';

const MEGABYTE = 1024 * 1024;
/** With all its pictures in it, a saved page comes to a few megabytes. */
const MOST_MEGABYTES = 64;
/** So many bytes tell whether a file is a web page. */
export const PAGE_START_BYTES = 1024;

/** Whether a file that begins so is a web page; no header of a table does. */
export function isWebPage(start: Uint8Array): boolean {
  const text = Buffer.from(start).subarray(0, PAGE_START_BYTES).toString('utf8');
  return /^\uFEFF?\s*<(?:!doctype\s+html|html|head|body|!--)/i.test(text);
}

/** What the reader of a page must be told. */
interface PageReading {
  published: Published;
  /** When the file is imported. */
  importedAt: Date;
}

/** One page, read whole. */
export class PageFile {
  private constructor(
    private readonly bytes: Buffer,
    private readonly page: UspsPage,
    private readonly modifiedAt: Date,
    private readonly reading: PageReading,
  ) {}

  /** Reads a web page. Throws UnreadableFileError when it is no tracking page, the system's error when it cannot be read. */
  static async open(path: string, reading: PageReading): Promise<PageFile> {
    const { mtime } = await stat(path);
    const bytes = await readPage(path);
    return new PageFile(bytes, trackingPage(bytes), mtime, reading);
  }

  get bytesTotal(): number {
    return this.bytes.length;
  }

  get bytesRead(): number {
    return this.bytes.length;
  }

  /** Lower-case hex SHA-256. */
  hashNow(): Promise<string> {
    return Promise.resolve(this.contentSha256());
  }

  /** The same: what is in memory does not change. */
  contentSha256(): string {
    return createHash('sha256').update(this.bytes).digest('hex');
  }

  /** The records of a tracking file, its header first; what could not be read of the page are records with a problem. */
  async *records(): AsyncGenerator<CsvRecord[]> {
    const { parcels, problems } = readUspsPage(this.page, this.reading.published);
    const columns = [...TRACKING_LAYOUT.columns];
    const told = recordsOf(parcels, { source: SOURCE_NAMES.page, at: this.retrievedAt(parcels) });
    const rows = told.map((record) => ({ cells: columns.map((column) => record[column] ?? ''), problem: null }));
    const refused = problems.map(({ message, value = '' }) => ({ cells: [], problem: `${message}: "${value}"` }));
    const header = { cells: columns, problem: null };
    yield [header, ...rows, ...refused].map((record, index) => ({ ...record, row: index + 1 }));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * When the page was retrieved: the time it says it was saved, else that of the file, which is never after its import. A
   * time before the newest step on the page cannot be meant; then it is the import's.
   */
  private retrievedAt(parcels: readonly ToldParcel[]): Instant {
    const imported = this.reading.importedAt.getTime();
    const stated = Math.min(this.page.savedAt ?? this.modifiedAt.getTime(), imported);
    const shows = parcels.flatMap(({ events }) => events).some(({ at }) => at !== null && at > stated);
    return shows ? imported : stated;
  }
}

/** Throws as `PageFile.open` where the web page is no tracking page. */
export async function checkTrackingPage(path: string): Promise<void> {
  trackingPage(await readPage(path));
}

async function readPage(path: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > MOST_MEGABYTES * MEGABYTE) {
    throw new UnreadableFileError(`is a web page of more than ${MOST_MEGABYTES} MB, which no tracking page has`);
  }
  return readFile(path);
}

function trackingPage(bytes: Buffer): UspsPage {
  const page = uspsPageOf(bytes.toString('utf8'));
  if (page !== null) return page;
  throw new UnreadableFileError('is a web page, but no tracking page of tools.usps.com with a number on it');
}
