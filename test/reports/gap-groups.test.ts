/** Lines of what was not checked: one for all the rules that lacked the same on as many labels. */
import { groupGaps } from '../../src/reports/gap-groups.ts';

const gap = (what: string, why: string, count: number) => ({ what, why, count });

test('rules that lacked the same thing on as many labels are one line, where the first of them stood', () => {
  expect(
    groupGaps([
      gap('a', 'no tracking', 3),
      gap('price', 'no list', 2),
      gap('b', 'no tracking', 3),
      gap('c', 'no zone', 3),
    ]),
  ).toEqual([
    { what: ['a', 'b'], why: 'no tracking', count: 3 },
    { what: ['price'], why: 'no list', count: 2 },
    { what: ['c'], why: 'no zone', count: 3 },
  ]);
});

test('another number of labels is another line, and the same entry twice is said once', () => {
  expect(groupGaps([gap('a', 'no tracking', 3), gap('b', 'no tracking', 2), gap('a', 'no tracking', 3)])).toEqual([
    { what: ['a'], why: 'no tracking', count: 3 },
    { what: ['b'], why: 'no tracking', count: 2 },
  ]);
});
