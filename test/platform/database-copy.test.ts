/** COPY text both ways: whatever text goes in comes out, and what fails says why. */
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import {
  type CopyRow,
  copyChunks,
  copyIn,
  copyLine,
  copyOutRows,
  parseCopyText,
} from '../../src/platform/database-copy.ts';
import { useDatabase } from '../support/database.ts';

const storable = fc.string({ unit: 'binary' }).map((text) => Buffer.from(text.replaceAll('\0', '')).toString());
const rows = fc.array(fc.tuple(fc.option(storable), fc.option(storable)), { maxLength: 20 });

test('a line read back is the row that was written', () => {
  fc.assert(
    fc.property(rows, (written) => {
      const text = written.map((row) => copyLine(row)).join('');
      expect(text === '' ? [] : parseCopyText(text.slice(0, -1))).toEqual(written);
    }),
  );
});

test.each([
  { story: 'an absent value', value: null, text: '\\N\n' },
  { story: 'the text that means absent', value: '\\N', text: '\\\\N\n' },
  { story: 'a tab and line ends', value: 'a\tb\r\nc', text: 'a\\tb\\r\\nc\n' },
  { story: 'a number', value: -12, text: '-12\n' },
  { story: 'a truth', value: true, text: 't\n' },
])('$story is written as PostgreSQL reads it', ({ value, text }) => {
  expect(copyLine([value])).toBe(text);
});

describe('with a server', () => {
  const database = useDatabase();

  async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const runner = database.dataSource().createQueryRunner();
    try {
      return await work((await runner.connect()) as PoolClient);
    } finally {
      await runner.release();
    }
  }

  async function readAll(client: PoolClient, sql: string): Promise<CopyRow[]> {
    const read: CopyRow[] = [];
    for await (const batch of copyOutRows(client, sql)) read.push(...batch);
    return read;
  }

  test('any text survives the way in and out', async () => {
    await withClient(async (client) => {
      await client.query('CREATE TEMPORARY TABLE pair (position serial, a text, b text)');
      await fc.assert(
        fc.asyncProperty(rows, async (written) => {
          await client.query('TRUNCATE pair');
          expect(await copyIn(client, 'COPY pair (a, b) FROM STDIN', copyChunks(written))).toBe(written.length);
          expect(await readAll(client, 'COPY (SELECT a, b FROM pair ORDER BY position) TO STDOUT')).toEqual(written);
        }),
        { numRuns: 50 },
      );
    });
  });

  test('rows cut anywhere by the network arrive whole, many-byte letters included', async () => {
    await withClient(async (client) => {
      const read = await readAll(
        client,
        `COPY (SELECT i, repeat('包裹\t', 50) FROM generate_series(1, 5000) i) TO STDOUT`,
      );
      expect(read).toHaveLength(5000);
      expect(read.every((row, i) => row[0] === String(i + 1) && row[1] === '包裹\t'.repeat(50))).toBe(true);
    });
  });

  test('when the source of rows fails, its own error comes out and nothing was taken', async () => {
    await withClient(async (client) => {
      await client.query('CREATE TEMPORARY TABLE taken (a text)');
      async function* failing(): AsyncGenerator<string> {
        yield 'one\n';
        throw new Error('the file vanished');
      }
      await expect(copyIn(client, 'COPY taken FROM STDIN', failing())).rejects.toThrow('the file vanished');
      expect((await client.query('SELECT * FROM taken')).rows).toEqual([]);
    });
  });

  test('when the server refuses a row, its reason comes out and the connection still serves', async () => {
    await withClient(async (client) => {
      await client.query('CREATE TEMPORARY TABLE number (a integer)');
      const many = copyChunks(Array.from({ length: 50_000 }, () => ['no number']));
      await expect(copyIn(client, 'COPY number FROM STDIN', many)).rejects.toThrow(
        'invalid input syntax for type integer',
      );
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });
  });
});
