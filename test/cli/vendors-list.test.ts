/** `vendors`: the scorecards that the latest report in the database holds. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { registerImport } from '../../src/cli/import.command.ts';
import { type Register, runCli } from '../../src/cli/program.ts';
import { registerReport } from '../../src/cli/report.command.ts';
import { registerVendors } from '../../src/cli/vendors.command.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { schema } from '../../src/schema.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-vendors-'));
  process.env['DATABASE_URL'] = database.url();
});
afterAll(async () => {
  delete process.env['DATABASE_URL'];
  await rm(folder, { recursive: true });
});

async function run(...words: string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, now: () => Date.UTC(2026, 11, 1, 12), root: projectRoot() };
  const commands = {
    import: registered(registerImport),
    report: registered(registerReport),
    vendors: registered(registerVendors),
  };
  expect(await runCli(words, commands, io)).toBe(0);
  stdout.end();
  stderr.resume();
  return text(stdout);
}

/** A command handed the tables, as the program's entry does. */
function registered(register: typeof registerImport): () => Promise<Register> {
  return () => Promise.resolve((program, cliIo) => register(program, cliIo, schema));
}

test('before the first report there is none, and then each stands with its decision, reasons and open findings', async () => {
  expect(await run('vendors')).toBe('no vendor is judged yet: make a report first (report)\n');
  const path = join(folder, 'labels.csv');
  const header = 'tracking_number,vendor,purchased_at,service,charged,label_id';
  await writeFile(
    path,
    `${header}\n9400111899223197428497,Alpha,2026-11-30,media_mail,5,A\n9400111899223197428503,Alpha,2026-11-30,media_mail,5,B\n`,
  );
  await run('import', 'labels', path);
  await run('report', '--date', '2026-12-01');
  expect(await run('vendors')).toMatch(
    /^Alpha: (buy|watch|stop) \(report of 2026-12-01\)\n {2}2 labels; open findings: .+\n/,
  );
});
