/** The body of an upload: the file itself, or a form with the file in it. */
import type { Request } from 'express';
import { UsageError } from '../platform/errors.ts';
import { readForm } from '../platform/http-form.ts';
import { HttpProblem } from '../platform/http-problem.ts';
import { shownName } from '../ingest/shown-name.ts';
import type { SpooledFile } from '../ingest/spooled-file.ts';
import type { UploadService } from '../ingest/upload.service.ts';
import { type AboutFile, aboutFile } from './imports.schema.ts';

export interface UploadBody {
  spooled: SpooledFile;
  /** The query, and what the fields of a form say where it says nothing. */
  about: AboutFile & { file: string };
}

/** Receives the file; call `spooled.remove` afterwards. A sender who breaks off leaves nothing behind. */
export async function receiveBody(request: Request, query: AboutFile, uploads: UploadService): Promise<UploadBody> {
  if (!['', 'identity'].includes(request.headers['content-encoding'] ?? '')) {
    throw new HttpProblem(415, 'the file must be sent unpacked, as it is, without Content-Encoding');
  }
  try {
    if (request.is('multipart/form-data')) return await receiveForm(request, query, uploads);
    const spooled = await uploads.spool(request);
    return { spooled, about: { ...query, file: shownName(query.file) } };
  } catch (error) {
    if (!request.destroyed || request.complete) throw error;
    throw new HttpProblem(400, 'the connection ended before the whole file had come: send it again');
  }
}

async function receiveForm(request: Request, query: AboutFile, uploads: UploadService): Promise<UploadBody> {
  const received: { spooled: SpooledFile; name: string }[] = [];
  try {
    const fields = await readForm(request, async ({ name, content }) => {
      received.push({ name, spooled: await uploads.spool(content) });
    });
    const [file, ...others] = received;
    if (file === undefined) throw new UsageError('the form holds no file: add it as a part with a file name');
    if (others.length > 0) throw new UsageError('the form holds more than one file: send each in a request of its own');
    const said = { kind: fields.get('kind') || undefined, vendor: fields.get('vendor') || undefined };
    const about = { ...parsedFields(said), ...query };
    return { spooled: file.spooled, about: { ...about, file: shownName(query.file ?? file.name) } };
  } catch (error) {
    for (const { spooled } of received) await spooled.remove();
    throw error;
  }
}

function parsedFields(said: Record<string, string | undefined>): AboutFile {
  const parsed = aboutFile.safeParse(said);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw new HttpProblem(
    400,
    `the form is not right: ${errors.map((each) => `${each.field} ${each.message}`).join('; ')}`,
    {
      errors,
    },
  );
}
