/** `worker`: a process that only handles jobs, beside a service on the same database or others of its kind. */
import type { Command } from 'commander';
import { type Config, readConfig } from '../platform/config.ts';
import { Log } from '../platform/log.ts';
import { endOnFault, endSoon, untilSignal } from '../platform/process-life.ts';
import type { CliIo } from './io.ts';

/** A worker that runs. */
export interface Worker {
  /** Which database it works on, in words. */
  database: string;
  stop: () => Promise<void>;
}

/** Starts one; the whole of the service is put together outside of the doors. */
export type StartWorker = (config: Config, options: { root: string; log: Log }) => Promise<Worker>;

/** Adds the command. */
export function registerWorker(program: Command, io: CliIo, start: StartWorker): void {
  program
    .command('worker')
    .description('handle the jobs of the service (imports, audits, reports, mail) until it is stopped')
    .action(() => work(io, start));
}

async function work(io: CliIo, start: StartWorker): Promise<void> {
  const config = readConfig();
  const log = new Log({ level: config.logLevel, stream: io.stdout });
  endOnFault(log);
  const worker = await start(config, { root: io.root, log });
  io.stderr.write(`postage-auditor handles jobs (database: ${worker.database})\n`);
  log.log(`handles jobs (database: ${worker.database})`);
  log.log(`stops: ${await untilSignal()}`);
  await worker.stop();
  endSoon();
}
