/** What the service takes when nobody asks anything of it: seconds to its first answer, and resident memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../src/platform/config.ts';
import { temporaryFolderOf, serverUser } from '../src/platform/database-user.ts';
import { print } from './measure.ts';

const IDLE_MS = 20_000;
const GIVE_UP_MS = 120_000;

/** Starts the built service over a fresh embedded database, then again over the one it made, and lets it idle. */
export async function benchIdle(): Promise<void> {
  const folder = mkdtempSync(join(temporaryFolderOf(serverUser()), 'postage-auditor-idle-'));
  // As root the database runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  try {
    const fresh = await start(folder);
    await fresh.stop();
    const service = await start(folder);
    await sleep(IDLE_MS);
    print('service.fresh_start_seconds', fresh.seconds, 's');
    print('service.start_seconds', service.seconds, 's');
    // Of the Node process alone; PostgreSQL's own is a matter of its settings.
    print('service.idle_rss', residentMib(service.pid), 'MiB');
    await service.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function start(dataDir: string): Promise<{ pid: number; seconds: number; stop: () => Promise<void> }> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [join(projectRoot(), 'dist', 'main.js')], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(child, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('answers on')) resolve();
    });
    setTimeout(() => reject(new Error(`the service does not answer: ${said}`)), GIVE_UP_MS).unref();
    void gone.then(() => reject(new Error(`the service ended: ${said}`)));
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
  };
  return { pid: child.pid ?? 0, seconds, stop };
}

/** As the kernel counts it; 0 where it cannot be asked (only Linux has the file). */
function residentMib(pid: number): number {
  try {
    const [, kib = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib) / 1024;
  } catch {
    return 0;
  }
}
