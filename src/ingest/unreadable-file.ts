/** Why a whole file cannot be read; the message goes on behind the file's name ("labels.csv is empty"). */
import { UsageError, errorCodeOf } from '../platform/errors.ts';

export class UnreadableFileError extends Error {
  override name = 'UnreadableFileError';
}

/** A file that cannot be taken, named and with the reason: trying again does not help, another file does. */
export class RefusedFileError extends UsageError {
  override name = 'RefusedFileError';
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'cannot be found; was it moved or renamed?',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  EISDIR: 'is a folder, not a file',
};

/**
 * What to throw for an error met while reading `file`; an error that is not about the file is answered as it is, a
 * database's missing socket among them.
 */
export function aboutFile(file: string, error: unknown): unknown {
  if (error instanceof UnreadableFileError) return new RefusedFileError(`${file} ${error.message}`);
  if (error instanceof Error && 'syscall' in error && error.syscall === 'connect') return error;
  const reason = SYSTEM_REASONS[errorCodeOf(error) ?? ''];
  return reason === undefined ? error : new RefusedFileError(`${file} ${reason}`);
}
