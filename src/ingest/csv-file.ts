/** Streams the records of a CSV file, and knows its size and the hash of its content once it has been read. */
import { type Hash, createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { type CsvRecord, CsvSplitter } from './csv-splitter.ts';
import { packedContent } from './packed-content.ts';
import { UnreadableFileError } from './unreadable-file.ts';

/** Large enough that a chunk costs little beside its records, small enough to stay in the processor's cache. */
const CHUNK_BYTES = 256 * 1024;

/** One file; its records are read from its start to its end, as often as need be. */
export class CsvFile {
  private hash: Hash = createHash('sha256');
  private bytes = 0;

  private constructor(
    private readonly handle: FileHandle,
    /** Size when it was opened. */
    readonly bytesTotal: number,
  ) {}

  /** Opens the file. Throws the system's error when it cannot, UnreadableFileError when it is no regular file or empty. */
  static async open(path: string): Promise<CsvFile> {
    const handle = await open(path, 'r');
    const stat = await handle.stat();
    const reason = !stat.isFile() ? 'is not a regular file' : stat.size === 0 ? 'is empty' : null;
    if (reason === null) return new CsvFile(handle, stat.size);
    await handle.close();
    throw new UnreadableFileError(reason);
  }

  /** Lower-case hex SHA-256 of the file as it stands, read from its start beside `records`. */
  async hashNow(): Promise<string> {
    const hash = createHash('sha256');
    const chunks = this.handle.createReadStream({ start: 0, highWaterMark: CHUNK_BYTES, autoClose: false });
    for await (const chunk of chunks as AsyncIterable<Buffer>) hash.update(chunk);
    return hash.digest('hex');
  }

  /** The file's records in batches, header first. Throws UnreadableFileError on a packed file and on bytes that are no text. */
  async *records(): AsyncGenerator<CsvRecord[]> {
    const splitter = new CsvSplitter();
    this.hash = createHash('sha256');
    this.bytes = 0;
    // The splitter keeps parts of a chunk until the next newline, so every chunk is a buffer of its own.
    const chunks = this.handle.createReadStream({ start: 0, highWaterMark: CHUNK_BYTES, autoClose: false });
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      if (this.bytes === 0) refusePacked(chunk);
      this.hash.update(chunk);
      this.bytes += chunk.length;
      const records = splitter.push(chunk);
      if (records.length > 0) yield records;
    }
    const last = splitter.end();
    if (last.length > 0) yield last;
  }

  /** Bytes of the reading of records so far. */
  get bytesRead(): number {
    return this.bytes;
  }

  /** Lower-case hex SHA-256 of the records read; ends the hashing. */
  contentSha256(): string {
    return this.hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

function refusePacked(start: Uint8Array): void {
  const why = packedContent(start);
  if (why !== null) throw new UnreadableFileError(why);
}
