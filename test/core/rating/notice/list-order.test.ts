/** Commercial prices above retail ones: whole tables are a swapped heading, single cells are told. */
import type { PriceList } from '../../../../src/core/label/label.ts';
import { listOrder } from '../../../../src/core/rating/notice/list-order.ts';
import type { PublishedTable } from '../../../../src/core/rating/notice/published-table.ts';
import { shippedTables } from '../../../support/rating.ts';

/** Ground Advantage up to one, two, three ... ounces, one price for all zones. */
function table(priceLists: PriceList[], prices: (number | null)[], over: Partial<PublishedTable> = {}): PublishedTable {
  const rows = prices.map((mills, index) => ({
    step: (index + 1) * 1000,
    item: null,
    mills: new Map([[null, mills]]),
    place: 'the page',
  }));
  return { service: 'ground_advantage', priceLists, by: 'weight', packagings: [], zones: [], rows, ...over };
}

const retail = table(['retail'], [5000, 6000, 7000, 8000, 9000]);

test.each<[string, PublishedTable[]]>([
  ['cheaper commercial prices', [retail, table(['commercial'], [4000, 5000, 6000, 7000, 8000])]],
  ['prices that are equal, as those of flats', [retail, table(['commercial'], [5000, 6000, 7000, 8000, 9000])]],
  ['one table for both lists', [table(['retail', 'commercial'], [5000])]],
  ['one list alone', [table(['commercial'], [99_000])]],
  ['a price that one list does not offer', [retail, table(['commercial'], [null, 6000])]],
  ['another service', [retail, table(['commercial'], [9000], { service: 'priority_mail' })]],
  ['another way of pricing', [retail, table(['commercial'], [9000], { by: 'cubic' })]],
  ['another packaging', [retail, table(['commercial'], [9000], { packagings: ['letter'] })]],
])('nothing is said of %s', (_, tables) => {
  expect(listOrder(tables)).toEqual({ problems: [], uncertainties: [] });
});

test('a commercial table that is the dearer one is a mistake, named by its first cells', () => {
  expect(listOrder([table(['commercial'], [6000, 7000, 7000, 9000, 9500]), retail])).toEqual({
    problems: [
      {
        place: 'ground_advantage commercial by weight',
        message:
          '1 oz, 2 oz, 4 oz and 1 more cost more than at retail; look whether the headings of the two lists are swapped',
      },
    ],
    uncertainties: [],
  });
});

test('a single cell that is dearer is told, and taken as published so', () => {
  expect(listOrder([table(['commercial'], [4900, 6010, 6900, 7900, 8900]), retail])).toEqual({
    problems: [],
    uncertainties: ['ground_advantage commercial by weight: 2 oz costs more than at retail.'],
  });
});

test.each<[string, Partial<PublishedTable>, string]>([
  ['a flat-rate item', { by: 'item', rows: [{ ...row(0), item: 'small_flat_rate_box' }] }, 'small_flat_rate_box'],
  ['an oversized parcel', { by: 'oversized', rows: [row(0)] }, 'oversized'],
  ['a volume', { by: 'cubic', rows: [row(100)] }, '0.1 cu ft'],
])('%s is named as such', (_, over, name) => {
  const dearer = { ...over, rows: over.rows?.map((each) => ({ ...each, mills: new Map([[null, 9000]]) })) ?? [] };
  const { problems } = listOrder([table(['retail'], [], over), table(['commercial'], [], dearer)]);
  expect(problems[0]?.message).toMatch(new RegExp(`^${name} costs more than at retail`));
});

function row(step: number): PublishedTable['rows'][number] {
  return { step, item: null, mills: new Map([[null, 8000]]), place: 'the page' };
}

test('no commercial price of the shipped lists lies above retail', () => {
  const dearer = shippedTables.lists.flatMap(({ id, products }) =>
    Object.entries(products)
      .filter(([, { commercial, retail: atRetail }]) =>
        Object.entries(commercial?.byWeight ?? {}).some(([packaging, { answers }]) =>
          answers.some((answer, index) => {
            const other = Object.entries(atRetail?.byWeight ?? {}).find(([name]) => name === packaging)?.[1];
            const against = other?.answers.length === answers.length ? other.answers[index] : undefined;
            return answer.known && against?.known === true && answer.mills > against.mills;
          }),
        ),
      )
      .map(([service]) => `${id} ${service}`),
  );
  expect(dearer).toEqual([]);
});
