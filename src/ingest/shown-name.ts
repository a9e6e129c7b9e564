/** The name under which a file that was sent is shown to people. */
import { posix } from 'node:path';

const UNNAMED = 'upload.csv';
const LONGEST_NAME = 200;

/** The name as its sender gave it, without folders and control characters, cut to what fits a line. */
export function shownName(name: string | undefined): string {
  const plain = posix
    .basename((name ?? '').replaceAll('\\', '/'))
    .replaceAll(/\p{C}/gu, '')
    .trim();
  return plain.slice(0, LONGEST_NAME) || UNNAMED;
}
