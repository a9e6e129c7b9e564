/** `keys`: a key is made, shown once, listed without its secret, and ended. */
import { PassThrough } from 'node:stream';
import { registerKeys } from '../../src/cli/keys.command.ts';
import { runCli } from '../../src/cli/program.ts';
import { AccessService } from '../../src/platform/access.service.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { schema } from '../../src/schema.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeAll(() => {
  process.env['DATABASE_URL'] = database.url();
});
afterAll(() => {
  delete process.env['DATABASE_URL'];
});

async function keys(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  const io = { stdout, stderr, now: () => Date.parse('2026-11-20T08:00:00Z'), root: projectRoot() };
  const commands = {
    keys: async () => (program: Parameters<typeof registerKeys>[0]) => registerKeys(program, io, schema),
  };
  const code = await runCli(['keys', ...words], commands, io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

test('a key stands alone on standard output, opens the service, is listed without its secret, and can be ended', async () => {
  expect((await keys('list')).stdout).toContain('no keys yet');
  const made = await keys('create', '--role', 'auditor', '--name', 'Ada');
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^pa_[0-9a-f]{12}_[\w-]{43}\n$/)]);
  const key = made.stdout.trim();
  expect(made.stderr).not.toContain(key);
  // The secret may hold "_" itself.
  const [id, secret] = [key.slice(3, 15), key.slice(16)];
  expect(await new AccessService(database.dataSource()).authenticate(key)).toMatchObject({
    name: 'Ada',
    role: 'auditor',
  });

  const listed = await keys('list');
  expect(listed.stdout).toBe(`${id}  auditor  made 2026-11-20T08:00:00.000Z  Ada\n`);
  expect(listed.stdout).not.toContain(secret);

  expect(await keys('revoke', id)).toMatchObject({ code: 0, stdout: `revoked: ${id} opens nothing any more\n` });
  expect((await keys('list')).stdout).toContain('revoked 2026-11-20T08:00:00.000Z');
  expect(await new AccessService(database.dataSource()).authenticate(key)).toBeNull();
});

test('a script gets JSON', async () => {
  const made = JSON.parse((await keys('create', '--role', 'viewer', '--name', ' Bob ', '--json')).stdout);
  expect(made).toEqual({ id: expect.any(String), name: 'Bob', role: 'viewer', key: expect.stringContaining('pa_') });
  const listed: { id: string; revokedAt: string | null }[] = JSON.parse((await keys('list', '--json')).stdout);
  expect(listed.find(({ id }) => id === made.id)).toMatchObject({ name: 'Bob', role: 'viewer', revokedAt: null });
});

test.each([
  [['create', '--name', 'x'], 'role'],
  [['create', '--role', 'boss', '--name', 'x'], 'viewer, auditor, admin'],
  [['create', '--role', 'admin', '--name', ' '], 'the name of a key must have 1 to 100 characters'],
  [['revoke', 'nobody'], 'there is no key "nobody"'],
])('%j is wrong usage', async (words, sentence) => {
  expect(await keys(...words)).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) });
});
