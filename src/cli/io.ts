/** What a command knows of the world around it, so that tests can run one without a process. */
import type { Instant } from '../core/units/day.ts';

export interface CliIo {
  /** Results, and nothing else. */
  stdout: NodeJS.WritableStream;
  /** Progress, warnings and errors. */
  stderr: NodeJS.WritableStream;
  now: () => Instant;
  /** The folder that holds data/, rules/ and templates/. */
  root: string;
  /** Set by a command that did its work and still wants another exit code than 0, such as `--fail-on`. */
  exitCode?: number;
}

/** Tells people a line of what a command waits for. */
export function tellOn(stderr: CliIo['stderr']): (line: string) => void {
  return (line) => void stderr.write(`postage-auditor: ${line}\n`);
}
