/** `vendors`: the scorecards of the latest report; `vendors check-prices`: is a vendor's price sheet lawful. */
import type { Command } from 'commander';
import type { DatabaseSchema } from '../platform/database.ts';
import type { CliIo } from './io.ts';
import type { CheckPricesOptions } from './price-sheet-run.ts';

/** Adds both. The work of each is loaded only when it is called: a price sheet needs no database. */
export function registerVendors(program: Command, io: CliIo, schema: DatabaseSchema): void {
  const vendors = program
    .command('vendors')
    .description('every vendor as the latest report judges it: buy, watch or stop, and why')
    .action(async () => {
      const { listVendors } = await import('./vendors-list.ts');
      await listVendors(io, schema);
    });
  vendors
    .command('check-prices')
    .description('is a price sheet lawful: every row against the lowest lawful price and the highest')
    .argument(
      '<file>',
      'CSV with the columns vendor, service, weight_oz, price, and zone, dims, packaging where they decide',
    )
    .requiredOption('--vendor <name>', 'whose sheet it is')
    .option('--date <day>', 'the day of mailing (default: today, UTC)')
    .option('--contracts <folder>', 'the contracts with vendors, one file each')
    .option('--csv', 'the rows as CSV, with what was found behind them')
    .option('--json', 'a JSON document')
    .action(async (file: string, options: CheckPricesOptions) => {
      const { checkPrices } = await import('./price-sheet-run.ts');
      await checkPrices(file, options, io);
    });
}
