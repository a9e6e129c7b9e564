/** `alerts test`: a test mail to every configured role, and what came of each. */
import type { Command } from 'commander';
import type { TestedRole } from '../alerts/test-mail.service.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import type { CliIo } from './io.ts';

/** What a script sees when a mail could not be sent. */
const EXIT_NOT_SENT = 1;

/** Adds the command. */
export function registerAlerts(program: Command, io: CliIo, schema: DatabaseSchema): void {
  program
    .command('alerts')
    .description('mails of the service')
    .command('test')
    .description('send a test mail to every configured role')
    .action(() => test(io, schema));
}

async function test(io: CliIo, schema: DatabaseSchema): Promise<void> {
  const [{ openRooms }, { MailClient }, { TestMail }] = await Promise.all([
    import('./rooms.ts'),
    import('../alerts/mail.client.ts'),
    import('../alerts/test-mail.service.ts'),
  ]);
  const rooms = await openRooms(io, schema);
  try {
    const { where } = rooms.get(MailClient);
    const tested = await rooms.get(TestMail).sendAll();
    for (const role of tested) io.stdout.write(`${lineOf(role, where)}\n`);
    const nobody = tested.every(({ outcome }) => outcome === 'skipped');
    if (nobody || tested.some(({ outcome }) => outcome === 'failed')) io.exitCode = EXIT_NOT_SENT;
  } finally {
    await rooms.close();
  }
}

function lineOf({ variable, recipients, outcome, problem }: TestedRole, where: string): string {
  const to = recipients.length === 0 ? 'nobody' : recipients.join(', ');
  if (outcome === 'skipped') return `${variable}: skipped, nobody is configured: set ${variable}`;
  if (outcome === 'sent') return `${variable}: sent to ${to} (${where})`;
  return `${variable}: FAILED for ${to} (${where}): ${problem ?? ''}`;
}
