/** The short ways to read cells answer what the long ones answer, or nothing. */
import { assert, oneof, property, string, stringMatching } from 'fast-check';
import { isCapitals, isDigits, plainThousandths } from '../../../src/core/mapping/plain-cell.ts';
import { parseThousandths } from '../../../src/core/units/measure.ts';
import { parseMills } from '../../../src/core/units/money.ts';

test.each([
  ['7.85', 7850],
  ['12', 12_000],
  ['0.5', 500],
  ['15.999', 15_999],
  ['007', 7000],
  ['9999999.999', 9_999_999_999],
])('"%s" is %d thousandths', (text, thousandths) => {
  expect(plainThousandths(text)).toBe(thousandths);
});

test.each(['', '.', '.5', '5.', '1.2.3', '1.2345', '-1', '+1', '1e3', '1,000', ' 1', '12345678', '٣'])(
  '"%s" is left to the long way',
  (text) => {
    expect(plainThousandths(text)).toBeNaN();
  },
);

test('numbers agree with the readers of money and measures', () => {
  assert(
    property(oneof(string(), stringMatching(/^[+-]?\d{0,13}\.?\d{0,7}$/)), (text) => {
      const plain = plainThousandths(text);
      if (Number.isNaN(plain)) return;
      expect([parseMills(text), parseThousandths(text)]).toEqual([plain, plain]);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['USD', 3, true],
  ['usd', 3, false],
  ['US', 3, false],
  ['U1D', 3, false],
  ['ÄBC', 3, false],
])('"%s" as %d capitals: %s', (text, count, answer) => {
  expect(isCapitals(text, count)).toBe(answer);
});

test.each([
  ['01234', 5, true],
  ['1234', 5, false],
  ['1234a', 5, false],
  ['12-34', 5, false],
])('"%s" as %d digits: %s', (text, count, answer) => {
  expect(isDigits(text, count)).toBe(answer);
});
