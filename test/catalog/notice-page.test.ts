/** Tables of a published page, however they are marked up, become the prices they state. */
import fc from 'fast-check';
import { readNoticePage } from '../../src/catalog/rates-import/notice-page.ts';
import { loadNoticeWords } from '../../src/catalog/rates-import/notice-words.ts';
import { readTable } from '../../src/core/rating/notice/read-table.ts';
import { ROOT } from '../support/rating.ts';

const words = loadNoticeWords(ROOT);

/** What a page states: prices as "service list by step-or-item zone price", problems, and what is left out. */
function stated(html: string): { prices: string[]; problems: string[]; leftOut: string[] } {
  const readings = readNoticePage(html).tables.map((table) => readTable(table, words));
  return {
    prices: readings.flatMap(({ cells }) =>
      cells.map(({ product, step, item, zone, mills }) =>
        [product.service, product.priceList, product.by, item ?? step, zone, mills].join(' '),
      ),
    ),
    problems: readings.flatMap(({ problems }) => problems.map(({ place, message }) => `${place}: ${message}`)),
    leftOut: readings.flatMap(({ leftOut }) => leftOut.map(({ place, why }) => `${place}: ${why}`)),
  };
}

const table = (...rows: string[]): string => `<table>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
const th = (...cells: string[]): string => cells.map((cell) => `<th>${cell}</th>`).join('');
const td = (...cells: string[]): string => cells.map((cell) => `<td>${cell}</td>`).join('');

test('zones under one heading hold one price each', () => {
  const html = `<h2>Priority Mail&nbsp;Commercial</h2>${table(th('Weight Not Over (lbs.)', 'Local, 1 &amp; 2', 'Zone 3'), td('1', '$8.00', '9.00'))}`;
  expect(stated(html).prices).toEqual([
    'priority_mail commercial weight 16000 1 8000',
    'priority_mail commercial weight 16000 2 8000',
    'priority_mail commercial weight 16000 3 9000',
  ]);
});

test('the innermost heading that names a list decides, and a chapter stands for all below it', () => {
  const below = table(th('Weight Not Over (lbs.)', 'Price'), td('1', '4.39'));
  expect(stated(`<h1>Retail</h1><h2>Package Services</h2><h3>Media Mail</h3>${below}`).prices).toEqual([
    'media_mail retail weight 16000  4390',
  ]);
  expect(stated(`<h1>Retail and Commercial Prices</h1><h3>Media Mail</h3>${below}`).prices).toEqual([
    'media_mail  weight 16000  4390',
  ]);
  expect(stated(`<h1>Retail</h1><h2>Media Mail</h2><h3>Commercial</h3>${below}`).prices).toEqual([
    'media_mail commercial weight 16000  4390',
  ]);
});

test('of several columns only the single piece counts, and each list by its own', () => {
  const presort = table(
    th('Weight Not Over (lbs.)', 'Single-Piece', 'Basic', '5-Digit'),
    td('1', '4.39', '3.00', '2.00'),
  );
  expect(stated(`<h2>Media Mail - Commercial</h2>${presort}`)).toMatchObject({
    prices: ['media_mail commercial weight 16000  4390'],
    leftOut: [
      expect.stringMatching(/, Basic: it is a presorted/),
      expect.stringMatching(/, 5-Digit: it is a presorted/),
    ] as string[],
  });
  const both = table(th('Weight Not Over (lbs.)', 'Retail', 'Commercial'), td('1', '4.39', '4.00'));
  expect(stated(`<h2>Media Mail</h2>${both}`).prices).toEqual([
    'media_mail retail weight 16000  4390',
    'media_mail commercial weight 16000  4000',
  ]);
});

test('a line across the table parts services, and the headings of its columns go on', () => {
  const flat = `<h2>Flat Rate</h2>${table(
    th('Item', 'Retail', 'Commercial'),
    '<td colspan="3">Priority Mail Express</td>',
    td('Flat Rate Envelope', '35.90', '33.00'),
    '<td colspan="3">Priority Mail</td>',
    td('Large Flat Rate Box (APO/FPO/DPO)', '32.55', '30.00'),
    td('Board Game Box', '32.55', '30.00'),
  )}`;
  expect(stated(flat)).toEqual({
    prices: [
      'priority_mail_express retail item flat_rate_envelope  35900',
      'priority_mail_express commercial item flat_rate_envelope  33000',
      'priority_mail retail item apo_large_flat_rate_box  32550',
      'priority_mail commercial item apo_large_flat_rate_box  30000',
    ],
    problems: [],
    leftOut: ['Flat Rate, Board Game Box: no flat-rate item that is known'],
  });
});

test('two tables side by side are two', () => {
  const html = `<h2>Library Mail - Retail</h2>${table(th('Weight Not Over (lbs.)', 'Price', 'Weight Not Over (lbs.)', 'Price'), td('1', '4.00', '36', '30.00'))}`;
  expect(stated(html).prices).toEqual([
    'library_mail retail weight 16000  4000',
    'library_mail retail weight 576000  30000',
  ]);
});

test('ounces and pounds in one column are told apart by the cells that say so', () => {
  const html = `<h2>Ground Advantage Retail</h2>${table(th('Weight Not Over', '1'), td('15.999 oz', '9.55'), td('1', '9.60'), td('70', '90.00'))}`;
  expect(stated(html).prices).toEqual([
    'ground_advantage retail weight 15999 1 9550',
    'ground_advantage retail weight 16000 1 9600',
    'ground_advantage retail weight 1120000 1 90000',
  ]);
});

test.each([
  ['Priority Mail International', /it is international/],
  ['Nonmachinable Surcharge First-Class Mail', /fee or a surcharge/],
  ['USPS Ground Advantage Limited Overland Routes', /no road reaches/],
  ['Parcel Select', /names no service|drop-ship/],
  ['First-Class Mail', /what shape of mail/],
  ['PO Box Service', /names no service|no product/],
])('%s is left out and said so', (heading, why) => {
  const read = stated(`<h2>${heading}</h2>${table(th('Weight Not Over (oz.)', 'Price'), td('1', '1.00'))}`);
  expect(read.prices).toEqual([]);
  expect(read.leftOut.join()).toMatch(why);
});

test('a footnote line, a repeated heading and a table in a table do not disturb', () => {
  const html = `<h2>Media Mail Retail</h2><table>
    <thead><tr><th>Weight Not Over (lbs.)</th><th>Price<sup>1</sup></th></tr></thead>
    <tbody><tr>${td('1', '4.39')}</tr><tr>${th('Weight Not Over (lbs.)', 'Price')}</tr><tr>${td('2', '5.13')}</tr>
    <tr><td colspan="2">1 Or <table><tr><td>x</td></tr></table> less.</td></tr></tbody></table>`;
  expect(stated(html)).toEqual({
    prices: ['media_mail retail weight 16000  4390', 'media_mail retail weight 32000  5130'],
    problems: [],
    leftOut: [],
  });
  expect(readNoticePage(html).footnotes).toEqual(['Price (1)']);
});

test('no page makes the reader throw', () => {
  const piece = fc.constantFrom(
    '<h2>Priority Mail',
    '</h2>',
    '<table>',
    '</table>',
    '<tr>',
    '<td colspan="9">',
    '<th rowspan="3">',
    '<td rowspan="-1" colspan="1e9">',
    '1',
    '$1.00',
    'Zone 1',
    'n/a',
    '<sup>1',
    '</sup>',
    'Flat Rate',
    '<caption>',
    'Letters',
    'First-Class Mail',
    'Weight Not Over (lbs.)',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void stated(pieces.join(''))),
    { numRuns: 200 },
  );
});
