/** `report`: makes the report of a day, keeps it in the archive, and on request writes its files and mails it. */
import { type Command, Option } from 'commander';
import type { DatabaseSchema } from '../platform/database.ts';
import type { CliIo } from './io.ts';
import type { ReportOptions } from './report-run.ts';

/** Adds the command. Its work is loaded only when it is called, so that other commands start without a framework. */
export function registerReport(program: Command, io: CliIo, schema: DatabaseSchema): void {
  program
    .command('report')
    .description("make the report of a day over the service's database")
    .addOption(new Option('--date <day>', 'the day, such as 2026-12-01 (default: the last day whose report is due)'))
    .option('--out <dir>', 'write its files into this folder')
    .option('--send', 'mail it, unless this edition was mailed before')
    .action(async (options: ReportOptions) => {
      const { runReport } = await import('./report-run.ts');
      await runReport(options, io, schema);
    });
}
