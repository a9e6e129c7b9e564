/** `barcode`: what numbers say, in words or as JSON; a number that is refused is an answer, with its reason. */
import type { Command } from 'commander';
import { loadBarcodeData } from '../catalog/barcode.ts';
import { parseBarcode } from '../core/barcode/parse.ts';
import { serviceOf } from '../core/barcode/service-type.ts';
import { dayOf } from '../core/units/day.ts';
import { type ReadNumber, barcodeJson, barcodeText } from './barcode-print.ts';
import type { CliIo } from './io.ts';

/** Adds the command. It exits with 0 whatever the numbers say. */
export function registerBarcode(program: Command, io: CliIo): void {
  program
    .command('barcode')
    .description('what a tracking number says: structure, check digit, service, mailer')
    .argument('<number...>', 'as printed; quote it when it has spaces')
    .option('--json', 'a JSON array instead of text')
    .action((numbers: string[], options: { json?: boolean }) => {
      const data = loadBarcodeData(io.root);
      const today = dayOf(io.now());
      const read = numbers.map((number): ReadNumber => {
        const barcode = parseBarcode(number, data);
        return { barcode, meaning: serviceOf(barcode.serviceTypeCode, data.serviceTypes, today) };
      });
      io.stdout.write(options.json ? barcodeJson(read) : barcodeText(read));
    });
}
