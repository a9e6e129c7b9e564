/** Imports price lists into a copy of data/, and holds the parts of a page that is whole. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashData } from '../../src/catalog/data-version.ts';
import type { ImportOptions } from '../../src/catalog/rates-import/plan.ts';
import { type Imported, importRates } from '../../src/catalog/rates-import/rates-import.ts';
import { type NoticePart, type PriceRows, noticePage, priceTable, shippedRows, zoneTable } from './notice-page.ts';
import { ROOT } from './rating.ts';

export const OPTIONS: ImportOptions = {
  lastDay: null,
  sourceId: null,
  title: null,
  unlabelled: 'retail',
  includesPeak: false,
  acceptFalling: false,
  partial: false,
  keep: false,
};

/** A copy of data/ for each test of the file, with the rules beside it. */
export class CopiedData {
  root = '';

  make(): void {
    this.root = mkdtempSync(join(tmpdir(), 'notice-'));
    cpSync(join(ROOT, 'data'), join(this.root, 'data'), { recursive: true });
    symlinkSync(join(ROOT, 'rules'), join(this.root, 'rules'));
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  /** A path below data/prices. */
  prices(...names: string[]): string {
    return join(this.root, 'data', 'prices', ...names);
  }

  /** Imports a file with the text. */
  async import(text: string | Buffer, options: Partial<ImportOptions> = {}, name = 'notice.htm'): Promise<Imported> {
    const path = join(this.root, name);
    writeFileSync(path, text);
    return importRates(this.root, path, { ...OPTIONS, ...options });
  }

  /** The problems of an import that must be refused, without a byte of data/ changed. */
  async problemsOf(text: string | Buffer, options: Partial<ImportOptions> = {}, name?: string): Promise<string[]> {
    const before = hashData(this.root);
    const imported = await this.import(text, options, name);
    expect(imported.outcome).toBe('refused');
    expect(hashData(this.root)).toBe(before);
    return imported.outcome === 'refused' ? imported.problems.map(({ place, message }) => `${place}: ${message}`) : [];
  }
}

export const july = '2026-07-12';
const groundRetail = shippedRows(july, 'ground_advantage-retail');
export const groundCommercial = shippedRows(july, 'ground_advantage-commercial');
export const mediaRetail = shippedRows(july, 'media_mail-retail');
const cubic: PriceRows = shippedRows('2025-10-05', 'ground_advantage-commercial-cubic').map(([, ...prices], index) => [
  `0.${index + 1}0`.replace('0.100', '1.00'),
  ...prices,
]);
/** One price in nine zones. */
export const zones = (price: string): [string, ...string[]] => [price, ...Array.from({ length: 8 }, () => price)];

/** What stands on the page, in its order. */
export const parts: NoticePart[] = [
  { level: 1, heading: 'Domestic' },
  {
    level: 2,
    heading: 'USPS Ground Advantage<sup>&reg;</sup>-Retail',
    body: zoneTable([...groundRetail, ['Oversized', ...zones('140.00')]], { first: 'Weight Not Over' }),
  },
  { level: 2, heading: 'Package Services' },
  {
    level: 3,
    heading: 'Media Mail&mdash;Retail<sup>3</sup>',
    body: priceTable(['Weight Not Over (lbs.)', 'Single-Piece'], mediaRetail),
  },
  { level: 2, heading: 'First-Class Mail' },
  { level: 3, heading: 'Retail&mdash;Single Piece' },
  {
    level: 4,
    heading: 'Letters (Stamped)<sup>1,2</sup>',
    body: priceTable(
      ['Weight Not Over (oz.)', 'Price'],
      [
        ['1', '0.82'],
        ['2', '1.11'],
        ['3', '1.40'],
        ['3.5', '1.69'],
      ],
    ),
  },
  {
    level: 4,
    heading: 'Letters (Metered)',
    body: priceTable(
      ['Weight Not Over (oz.)', 'Price'],
      [
        ['1', '0.78'],
        ['2', '1.07'],
        ['3', '1.36'],
        ['3.5', '1.65'],
      ],
    ),
  },
  { level: 4, heading: 'Postcards', body: priceTable(['&nbsp;', 'Price'], [['Postcard', '0.65']]) },
  {
    level: 4,
    heading: 'Keys and Identification Devices',
    body: priceTable(['Weight Not Over (oz.)', 'Price'], [['1', '4.55']]),
  },
  { level: 2, heading: 'USPS Ground Advantage' },
  { level: 3, heading: 'Commercial-Parcels', body: zoneTable(groundCommercial, { first: 'Weight Not Over' }) },
  { level: 3, heading: 'Commercial-Cubic', body: zoneTable(cubic, { first: 'Cubic Feet Not Over' }) },
  {
    level: 2,
    heading: 'Flat Rate&mdash;Domestic',
    body: `<table><tbody>
      <tr><th>Priority Mail Express</th><th>Size</th><th>Price</th></tr>
      <tr><td><h5>Flat Rate Envelope</h5></td><td>12-1/2" x 9-1/2"</td><td>$35.90</td></tr>
      <tr><td>Legal Flat Rate Envelope</td><td>15" x 9-1/2"</td><td>36.20</td></tr>
      <tr><td>Padded Flat Rate Envelope 1</td><td>12-1/2" x 9-1/2"</td><td>36.90</td></tr>
      <tr><th>Priority Mail</th><th>Size</th><th>Price</th></tr>
      <tr><td>Flat Rate Envelope</td><td>12-1/2" x 9-1/2" or smaller</td><td>$12.90</td></tr>
      <tr><td>Legal Flat Rate Envelope</td><td>15" x 9-1/2"</td><td>13.25</td></tr>
      <tr><td>Padded Flat Rate Envelope</td><td>12-1/2" x 9-1/2"</td><td>14.00</td></tr>
      <tr><td>Small Flat Rate Box</td><td>8-5/8" x 5-3/8" x 1-5/8" Inside</td><td>13.65</td></tr>
      <tr><td rowspan="2">Medium Flat Rate Boxes</td><td>11" x 8-1/2" x 5-1/2"</td><td rowspan="2">24.80</td></tr>
      <tr><td>13-5/8" x 11-7/8" x 3-3/8"</td></tr>
      <tr><td>Large Flat Rate Box</td><td>12" x 11-3/4" x 5-1/2"</td><td>34.00</td></tr>
      <tr><td>APO/FPO/DPO Flat Rate Box</td><td>12" x 11-3/4" x 5-1/2"</td><td>32.55</td></tr>
    </tbody></table>`,
  },
  { level: 2, heading: 'Priority Mail International', body: zoneTable([['1', ...zones('50.00')]]) },
  { level: 2, heading: 'Stamp Fulfillment Services', body: priceTable(['Order', 'Fee'], [['Each', '2.00']]) },
];
/** The page, of a day in the last weeks of the last shipped list. */
export const page = noticePage('January 10, 2027', parts);

/** The page with another body below one of its headings. */
export function pageWith(heading: RegExp, body: string): string {
  return noticePage(
    'January 10, 2027',
    parts.map((part) => (heading.test(part.heading) ? { ...part, body } : part)),
  );
}

export const on = '2027-01-10';
