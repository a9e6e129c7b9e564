/** What a clock on the wall showed, and when that was. */
import fc from 'fast-check';
import { formatInstant } from '../../../src/core/units/day.ts';
import { localInstant, wallClock } from '../../../src/core/units/local-time.ts';

const instant = (written: string, zone: string) => {
  const found = localInstant(written, zone);
  return found === null ? null : formatInstant(found);
};

describe('a local time of a zone', () => {
  test.each([
    ['2024-02-01T00:26', 'America/New_York', '2024-02-01T05:26:00Z'],
    ['2024-07-01T00:26:30', 'America/New_York', '2024-07-01T04:26:30Z'],
    ['2024-07-01 23:59', 'America/Los_Angeles', '2024-07-02T06:59:00Z'],
    ['2024-07-01T12:00', 'America/Phoenix', '2024-07-01T19:00:00Z'],
    ['2024-07-01T12:00', 'Pacific/Guam', '2024-07-01T02:00:00Z'],
    ['2024-02-29', 'America/Chicago', '2024-02-29T06:00:00Z'],
    // Clocks are put forward from 2 to 3 on this day: midnight is still winter's.
    ['2024-03-10', 'America/New_York', '2024-03-10T05:00:00Z'],
  ])('%s in %s is %s', (written, zone, expected) => expect(instant(written, zone)).toBe(expected));

  test.each([
    ['2024-03-10T01:59', '2024-03-10T06:59:00Z'],
    ['2024-03-10T02:30', '2024-03-10T07:30:00Z'],
    ['2024-03-10T03:00', '2024-03-10T07:00:00Z'],
  ])('around the skipped hour in New York: %s is %s', (written, expected) =>
    expect(instant(written, 'America/New_York')).toBe(expected),
  );

  test.each([
    ['2024-11-03T00:59', '2024-11-03T04:59:00Z'],
    ['2024-11-03T01:30', '2024-11-03T05:30:00Z'],
    ['2024-11-03T02:00', '2024-11-03T07:00:00Z'],
  ])('around the hour shown twice in New York: %s is %s', (written, expected) =>
    expect(instant(written, 'America/New_York')).toBe(expected),
  );

  test.each(['2024-02-30T10:00', '2024-02-01T25:00', '2024-02-01T10:00Z', '2024-02-01T10:00-05:00', 'noon', ''])(
    '"%s" is no local time',
    (written) => {
      expect(wallClock(written)).toBeNull();
      expect(localInstant(written, 'America/New_York')).toBeNull();
    },
  );

  test('that was shown at an instant leads back to it, but for the hour shown twice', () => {
    const zones = [
      'America/New_York',
      'America/Denver',
      'America/Anchorage',
      'Pacific/Honolulu',
      'America/Puerto_Rico',
    ];
    const from = Date.UTC(2010, 0, 1) / 60_000;
    const to = Date.UTC(2035, 0, 1) / 60_000;
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), fc.constantFrom(...zones), (minutes, zone) => {
        const at = minutes * 60_000;
        const shown = new Date(at).toLocaleString('sv-SE', { timeZone: zone });
        const back = localInstant(shown, zone);
        expect(new Date(back ?? 0).toLocaleString('sv-SE', { timeZone: zone })).toBe(shown);
        expect([at, at - 3_600_000]).toContain(back);
      }),
    );
  });
});
