/** `quote`: the published price of one parcel or of every row of a file, itemised. */
import type { Command } from 'commander';
import { loadRateTables } from '../catalog/rating.ts';
import { loadSources } from '../catalog/sources.ts';
import { loadSpellings } from '../catalog/spellings.ts';
import { priceOf } from '../core/rating/price.ts';
import { dayOf } from '../core/units/day.ts';
import { UsageError } from '../platform/errors.ts';
import type { CliIo } from './io.ts';
import { quoteFile } from './quote-file.ts';
import { quoteJson, quoteText } from './quote-print.ts';
import { problemWords, readQuote } from './quote-request.ts';

interface QuoteOptions {
  file?: string;
  service?: string;
  from?: string;
  to?: string;
  weightOz?: string;
  dims?: string;
  packaging?: string;
  date?: string;
  priceList?: string;
  json?: boolean;
}

/** Adds the command. A price that nobody published is an answer, with its reason, and no failure. */
export function registerQuote(program: Command, io: CliIo): void {
  program
    .command('quote')
    .description('the published price of a parcel, itemised')
    .option('--service <service>', 'such as ground_advantage or "Priority Mail"')
    .option('--from <zip>', 'origin ZIP')
    .option('--to <zip>', 'destination ZIP')
    .option('--weight-oz <ounces>', 'weight in ounces')
    .option('--dims <LxWxH>', 'sides in inches')
    .option('--packaging <packaging>', 'default: package')
    .option('--date <day>', 'day of mailing (default: today, UTC)')
    .option('--price-list <list>', 'retail or commercial (default: commercial)')
    .option('--json', 'a JSON document instead of text')
    .option('--file <csv>', 'quote every row of a file instead, as CSV')
    .action((options: QuoteOptions) => runQuote(options, io));
}

async function runQuote(options: QuoteOptions, io: CliIo): Promise<void> {
  const { file, json, ...parcelOptions } = options;
  const today = dayOf(io.now());
  if (file !== undefined) {
    if (json || Object.keys(parcelOptions).length > 0) throw new UsageError('--file takes no other option');
    const quote = { tables: loadRateTables(io.root), spellings: loadSpellings(io.root), today };
    await quoteFile(file, quote, io.stdout);
    return;
  }
  const parcel = readQuote(
    {
      service: options.service ?? '',
      from: options.from ?? '',
      to: options.to ?? '',
      weight_oz: options.weightOz ?? '',
      dims: options.dims ?? '',
      packaging: options.packaging ?? '',
      date: options.date ?? '',
      price_list: options.priceList ?? '',
    },
    { spellings: loadSpellings(io.root), today },
  );
  if (!parcel.ok) throw new UsageError(`quote: ${problemWords(asOptions(parcel.problems))}`);
  const answer = priceOf(parcel.value, loadRateTables(io.root));
  io.stdout.write(json ? quoteJson(answer) : quoteText(parcel.value, answer, loadSources(io.root)));
}

/** Problems named by their option: `weight_oz` -> `--weight-oz`. */
function asOptions<P extends { field: string }>(problems: readonly P[]): P[] {
  return problems.map((problem) => ({ ...problem, field: `--${problem.field.replaceAll('_', '-')}` }));
}
