/** COPY text written straight into bytes is the COPY text that is written as strings. */
import { array, assert, constantFrom, maxSafeInteger, oneof, property, string } from 'fast-check';
import { CopyLines } from '../../src/platform/copy-lines.ts';
import { type CopyValue, copyLine } from '../../src/platform/database-copy.ts';

function written(rows: readonly (readonly CopyValue[])[]): string {
  const lines = new CopyLines();
  const chunks: Buffer[] = [];
  for (const row of rows) {
    for (const value of row) {
      if (typeof value === 'string') lines.text(value);
      else if (typeof value === 'number') lines.whole(value);
      else lines.nothing();
    }
    lines.endLine();
    if (lines.isFull) chunks.push(lines.take());
  }
  return Buffer.concat([...chunks, lines.take()]).toString('utf8');
}

const anyText = string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\0', ''));
const awkward = constantFrom('', '\\N', '\\', 'a\tb', 'two\nlines', '\r', 'é', '漢字', '🎉', 'x'.repeat(30_000));
const numbers = oneof(maxSafeInteger(), constantFrom(0, 9, 10, 99, 100, 2_147_483_647, 2_147_483_648, -1, -0.5, 1e15));
const anyValue = oneof(anyText, awkward, numbers, constantFrom(null));

test('any rows are the lines of copyLine, whatever the chunks', () => {
  assert(
    property(array(array(anyValue, { minLength: 1, maxLength: 8 }), { maxLength: 40 }), (rows) => {
      expect(written(rows)).toBe(rows.map((row) => copyLine(row)).join(''));
    }),
  );
});

test('a chunk that was handed out stays as it was', () => {
  const lines = new CopyLines();
  lines.text('first');
  lines.endLine();
  const taken = lines.take();
  lines.text('second');
  lines.endLine();
  expect(taken.toString()).toBe('first\n');
  expect(lines.take().toString()).toBe('second\n');
});
