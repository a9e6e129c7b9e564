/** `alerts test`: a test mail to every configured role. `alerts send`: what was held or waits, once its cause is mended. */
import type { Command } from 'commander';
import type { TestedRole } from '../alerts/test-mail.service.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import type { CliIo } from './io.ts';

/** What a script sees when a mail could not be sent. */
const EXIT_NOT_SENT = 1;

/** Adds the command. */
export function registerAlerts(program: Command, io: CliIo, schema: DatabaseSchema): void {
  const alerts = program.command('alerts').description('mails of the service');
  alerts
    .command('test')
    .description('send a test mail to every configured role')
    .action(() => test(io, schema));
  alerts
    .command('send')
    .description('compose held alerts anew, and try every mail that waits')
    .action(() => send(io, schema));
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

async function send(io: CliIo, schema: DatabaseSchema): Promise<void> {
  const [{ openRooms }, { Alerts }, { Delivery }, { Outbox }] = await Promise.all([
    import('./rooms.ts'),
    import('../alerts/alert.service.ts'),
    import('../alerts/delivery.service.ts'),
    import('../alerts/outbox.service.ts'),
  ]);
  const rooms = await openRooms(io, schema);
  try {
    await rooms.get(Alerts).composeHeldAgain();
    await rooms.get(Alerts).tellNew();
    const waiting = await rooms.get(Outbox).waiting();
    for (const id of waiting) {
      const { kind, about, state, problem } = await rooms.get(Delivery).deliver(id);
      io.stdout.write(
        `${kind} ${about}: ${state === 'ready' ? 'not taken yet' : state}${problem === null ? '' : `: ${problem}`}\n`,
      );
      if (state !== 'sent') io.exitCode = EXIT_NOT_SENT;
    }
    if (waiting.length === 0) io.stdout.write('no mail waits\n');
    const held = await rooms.get(Outbox).held();
    for (const { kind, about, problem } of held) io.stdout.write(`${kind} ${about}: held: ${problem ?? ''}\n`);
    if (held.length > 0) io.exitCode = EXIT_NOT_SENT;
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
