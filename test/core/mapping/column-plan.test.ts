/** Where columns stand, and headers that cannot be read. */
import { LABEL_LAYOUT } from '../../../src/core/mapping/label-row.ts';
import { planColumns } from '../../../src/core/mapping/column-plan.ts';

const required = ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged'];
const plan = (header: string[], filled: 'vendor'[] = []) =>
  planColumns(header, LABEL_LAYOUT, { filled, isPersonal: (name) => name === 'Recipient' });

test('columns come in any order and any usual spelling', () => {
  const planned = plan(['Charged', ' SERVICE ', 'Purchased At', 'vendor', 'Tracking-Number']);
  expect(planned).toMatchObject({ ok: true, value: { at: { tracking_number: 4, purchased_at: 2, charged: 0 } } });
});

test('unknown columns keep their names, even where two have the same or none', () => {
  const planned = plan([...required, 'Note', 'Note', '', 'Recipient']);
  expect(planned).toMatchObject({
    ok: true,
    value: {
      extras: [
        { name: 'Note', at: 5 },
        { name: 'Note (column 7)', at: 6 },
        { name: 'column 8', at: 7 },
      ],
      personal: [8],
    },
  });
});

test('every missing and every doubled column is said', () => {
  const planned = plan(['tracking_number', 'Tracking Number', 'purchased_at', 'service']);
  expect(planned.ok ? [] : planned.problems.map(({ message }) => message)).toEqual([
    'the header names the column tracking_number twice; remove one of the two',
    'the required column vendor is missing from the header',
    'the required column charged is missing from the header',
  ]);
});

test('a vendor given for the file need not be a column', () => {
  expect(plan(['tracking_number', 'purchased_at', 'service', 'charged'], ['vendor']).ok).toBe(true);
});
