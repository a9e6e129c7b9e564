/** An example as a line for a shell in which URL and KEY are set. */
import type { Operation } from './operation.ts';

/** The body an example sends, by its content type; null when it sends none. */
export function exampleBody({ body }: Operation): { type: string; text: string } | null {
  const found = Object.entries(body?.content ?? {}).find(([, { example }]) => example !== undefined);
  if (found === undefined) return null;
  const [type, { example }] = found;
  return { type, text: typeof example === 'string' ? example : JSON.stringify(example) };
}

/** The command to paste; `open` = the route needs no key. */
export function curlOf(operation: Operation, { open }: { open: boolean }): string {
  const { method, example } = operation;
  const body = exampleBody(operation);
  const parts = [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} "$URL${example.path}"`,
    ...(open ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...Object.entries(example.headers ?? {}).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === null ? [] : [`-H 'Content-Type: ${body.type}'`, `--data-binary '${body.text}'`]),
  ];
  const before = example.before === undefined ? '' : `${example.before}\n`;
  const command = before + parts.join(' \\\n  ');
  const { keepsIdAs } = example;
  return keepsIdAs === undefined
    ? command
    : `${keepsIdAs}=$(${command} |\n  sed -E 's/.*"id":"([0-9a-f]+)".*/\\1/'); echo "$${keepsIdAs}"`;
}
