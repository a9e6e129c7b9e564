/** A customer's own zone charts: what they overrule, what they leave to the rule, and how a wrong one is named. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalog } from '../../src/catalog/catalog.ts';
import { loadZones } from '../../src/catalog/zones.ts';
import type { Service } from '../../src/core/label/label.ts';
import type { ZoneAnswer } from '../../src/core/rating/answer.ts';
import type { ZoneTables } from '../../src/core/rating/zone-tables.ts';
import { zoneOf } from '../../src/core/rating/zone.ts';
import { UsageError } from '../../src/platform/errors.ts';

const ROOT = join(import.meta.dirname, '..', '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'charts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | object): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

const load = (): ZoneTables => loadZones(ROOT, folder);

function zone(tables: ZoneTables, from: string, to: string, service: Service = 'priority_mail'): ZoneAnswer {
  return zoneOf({ originZip: from, destinationZip: to, service, weightMilliOz: 16_000 }, tables);
}

/** "5 chart": the zone and how it was decided. */
function words(answer: ZoneAnswer): string {
  return answer.known ? `${answer.zone} ${answer.how}` : answer.reason;
}

interface Cell {
  ZipCodes: string;
  Zone: string;
  MailService?: string;
}

/** A page of an origin in Chicago, as USPS answers it: made up, with the marks such pages carry. */
function page(over: { Column0?: Cell[]; Zip5Digit?: Cell[]; PageError?: string } = {}): object {
  return {
    ZIPCodeError: '',
    ShippingDateError: '',
    PageError: '',
    EffectiveDate: 'October 1, 2026',
    Column0: [{ ZipCodes: '005', Zone: '5', MailService: '' }],
    Column1: [],
    Column2: [],
    Column3: [],
    Zip5Digit: [],
    ...over,
  };
}

const header = 'origin_zip3,destination_zip3,zone\n';

describe('a CSV file of pairs', () => {
  test('overrules the rule in the direction it names and no other', () => {
    write('ours.csv', `${header}606,802,6\n`);
    const tables = load();
    expect(words(zone(tables, '60607', '80202'))).toBe('6 chart');
    expect(words(zone(tables, '80202', '60607'))).toBe('5 distance');
    expect(tables.charts).toMatchObject([{ pairs: [{ origin: 606, destination: 802, zone: 6 }], leftToRule: 0 }]);
  });

  test('overrules listed pairs, and an area to itself', () => {
    write('ours.csv', `${header}032,040,2\n100,100,2\n`);
    const tables = load();
    expect(words(zone(tables, '03201', '04001'))).toBe('2 chart');
    expect(words(zone(tables, '10001', '10027'))).toBe('2 chart');
  });

  test('keeps the distance, and the margin of a border: the vendor may still use the chart of another year', () => {
    const [from, to] = nearAnEdge();
    write('ours.csv', `${header}${from},${to},4\n`);
    const answer = zone(load(), `${from}01`, `${to}01`);
    expect(answer).toMatchObject({ zone: 4, how: 'chart', nearEdge: true });
    expect(answer.known && answer.miles).toBeGreaterThan(0);
  });

  test('may have ZIP codes of five digits, cut where all of an area agree, quotes and CRLF', () => {
    write('ours.csv', '\uFEFForigin_zip3,destination_zip3,zone\r\n60607,80202,6\r\n"606","80203",6\r\n');
    expect(words(zone(load(), '60699', '80299'))).toBe('6 chart');
  });

  test('leaves the Pacific area to the rule, which tells its two zones apart', () => {
    write('ours.csv', `${header}606,969,9\n60607,96910,8\n60607,96960,9\n`);
    const tables = load();
    expect(words(zone(tables, '60607', '96910'))).toBe('8 pacific_969');
    expect(words(zone(tables, '60607', '96960'))).toBe('9 freely_associated_state');
    expect(tables.charts[0]).toMatchObject({ pairs: [], leftToRule: 0 });
  });

  test('counts a zone of the Pacific area that the rule contradicts', () => {
    write('ours.csv', `${header}60607,96910,9\n`);
    expect(load().charts[0]).toMatchObject({ pairs: [], leftToRule: 1 });
  });

  test('decides the Pacific area for its neighbours, to whom one zone applies', () => {
    write('ours.csv', `${header}967,969,2\n`);
    expect(words(zone(load(), '96701', '96960'))).toBe('2 chart');
  });

  test('counts pairs of areas that are not on file, whose zone stays unknown', () => {
    write('ours.csv', `${header}000,606,5\n`);
    const tables = load();
    expect(tables.charts[0]).toMatchObject({ leftToRule: 1 });
    expect(words(zone(tables, '00012', '60607'))).toBe('zip_unknown');
  });

  test('says nothing of military mail that goes by the gateway', () => {
    write('ours.csv', `${header}606,090,6\n`);
    const tables = load();
    expect(words(zone(tables, '60607', '09012'))).toBe('1 military_gateway');
    expect(words(zone(tables, '60607', '09012', 'priority_mail_express'))).toBe('6 chart');
  });
});

