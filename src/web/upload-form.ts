/** Reads a form with files out of a request, file after file, none of them held in memory. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { UsageError } from '../platform/errors.ts';

export interface FormFile {
  /** As the browser names it. */
  name: string;
  content: Readable;
  /** The fields that stood before the file, by their names; the last of a name counts. */
  fields: ReadonlyMap<string, string>;
}

const LIMITS = { files: 100, fields: 20, fieldSize: 1000 };

/**
 * Calls `take` with each file, one after the other; it must read the content to its end or destroy it. Inputs without
 * a file are passed over. Throws a UsageError for a body that is no form with files or ends too early.
 */
export async function eachFormFile(request: IncomingMessage, take: (file: FormFile) => Promise<void>): Promise<void> {
  const parser = parserFor(request);
  const fields = new Map<string, string>();
  const taken: Promise<void>[] = [];
  parser.on('field', (name, value) => void fields.set(name, value));
  parser.on('file', (_, content, { filename }) => {
    if (filename === undefined || filename === '') {
      content.resume();
      return;
    }
    const work = take({ name: filename, content, fields: new Map(fields) }).finally(() => content.resume());
    // The rest of the form is read on all the same; who awaits them all hears of the failure.
    work.catch(() => undefined);
    taken.push(work);
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('close', resolve).on('error', (error) => reject(brokenForm(error)));
    request.on('aborted', () => parser.destroy(new Error('the connection ended')));
    request.pipe(parser);
  });
  await Promise.all(taken);
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
  return new UsageError(`the form with the files cannot be read (${why}): send it again from the page of imports`);
}
