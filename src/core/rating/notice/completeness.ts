/** Whether a table of published prices is complete: by its own headings, and beside the lists before it. */
import { MILLI_OZ_PER_LB, MILLI_OZ_PER_OZ, formatThousandths } from '../../units/measure.ts';
import type { SourceProblem } from './published-cell.ts';
import { type PublishedTable, tableName } from './published-table.ts';

/** What the lists before had of the same table. */
export interface EarlierTable {
  /** The steps of the latest list that has the table. */
  steps: readonly number[];
  items: readonly string[];
  zones: readonly number[];
  /** The greatest step of any list before. */
  greatestStep: number;
}

/** Everything the table lacks by its own headings: gaps between zones or weights, cells without a price. */
export function gaps(table: PublishedTable): SourceProblem[] {
  return [...zoneGaps(table), ...stepGaps(table), ...cellGaps(table)];
}

function zoneGaps(table: PublishedTable): SourceProblem[] {
  const { zones } = table;
  if (zones.length === 0) return [];
  const whole = Array.from({ length: zones.at(-1) ?? 0 }, (_, index) => index + 1);
  return whole
    .filter((zone) => !zones.includes(zone))
    .map((zone) => ({ place: tableName(table), message: `has no column for zone ${zone}` }));
}

/** Weights printed in whole ounces or pounds leave none out; tiers of volume are one step apart. */
function stepGaps(table: PublishedTable): SourceProblem[] {
  const steps = table.rows.map(({ step }) => step);
  if (table.by === 'weight') {
    const unit = steps.some((step) => step >= MILLI_OZ_PER_LB) ? MILLI_OZ_PER_LB : MILLI_OZ_PER_OZ;
    return missingMultiples(steps, unit).map((step) => lacking(table, step));
  }
  if (table.by === 'cubic') return missingMultiples(steps, Math.min(...steps)).map((step) => lacking(table, step));
  return [];
}

function missingMultiples(steps: readonly number[], unit: number): number[] {
  const count = Math.floor(Math.max(0, ...steps) / unit);
  return Array.from({ length: count }, (_, index) => (index + 1) * unit).filter((step) => !steps.includes(step));
}

function cellGaps({ rows, zones, ...table }: PublishedTable): SourceProblem[] {
  const columns = zones.length > 0 ? zones : [null];
  return rows.flatMap(({ mills, place }) => {
    if (zones.length > 0 && mills.has(null)) {
      return [{ place, message: 'states one price for all zones in a table by zones' }];
    }
    const missing = columns.filter((zone) => !mills.has(zone));
    if (missing.length === 0) return [];
    const where = missing.join(', ');
    return [{ place, message: `has no price in ${tableName({ ...table, rows, zones })} for zone ${where}` }];
  });
}

/** What the lists before had and this one has not: a page cut short, or a change that a person has to confirm. */
export function lost(table: PublishedTable, earlier: EarlierTable): SourceProblem[] {
  const place = tableName(table);
  const steps = table.rows.map(({ step }) => step);
  const zoned = table.zones.length > 0 && earlier.zones.length > 0;
  const problems: SourceProblem[] = [];
  if (zoned) {
    const zones = earlier.zones.filter((zone) => zone > (table.zones.at(-1) ?? 0));
    problems.push(
      ...zones.map((zone) => ({ place, message: `has no column for zone ${zone}, which the list before prices` })),
    );
  } else if (table.zones.length !== earlier.zones.length) {
    problems.push({ place, message: 'is by zones where the list before is not, or the reverse' });
  }
  const greatest = Math.max(0, ...steps);
  if (greatest < earlier.greatestStep) {
    const message = `ends at ${stepWords(table, greatest)} where the list before goes to ${stepWords(table, earlier.greatestStep)}`;
    problems.push({ place, message });
  }
  const small = earlier.steps.filter((step) => step < greatest && !steps.includes(step));
  return [...problems, ...small.map((step) => lacking(table, step))];
}

/** Things the list before priced and this one does not: their price is unknown, and nothing else suffers. */
export function lostItems(table: PublishedTable, earlier: EarlierTable): string[] {
  const items = table.rows.map(({ item }) => item);
  return earlier.items.filter((item) => !items.includes(item));
}

function lacking(table: PublishedTable, step: number): SourceProblem {
  return { place: tableName(table), message: `has no row for ${stepWords(table, step)}` };
}

/** "10 lb", "4 oz", "0.2 cu ft". */
export function stepWords({ by }: Pick<PublishedTable, 'by'>, step: number): string {
  if (by === 'cubic') return `${formatThousandths(step)} cu ft`;
  if (step >= MILLI_OZ_PER_LB) return `${formatThousandths(Math.round((step * 1000) / MILLI_OZ_PER_LB))} lb`;
  return `${formatThousandths(step)} oz`;
}
