/** A body being received, kept in a temporary file until all of it is here: a slow sender holds no transaction open. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Content received whole; call `remove` in any case. */
export interface SpooledFile {
  path: string;
  bytes: number;
  /** Lower-case hex. */
  contentSha256: string;
  remove: () => Promise<void>;
}

/** Makes a private temporary folder for one file, below the system's unless another is named. */
export async function temporaryFile(below = tmpdir()): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(below, 'postage-auditor-upload-'));
  return { path: join(folder, 'content'), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Writes the stream to a temporary file as fast as the disk takes it. Leaves nothing when the stream or the disk fails. */
export async function spool(content: Readable, below?: string): Promise<SpooledFile> {
  const file = await temporaryFile(below);
  const hash = createHash('sha256');
  let bytes = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, watch, createWriteStream(file.path, { mode: 0o600 }));
    return { ...file, bytes, contentSha256: hash.digest('hex') };
  } catch (error) {
    await file.remove();
    throw error;
  }
}
