/** `report --send`: what it says of the mail, to nobody and to somebody, and the way out for one that is held. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const folder = mkdtempSync(join(tmpdir(), 'report-send-'));
beforeAll(() => {
  process.env['DATABASE_URL'] = database.url();
  process.env['DATA_DIR'] = folder;
});
afterEach(async () => {
  delete process.env['REPORT_TO'];
  await database.dataSource().query('DELETE FROM mail');
});
afterAll(() => {
  delete process.env['DATABASE_URL'];
  delete process.env['DATA_DIR'];
  rmSync(folder, { recursive: true });
});

/** Sends the report of the day; answers the exit code and what is said of the mail. */
async function send(): Promise<{ code: number; mail: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, now: () => Date.UTC(2026, 11, 1, 7), root: projectRoot() };
  const commands = { report: async () => (program: Command, cliIo: CliIo) => registerReport(program, cliIo, schema) };
  const code = await runCli(['report', '--date', '2026-12-01', '--send'], commands, io);
  stderr.resume();
  stdout.end();
  return { code, mail: /^Mail: (.*)$/m.exec(await text(stdout))?.[1] ?? '' };
}

test('without a recipient it says that nobody gets it, and sends it once there is one', async () => {
  const outbox = join(folder, 'outbox');
  expect(await send()).toEqual({ code: 0, mail: `written to ${outbox}; REPORT_TO names nobody` });
  expect((await send()).mail).toContain(`written before to ${outbox}`);
  process.env['REPORT_TO'] = 'a@example.com';
  expect((await send()).mail).toBe(`sent to a@example.com (${outbox})`);
  expect((await send()).mail).toMatch(/^sent before, at .*; not sent again$/);
  expect(readdirSync(outbox)).toHaveLength(1);
});

test('one that is held is composed, checked and sent anew', async () => {
  process.env['REPORT_TO'] = 'a@example.com';
  await send();
  await database.dataSource().query(`UPDATE mail SET state = 'held', problem = 'the text part says 3', raw = ''`);
  expect(await send()).toMatchObject({ code: 0, mail: expect.stringContaining('sent to a@example.com') });
  const [mail] = await database
    .dataSource()
    .query<{ state: string; size: number }[]>('SELECT state, length(raw) AS size FROM mail');
  expect(mail?.state).toBe('sent');
  expect(mail?.size).toBeGreaterThan(1_000);
});
