import { type DailyCount, surgeDays } from '../../../src/core/risk/surge.ts';

const limits = { vendors: 3, ratio: 3, windowDays: 28 };

function holds(counts: Record<string, number>, day = '2026-11-20'): DailyCount[] {
  return Object.entries(counts).map(([vendor, count]) => ({ vendor, day, count }));
}

describe('days on which pieces of many vendors are held at once', () => {
  test('three vendors with over three times their median make a carrier-wide day', () => {
    expect([...surgeDays(holds({ a: 4, b: 9, c: 5 }), limits).keys()]).toEqual(['2026-11-20']);
  });

  test('two vendors do not, nor do three with just three times the usual', () => {
    expect(surgeDays(holds({ a: 40, b: 90 }), limits).size).toBe(0);
    expect(surgeDays(holds({ a: 3, b: 3, c: 3 }), limits).size).toBe(0);
  });

  test('single pieces of three quiet vendors on one day are a coincidence', () => {
    expect(surgeDays(holds({ a: 1, b: 1, c: 1 }), limits).size).toBe(0);
  });

  test('a vendor whose pieces are held every day does not stand out by one more such day', () => {
    const usual = Array.from({ length: 28 }, (_, index) =>
      holds({ a: 5 }, `2026-10-${String(index + 1).padStart(2, '0')}`),
    ).flat();
    const day = holds({ a: 6, b: 9, c: 9 }, '2026-10-29');
    expect(surgeDays([...usual, ...day], limits).size).toBe(0);
  });

  test('the counts of the vendors that stand out are given, by vendor', () => {
    const days = surgeDays(holds({ c: 5, a: 4, b: 9, quiet: 1 }), limits);
    expect(days.get('2026-11-20')).toEqual([
      { vendor: 'a', day: '2026-11-20', count: 4 },
      { vendor: 'b', day: '2026-11-20', count: 9 },
      { vendor: 'c', day: '2026-11-20', count: 5 },
    ]);
  });
});
