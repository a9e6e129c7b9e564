/** What the bytes of a body say: JSON, or the fields of a form. */
import { HttpProblem } from './http-problem.ts';

export type BodyKind = 'json' | 'form';

/** Looking for the mistake parses the text some twenty times. */
const LONGEST_SEARCHED = 262_144;
const JSON_TYPE = /^application\/([\w.-]+\+)?json$/;

/** The kind by its header. Forms come from pages; programs send JSON. Throws an HttpProblem 415 for anything else. */
export function kindOfBody(request: { path: string; headers: NodeJS.Dict<string | string[]> }): BodyKind {
  const header = (name: string): string => String(request.headers[name] ?? '').toLowerCase();
  const encoding = header('content-encoding');
  if (encoding !== '' && encoding !== 'identity') throw unsupported('the body must be sent without Content-Encoding');
  const [type = '', ...parameters] = header('content-type').split(';');
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) throw unsupported('the body must be UTF-8');
  if (JSON_TYPE.test(type.trim())) return 'json';
  if (type.trim() === 'application/x-www-form-urlencoded' && !request.path.startsWith('/api/')) return 'form';
  throw unsupported('the body must be JSON, sent with `Content-Type: application/json`');
}

/** The value of the body. Throws an HttpProblem 400 that says where JSON is broken. */
export function parseBody(kind: BodyKind, bytes: Uint8Array): unknown {
  const text = decode(bytes);
  return kind === 'form' ? Object.fromEntries(new URLSearchParams(text)) : parseJson(text);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem(400, 'the body is not UTF-8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem(400, `the body is not JSON: ${whereBroken(text)}`);
  }
}

/** The place alone: the parser's own message repeats parts of the body, and does not always tell where. */
function whereBroken(text: string): string {
  if (text.length > LONGEST_SEARCHED) return 'it has a mistake, or ends too early';
  if (endsTooEarly(text)) return 'it ends too early';
  let [whole, broken] = [0, text.length];
  while (broken - whole > 1) {
    const middle = (whole + broken) >> 1;
    if (endsTooEarly(text.slice(0, middle))) whole = middle;
    else broken = middle;
  }
  const lines = text.slice(0, whole).split('\n');
  return `see line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

/** Whether the text is right as far as it goes. */
function endsTooEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    return (
      message.startsWith('Unexpected end') || message.startsWith('Unterminated') || Number(position) >= text.length
    );
  }
}

function unsupported(detail: string): HttpProblem {
  return new HttpProblem(415, detail, { headers: { Accept: 'application/json' } });
}
