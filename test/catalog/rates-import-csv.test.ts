/** A CSV of prices becomes a price folder as a page does. */
import { readFileSync } from 'node:fs';
import { CopiedData, groundCommercial, july, on } from '../support/rates-import.ts';

const data = new CopiedData();
beforeEach(() => data.make());
afterEach(() => data.remove());

describe('a CSV of prices', () => {
  const header = 'effective_from,product,price_list,zone,rate_cell,weight_max_oz,price';
  const csv = (lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;
  const groundLines = groundCommercial.flatMap(([weight, ...prices]) =>
    prices.map((price, index) => {
      const ounces = weight.endsWith(' oz') ? weight.slice(0, -3) : String(Number(weight) * 16);
      return `${on},ground_advantage,commercial,${index + 1},,${ounces},${price}`;
    }),
  );
  const lines = [
    ...groundLines,
    ...[1, 2, 3, 3.5].map(
      (ounces, index) => `${on},First-Class Mail Letter,retail,,,${ounces},${(0.82 + index * 0.29).toFixed(2)}`,
    ),
    ...['FLAT_RATE_ENVELOPE', 'LEGAL_FLAT_RATE_ENVELOPE', 'PADDED_FLAT_RATE_ENVELOPE'].map(
      (item) => `${on},PRIORITY_MAIL_EXPRESS,retail,,${item},,35.90`,
    ),
    `${on},PRIORITY_MAIL_OPEN_AND_DISTRIBUTE,commercial,1,,16,9.00`,
  ];

  test('holds several products and becomes the same tables as a page', async () => {
    const imported = await data.import(csv(lines), {}, 'prices.csv');
    if (imported.outcome !== 'written') throw new Error(JSON.stringify(imported));
    expect([...imported.plan.files.keys()]).toEqual([
      'ground_advantage-commercial.csv',
      'first_class_mail-retail-letter.csv',
      'priority_mail_express-retail-flat-rate.csv',
      'manifest.yaml',
    ]);
    expect(imported.plan.leftOut).toEqual([
      { place: 'PRIORITY_MAIL_OPEN_AND_DISTRIBUTE', why: 'no product that is rated' },
    ]);
    const read = (folder: string): string =>
      readFileSync(data.prices(folder, 'ground_advantage-commercial.csv'), 'utf8');
    expect(read(on)).toBe(read(july));
    expect(await data.import(csv(lines), {}, 'prices.csv')).toMatchObject({ outcome: 'unchanged' });
  });

  test.each<[string, string, RegExp]>([
    [
      'a column that is missing',
      csv(lines).replace('effective_from,', 'day,'),
      /has no column effective_from; it needs/,
    ],
    ['a day that is none', csv(lines).replace(`${on},`, '2027-02-30,'), /prices\.csv:2: effective_from is not a day/],
    ['two days', csv(lines).replace(`${on},`, '2027-01-11,'), /several days of effect: 2027-01-10, 2027-01-11/],
    [
      'a price that is none',
      csv([...lines, `${on},media_mail,retail,,,16,free`]),
      /prices\.csv:\d+: price "free" is no price/,
    ],
    ['a zone there is not', csv(lines).replace(',commercial,3,', ',commercial,10,'), /zone "10" is not 1 to 9/],
    [
      'another list',
      csv(lines).replace(',commercial,3,', ',nsa,3,'),
      /price_list "nsa" is neither retail nor commercial/,
    ],
    ['a weight that is none', csv(lines).replace(',,4,', ',,four,'), /weight_max_oz "four" is no weight in ounces/],
    ['a row cut short', `${csv(lines)}${on},media_mail\n`, /has 2 cells where the header has 7/],
  ])('with %s is refused', async (_, text, message) => {
    expect((await data.problemsOf(text, {}, 'prices.csv')).join('\n')).toMatch(message);
  });
});
