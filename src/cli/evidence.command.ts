/** `evidence`: everything on file about a number as files to hand over, and the check that such a file was not changed. */
import { type Command, Option } from 'commander';
import { LOCALES } from '../core/rules/answer.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import type { EvidenceOptions } from './evidence-run.ts';
import type { CliIo } from './io.ts';

/** Adds the command. Its work is loaded only when it is called, so that other commands start without a framework. */
export function registerEvidence(program: Command, io: CliIo, schema: DatabaseSchema): void {
  program
    .command('evidence')
    .description("everything on file about a number, from the service's database: JSON, a page to print, letters")
    .argument('[tracking]', 'the number as written on the label')
    .option('--out <dir>', 'the folder for the files (default: evidence-<number>)')
    .addOption(new Option('--locale <locale>', 'language of the page (default: that of the reports)').choices(LOCALES))
    .option('--verify <file>', 'check a JSON file that was made before: is it as it was made?')
    .action(async (tracking: string | undefined, options: EvidenceOptions) => {
      const { runEvidence } = await import('./evidence-run.ts');
      await runEvidence(tracking, options, { io, schema });
    });
}
