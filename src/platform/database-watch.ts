/** Starts an embedded server again that is gone though nobody stopped it: killed for its memory, or crashed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { type Cluster, dataOf, startCluster } from './database-cluster.ts';
import { isRunning } from './process-identity.ts';
import { RareLog } from './rare-log.ts';

export interface ClusterWatch {
  /** Leaves the server alone from now on; a start under way is waited for. */
  end: () => Promise<void>;
}

const LOOK_EVERY_MS = 1000;

/** Keeps an eye on a cluster that runs. */
export function watchCluster(cluster: Cluster): ClusterWatch {
  const logger = new Logger('database');
  const trouble = new RareLog((message) => logger.error(message));
  const ending = new AbortController();
  const look = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await sleep(LOOK_EVERY_MS, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      if (ending.signal.aborted || isServing(cluster)) continue;
      await restart(cluster, logger).catch((error: unknown) => trouble.say(String(error)));
    }
  };
  const looked = look();
  return {
    end: async () => {
      ending.abort();
      await looked;
    },
  };
}

/** What the killed one's children still hold is refused for a moment; the next look tries again. */
async function restart(cluster: Cluster, logger: Logger): Promise<void> {
  logger.warn('the embedded PostgreSQL is gone: it is started again');
  await startCluster(cluster);
  logger.log('the embedded PostgreSQL answers again');
}

/** By the note the server keeps beside its data: its process number on the first line. */
function isServing(cluster: Cluster): boolean {
  try {
    const [pid = ''] = readFileSync(join(dataOf(cluster.folder), 'postmaster.pid'), 'utf8').split('\n', 1);
    return isRunning(Number(pid));
  } catch {
    return false;
  }
}
