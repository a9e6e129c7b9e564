/** Starts `server-process.ts` and waits for what it says. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface OwnServer {
  pid: number;
  /** What the process said: the server's URL, or its error. */
  said: { url?: string; error?: string; joined?: boolean; owner?: string; folder?: string };
  /** Ends it as a user would. */
  end: () => Promise<void>;
  /** Ends it as `kill -9` does. */
  kill: () => Promise<void>;
}

const script = join(import.meta.dirname, 'server-process.ts');

/** A process that owns a throw-away server, the embedded one of a folder, or just finds the programs in one. */
export async function ownServer(
  kind: 'throw-away' | 'embedded' | 'programs',
  options: { path?: string; temporaryFolder: string; uid?: number },
): Promise<OwnServer> {
  const { temporaryFolder, path = '', uid } = options;
  const child = spawn(process.execPath, ['--import', 'tsx', script, kind, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: temporaryFolder, TMPDIR: temporaryFolder },
    cwd: join(import.meta.dirname, '..', '..'),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const gone = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const end = async (): Promise<void> => {
    child.stdin.end();
    await gone;
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  return { pid: child.pid ?? 0, said: JSON.parse(line) as OwnServer['said'], end, kill };
}
