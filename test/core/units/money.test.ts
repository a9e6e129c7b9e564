/** Money goes to the cent in one step. */
import fc from 'fast-check';
import { roundToCents } from '../../../src/core/units/money.ts';

test.each([
  [8545, 8550],
  [8544, 8540],
  [-8545, -8550],
  [0, 0],
  // 9.95 less 9 % is 9.0545: to whole mills first it would be 9.055, and then 9.06.
  [9054.5, 9050],
  // 7.50 less 7 % is 6.975, and comes out of binary fractions as 6974.999999999999.
  [7500 * (1 - 0.07), 6980],
])('%d mills are %d to the cent', (mills, cents) => {
  expect(roundToCents(mills)).toBe(cents);
});

test('no amount moves by more than half a cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 999 }), (mills, permille) => {
      const share = (mills * permille) / 1000;
      expect(Math.abs(roundToCents(share) - share)).toBeLessThanOrEqual(5.001);
      expect(roundToCents(share) % 10).toBeCloseTo(0);
    }),
  );
});
