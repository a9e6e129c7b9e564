/** `vendors`: a price sheet judged row by row in its order, and the scorecards of the latest report. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type Register, runCli } from '../../src/cli/program.ts';
import { registerVendors } from '../../src/cli/vendors.command.ts';
import { schema } from '../../src/schema.ts';
import { ROOT } from '../support/rating.ts';

const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
afterAll(() => rmSync(folder, { recursive: true }));

class Text extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new Text(), new Text()];
  const io = { stdout, stderr, now: () => Date.UTC(2026, 7, 5), root: ROOT };
  const register: Register = (program, cliIo) => registerVendors(program, cliIo, schema);
  const commands = { vendors: () => Promise.resolve(register) };
  const code = await runCli(['vendors', ...words], commands, io);
  return { code, out: stdout.text, err: stderr.text };
}

function sheet(text: string): string {
  const path = join(folder, 'prices.csv');
  writeFileSync(path, text);
  return path;
}

const rows = [
  'Service,Weight_oz,zone,PRICE,dims,packaging,note',
  'Ground Advantage,20,8,12.87,,,"published, in full"',
  'USPS Priority Mail,16,,2.40,,Medium Flat Rate Box,',
  'GA,20,8,25.00,,,',
  'GA,20,5,6.50,6x6x4,,',
  'ups,20,5,7.40,6x6,,',
];

test('a sheet is judged row by row, in its order, and summed up', async () => {
  const { code, out } = await run('check-prices', sheet(`${rows.join('\n')}\n`), '--vendor', 'Acme');
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    'Prices of Acme for parcels mailed on 2026-08-05',
    '',
    'row  service                             weight   zone  price  verdict',
    '2    ground_advantage                    1.25 lb  8     12.87  lawful',
    '3    priority_mail medium_flat_rate_box  1 lb     any   2.40   under the lowest lawful price by 85.8 %: lowest lawful price: 21.17 less 20 % is 16.94',
    expect.stringMatching(/^4 .*above retail: the published retail price is \d+\.\d\d$/) as string,
    expect.stringMatching(/^5 .*unknown: Ground Advantage could have been sold at a cubic price/) as string,
    expect.stringMatching(/^6 .*not read: service "ups" is not a service .*; dims "6x6" is not three sides/) as string,
    '',
    '5 rows: 1 under the lowest lawful price, 1 lawful, 1 above retail, 1 unknown, 1 not read',
    '',
  ]);
});

test('as CSV the columns of the file come out as they are, with what was found behind them', async () => {
  const { out } = await run('check-prices', sheet(`${rows.join('\n')}\n`), '--vendor', 'Acme', '--csv');
  const lines = out.split('\n');
  expect(lines[0]).toBe(`${rows[0] ?? ''},verdict,under_share,lowest_lawful,ceiling,published_commercial,why`);
  expect(lines[1]).toMatch(/^Ground Advantage,20,8,12\.87,,,"published, in full",lawful,,10\.30,\d+\.\d\d,12\.87,$/);
  expect(lines[2]).toMatch(
    /^USPS Priority Mail,16,,2\.40,,Medium Flat Rate Box,,under_floor,0\.858,16\.94,24\.80,21\.17,/,
  );
  expect(lines[5]).toMatch(/^ups,20,5,7\.40,6x6,,,not_read,,,,,"service ""ups"" is not/);
  expect(lines).toHaveLength(7);
});

test('as JSON one price over everything is named', async () => {
  const flat = [1, 4, 8].flatMap((zone) => [8, 20, 40].map((ounces) => `Acme,GA,${ounces},${zone},2.40`));
  const path = sheet(`vendor,service,weight_oz,zone,price\n${flat.join('\n')}\n`);
  const { out } = await run('check-prices', path, '--vendor', 'ACME', '--date', '2026-11-05', '--json');
  expect(JSON.parse(out)).toMatchObject({
    vendor: 'ACME',
    day: '2026-11-05',
    rows: Array.from({ length: 9 }, () => ({ verdict: 'under_floor', problem: null })),
    summary: { rows: 9, notRead: 0, verdicts: { under_floor: 9 }, flatPrice: { price: '2.40', zones: 3, weights: 3 } },
  });
  const text = await run('check-prices', path, '--vendor', 'Acme');
  expect(text.out).toMatch(
    /One price, 2\.40, stands on 9 rows over 3 zones and 3 weights; the published commercial prices run from/,
  );
});

test("the vendor's contract, where one is on file, is the lowest and the highest lawful price", async () => {
  const contracts = join(folder, 'contracts');
  mkdirSync(contracts);
  writeFileSync(
    join(contracts, 'acme.yaml'),
    'vendors: [Acme]\neffective_from: 2026-01-01\nlines:\n  - { services: [ground_advantage], discount: 0.35 }\n',
  );
  const path = sheet('service,weight_oz,zone,price\nGA,20,8,8.37\nGA,20,8,9.00\nGA,20,8,6.00\n');
  const judged = async (...more: string[]): Promise<string[]> => {
    const { out } = await run('check-prices', path, '--vendor', 'acme', '--csv', ...more);
    return out
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',')[4] ?? '');
  };
  expect(await judged()).toEqual(['low', 'low', 'under_floor']);
  expect(await judged('--contracts', contracts)).toEqual(['lawful', 'above_contract', 'under_floor']);
});

test.each<[string, string[], RegExp]>([
  ['no vendor', ['check-prices', 'x.csv'], /required option '--vendor <name>'/],
  [
    'a file that is not there',
    ['check-prices', join(folder, 'none.csv'), '--vendor', 'A'],
    /none\.csv cannot be found/,
  ],
  [
    'a day there is not',
    ['check-prices', 'x.csv', '--vendor', 'A', '--date', '2026-02-30'],
    /--date "2026-02-30" is not a day/,
  ],
  [
    'two forms at once',
    ['check-prices', 'x.csv', '--vendor', 'A', '--csv', '--json'],
    /choose one of --csv and --json/,
  ],
])('%s is wrong usage', async (_, words, message) => {
  const { code, out, err } = await run(...words);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
});

test('a file that is no price sheet is refused with the columns it lacks', async () => {
  const { code, err } = await run('check-prices', sheet('service,zone\nGA,8\n'), '--vendor', 'A');
  expect(code).toBe(2);
  expect(err).toMatch(
    /is no price sheet: the required column weight_oz is missing .*; the required column price is missing/,
  );
});

test('a row of another vendor is not judged', async () => {
  const path = sheet('vendor,service,weight_oz,price\nOther,GA,20,2.40\n');
  const { out } = await run('check-prices', path, '--vendor', 'Acme');
  expect(out).toMatch(/not read: vendor "Other" names another vendor than the one given for the file, Acme/);
  expect(out).toMatch(/1 row: 1 not read/);
});
