/** Reads a form with files out of a request, none of them held in memory. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { UsageError } from './errors.ts';

export interface FormFile {
  /** As its sender names it, without any folder. */
  name: string;
  content: Readable;
  /** The fields that stood before the file, by their names; the last of a name counts. */
  fields: ReadonlyMap<string, string>;
}

const LIMITS = { files: 100, fields: 20, fieldSize: 1000 };
const TOO_MANY_FILES = `a form takes ${LIMITS.files} files: those after them were not taken, send them in another form`;

/**
 * Calls `take` with each file as it comes; it must read the content to its end or destroy it. Inputs without a file are
 * passed over. Answers all fields of the form. Throws what `take` threw, and a UsageError for a body that is no form,
 * ends too early or holds too many files; those taken before it stay taken.
 */
export async function readForm(
  request: IncomingMessage,
  take: (file: FormFile) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const parser = parserFor(request);
  const fields = new Map<string, string>();
  const taken: Promise<void>[] = [];
  parser.on('field', (name, value) => void fields.set(name, value));
  parser.on('file', (_, content, { filename }) => {
    // A form that breaks off says so here too, to whom nobody may be listening.
    content.on('error', () => undefined);
    if (filename === undefined || filename === '') {
      content.resume();
      return;
    }
    const work = take({ name: filename, content, fields: new Map(fields) }).finally(() => content.resume());
    // The rest of the form is read on all the same; who awaits them all hears of the failure.
    work.catch(() => undefined);
    taken.push(work);
  });
  const ended = new Promise<void>((resolve, reject) => {
    parser.on('close', resolve).on('error', (error) => reject(brokenForm(error)));
    // The parser leaves out what comes after: whoever sent it must hear of that.
    parser.on('filesLimit', () => reject(new UsageError(TOO_MANY_FILES)));
    request.on('aborted', () => parser.destroy(new Error('the connection ended')));
    request.pipe(parser);
  });
  try {
    await ended;
  } finally {
    await Promise.allSettled(taken);
  }
  await Promise.all(taken);
  return fields;
}

function parserFor(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: LIMITS, defParamCharset: 'utf8' });
  } catch (error) {
    throw brokenForm(error);
  }
}

function brokenForm(error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error);
  return new UsageError(`the form with the file cannot be read (${why}): send it again`);
}
