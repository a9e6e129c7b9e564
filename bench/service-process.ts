/** The built service as a process of its own, for benches that ask it over HTTP. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../src/platform/config.ts';

/** The built service as users start it; its port is its own choice. */
export async function startProcess(
  variables: Record<string, string>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(projectRoot(), 'dist', 'main.js')], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        const said = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
        if (said) resolve(said[0]);
      });
    }
    void gone.then(() => reject(new Error('the service ended before it answered')));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
  };
  return { url, stop };
}
