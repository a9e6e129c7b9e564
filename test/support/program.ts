/** The compiled program as a process that a test starts, listens to, and ends or kills. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { builtCli } from './built.ts';

export interface Program {
  /** What it has printed so far, both streams. */
  output: () => string;
  /** As kill -9 does. */
  kill: () => void;
  /** Resolves with its exit code; null when it was killed. */
  ended: Promise<number | null>;
  /** Ends it as a user would, and waits. */
  stop: () => Promise<void>;
}

/** Starts the command line, or the service where no arguments are given. */
export function startProgram(args: readonly string[] | null, variables: Record<string, string>): Program {
  const script = args === null ? join(dirname(builtCli()), 'main.js') : builtCli();
  const child: ChildProcess = spawn(process.execPath, [script, ...(args ?? [])], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  return {
    output: () => output,
    kill: () => child.kill('SIGKILL'),
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
