/** `rates import`: a published price list, as a web page or a CSV, becomes a price folder. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ImportOptions } from '../catalog/rates-import/plan.ts';
import { PRICE_LISTS, type PriceList } from '../core/label/label.ts';
import { type Day, parseDay } from '../core/units/day.ts';
import { UsageError } from '../platform/errors.ts';
import type { CliIo } from './io.ts';

interface RatesOptions {
  into?: string;
  to?: string;
  source?: string;
  title?: string;
  unlabelled: PriceList;
  includesPeak?: boolean;
  acceptFalling?: boolean;
  partial?: boolean;
  keep?: boolean;
}

/** Adds `rates import`. The reader of pages is loaded only when it is called. */
export function registerRates(program: Command, io: CliIo): void {
  program
    .command('rates')
    .description('the published prices the program rates by')
    .command('import')
    .description('read a USPS Notice 123 page, or a CSV of prices, into a new price folder')
    .argument('<file-or-url>', 'a page saved as HTML, a CSV, or an https address')
    .option('--into <dir>', 'the folder that holds a whole data/, rules/ or not (default: the program itself)')
    .option('--to <day>', 'the last day of the list (default: the day before the next list, a year at most)')
    .option('--source <id>', 'its id in data/sources.yaml (default: by the day)')
    .option('--title <title>', 'what the source is, for data/sources.yaml')
    .addOption(
      new Option('--unlabelled <list>', 'the list of tables whose headings name none')
        .choices([...PRICE_LISTS])
        .default('retail'),
    )
    .option('--includes-peak', 'the prices include the increases of a peak season')
    .option('--accept-falling', 'take prices that fall with weight or zone as published so')
    .option('--partial', 'take what there is: ends of tables, zones or things that the list before has may be missing')
    .option('--keep', 'keep the source itself in the folder')
    .action(async (source: string, options: RatesOptions) => {
      const [{ importRates }, { printImport }] = await Promise.all([
        import('../catalog/rates-import/rates-import.ts'),
        import('./rates-print.ts'),
      ]);
      const root = resolve(options.into ?? io.root);
      printImport(await importRates(root, source, importOptions(options)), { source, root }, io);
    });
}

function importOptions(options: RatesOptions): ImportOptions {
  const { source, title, unlabelled, includesPeak, acceptFalling, partial, keep } = options;
  if (source !== undefined && !/^[a-z0-9][a-z0-9.-]*$/.test(source)) {
    throw new UsageError(`--source ${JSON.stringify(source)} is no id; write it in lower case with dashes`);
  }
  return {
    lastDay: lastDayOf(options.to),
    sourceId: source ?? null,
    title: title ?? null,
    unlabelled,
    includesPeak: includesPeak ?? false,
    acceptFalling: acceptFalling ?? false,
    partial: partial ?? false,
    keep: keep ?? false,
  };
}

function lastDayOf(text: string | undefined): Day | null {
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw new UsageError(`--to ${JSON.stringify(text)} is not a day such as 2027-01-17`);
  return day;
}
