/** `track [TRACKING...]`: asks the configured carriers and providers now, within their quotas. */
import type { Command } from 'commander';
import type { DatabaseSchema } from '../platform/database.ts';
import type { CliIo } from './io.ts';
import type { TrackOptions } from './track-run.ts';

/** Adds the command. Its work is loaded only when it is called, so that other commands start without a framework. */
export function registerTrack(program: Command, io: CliIo, schema: DatabaseSchema): void {
  program
    .command('track')
    .description('ask carriers about numbers now, or about what is due when none are given')
    .argument('[numbers...]', 'tracking numbers, in any way of writing; they need not be known')
    .option('--json', 'print what came of it as JSON')
    .action(async (numbers: string[], options: TrackOptions) => {
      const { runTrack } = await import('./track-run.ts');
      await runTrack(numbers, options, { io, schema });
    });
}
