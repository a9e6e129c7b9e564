/** `quote`, from the words of a command line to what it prints. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { runCli } from '../../src/cli/program.ts';
import { registerQuote } from '../../src/cli/quote.command.ts';
import { ROOT } from '../support/rating.ts';

const folder = mkdtempSync(join(tmpdir(), 'quote-'));
afterAll(() => rmSync(folder, { recursive: true }));

class Text extends Writable {
  text = '';
  /** The longest stretch of output waiting to be taken. */
  waiting = 0;

  constructor(private readonly slow = false) {
    super({ decodeStrings: false, highWaterMark: 16 });
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    this.waiting = Math.max(this.waiting, this.writableLength);
    if (this.slow) setTimeout(done, 1);
    else done();
  }
}

interface Ran {
  code: number;
  out: string;
  err: string;
}

async function run(...words: string[]): Promise<Ran> {
  const [stdout, stderr] = [new Text(), new Text()];
  const io = { stdout, stderr, now: () => Date.UTC(2026, 10, 23, 23, 59), root: ROOT };
  const code = await runCli(['quote', ...words], { quote: () => Promise.resolve(registerQuote) }, io);
  return { code, out: stdout.text, err: stderr.text };
}

async function quoteRows(text: string): Promise<string[]> {
  const path = join(folder, 'in.csv');
  writeFileSync(path, text);
  const { code, out } = await run('--file', path);
  expect(code).toBe(0);
  return out.trimEnd().split('\n');
}

const parcel = ['--service', 'Ground Advantage', '--from', '10001', '--to', '94105', '--weight-oz', '20'];

describe('one parcel', () => {
  test("is quoted in the zone of the user's own chart, and what the charts say is told apart from the price", async () => {
    const charts = mkdtempSync(join(folder, 'charts-'));
    writeFileSync(join(charts, 'ours.csv'), 'origin_zip3,destination_zip3,zone\n100,941,7\n');
    const { code, out, err } = await run(...parcel, '--zone-charts', charts);
    expect(code).toBe(0);
    expect(out).toContain('10001 to 94105 (zone 7)');
    expect(err).toBe('Zone charts: 1 file, 1 pair\n');
    const file = join(folder, 'charted.csv');
    writeFileSync(file, 'service,from,to,weight_oz,date\nground_advantage,10001,94105,20,2026-11-05\n');
    expect((await run('--file', file, '--zone-charts', charts)).out).toMatch(/,7,/);
  });

  test('a wrong chart is refused, naming file, row and field', async () => {
    const charts = mkdtempSync(join(folder, 'charts-'));
    writeFileSync(join(charts, 'ours.csv'), 'origin_zip3,destination_zip3,zone\n100,941,11\n');
    const { code, out, err } = await run(...parcel, '--zone-charts', charts);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/ours\.csv:2 \(zone\): "11" is not a zone/);
  });

  test('is quoted for today, commercial, as a package, with rule and source of every item', async () => {
    const { code, out } = await run(...parcel);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        'Ground Advantage commercial, 10001 to 94105 (zone 8), mailed 2026-11-23',
        '',
        '  base   12.87  Ground Advantage commercial, zone 8, not over 2 lb',
        '                USPS Ground Advantage commercial prices in force from 12 July 2026',
        '  peak    0.55  Peak-season increase: Ground Advantage commercial, zone 8, not over 2 lb',
        '                USPS peak-season increases from 4 October 2026 to 17 January 2027',
        '  price  13.42  USD, billed as 2 lb',
        '',
      ].join('\n'),
    );
  });

  test('is quoted as JSON', async () => {
    const { out } = await run(
      ...parcel,
      '--date',
      '2025-11-01',
      '--price-list',
      'retail',
      '--dims',
      '10x8x4',
      '--json',
    );
    expect(JSON.parse(out)).toEqual({
      price: '17.15',
      currency: 'USD',
      zone: 8,
      billedWeightOz: 32,
      items: [
        {
          item: 'base',
          amount: '17.15',
          rule: 'Ground Advantage retail, zone 8, not over 2 lb',
          source: 'usps-notice-123-2025-10-05',
        },
      ],
      problem: null,
    });
  });

  test('is quoted with surcharges and extra services, one line each', async () => {
    const bought = ['--insured-value', '250', '--extra-services', 'Signature Confirmation; tracking'];
    const long = ['--date', '2025-11-01', '--dims', '31x4x4', '--nonstandard'];
    const { code, out } = await run(...parcel, ...long, ...bought);
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => /^ {2}\S/.test(line))).toEqual([
      '  base                        11.85  Ground Advantage commercial, zone 8, not over 2 lb',
      '  nonstandard_length           8.40  Ground Advantage commercial: longest side over 30 in',
      '  nonstandard_characteristics  4.00  Ground Advantage commercial: nonstandard characteristics',
      '  insurance                    4.45  Insurance, value 250.00 (over 200.00 to 300.00)',
      '  signature_confirmation       3.95  Signature confirmation',
      '  price                       32.65  USD, billed as 2 lb',
    ]);
  });

  test('that is no box counts less of its sides', async () => {
    const tube = [...parcel, '--date', '2026-08-01', '--dims', '20x12x9'];
    const box = await run(...tube, '--json');
    const shaped = await run(...tube, '--non-rectangular', '--json');
    expect(JSON.parse(box.out)).toMatchObject({ price: '34.29', billedWeightOz: 256 });
    expect(JSON.parse(shaped.out)).toMatchObject({ price: '12.87', billedWeightOz: 32 });
  });

  test('nobody published a price for is answered with the reason', async () => {
    const text = await run(...parcel, '--packaging', 'cubic');
    expect(text).toMatchObject({
      code: 0,
      out: expect.stringContaining('No price: No cubic price of Ground Advantage') as string,
    });
    const json = await run(...parcel, '--date', '2026-05-01', '--json');
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toEqual({
      price: null,
      currency: 'USD',
      zone: 8,
      billedWeightOz: null,
      items: [],
      problem: 'No price list is at hand for 2026-05-01.',
    });
  });
});

