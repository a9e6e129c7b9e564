/** `keys`: makes, lists and revokes the access keys of the service. */
import { type Command, Option } from 'commander';
import { type Role, ROLES } from '../platform/access.ts';
import { AccessService, type KeyRecord } from '../platform/access.service.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import type { CliIo } from './io.ts';
import { openRooms } from './rooms.ts';

type Work = (access: AccessService) => Promise<void>;

/** Adds the commands. */
export function registerKeys(program: Command, io: CliIo, schema: DatabaseSchema): void {
  const withAccess = async (work: Work): Promise<void> => {
    const rooms = await openRooms(io, schema);
    try {
      await work(rooms.get(AccessService));
    } finally {
      await rooms.close();
    }
  };
  const keys = program.command('keys').description('access keys of the service');
  keys
    .command('create')
    .description('make a key; its text is shown this once')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .requiredOption('--name <name>', 'who it is for')
    .option('--json', 'print id and key as JSON')
    .action((options: { role: Role; name: string; json?: true }) =>
      withAccess((access) => create(access, io, options)),
    );
  keys
    .command('list')
    .description('every key, the revoked ones too')
    .option('--json', 'print them as JSON')
    .action((options: { json?: true }) => withAccess((access) => list(access, io, options)));
  keys
    .command('revoke <id>')
    .description('end a key and every session opened with it')
    .action((id: string) => withAccess((access) => revoke(access, io, id)));
}

/** The key stands alone on stdout, so that a script can take it from there. */
async function create(
  access: AccessService,
  io: CliIo,
  { role, name, json }: { role: Role; name: string; json?: true },
): Promise<void> {
  const { id, key } = await access.create({ role, name, now: new Date(io.now()) });
  io.stdout.write(json ? `${JSON.stringify({ id, name: name.trim(), role, key })}\n` : `${key}\n`);
  io.stderr.write(`Key ${id} (${role}) for ${name.trim()}. It is not shown again: keep it now.\n`);
  io.stderr.write('Send it as `Authorization: Bearer <key>`, or paste it on the page /login.\n');
}

async function list(access: AccessService, io: CliIo, { json }: { json?: true }): Promise<void> {
  const keys = await access.list();
  if (json) io.stdout.write(`${JSON.stringify(keys)}\n`);
  else if (keys.length === 0) io.stdout.write('no keys yet: make one with `keys create`\n');
  else for (const key of keys) io.stdout.write(`${lineOf(key)}\n`);
}

async function revoke(access: AccessService, io: CliIo, id: string): Promise<void> {
  await access.revoke(id, new Date(io.now()));
  io.stdout.write(`revoked: ${id} opens nothing any more\n`);
}

function lineOf({ id, name, role, createdAt, revokedAt }: KeyRecord): string {
  const since = `made ${createdAt.toISOString()}`;
  const state = revokedAt === null ? since : `${since}, revoked ${revokedAt.toISOString()}`;
  return `${id}  ${role.padEnd(7)}  ${state}  ${name}`;
}
