/** The command line's manners: exit codes, and one sentence instead of a stack where the user can mend it. */
import { PassThrough } from 'node:stream';
import type { CliIo } from '../../src/cli/io.ts';
import { type Commands, runCli } from '../../src/cli/program.ts';
import { CatalogError, DatabaseError, UsageError } from '../../src/platform/errors.ts';

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

async function run(words: string[], work: (io: CliIo) => void): Promise<Ran> {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  const io: CliIo = { stdout, stderr, now: () => 0, root: '/' };
  const commands: Commands = {
    work: async () => (program, commandIo) => {
      program
        .command('work')
        .description('does it')
        .argument('[what]')
        .action(() => work(commandIo));
    },
    broken: async () => {
      throw new Error('this file is loaded only when asked for');
    },
  };
  const code = await runCli(words, commands, io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

function failing(error: unknown): () => void {
  return () => {
    throw error;
  };
}

test('a command that is done ends with 0, and another command’s file is not even loaded', async () => {
  expect(await run(['work'], (io) => io.stdout.write('done\n'))).toEqual({ code: 0, stdout: 'done\n', stderr: '' });
});

test('a command that found something says so by its exit code', async () => {
  expect(await run(['work'], (io) => (io.exitCode = 1))).toMatchObject({ code: 1 });
});

test.each([
  { story: 'wrong usage', error: new UsageError('no such file: x.csv'), code: 2, stderr: 'no such file: x.csv' },
  {
    story: 'a broken catalog',
    error: new CatalogError({ file: 'data/zones/a.csv', row: 3, field: 'zip3' }, 'not three digits'),
    code: 70,
    stderr: 'data/zones/a.csv:3 (zip3): not three digits',
  },
  {
    story: 'a database that refuses',
    error: new DatabaseError('the disk is full'),
    code: 70,
    stderr: 'the disk is full',
  },
])('$story is one sentence and exit code $code', async ({ error, code, stderr }) => {
  expect(await run(['work'], failing(error))).toEqual({ code, stdout: '', stderr: `postage-auditor: ${stderr}\n` });
});

test('a fault of ours ends with 70 and shows where it happened', async () => {
  const ran = await run(['work'], failing(new TypeError('x is not a function')));
  expect(ran.code).toBe(70);
  expect(ran.stderr).toMatch(/unexpected fault: TypeError: x is not a function\n +at /);
});

test('a reader that went away is no failure', async () => {
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  expect(await run(['work'], failing(gone))).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('an option nobody knows is wrong usage', async () => {
  const ran = await run(['work', '--loud'], () => undefined);
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('--loud') });
});