describe('wrong usage ends with exit code 2 and a sentence', () => {
  test.each<[string, string[], RegExp]>([
    ['nothing asked', [], /--service is empty; --from is empty/],
    ['an unknown service', [...parcel, '--service', 'ups'], /--service "ups" is not a service/],
    ['a weight that is none', [...parcel, '--weight-oz', '-1'], /--weight-oz "-1" is not a weight/],
    ['two sides', [...parcel, '--dims', '10x8'], /--dims "10x8" is not three sides/],
    ['a day there is not', [...parcel, '--date', '2026-02-30'], /--date "2026-02-30" is not a day/],
    ['another list', [...parcel, '--price-list', 'nsa'], /--price-list "nsa" is neither retail nor commercial/],
    ['a value that is none', [...parcel, '--insured-value', 'much'], /--insured-value "much" is not an amount/],
    [
      'an unknown extra',
      [...parcel, '--extra-services', 'cod;drone'],
      /--extra-services "drone" names an extra service/,
    ],
    ['a file and an extra', ['--file', 'x.csv', '--nonstandard'], /--file takes no other option/],
    ['a file and a parcel', [...parcel, '--file', 'x.csv'], /--file takes no other option/],
    ['a file that is not there', ['--file', join(folder, 'none.csv')], /none\.csv cannot be found/],
    ['a folder', ['--file', folder], /is not a regular file|is a folder/],
  ])('%s', async (_, words, message) => {
    const { code, out, err } = await run(...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  test('a file without a column that is needed', async () => {
    const path = join(folder, 'columns.csv');
    writeFileSync(path, 'service,from,weight_oz\n');
    expect(await run('--file', path)).toMatchObject({
      code: 2,
      err: expect.stringContaining('has no column to;') as string,
    });
  });
});

describe('a file', () => {
  test('comes out with the same columns and rows, then price, zone, breakdown and problem', async () => {
    const rows = await quoteRows(
      '\uFEFFid,Service,FROM,to,weight_oz,note,date\r\n' +
        '1,usps_ground_advantage,10001,94105,20,"a, ""b""",2026-11-05\r\n' +
        '2,Priority Mail,10001,94105-1234,20,,2026-08-01\r\n',
    );
    expect(rows).toEqual([
      'id,Service,FROM,to,weight_oz,note,date,price,zone,breakdown,problem',
      '1,usps_ground_advantage,10001,94105,20,"a, ""b""",2026-11-05,13.42,8,base 12.87; peak 0.55,',
      '2,Priority Mail,10001,94105-1234,20,,2026-08-01,16.37,8,base 16.37,',
    ]);
  });

  test('keeps a row that is wrong, and says what is', async () => {
    const rows = await quoteRows(
      'service,from,to,weight_oz,dims,packaging\n' +
        'ups,1,94105,x,9,tin\n' +
        'GA,10001\n' +
        'GA,10001,94105,20,,,,\n' +
        'GA,10001,94105,20,"10x8\n' +
        'GA,10001,94105,20,13x12x12,\n' +
        'GA,10001,94105,20,10 X 8 × 4,soft pack\n',
    );
    expect(rows.slice(1)).toEqual([
      'ups,1,94105,x,9,tin,,,,"service ""ups"" is not a service this program knows; from ""1"" is not a ZIP of five digits; ' +
        'weight_oz ""x"" is not a weight such as 15.9; dims ""9"" is not three sides such as 10x8x4; ' +
        'packaging ""tin"" is not a packaging this program knows"',
      'GA,10001,,,,,,,,to is empty; weight_oz is empty',
      'GA,10001,94105,20,,,,,,has 8 cells where the header has 6',
      ',,,,,,,,,a quotation mark is opened on this row and never closed',
      'GA,10001,94105,20,13x12x12,,33.28,8,base 31.53; peak 1.75,',
      'GA,10001,94105,20,10 X 8 × 4,soft pack,13.42,8,base 12.87; peak 0.55,',
    ]);
  });

  test('of many rows is written as fast as it is taken, in order', async () => {
    const path = join(folder, 'many.csv');
    const count = 20_000;
    const rows = Array.from({ length: count }, (_, index) => `${index},GA,10001,94105,${(index % 300) + 1}`);
    writeFileSync(path, `id,service,from,to,weight_oz\n${rows.join('\n')}\n`);
    const stdout = new Text(true);
    const io = { stdout, stderr: new Text(), now: () => Date.UTC(2026, 10, 23), root: ROOT };
    await runCli(['quote', '--file', path], { quote: () => Promise.resolve(registerQuote) }, io);
    const ids = stdout.text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]);
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => String(index)));
    expect(stdout.waiting).toBeLessThan(stdout.text.length);
  });
});