describe('an answer of the zone chart page', () => {
  test('decides areas and ranges of them, whatever distribution centre they have in common', () => {
    write('606.json', page({ Column0: [cell('005---009', '7'), cell('600---603', '2*'), cell('96700', '8')] }));
    const tables = load();
    expect(words(zone(tables, '60607', '00501'))).toBe('7 chart');
    expect(words(zone(tables, '60607', '60201'))).toBe('2 chart');
    expect(words(zone(tables, '60607', '96701'))).toBe('8 chart');
    expect(words(zone(tables, '60607', '80202'))).toBe('5 distance');
    expect(tables.charts).toMatchObject([{ effective: 'October 1, 2026', leftToRule: 0 }]);
  });

  test('gives military mail by Priority the zone of its ZIP codes of five digits, other services that of the area', () => {
    write(
      'chart-606.json',
      page({
        Column0: [cell('090---099', '6+'), cell('962---966', '8*+')],
        Zip5Digit: [cell('09000---09999', '2', 'Priority Mail'), cell('96200---96699', '2', 'Priority Mail')],
      }),
    );
    const tables = load();
    expect(words(zone(tables, '60607', '09012'))).toBe('2 chart');
    expect(words(zone(tables, '60607', '96201'))).toBe('2 chart');
    expect(words(zone(tables, '60607', '09012', 'priority_mail_express'))).toBe('6 chart');
    expect(words(zone(tables, '60607', '96201', 'ground_advantage'))).toBe('8 chart');
    expect(tables.charts[0]).toMatchObject({ leftToRule: 0 });
  });

  test('agrees with the rule about the Pacific area and leaves it there', () => {
    const Zip5Digit = [cell('96900---96938', '8'), cell('96945---96959', '8'), cell('96971---96999', '8')];
    write('606.json', page({ Column0: [cell('969', '9+')], Zip5Digit }));
    const tables = load();
    expect(words(zone(tables, '60607', '96910'))).toBe('8 pacific_969');
    expect(words(zone(tables, '60607', '96960'))).toBe('9 freely_associated_state');
    expect(tables.charts[0]).toMatchObject({ leftToRule: 0 });
  });

  test.each<[string, { Column0: Cell[]; Zip5Digit?: Cell[] }, number]>([
    ['a mark nobody explained', { Column0: [cell('802', '6#')] }, 1],
    ['exceptions of five digits that are not listed', { Column0: [cell('802', '6+')] }, 1],
    ['the marks of the matrix file for them', { Column0: [cell('801', '6e'), cell('802', '6b')] }, 2],
    ['an exception of five digits', { Column0: [cell('802', '6+')], Zip5Digit: [cell('80202', '4')] }, 1],
    ['a zone for one service only', { Column0: [cell('802', '6', 'Priority Mail')] }, 1],
    ['two zones for one area', { Column0: [cell('802', '6'), cell('80299', '4')] }, 1],
    ['military exceptions that are not listed', { Column0: [cell('090---099', '6+')] }, 10],
    [
      'military exceptions for a part of an area',
      { Column0: [], Zip5Digit: [cell('09000---09050', '2', 'Priority Mail')] },
      1,
    ],
    [
      'military exceptions of two zones, for all of it goes to one point',
      {
        Column0: [cell('090', '6+')],
        Zip5Digit: [cell('09000---09099', '2', 'Priority Mail'), cell('09100---09199', '3', 'Priority Mail')],
      },
      2,
    ],
  ])('leaves to the rule, and counts: %s', (_, over, leftToRule) => {
    write('606.json', page(over));
    const tables = load();
    expect(tables.charts[0]).toMatchObject({ leftToRule });
    expect(words(zone(tables, '60607', '80202'))).toBe('5 distance');
    expect(words(zone(tables, '60607', '09012'))).toBe('1 military_gateway');
  });

  test('a mark for military mail that the page does not list leaves the gateway as it is', () => {
    write('606.json', page({ Column0: [cell('090', '61'), cell('091', '6a')] }));
    const tables = load();
    expect(words(zone(tables, '60607', '09012'))).toBe('1 military_gateway');
    expect(words(zone(tables, '60607', '09112', 'priority_mail_express'))).toBe('6 chart');
    expect(tables.charts[0]).toMatchObject({ leftToRule: 0 });
  });
});

