/** A page that is not whole is refused with everything that is wrong, and nothing is written. */
import { type PriceRows, noticePage, priceTable, zoneTable } from '../support/notice-page.ts';
import { CopiedData, groundCommercial, mediaRetail, page, pageWith, parts } from '../support/rates-import.ts';

const data = new CopiedData();
// One copy for all: nothing is ever written.
beforeAll(() => data.make());
afterAll(() => data.remove());

describe('a page that is not whole is refused with the list of what is wrong', () => {
  const rows = (heading: RegExp, change: (rows: [string, ...string[]][]) => PriceRows): string =>
    pageWith(heading, zoneTable(change(groundCommercial.map((row) => [...row])), { first: 'Weight Not Over' }));
  const commercial = /Commercial-Parcels/;

  test.each<[string, () => string, (string | RegExp)[]]>([
    [
      'a zone without a column',
      () =>
        pageWith(
          commercial,
          zoneTable(
            groundCommercial.map(([weight, ...prices]) => [weight, ...prices.toSpliced(4, 1)]),
            { first: 'Weight Not Over', zones: '12346789' },
          ),
        ),
      ['ground_advantage commercial by weight: has no column for zone 5'],
    ],
    [
      'the last zone without a column',
      () =>
        pageWith(
          commercial,
          zoneTable(
            groundCommercial.map((row) => row.slice(0, 9) as [string, ...string[]]),
            { first: 'Weight Not Over', zones: '12345678' },
          ),
        ),
      ['ground_advantage commercial by weight: has no column for zone 9, which the list before prices'],
    ],
    [
      'cells that are empty',
      () =>
        rows(commercial, (all) =>
          all.map((row) => (row[0] === '10' ? (row.with(3, '').with(4, '') as [string, ...string[]]) : row)),
        ),
      [
        'USPS Ground Advantage / Commercial-Parcels, 10, zone 3: is empty',
        'USPS Ground Advantage / Commercial-Parcels, 10, zone 4: is empty',
        /10, zone 1: has no price in .* for zone 3, 4/,
      ],
    ],
    [
      'a price that is not offered in the middle',
      () =>
        pageWith(
          commercial,
          zoneTable(
            groundCommercial.map((row) => (row[0] === '30' ? ['30', null, ...row.slice(2)] : row)),
            { first: 'Weight Not Over' },
          ),
        ),
      [/Commercial-Parcels, 30, zone 1: is not offered in zone 1, in the middle of its table/],
    ],
    [
      'prices that fall with weight and with zone',
      () =>
        rows(commercial, (all) =>
          all.map((row) => (row[0] === '10' ? (row.with(1, '1.00').with(5, '2.00') as [string, ...string[]]) : row)),
        ),
      [
        'ground_advantage commercial by weight: 10 lb, zone 1 costs less than a lighter parcel',
        'ground_advantage commercial by weight: 10 lb, zone 5 costs less than a lighter parcel',
      ],
    ],
    [
      'the headings of commercial and retail prices swapped',
      () =>
        page
          .replace('Ground Advantage<sup>&reg;</sup>-Retail', 'Ground Advantage<sup>&reg;</sup>-Commercial')
          .replace('Commercial-Parcels', 'Retail-Parcels'),
      [
        /^ground_advantage commercial by weight: 4 oz in zone 1, 4 oz in zone 2, 4 oz in zone 3 and \d+ more cost more than at retail; look whether the headings/,
      ],
    ],
    [
      'a weight left out',
      () => rows(commercial, (all) => all.filter(([weight]) => weight !== '33')),
      ['ground_advantage commercial by weight: has no row for 33 lb'],
    ],
    [
      'sixty-nine rows of pounds',
      () => rows(commercial, (all) => all.slice(0, -1)),
      ['ground_advantage commercial by weight: ends at 69 lb where the list before goes to 70 lb'],
    ],
    [
      'an ounce band left out',
      () => rows(commercial, (all) => all.filter(([weight]) => weight !== '12 oz')),
      ['ground_advantage commercial by weight: has no row for 12 oz'],
    ],
    [
      'half a page',
      () => page.slice(0, page.indexOf('Commercial-Cubic') - 20_000),
      ['notice.htm: breaks off before its end; save the page again', /Commercial-Parcels|ground_advantage commercial/],
    ],
    [
      'no day of effect',
      () => page.replace('Effective January 10, 2027', ''),
      [/does not state the day its prices take effect/],
    ],
    [
      'two days of effect',
      () => page.replace('<ul>', '<p>Notice 123 &bull; Effective January 17, 2027</p><ul>'),
      ['notice.htm: states several days of effect: 2027-01-10, 2027-01-17'],
    ],
    [
      'two prices for one thing',
      () =>
        noticePage('January 10, 2027', [
          ...parts,
          {
            level: 3,
            heading: 'Media Mail-Retail',
            body: priceTable(
              ['Weight Not Over (lbs.)', 'Price'],
              mediaRetail.map((row) => (row[0] === '2' ? ['2', '5.14'] : row)),
            ),
          },
        ]),
      [/Media Mail-Retail, 2: states another price than .*Media Mail—Retail, 2/],
    ],
    [
      'weights without a unit',
      () => pageWith(/Letters \(Stamped\)/, priceTable(['Not Over', 'Price'], [['1', '0.82']])),
      [/Letters \(Stamped\), 1: does not say whether its weights are ounces or pounds/],
    ],
    [
      'a price that cannot be read',
      () => page.replace('13.65</td></tr>\n      <tr><td rowspan', '13.6S</td></tr>\n      <tr><td rowspan'),
      [/Flat Rate—Domestic, Small Flat Rate Box.*: "13.6S" is no price/],
    ],
    [
      'no price table at all',
      () => noticePage('January 10, 2027', []),
      ['the source: holds no price table of a service that is rated'],
    ],
  ])('%s', async (_, broken, expected) => {
    const problems = await data.problemsOf(broken());
    for (const problem of expected) {
      const found = problems.some((text) => (typeof problem === 'string' ? text === problem : problem.test(text)));
      expect({ problem, found, problems: found ? [] : problems.slice(0, 8) }).toEqual({
        problem,
        found: true,
        problems: [],
      });
    }
  });

  test('all that is wrong is said at once', async () => {
    const broken = rows(commercial, (all) => all.filter(([weight]) => weight !== '33').slice(0, -1)).replace(
      '0.82',
      'x',
    );
    expect((await data.problemsOf(broken.replace('January 10, 2027', ''))).length).toBeGreaterThanOrEqual(4);
  });

  test('a list that reaches into another, or leaves days without one', async () => {
    const early = page.replace('January 10, 2027', 'September 1, 2026');
    expect(await data.problemsOf(early, { lastDay: '2026-12-31' })).toEqual([
      'notice.htm: the list would hold to 2026-12-31, but the list 2026-10-04 begins before; end it with --to 2026-10-03',
    ]);
    expect(await data.problemsOf(early, { lastDay: '2026-09-15' })).toEqual([
      expect.stringMatching(/the list 2026-07-12 holds to 2026-10-03, later than 2026-09-15/) as string,
    ]);
  });

  test.each([
    ['a PDF', Buffer.from('%PDF-1.7 ...'), /is a PDF; save the web page/],
    ['a packed file', Buffer.from([0x1f, 0x8b, 8, 0]), /is packed/],
    [
      'a web archive',
      Buffer.from('From: <Saved by Blink>\nMIME-Version: 1.0\n'),
      /web archive; save the page as HTML only/,
    ],
    ['no text', Buffer.from([1, 0, 2, 0]), /is no text/],
  ])('%s', async (_, bytes, message) => {
    expect((await data.problemsOf(bytes))[0]).toMatch(message);
  });
});
