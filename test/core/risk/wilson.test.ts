/** The Wilson interval against published figures and its own laws. */
import fc from 'fast-check';
import { wilsonInterval } from '../../../src/core/risk/wilson.ts';

describe('what a few cases say about a share', () => {
  test.each([
    // Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    { hits: 81, cases: 263, lower: 0.2553, upper: 0.3662 },
    { hits: 15, cases: 148, lower: 0.0624, upper: 0.1605 },
    { hits: 0, cases: 20, lower: 0, upper: 0.1611 },
    { hits: 1, cases: 29, lower: 0.0061, upper: 0.1718 },
  ])('$hits of $cases lies between $lower and $upper', ({ hits, cases, lower, upper }) => {
    const interval = wilsonInterval({ hits, cases });
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  });

  test('without a case everything is possible', () => {
    expect(wilsonInterval({ hits: 0, cases: 0 })).toEqual({ lower: 0, upper: 1 });
  });

  test('the interval always holds the share that was seen', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (a, cases) => {
        const hits = Math.min(a, cases);
        const { lower, upper } = wilsonInterval({ hits, cases });
        expect(lower).toBeLessThanOrEqual(hits / cases + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(hits / cases - 1e-12);
      }),
    );
  });
});
