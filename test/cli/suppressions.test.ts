/** `suppressions`: one is made, listed with what it hides, and ended. */
import { PassThrough } from 'node:stream';
import { runCli } from '../../src/cli/program.ts';
import { registerSuppressions } from '../../src/cli/suppressions.command.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { schema } from '../../src/schema.ts';
import { Auditing } from '../support/auditing.ts';
import { honestLabel } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
beforeAll(() => {
  process.env['DATABASE_URL'] = database.url();
});
afterAll(() => {
  delete process.env['DATABASE_URL'];
});

async function suppressions(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  const io = { stdout, stderr, now: () => Date.parse('2026-11-20T08:00:00Z'), root: projectRoot() };
  const register = async () => (program: Parameters<typeof registerSuppressions>[0]) =>
    registerSuppressions(program, io, schema);
  const code = await runCli(['suppressions', ...words], { suppressions: register }, io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

test('one is made, listed with what it hides, and ended', async () => {
  await story.take('labels', [honestLabel(1, '2026-11-10', { charged: '2.00' })]);
  await story.audit('2026-11-20T06:00:00Z');
  expect((await suppressions('list')).stdout).toBe('nothing is suppressed\n');
  const why = ['--reason', 'agreed by contract', '--owner', 'Ann'];
  const made = await suppressions('add', '--rule', 'below-floor-price', '--until', '2026-11-25', ...why);
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/until 2026-11-25 {2}hides 1, [\d.]+ USD/)]);
  const listed = (await suppressions('list')).stdout;
  expect(listed).toContain('agreed by contract (Ann)');
  expect(listed).toContain('ends within 7 days');
  const id = listed.slice(0, 32);
  expect((await suppressions('end', id, '--reason', 'done')).code).toBe(0);
  expect((await suppressions('list')).stdout).toBe('nothing is suppressed\n');
  expect(JSON.parse((await suppressions('list', '--all', '--json')).stdout)).toMatchObject([
    { id, state: 'ended', endedBy: 'command line', endReason: 'done' },
  ]);
});

test.each([
  [['add', '--reason', 'because', '--owner', 'Ann'], 'at least one of'],
  [['add', '--rule', 'nothing', '--reason', 'because', '--owner', 'Ann'], 'rule: '],
  [['add', '--rule', 'below-floor-price', '--reason', 'x', '--owner', 'Ann'], 'must say why'],
  [['add', '--rule', 'below-floor-price', '--reason', 'because', '--owner', ' '], 'must name somebody'],
  [['add', '--rule', 'below-floor-price', '--until', 'soon', '--reason', 'because', '--owner', 'A'], 'YYYY-MM-DD'],
  [['add', '--where', 'label.x > 1.0', '--reason', 'because', '--owner', 'A'], 'expression: '],
  [['end', 'nothing'], 'there is no suppression'],
])('%j is refused with exit code 2', async (words, told) => {
  const { code, stderr } = await suppressions(...words);
  expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
});
