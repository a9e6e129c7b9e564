/** `quote`: the published price of one parcel or of every row of a file, itemised. */
import type { Command } from 'commander';
import { loadRateTables } from '../catalog/rating.ts';
import { loadSources } from '../catalog/sources.ts';
import { loadSpellings } from '../catalog/spellings.ts';
import { priceOf } from '../core/rating/price.ts';
import type { RateTables } from '../core/rating/tables.ts';
import { dayOf } from '../core/units/day.ts';
import { UsageError } from '../platform/errors.ts';
import type { CliIo } from './io.ts';
import { alternativeText } from './quote-alternative.ts';
import { type ExtraOptions, withExtras } from './quote-extras.ts';
import { quoteFile } from './quote-file.ts';
import { quoteJson, quoteText, quotedZone } from './quote-print.ts';
import { problemWords, readQuote } from './quote-request.ts';
import { chartWords } from './zone-charts.ts';

interface QuoteOptions extends ExtraOptions {
  file?: string;
  zoneCharts?: string;
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
    .option('--extra-services <names>', 'bought with it, ";" between, such as signature_confirmation;certified_mail')
    .option('--insured-value <amount>', 'cover bought from USPS')
    .option('--non-rectangular', 'a tube or another shape that fills only a part of its box')
    .option(
      '--nonstandard',
      'owes the surcharge for its characteristics: it rolls, is of wood or metal, no machine takes it',
    )
    .option('--json', 'a JSON document instead of text')
    .option('--zone-charts <folder>', 'your own zone charts, which win over the published rule')
    .option('--file <csv>', 'quote every row of a file instead, as CSV')
    .action((options: QuoteOptions) => runQuote(options, io));
}

async function runQuote(options: QuoteOptions, io: CliIo): Promise<void> {
  const { file, json, zoneCharts = null, ...parcelOptions } = options;
  const today = dayOf(io.now());
  if (file !== undefined) {
    if (json || Object.keys(parcelOptions).length > 0)
      throw new UsageError('--file takes no other option than --zone-charts');
    const quote = { tables: readTables(io, zoneCharts), spellings: loadSpellings(io.root), today };
    await quoteFile(file, quote, io.stdout);
    return;
  }
  const spellings = loadSpellings(io.root);
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
    { spellings, today },
  );
  const asked = parcel.ok ? withExtras(parcel.value, options, spellings) : parcel;
  if (!asked.ok) throw new UsageError(`quote: ${problemWords(asOptions(asked.problems))}`);
  const tables = readTables(io, zoneCharts);
  const answer = priceOf(asked.value, tables);
  const zone = quotedZone(asked.value, answer, tables);
  const text = (): string =>
    quoteText(asked.value, answer, { sources: loadSources(io.root), zone }) + alternativeText(asked.value, tables);
  io.stdout.write(json ? quoteJson(answer, zone) : text());
}

/** The rate tables, with a word on stderr of the user's own zone charts. */
function readTables(io: CliIo, zoneCharts: string | null): RateTables {
  const tables = loadRateTables(io.root, { zoneCharts });
  const charts = chartWords(tables.zones.charts);
  if (charts !== null) io.stderr.write(`Zone charts: ${charts}\n`);
  return tables;
}

/** Problems named by their option: `weight_oz` -> `--weight-oz`. */
function asOptions<P extends { field: string }>(problems: readonly P[]): P[] {
  return problems.map((problem) => ({ ...problem, field: `--${problem.field.replaceAll('_', '-')}` }));
}
