/** Reads data/calendar: the days on which USPS does not deliver although they are no Sundays. */
import { join } from 'node:path';
import { parseDay } from '../core/units/day.ts';
import type { Calendar } from '../core/units/calendar.ts';
import { CatalogError } from '../platform/errors.ts';
import { readCsv } from './csv.ts';

/** The eleven legal holidays of 5 U.S.C. 6103; a holiday on a Saturday stays there, for USPS works on the Friday. */
const HOLIDAYS_A_YEAR = 11;

/**
 * The USPS calendar of data/calendar/usps-holidays.csv. Throws a CatalogError when a day does not exist or a year does
 * not list every holiday, for then a deadline counted through it would be wrong.
 */
export function loadCalendar(root: string): Calendar {
  const file = join(root, 'data', 'calendar', 'usps-holidays.csv');
  const holidays = new Set<string>();
  const perYear = new Map<number, number>();
  for (const { line, cells } of readCsv(file).rows) {
    const day = parseDay(cells['day'] ?? '');
    const legal = parseDay(cells['legal_day'] ?? '');
    if (day === null || legal === null) throw new CatalogError({ file, row: line, field: 'day' }, 'no such day');
    holidays.add(day);
    const year = Number(legal.slice(0, 4));
    perYear.set(year, (perYear.get(year) ?? 0) + 1);
  }
  const years = [...perYear.keys()].toSorted((a, b) => a - b);
  const [firstYear, lastYear] = [years.at(0), years.at(-1)];
  if (firstYear === undefined || lastYear === undefined) throw new CatalogError({ file }, 'has no holidays');
  for (let year = firstYear; year <= lastYear; year += 1) {
    const count = perYear.get(year) ?? 0;
    if (count !== HOLIDAYS_A_YEAR) throw new CatalogError({ file }, `${year} has ${count} holidays, not 11`);
  }
  return { holidays, firstYear, lastYear };
}
