/** Which values a vendor's labels repeat, and how the orders behind them vary. */
import { type DeclaringGroup, type ValueGroup, declaredOf, orderVariation } from '../../../src/core/risk/declared.ts';

const group = (cases: number, over: Partial<DeclaringGroup> = {}): DeclaringGroup => ({
  currency: 'USD',
  recent: true,
  cases,
  ...over,
});
const value = (mills: number, cases: number, over: Partial<ValueGroup> = {}): ValueGroup => ({
  mills,
  ...group(cases),
  ...over,
});

describe('what is declared', () => {
  test('names the two values on the most labels, the smaller first of equals', () => {
    const found = declaredOf([group(100)], [value(5000, 20), value(9000, 30), value(4000, 20), value(1000, 11)]);
    expect(found).toEqual({
      days: 28,
      currency: 'USD',
      labels: 100,
      repeated: [
        { mills: 9000, labels: 30 },
        { mills: 4000, labels: 20 },
      ],
    });
  });

  test('is nothing where nothing is declared', () => {
    expect(declaredOf([], [])).toBeNull();
  });

  test('is in the currency of most labels', () => {
    const found = declaredOf(
      [group(40), group(41, { currency: 'CNY' })],
      [value(10_000, 40), value(70_000, 41, { currency: 'CNY' })],
    );
    expect(found).toMatchObject({ currency: 'CNY', labels: 41, repeated: [{ mills: 70_000, labels: 41 }] });
  });

  test('adds up a value over a quarter where a month is too little', () => {
    const earlier = { recent: false };
    expect(declaredOf([group(29), group(60, earlier)], [value(5000, 20), value(5000, 50, earlier)])).toMatchObject({
      days: 92,
      labels: 89,
      repeated: [{ mills: 5000, labels: 70 }],
    });
    expect(declaredOf([group(30), group(60, earlier)], [value(5000, 20), value(5000, 50, earlier)])).toMatchObject({
      days: 28,
      labels: 30,
      repeated: [{ mills: 5000, labels: 20 }],
    });
  });
});

describe('the orders behind a value', () => {
  const orders = [10_000, 20_000, 30_000].map((orderMills) => ({ mills: 5000, orderMills, recent: true, cases: 4 }));
  const others = [{ mills: 7000, orderMills: 900_000, recent: true, cases: 50 }];

  test('vary by themselves, whatever those behind other values do', () => {
    expect(orderVariation({ mills: 5000, labels: 12 }, [...orders, ...others], 28)).toBeCloseTo(0.4082, 4);
  });

  test('say nothing where fewer than half of the labels state them', () => {
    expect(orderVariation({ mills: 5000, labels: 24 }, orders, 28)).not.toBeNull();
    expect(orderVariation({ mills: 5000, labels: 25 }, orders, 28)).toBeNull();
    expect(orderVariation({ mills: 8000, labels: 12 }, orders, 28)).toBeNull();
  });

  test('of the time alone that is looked at', () => {
    const earlier = [{ mills: 5000, orderMills: 990_000, recent: false, cases: 12 }];
    expect(orderVariation({ mills: 5000, labels: 12 }, [...orders, ...earlier], 28)).toBeCloseTo(0.4082, 4);
    expect(orderVariation({ mills: 5000, labels: 12 }, [...orders, ...earlier], 92)).toBeGreaterThan(0.8);
  });
});
