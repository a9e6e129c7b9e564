/** `import`: files into the service's database from the command line, and the list of what was imported. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { CliIo } from '../../src/cli/io.ts';
import { registerImport } from '../../src/cli/import.command.ts';
import { runCli } from '../../src/cli/program.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { schema } from '../../src/schema.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const HEADER = 'tracking_number,vendor,purchased_at,service,charged,label_id';
const NOW = Date.UTC(2026, 11, 1, 6);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-import-'));
  process.env['DATABASE_URL'] = database.url();
});
afterAll(async () => {
  delete process.env['DATABASE_URL'];
  await rm(folder, { recursive: true });
});

async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, now: () => NOW, root: projectRoot() };
  const commands = { import: async () => (program: Command, cliIo: CliIo) => registerImport(program, cliIo, schema) };
  const code = await runCli(['import', ...words], commands, io);
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test('files are imported one after the other, with counts and the first problems of each', async () => {
  const one = await file('one.csv', `${HEADER}\n9400111899223197428497,,2026-11-05,media_mail,5,A\n`);
  const two = await file('two.csv', `${HEADER}\n9400111899223197428503,,2026-11-05,media_mail,much,B\n`);
  const { code, stdout, stderr } = await run('labels', one, two, '--vendor', 'Alpha');
  expect(code).toBe(0);
  expect(stdout).toBe(
    'one.csv: 1 rows, 1 taken, 0 repeated, 0 rejected\n' +
      'two.csv: 1 rows, 0 taken, 0 repeated, 1 rejected\n' +
      '  row 2: charged is not a plain decimal amount such as 12.34 (no signs, thousands separators or fractions of a mill)\n',
  );
  expect(stderr).toContain('Reading one.csv: done');
});

test('events are folded into journeys', async () => {
  const path = await file(
    't.csv',
    'tracking_number,event_time,event_code\n9400111899223197428497,2026-11-06T09:00:00Z,10\n',
  );
  expect(await run('tracking', path)).toMatchObject({ code: 0 });
  expect(await database.dataSource().query('SELECT count(*) AS n FROM journey')).toEqual([{ n: 1 }]);
});

test('the list names what was imported, the newest first, also as JSON', async () => {
  const { code, stdout } = await run('list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^[0-9a-f]{64} {2}2026-12-01T06:00:00\.000Z {2}labels {2}(one|two)\.csv: 1 rows/m);
  const json: unknown[] = JSON.parse((await run('list', '--json')).stdout);
  expect(json).toHaveLength(3);
});

test.each([
  ['a kind that is not read', ['balances', 'x.csv'], 'write one of labels, tracking, invoice, adjustments, mailers'],
  ['a file that is not there', ['labels', 'nowhere.csv'], 'nowhere.csv cannot be found'],
  ['no file', ['labels'], 'missing required argument'],
])('%s is wrong usage', async (_, words, sentence) => {
  const { code, stderr } = await run(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
});
