/** The service or a worker as a process of its own, compiled, as users run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { builtCli } from './built.ts';
import { until } from './until.ts';

export interface Program {
  pid: number;
  /** Where a service answers; '' of a worker. */
  url: string;
  /** Everything written so far. */
  said: () => { stdout: string; stderr: string };
  /** Sends the signal and waits for the end; the exit code, or the signal that ended it. */
  end: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>;
}

/** Starts `npm start` and waits until it answers. */
export async function startProgram(variables: Record<string, string>): Promise<Program> {
  return start([join(builtCli(), '..', 'main.js')], variables, /answers on (\S+)/);
}

/** Starts `cli worker` and waits until it handles jobs. */
export async function startWorkerProgram(variables: Record<string, string>): Promise<Program> {
  return start([builtCli(), 'worker'], variables, /handles jobs ()/);
}

async function start(words: string[], variables: Record<string, string>, ready: RegExp): Promise<Program> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ...variables };
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const closed = once(child, 'close');
  await until(() => ready.test(said.stderr) || hasEnded(child), { withinMs: 60_000 });
  const url = ready.exec(said.stderr)?.[1];
  if (url === undefined) throw new Error(`it does not start: ${said.stderr}`);
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> => {
    child.kill(signal);
    await closed;
    return child.exitCode ?? child.signalCode;
  };
  return { pid: child.pid ?? 0, url, said: () => said, end };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
