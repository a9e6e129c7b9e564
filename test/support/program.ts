/** The compiled program as a process of its own, as users run it: a test starts it, listens to it, ends or kills it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { builtCli } from './built.ts';
import { until } from './until.ts';

/** How a process ended: its exit code, or the signal that ended it. */
type End = number | NodeJS.Signals | null;

export interface Program {
  pid: number;
  /** Everything written so far. */
  said: () => { stdout: string; stderr: string };
  /** Resolves when it has ended, whoever ended it. */
  ended: Promise<End>;
  /** Sends the signal and waits for the end. */
  end: (signal?: NodeJS.Signals) => Promise<End>;
}

/** A service that answers. */
export interface ReadyService extends Program {
  url: string;
}

/** Starts the command line, or the service where no words are given; does not wait for anything. */
export function launch(words: readonly string[] | null, variables: Record<string, string>): Program {
  const script = words === null ? join(dirname(builtCli()), 'main.js') : builtCli();
  const child: ChildProcess = spawn(process.execPath, [script, ...(words ?? [])], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = once(child, 'close').then((): End => child.exitCode ?? child.signalCode);
  const end = (signal: NodeJS.Signals = 'SIGTERM'): Promise<End> => {
    child.kill(signal);
    return ended;
  };
  return { pid: child.pid ?? 0, said: () => said, ended, end };
}

/** Starts the service and waits until it answers. */
export async function startServiceProgram(variables: Record<string, string>): Promise<ReadyService> {
  const program = launch(null, variables);
  const [, url = ''] = await hears(program, /answers on (\S+)/);
  return { ...program, url };
}

/** Starts `cli worker` and waits until it handles jobs. */
export async function startWorkerProgram(variables: Record<string, string>): Promise<Program> {
  const program = launch(['worker'], variables);
  await hears(program, /handles jobs/);
  return program;
}

async function hears(program: Program, words: RegExp): Promise<RegExpExecArray> {
  let over = false;
  void program.ended.then(() => (over = true));
  await until(() => over || words.test(program.said().stderr), { withinMs: 60_000 });
  const heard = words.exec(program.said().stderr);
  if (heard === null) throw new Error(`it does not start: ${program.said().stderr}`);
  return heard;
}
