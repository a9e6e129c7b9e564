/** `evidence`: the files it writes for a number, and the check of a file that was made before. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { registerEvidence } from '../../src/cli/evidence.command.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/program.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { schema } from '../../src/schema.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { PUSHED, keepRaw, numberOf, tellEvidence } from '../support/evidence-story.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
const folder = mkdtempSync(join(tmpdir(), 'pa-evidence-'));
const out = join(folder, 'sold');
const file = join(out, `evidence-${numberOf('sold')}.json`);

beforeAll(async () => {
  process.env['DATABASE_URL'] = database.url();
  await tellEvidence(story);
  await keepRaw(database.dataSource());
});
afterAll(() => {
  delete process.env['DATABASE_URL'];
  rmSync(folder, { recursive: true });
});

async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, now: () => Date.UTC(2026, 10, 20, 8), root: projectRoot() };
  const commands = {
    evidence: async () => (program: Command, cliIo: CliIo) => registerEvidence(program, cliIo, schema),
  };
  const code = await runCli(['evidence', ...words], commands, io);
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

test('it writes document, page and the letters in both languages, and says what they hold', async () => {
  const { code, stdout } = await run(`420 85004 ${numberOf('sold')}`, '--out', out, '--locale', 'zh-CN');
  expect(code).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    `evidence-${numberOf('sold')}.html`,
    `evidence-${numberOf('sold')}.json`,
    'letter-usps.en.txt',
    'letter-usps.zh-CN.txt',
    'letter-vendor.en.txt',
    'letter-vendor.zh-CN.txt',
  ]);
  const document: { manifest: { sha256: string } } = JSON.parse(readFileSync(file, 'utf8'));
  expect(stdout).toContain('purchases 1, events 3, raw documents 5, findings 1');
  expect(stdout).toContain(`SHA-256 of the manifest: ${document.manifest.sha256}`);
  expect(stdout).toContain('Letters about counterfeit-postage-notice: letter-vendor.en.txt, letter-usps.en.txt');
  expect(readFileSync(file.replace('.json', '.html'), 'utf8')).toContain('<html lang="zh-CN">');
  expect(readFileSync(join(out, 'letter-vendor.en.txt'), 'utf8')).toMatch(/^Subject: Label .*\n\n\[Your company\]/);
});

test('the file is as it was made, until somebody changes it', async () => {
  expect(await run('--verify', file)).toEqual({ code: 0, stdout: `${file} is as it was made\n`, stderr: '' });
  const forged = join(folder, 'forged.json');
  writeFileSync(forged, readFileSync(file, 'utf8').replace('fraudulent postage', 'honest postage'));
  const { code, stdout } = await run('--verify', forged);
  expect(code).toBe(1);
  expect(stdout).toContain('was changed since it was made:\n  events is not what its hash in the manifest says\n');
  writeFileSync(forged, readFileSync(file, 'utf8').replace('{', '{ "trackingNumber": "9400111899223197428497",'));
  const twice = await run('--verify', forged);
  expect(twice.code).toBe(1);
  expect(twice.stdout).toContain('a member may stand in it twice');
});

test('bytes that are no longer those that came are said so at once', async () => {
  await database.dataSource().query('UPDATE webhook_delivery SET body = $1', [Buffer.from('{}')]);
  const { stdout } = await run(numberOf('sold'), '--out', out);
  expect(stdout).toContain('NOT as received: the bytes of 1 raw documents differ');
  await database.dataSource().query('UPDATE webhook_delivery SET body = $1', [PUSHED]);
});

test('where no letter is apt it says so and writes none', async () => {
  const cheap = join(folder, 'cheap');
  expect((await run(numberOf('cheap'), '--out', cheap)).stdout).toContain('No finding calls for a letter');
  expect(readdirSync(cheap)).toHaveLength(2);
});

test('a number nobody has told of is refused, and leaves no folder behind', async () => {
  const none = join(folder, 'none');
  const { code, stderr } = await run('9400111899223197428491', '--out', none);
  expect([code, stderr]).toEqual([2, expect.stringContaining('nothing is on file about the number')]);
  expect(existsSync(none)).toBe(false);
});

test.each([
  [[], 'name the tracking number'],
  [['--verify', '/no/such/file.json'], 'cannot be read as JSON'],
  [['--verify', join(projectRoot(), 'package.json')], 'is no evidence document'],
  [['1', '--locale', 'fr'], 'zh-CN'],
])('%j is wrong usage', async (words, told) => {
  const { code, stderr } = await run(...words);
  expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
});
