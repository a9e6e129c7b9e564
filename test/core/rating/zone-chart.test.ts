/** Charts of any content are read or refused with a reason, and what is read decides only what it says. */
import fc from 'fast-check';
import { readChartPage } from '../../../src/core/rating/zone-chart-page.ts';
import type { ChartGround } from '../../../src/core/rating/zone-chart-pairs.ts';
import { readChartRows } from '../../../src/core/rating/zone-chart-rows.ts';

const at = { latitude: 40, longitude: -90 };
const ground: ChartGround = {
  points: ['090', '606', '802', '969'].map((zip3) => ({ zip3, ...at })),
  exceptions: [],
  military: {
    zip3s: ['090'],
    gateway: { ...at, zip3s: ['090'], services: [{ service: 'priority_mail', underMilliOz: null }] },
  },
  pacific: { zip3: '969', zone: 8, freelyAssociated: { zone: 9, zips: ['96960'] } },
};

const places = fc.constantFrom('606', '802', '090', '969', '802---810', '96910', '09000---09099', '9', '', '810---802');
const zones = fc.constantFrom('1', '5*', '9+', '6e', '4*+', '61', '0', '10', '5?', '', 'zone');
const cell = fc.record({
  ZipCodes: places,
  Zone: zones,
  MailService: fc.constantFrom('', 'Priority Mail', 'Priority Mail Express', null),
});
const cells = fc.array(cell, { maxLength: 4 });
const page = fc.record({ Column0: cells, Column1: cells, Column2: cells, Column3: cells, Zip5Digit: cells });

test('any document is a chart or a problem with a reason', () => {
  fc.assert(
    fc.property(fc.oneof(page, fc.jsonValue()), (document) => {
      const read = readChartPage({ file: 'x.json', origin: 606, document }, ground);
      if (!read.ok) expect(read.problem.message).not.toBe('');
      else
        for (const { zone } of [...read.value.pairs, ...read.value.toGateway])
          expect(zone >= 1 && zone <= 9).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('any rows are a chart or a problem at one of them', () => {
  const zip = fc.constantFrom('606', '802', '60607', '80202', '969', '96910', '96960', '000', '6', '', 'abc');
  const row = fc.record({
    origin_zip3: zip,
    destination_zip3: zip,
    zone: fc.constantFrom('1', '5', '8', '9', '0', ''),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const numbered = rows.map((each, index) => ({ row: index + 2, cells: each }));
      const read = readChartRows('x.csv', numbered, ground);
      if (!read.ok) {
        expect(read.problem.row).toBeGreaterThanOrEqual(2);
        return;
      }
      for (const { origin, destination, zone } of read.value.pairs) {
        const says = rows.filter((each) => isPair(each, origin, destination)).map((each) => Number(each.zone));
        expect(new Set(says)).toEqual(new Set([zone]));
      }
    }),
    { numRuns: 2000 },
  );
});

function isPair(row: { origin_zip3: string; destination_zip3: string }, origin: number, destination: number): boolean {
  return Number(row.origin_zip3.slice(0, 3)) === origin && Number(row.destination_zip3.slice(0, 3)) === destination;
}
