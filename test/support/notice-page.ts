/** Builds pages in the markup of the published price list: heading blocks, tables with spans, footnotes, prices in spans. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './rating.ts';

/** A part of the page: a heading, and what stands below it. */
export interface NoticePart {
  level: number;
  heading: string;
  /** HTML, such as `zoneTable` makes. */
  body?: string;
}

/** A whole page that states its day of effect the way the notice does. */
export function noticePage(effective: string, parts: readonly NoticePart[]): string {
  const sections = parts.map(
    ({ level, heading, body = '' }, index) => `
  <div id="_c${String(37 + index).padStart(3, '0')}">
    ${level > 2 ? `<h${level}>${heading}</h${level}>` : headingBlock(level, heading)}
    ${body}
  </div>`,
  );
  return `<!DOCTYPE html>
<html lang="en"><head><title>Price List</title>
<script>var note = "Notice 123 - Effective May 1, 1999";</script></head>
<body><div id="pe-content-document">
  <p>Price&nbsp;List &bull; Notice&nbsp;123 - Effective ${effective}</p>
  <ul><li><a href="#_c037">Media Mail</a></li></ul>${sections.join('')}
</div></body>
</html>
`;
}

function headingBlock(level: number, heading: string): string {
  return `<div class="h2-container row">
      <div class="col-md-11"><h${level}>${heading}</h${level}></div>
      <div class="col-md-1 text-right"><a class="small hidden-print" href="#top">top</a></div>
    </div>`;
}

/** Rows of a table: what stands first, then the prices as written; null = n/a. */
export type PriceRows = readonly (readonly [string, ...(string | null)[]])[];

/** A table by zones: "Zone" across all of them, a footnote at the ninth. */
export function zoneTable(rows: PriceRows, { first = 'Weight Not Over (lbs.)', zones = '123456789' } = {}): string {
  const heads = Array.from(zones, (zone) => `<th>${zone}${zone === '9' ? '<sup>2</sup>' : ''}</th>`).join('');
  return `<table class="table table-pricing">
      <thead>
        <tr><th rowspan="2">${first}<sup>1</sup></th><th colspan="${zones.length}">Zone</th></tr>
        <tr>${heads}</tr>
      </thead>
      <tbody>${bodyOf(rows)}
        <tr><td colspan="${zones.length + 1}"><sup>2</sup> Offices of the Pacific, zone 9.</td></tr>
      </tbody>
    </table>`;
}

/** A table with one price a row, below headings of its own. */
export function priceTable(heads: readonly string[], rows: PriceRows): string {
  return `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
      <tbody>${bodyOf(rows)}</tbody></table>`;
}

function bodyOf(rows: PriceRows): string {
  return rows
    .map(([first, ...prices]) => {
      const cells = prices.map((price, index) => {
        if (price === null) return '<td>n/a</td>';
        // The first price of a row has its sign, the others not.
        return `<td><span data-toggle='popover'>${index === 0 && price !== '' ? '$' : ''}${price}</span></td>`;
      });
      return `\n        <tr><td>${first}</td>${cells.join('')}</tr>`;
    })
    .join('');
}

/** The rows of a shipped table, weights in pounds from one pound on and with their unit below. */
export function shippedRows(folder: string, table: string): [string, ...string[]][] {
  const text = readFileSync(join(ROOT, 'data', 'prices', folder, `${table}.csv`), 'utf8');
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => {
    const [weight = '', ...prices] = line.split(',');
    const pounds = Number(weight) / 16;
    return [pounds >= 1 ? String(pounds) : `${weight} oz`, ...prices];
  });
}
