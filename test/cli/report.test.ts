/** `report`: which days it takes. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { CliIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/program.ts';
import { registerReport } from '../../src/cli/report.command.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { schema } from '../../src/schema.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeAll(() => void (process.env['DATABASE_URL'] = database.url()));
afterAll(() => void delete process.env['DATABASE_URL']);

async function run(...words: string[]): Promise<{ code: number; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, now: () => Date.UTC(2026, 11, 1, 5), root: projectRoot() };
  const commands = { report: async () => (program: Command, cliIo: CliIo) => registerReport(program, cliIo, schema) };
  const code = await runCli(['report', ...words], commands, io);
  stdout.resume();
  stderr.end();
  return { code, stderr: await text(stderr) };
}

test('a day that has not begun is looked ahead to, and that is said', async () => {
  const { code, stderr } = await run('--date', '2026-12-02');
  expect(code).toBe(0);
  expect(stderr).toContain('2026-12-02 has not begun: the report looks ahead');
});

test('today may be asked for before its time', async () => {
  expect(await run('--date', '2026-12-01')).toMatchObject({ code: 0 });
});