test('the catalog of a service with charts rates by them, and is of another data version', () => {
  write('ours.csv', `${header}606,802,6\n`);
  const catalog = new Catalog(ROOT, { zoneCharts: folder });
  expect(words(zone(catalog.rating.zones, '60607', '80202'))).toBe('6 chart');
  expect(catalog.dataVersion).not.toBe(new Catalog(ROOT).dataVersion);
});

describe('a wrong chart is refused by file, row and field', () => {
  test.each<[string, string, string | object, RegExp]>([
    ['a missing column', 'a.csv', 'origin_zip3,zone\n606,6\n', /a\.csv:1 \(destination_zip3\): the column is missing/],
    [
      'a ZIP that lost its zero',
      'a.csv',
      `${header}606,802,6\n32,040,1\n`,
      /a\.csv:3 \(origin_zip3\): "32" is not a ZIP/,
    ],
    ['letters for a ZIP', 'a.csv', `${header}606,H0H,6\n`, /a\.csv:2 \(destination_zip3\): "H0H" is not a ZIP/],
    ['no zone', 'a.csv', `${header}606,802,10\n`, /a\.csv:2 \(zone\): "10" is not a zone; write a number from 1 to 9/],
    [
      'a pair said twice',
      'a.csv',
      `${header}606,802,5\n60607,80202,6\n`,
      /a\.csv:3 \(zone\): 606 to 802 is zone 6 here and zone 5 in row 2; remove one of them/,
    ],
    ['a row too long', 'a.csv', `${header}606,802,5,6\n`, /a\.csv:2: has 4 cells where the header has 3/],
    ['no JSON', '606.json', '<html>', /606\.json: cannot be read as JSON/],
    [
      'another document',
      '606.json',
      { zones: [] },
      /606\.json \(Column0\): is not as the USPS zone chart page answers/,
    ],
    [
      'an error of the page',
      '606.json',
      page({ PageError: 'No Zones found' }),
      /\(PageError\): the page answered "No Zones/,
    ],
    ['a place that is none', '606.json', page({ Column0: [cell('80', '5')] }), /\(Column0\[0\]\): "80" is neither/],
    ['a range that runs backwards', '606.json', page({ Column0: [cell('810---802', '5')] }), /"810---802" is neither/],
    ['a zone that is none', '606.json', page({ Column0: [cell('802', 'x')] }), /\(Column0\[0\]\): "x" does not begin/],
    [
      'a list that is none',
      '606.json',
      page({ Zip5Digit: [cell('802', '5')] }),
      /\(Zip5Digit\[0\]\): "802" is neither/,
    ],
    ['a page without its origin', 'chart.json', page(), /chart\.json: name the file after the chart's origin/],
    ['a page with two origins', '606-607.json', page(), /name the file after the chart's origin/],
    [
      'another kind of file',
      'chart.xlsx',
      '',
      /chart\.xlsx: a folder of zone charts holds \.csv and \.json files only/,
    ],
  ])('%s', (_, name, content, message) => {
    write(name, content);
    expect(load).toThrow(UsageError);
    expect(load).toThrow(message);
  });

  test('two charts that contradict each other', () => {
    write('606.json', page({ Column0: [cell('802', '6')] }));
    write('ours.csv', `${header}606,802,5\n`);
    expect(load).toThrow(/ours\.csv: 606 to 802 is zone 5 here and zone 6 in .*606\.json; remove one/);
  });

  test('a folder that is not there', () => {
    expect(() => loadZones(ROOT, join(folder, 'none'))).toThrow(/the folder of zone charts .* cannot be read/);
  });

  test('an empty folder changes nothing', () => {
    expect(load().pairs).toEqual(loadZones(ROOT).pairs);
  });
});

function cell(ZipCodes: string, Zone: string, MailService = ''): Cell {
  return { ZipCodes, Zone, MailService };
}

/** Some two areas whose distance lies within the margin of a border. */
function nearAnEdge(): [string, string] {
  const tables = loadZones(ROOT);
  for (let area = 101; area < 999; area += 1) {
    const to = String(area);
    const answer = zone(tables, '10001', `${to}01`);
    if (answer.known && answer.nearEdge) return ['100', to];
  }
  throw new Error('no area near an edge');
}
