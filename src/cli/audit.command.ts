/** `audit`: files in, one audit, the report out; see the contract in README for options and exit codes. */
import type { Command } from 'commander';
import type { DatabaseSchema } from '../platform/database.ts';
import { type RawAuditOptions, readAuditOptions } from './audit-options.ts';
import type { CliIo } from './io.ts';

const gather = (value: string, before: string[]): string[] => [...before, value];

/** Adds the command. Its work is loaded only when it is called, so that other commands start without a framework. */
export function registerAudit(program: Command, io: CliIo, schema: DatabaseSchema): void {
  program
    .command('audit')
    .description('audit labels, tracking and invoices: import, judge, write the report')
    .argument('[path...]', 'files or folders; without any, the sample month')
    .option('--labels <file>', 'a labels file', gather, [])
    .option('--tracking <file>', 'a tracking file', gather, [])
    .option('--invoice <file>', 'an invoice file', gather, [])
    .option('--adjustments <file>', 'an adjustments file', gather, [])
    .option('--vendor <name>', 'vendor of rows that name none')
    .option('--as-of <iso>', 'the clock of the audit (default: now)')
    .option('--out <dir>', 'folder the report is written to', 'audit-report')
    .option('--format <format>', 'what stdout gets: text or json', 'text')
    .option('--fail-on <severity>', 'exit 1 when a finding is at least this severe')
    .option('--database <url>', 'a PostgreSQL that keeps everything (default: a throw-away server)')
    .option('--zone-charts <folder>', 'your own zone charts, which win over the published rule')
    .option('--contracts <folder>', 'your contracts with vendors, one .yaml file each')
    .option('--locale <locale>', 'language of the report: en or zh-CN', 'en')
    .option('--time-zone <zone>', 'time zone of the report', 'UTC')
    .action(async (paths: string[], raw: RawAuditOptions) => {
      const options = readAuditOptions(paths, raw, io);
      const { runAudit } = await import('./audit-run.ts');
      await runAudit(options, io, schema);
    });
}
