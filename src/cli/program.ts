/** Runs one command line: finds the command, and turns what went wrong into a sentence and an exit code. */
import { Command, CommanderError } from 'commander';
import { EXIT_DONE, EXIT_USAGE, errorCodeOf, exitCodeOf, isDomainError } from '../platform/errors.ts';
import type { CliIo } from './io.ts';

/** Adds one command to the program. */
export type Register = (program: Command, io: CliIo) => void;

/** Loads a command's file; only the one asked for is loaded, so a price quote needs neither NestJS nor a database. */
export type Commands = Readonly<Record<string, () => Promise<Register>>>;

/** Runs the command line given as words and answers the exit code; results and errors are written to `io`. */
export async function runCli(words: readonly string[], commands: Commands, io: CliIo): Promise<number> {
  const program = new Command('postage-auditor')
    .description('Finds counterfeit, underpriced and misbilled USPS labels.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  try {
    for (const load of commandsFor(words[0], commands)) (await load())(program, io);
    await program.parseAsync(words, { from: 'user' });
    return io.exitCode ?? EXIT_DONE;
  } catch (error) {
    return report(error, io);
  }
}

/** The command named first, else all of them: for the help, and for a suggestion to who mistyped. */
function commandsFor(name: string | undefined, commands: Commands): (() => Promise<Register>)[] {
  const named = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  return named === undefined ? Object.values(commands) : [named];
}

function report(error: unknown, io: CliIo): number {
  // Commander has already written its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_DONE : EXIT_USAGE;
  // The reader of our output went away (`| head`): that is not a failure.
  if (errorCodeOf(error) === 'EPIPE') return EXIT_DONE;
  const text = isDomainError(error) ? error.message : `unexpected fault: ${describe(error)}`;
  io.stderr.write(`postage-auditor: ${text}\n`);
  return exitCodeOf(error);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
