/**
 * Reads the chart of one origin as the public zone chart page of USPS answers it: four columns of destination areas,
 * and a list of ZIP codes of five digits that are zoned apart. The read-me of the zone charts matrix explains the marks.
 */
import { z } from 'zod';
import { type ChartGround, ChartPairs, type ChartResult } from './zone-chart-pairs.ts';
import type { ZoneChart } from './zone-chart.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const cell = z.object({ ZipCodes: z.string(), Zone: z.string(), MailService: text });
const cells = z.array(cell);
const pageSchema = z.object({
  PageError: text,
  ZIPCodeError: text,
  ShippingDateError: text,
  EffectiveDate: text,
  Column0: cells,
  Column1: cells,
  Column2: cells,
  Column3: cells,
  Zip5Digit: cells.nullish().transform((value) => value ?? []),
});
type Page = z.infer<typeof pageSchema>;

const COLUMNS = ['Column0', 'Column1', 'Column2', 'Column3'] as const;
const ERRORS = ['PageError', 'ZIPCodeError', 'ShippingDateError'] as const;

/**
 * Marks behind a zone. `*`: same distribution centre, which changes no zone. `+`, and `e` and `b` in the matrix file:
 * some ZIP codes of five digits are zoned apart. `1` and `a`: military mail by way of the gateway is.
 */
const FIVE_DIGIT_MARKS = /[+eb]/;
const MARKED_ZONE = /^([1-9])([*+abe1]*)$/;
/** "005", "005---098"; now and then a place is written with five digits, "96700", and cut here: all must agree. */
const AREAS = /^(\d{3})(?:\d{2})?(?:-{1,3}(\d{3})(?:\d{2})?)?$/;
const FIVE_DIGITS = /^(\d{5})(?:-{1,3}(\d{5}))?$/;
/** The services of the gateway, as the page names them for a ZIP code. */
const GATEWAY_SERVICES = /priority mail(?! express)/i;

/** Where a chart is from, and what it says. */
export interface ChartPage {
  file: string;
  /** The origin's 3-digit area, which the answer itself does not name. */
  origin: number;
  document: unknown;
}

interface Reading {
  origin: number;
  pairs: ChartPairs;
  page: Page;
  ground: ChartGround;
}

type Failure = Extract<ChartResult<never>, { ok: false }>;

/** The chart of an origin; a problem where the document is no such page or holds an error of it. */
export function readChartPage({ file, origin, document }: ChartPage, ground: ChartGround): ChartResult<ZoneChart> {
  const checked = pageSchema.safeParse(document);
  if (!checked.success) {
    const field = checked.error.issues[0]?.path.join('.') ?? '';
    return failed(field, 'is not as the USPS zone chart page answers; save the JSON of GetZoneChart unchanged');
  }
  const page = checked.data;
  const error = ERRORS.find((field) => page[field] !== '');
  if (error) return failed(error, `the page answered ${JSON.stringify(page[error])} and no chart; save it again`);
  const reading = { origin, pairs: new ChartPairs(ground), page, ground };
  const gateway = readFiveDigits(reading);
  if (!(gateway instanceof Map)) return gateway;
  const failure = readColumns(reading, gateway);
  if (failure) return failure;
  const zones = [...new Set(gateway.values())];
  const [zone] = zones;
  // All of this mail goes to one point: a chart that zones it apart is not understood.
  if (zones.length > 1) for (const area of gateway.keys()) reading.pairs.leave(origin, area);
  return {
    ok: true,
    value: {
      file,
      effective: page.EffectiveDate === '' ? null : page.EffectiveDate,
      toGateway: zone === undefined || zones.length > 1 ? [] : [{ origin, zone }],
      ...reading.pairs.decided(),
    },
  };
}

/** The zone of each military area by the services of the gateway. Other ZIP codes zoned apart leave their pair to the rule. */
function readFiveDigits({ origin, pairs, page, ground }: Reading): Map<number, number> | Failure {
  const gateway = new Map<number, number>();
  const byGateway = new Set(ground.military.gateway.zip3s.map(Number));
  const pacific = Number(ground.pacific.zip3);
  for (const [index, { ZipCodes, Zone, MailService }] of page.Zip5Digit.entries()) {
    const where = `Zip5Digit[${index}]`;
    const range = rangeOf(ZipCodes, FIVE_DIGITS);
    if (!range) return failed(where, `${JSON.stringify(ZipCodes)} is neither a ZIP of 5 digits nor a range of them`);
    const { first, last } = range;
    const marked = MARKED_ZONE.exec(Zone);
    for (let zip = first; zip <= last; zip += 1) {
      const destination = Math.floor(zip / 100);
      const wholeArea = first <= destination * 100 && last >= destination * 100 + 99;
      if (!marked) pairs.leave(origin, destination);
      else if (byGateway.has(destination) && wholeArea && GATEWAY_SERVICES.test(MailService)) {
        gateway.set(destination, Number(marked[1]));
      } else if (destination === pacific && MailService === '') {
        const destinationZip = String(zip).padStart(5, '0');
        const said = pairs.put({ origin, destination, zone: Number(marked[1]), where, destinationZip });
        if (said) pairs.leave(origin, destination);
      } else pairs.leave(origin, destination);
    }
  }
  return gateway;
}

/** Takes the pairs of the columns that are understood. */
function readColumns({ origin, pairs, page, ground }: Reading, gateway: ReadonlyMap<number, number>): Failure | null {
  const pacific = Number(ground.pacific.zip3);
  for (const column of COLUMNS) {
    for (const [index, { ZipCodes, Zone, MailService }] of page[column].entries()) {
      const where = `${column}[${index}]`;
      const range = rangeOf(ZipCodes, AREAS);
      if (!range) return failed(where, `${JSON.stringify(ZipCodes)} is neither a 3-digit area nor a range of them`);
      if (!/^[1-9]/.test(Zone)) return failed(where, `${JSON.stringify(Zone)} does not begin with a zone from 1 to 9`);
      const [, zone, marks = ''] = MARKED_ZONE.exec(Zone) ?? [];
      for (let destination = range.first; destination <= range.last; destination += 1) {
        const apartKnown = destination === pacific || gateway.has(destination);
        const understood = zone !== undefined && MailService === '' && (apartKnown || !FIVE_DIGIT_MARKS.test(marks));
        const said = understood
          ? pairs.put({ origin, destination, zone: Number(zone), where, destinationZip: null })
          : 'not understood';
        if (said) pairs.leave(origin, destination);
      }
    }
  }
  return null;
}

/** The first and last number of a range; null where the text is none, or ends before it begins. */
function rangeOf(words: string, pattern: RegExp): { first: number; last: number } | null {
  const [, from, to = from] = pattern.exec(words) ?? [];
  const range = { first: Number(from), last: Number(to) };
  return range.first <= range.last ? range : null;
}

function failed(field: string, message: string): Failure {
  return { ok: false, problem: { row: null, field, message } };
}
