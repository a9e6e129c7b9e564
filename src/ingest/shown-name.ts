/** The names under which a file that was sent, and what was refused of it, are shown to people. */
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

/** What the file of rows refused of it is called: "labels.csv" has "labels-rejected-rows.csv". */
export function rejectedRowsName(file: string): string {
  const stem = file.replace(/\.(csv|txt|html?)$/i, '').replaceAll(/[\s/\\:*?"<>|]+/g, '-');
  return `${stem}-rejected-rows.csv`;
}
