#!/usr/bin/env node
/** The command line's entry: the list of commands, and the process they run in. */
import type { CliIo } from './cli/io.ts';
import { type Commands, runCli } from './cli/program.ts';
import { projectRoot } from './platform/config.ts';
import { EXIT_DONE, EXIT_FAULT, errorCodeOf } from './platform/errors.ts';

const commands: Commands = {};

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => process.exit(errorCodeOf(error) === 'EPIPE' ? EXIT_DONE : EXIT_FAULT));
}
const io: CliIo = { stdout: process.stdout, stderr: process.stderr, now: () => Date.now(), root: projectRoot() };
process.exitCode = await runCli(process.argv.slice(2), commands, io);
