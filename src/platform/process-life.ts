/** How a process that runs for long ends: by a signal in order, by a second one at once, by a fault of ours loudly. */
import { constants } from 'node:os';
import { EXIT_FAULT } from './errors.ts';

/** What a fault is told to before the process ends. */
export interface FaultLog {
  fatal: (message: unknown) => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** From now on a promise nobody waits for, or an exception nobody catches, is logged and ends the process with 70. */
export function endOnFault(log: FaultLog): void {
  const end = (fault: unknown): void => {
    log.fatal(fault);
    process.exit(EXIT_FAULT);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

/** Waits for SIGINT or SIGTERM; from then on a second one ends the process where it stands. */
export async function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    const hear = (signal: NodeJS.Signals): void => {
      // 128 and the number is what shells report of a process ended by a signal.
      if (asked) process.exit(128 + constants.signals[signal]);
      asked = true;
      resolve(signal);
    };
    for (const signal of SIGNALS) process.on(signal, hear);
  });
}

const LINGER_MS = 1000;

/** Ends the process though something, such as a query of a job that was given up, would keep it alive. */
export function endSoon(): void {
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
