/** Which files go along with a mail: what many servers would refuse for its size stays in the archive. */
import { LIST_FILES } from '../reports/report-files.ts';
import type { Attachment } from './compose.ts';

export interface Attachable {
  filename: string;
  content: Buffer;
}

/** Together; base64 adds a third, and servers commonly refuse more than 25 MB. */
const TOTAL_LIMIT = 15 * 1024 * 1024;

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const ONLY_WITH_ROWS: ReadonlySet<string> = new Set([...LIST_FILES, 'rejected-rows.csv']);

/** Takes files in their order while they fit; a table with a header alone is not worth a file. */
export function chooseAttachments(files: readonly Attachable[]): { attachments: Attachment[]; leftOut: string[] } {
  const attachments: Attachment[] = [];
  const leftOut: string[] = [];
  let total = 0;
  for (const { filename, content } of files) {
    const type = filename.split('.').at(-1) ?? '';
    if (ONLY_WITH_ROWS.has(filename) && isHeaderAlone(content)) continue;
    if (total + content.length > TOTAL_LIMIT) {
      leftOut.push(filename);
      continue;
    }
    total += content.length;
    attachments.push({ filename, content, contentType: TYPES[type] ?? 'application/octet-stream' });
  }
  return { attachments, leftOut };
}

function isHeaderAlone(content: Buffer): boolean {
  const end = content.indexOf('\n');
  return end < 0 || end === content.length - 1;
}
