/** The short way to read instants says the same as the long one. */
import fc from 'fast-check';
import { formatInstant, parseInstantFast } from '../../../src/core/mapping/instant.ts';
import { parseWrittenTime } from '../../../src/core/units/day.ts';

test('agrees with the reader of written times wherever it answers', () => {
  const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
  const zone = fc.oneof(
    fc.constant('Z'),
    fc.tuple(fc.constantFrom('+', '-'), two, two).map(([s, h, m]) => `${s}${h}:${m}`),
  );
  const year = fc.integer({ min: 1990, max: 2099 });
  fc.assert(
    fc.property(fc.tuple(year, two, two), fc.tuple(two, two, two), zone, (day, time, offset) => {
      const text = `${day.join('-')}T${time.join(':')}${offset}`;
      expect(parseInstantFast(text)).toBe(parseWrittenTime(text)?.instant ?? null);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['2026-11-05T14:30:00Z', '2026-11-05T14:30:00.000Z'],
  ['2026-11-05T14:30:00-05:00', '2026-11-05T19:30:00.000Z'],
  ['2026-02-28T23:59:59+05:30', '2026-02-28T18:29:59.000Z'],
])('%s', (text, expected) => {
  expect(new Date(parseInstantFast(text) ?? 0).toISOString()).toBe(expected);
});

test.each([
  '2026-02-30T10:00:00Z',
  '2026-11-05T24:00:00Z',
  '2026-11-05 14:30:00Z',
  '2026-11-05T14:30:00',
  '0026-11-05T14:30:00Z',
  '',
])('leaves %j to the long way', (text) => {
  expect(parseInstantFast(text)).toBeNull();
});

test('an instant is written as the text it is read from', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true }),
      (date) => {
        expect(formatInstant(date.getTime())).toBe(date.toISOString().replace('.000Z', 'Z'));
      },
    ),
  );
});
