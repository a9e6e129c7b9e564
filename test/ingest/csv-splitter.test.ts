/** Records of CSV bytes: exact rows, any chunking, and damage that costs one line. */
import fc from 'fast-check';
import { type CsvRecord, CsvSplitter, MAX_RECORD_BYTES } from '../../src/ingest/csv-splitter.ts';
import { UnreadableFileError } from '../../src/ingest/unreadable-file.ts';

function split(bytes: Buffer | string, chunkSize = 1 << 16): CsvRecord[] {
  const buffer = Buffer.from(bytes);
  const splitter = new CsvSplitter();
  const records: CsvRecord[] = [];
  for (let at = 0; at < buffer.length; at += chunkSize) {
    records.push(...splitter.push(Buffer.from(buffer.subarray(at, at + chunkSize))));
  }
  return [...records, ...splitter.end()];
}

const rowsOf = (records: CsvRecord[]) => records.map(({ row, cells, problem }) => [row, problem ?? cells]);

describe('a well-formed file', () => {
  test.each<[string, string, [number, string[]][]]>([
    [
      'plain lines',
      'a,b\n1,2\n',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    [
      'no line end at the end',
      'a,b\n1,2',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    [
      'Windows line ends',
      'a,b\r\n1,2\r\n',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    ['a byte order mark', '\uFEFFa,b\n', [[1, ['a', 'b']]]],
    [
      'empty cells',
      'a,,\n,,\n',
      [
        [1, ['a', '', '']],
        [2, ['', '', '']],
      ],
    ],
    [
      'blank lines, which still count as lines',
      'a\n\n\r\nb\n',
      [
        [1, ['a']],
        [4, ['b']],
      ],
    ],
    ['a comma in quotes', 'a,"x, y"\n', [[1, ['a', 'x, y']]]],
    ['doubled quotes', '"say ""hi""",b\n', [[1, ['say "hi"', 'b']]]],
    ['an empty quoted cell at the end', 'a,""\r\n', [[1, ['a', '']]]],
    [
      'a quoted line break, after which rows are still physical lines',
      'a,"1\n2\r\n3"\nb,c\n',
      [
        [1, ['a', '1\n2\r\n3']],
        [4, ['b', 'c']],
      ],
    ],
    ['a quote inside an unquoted cell is a character', '5" tube,b\n', [[1, ['5" tube', 'b']]]],
    [
      'a quoted last cell without a line end',
      'a\n"b"',
      [
        [1, ['a']],
        [2, ['b']],
      ],
    ],
    ['letters beyond ASCII', '邮编,é😀\n', [[1, ['邮编', 'é😀']]]],
  ])('%s', (_, text, expected) => {
    for (const size of [1, 2, 3, 7, 1000]) expect(rowsOf(split(text, size))).toEqual(expected);
  });

  test('whatever the cells and the chunks, the cells come back', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '货', '😀', '') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 20 }), (rows, size) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect(split(text, size).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  test('no text makes it throw or lose a line it does not mention', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r') }),
        fc.integer({ min: 1, max: 9 }),
        (text, size) => {
          expect(split(text, size)).toEqual(split(text, 1000));
          const rows = split(text).map(({ row }) => row);
          expect(rows).toEqual([...rows].sort((a, b) => a - b));
        },
      ),
    );
  });
});

describe('damage costs its line and no other', () => {
  test('a quote that is never closed', () => {
    expect(rowsOf(split('a,b\n"1,2\n3,4\n'))).toEqual([
      [1, ['a', 'b']],
      [2, expect.stringContaining('never closed')],
      [3, ['3', '4']],
    ]);
  });

  test('text behind a closing quote', () => {
    expect(rowsOf(split('a,b\n"1"x,2\n3,4\n'))).toEqual([
      [1, ['a', 'b']],
      [2, expect.stringContaining('must be doubled')],
      [3, ['3', '4']],
    ]);
  });

  const long = 'x'.repeat(MAX_RECORD_BYTES + 1);
  test.each<[string, string]>([
    ['a line', `a,b\n1,${long}\n3,4\n`],
    ['a quoted cell', `a,b\n1,"${long}"\n3,4\n`],
    ['a line of letters that take three bytes', `a,b\n1,${'货'.repeat(MAX_RECORD_BYTES / 3 + 1)}\n3,4\n`],
  ])('%s longer than 1 MiB is refused and the next line read', (_, text) => {
    for (const size of [5000, 1 << 16, 1 << 22]) {
      expect(rowsOf(split(text, size))).toEqual([
        [1, ['a', 'b']],
        [2, expect.stringContaining('longer than 1 MiB')],
        [3, ['3', '4']],
      ]);
    }
  });

  test('a row of exactly 1 MiB is read', () => {
    const [record] = split(`${'x'.repeat(MAX_RECORD_BYTES - 2)},b\n`);
    expect(record?.cells[1]).toBe('b');
  });

  test('an unclosed quote in a large file loses one row of it', () => {
    const lines = Array.from({ length: 100_000 }, (_, at) =>
      at === 5 ? `"${at},unclosed of row` : `${at},some text of the row`,
    );
    const records = split(`${lines.join('\n')}\n`);
    expect(records).toHaveLength(lines.length);
    expect(records.filter(({ problem }) => problem !== null).map(({ row }) => row)).toEqual([6]);
  });
});

describe('bytes that are no text stop the reading and say where', () => {
  test.each<[string, Buffer, RegExp]>([
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /no text .*row 1/],
    ['UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le'), /UTF-16/],
    ['Latin-1 on row 3', Buffer.from('a\nb\ncaf\xe9\n', 'latin1'), /not UTF-8 at row 3/],
    ['Latin-1 at the end', Buffer.from('a\ncaf\xe9', 'latin1'), /not UTF-8 at row 2/],
  ])('%s', (_, bytes, message) => {
    expect(() => split(bytes)).toThrow(UnreadableFileError);
    expect(() => split(bytes)).toThrow(message);
  });
});
