import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCalendar } from '../../src/catalog/calendar.ts';
import { addBusinessDays, isBusinessDay } from '../../src/core/units/calendar.ts';

const calendar = loadCalendar(join(import.meta.dirname, '../..'));

describe('the USPS calendar', () => {
  test.each([
    ['a Saturday is worked', '2026-11-21', true],
    ['a Sunday is not', '2026-11-22', false],
    ['Thanksgiving is not', '2026-11-26', false],
    ['the day after Thanksgiving is worked', '2026-11-27', true],
    ['a holiday on a Sunday is observed on Monday', '2027-07-05', false],
    ['a holiday on a Saturday takes no Friday', '2026-07-03', true],
    ['beyond the table nobody knows', '2029-01-02', null],
  ])('%s', (_story, day, working) => {
    expect(isBusinessDay(day, calendar)).toBe(working);
  });

  test('five business days over Thanksgiving', () => {
    expect(addBusinessDays('2026-11-24', 5, calendar)).toBe('2026-12-01');
  });

  test('a year that lacks a holiday is refused', () => {
    const root = mkdtempSync(join(tmpdir(), 'calendar-'));
    try {
      mkdirSync(join(root, 'data', 'calendar'), { recursive: true });
      const file = join(root, 'data', 'calendar', 'usps-holidays.csv');
      writeFileSync(file, 'day,holiday,legal_day,source\n2026-01-01,x,2026-01-01,y\n');
      expect(() => loadCalendar(root)).toThrow(/2026 has 1 holidays/);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
