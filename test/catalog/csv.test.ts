/** The strict reader of the tables in data/. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '../../src/catalog/csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string): ReturnType<typeof readCsv> {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  return readCsv(path);
}

test.each([
  ['lines end in LF', 'a,b\n1,2\n3,4\n'],
  ['lines end in CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
  ['the last line is not ended', 'a,b\n1,2\n3,4'],
  ['a byte order mark comes first', '\uFEFFa,b\n1,2\n3,4\n'],
  ['cells are quoted', '"a","b"\n"1",2\n3,"4"'],
])('a table is read when %s', (_, text) => {
  expect(read(text)).toEqual({
    header: ['a', 'b'],
    rows: [
      { line: 2, cells: { a: '1', b: '2' } },
      { line: 3, cells: { a: '3', b: '4' } },
    ],
  });
});

test('quoted cells keep commas, quotes and line ends, and lines are counted through them', () => {
  expect(read('a,b\n"1,\n2","say ""no"""\n\n3,').rows).toEqual([
    { line: 2, cells: { a: '1,\n2', b: 'say "no"' } },
    { line: 5, cells: { a: '3', b: '' } },
  ]);
});

test.each([
  ['an empty file', '', /has no header/],
  ['a short row', 'a,b\n1\n', /table\.csv:2: has 1 cells where the header has 2/],
  ['a long row', 'a,b\n1,2,3\n', /table\.csv:2: has 3 cells/],
  ['a column named twice', 'a,a\n1,2\n', /table\.csv:1 \(a\): column named twice/],
  ['a quote inside a plain cell', 'a,b\n1,2"3\n', /table\.csv:2: has a quote in the wrong place/],
  ['a quote that is not closed', 'a,b\n1,"2\n', /has a quote in the wrong place/],
])('%s is refused, naming the place', (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('a file that is not there is refused', () => {
  expect(() => readCsv(join(folder, 'none.csv'))).toThrow(/none\.csv: cannot be read/);
});
