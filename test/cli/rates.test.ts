/** `rates import`, from the words of a command line to the folder and what is told of it. */
import { Writable } from 'node:stream';
import { join } from 'node:path';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { runCli } from '../../src/cli/program.ts';
import { registerQuote } from '../../src/cli/quote.command.ts';
import { registerRates } from '../../src/cli/rates.command.ts';
import { CopiedData, page } from '../support/rates-import.ts';
import { ROOT } from '../support/rating.ts';

const data = new CopiedData();
beforeAll(() => data.make());
afterAll(() => data.remove());

class Text extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function run(root: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new Text(), new Text()];
  const io = { stdout, stderr, now: () => Date.UTC(2027, 0, 20), root };
  const commands = {
    rates: () => Promise.resolve(registerRates),
    quote: () => Promise.resolve(registerQuote),
  };
  const code = await runCli(words, commands, io);
  return { code, out: stdout.text, err: stderr.text };
}

function saved(name: string, text: string): string {
  const path = join(data.root, name);
  writeFileSync(path, text);
  return path;
}

test('a page that is not whole ends with every problem and exit code 2', async () => {
  const path = saved('broken.htm', page.replace('Effective January 10, 2027', '').replace('$0.82', ''));
  const { code, out, err } = await run(data.root, 'rates', 'import', path);
  expect([code, out]).toEqual([2, '']);
  const lines = err.trimEnd().split('\n');
  expect(lines[0]).toBe(`postage-auditor: ${path} is not imported, nothing is written; ${lines.length - 2} problems:`);
  expect(lines.slice(1).join('\n')).toMatch(/broken\.htm: does not state the day its prices take effect/);
  expect(lines.slice(1).join('\n')).toMatch(/Letters \(Stamped\), 1: is empty/);
});

test.each<[string, string[], RegExp]>([
  ['a last day there is not', ['--to', '2027-02-30'], /--to "2027-02-30" is not a day/],
  ['a source that is no id', ['--source', 'My Source'], /--source "My Source" is no id/],
  ['a list there is not', ['--unlabelled', 'nsa'], /Allowed choices are retail, commercial/],
])('%s is wrong usage', async (_, words, message) => {
  const { code, err } = await run(data.root, 'rates', 'import', saved('page.htm', page), ...words);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('a whole page is imported, told, and quoted from; the second time nothing changes', async () => {
  const path = saved('page.htm', page);
  const words = [
    'rates',
    'import',
    path,
    '--into',
    data.root,
    '--to',
    '2027-07-10',
    '--source',
    'my-page',
    '--title',
    'My page',
  ];
  const { code, out } = await run(ROOT, ...words);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^data\/prices\/2027-01-10: \d+ prices in \d+ tables, in force from 2027-01-10 to 2027-07-10\n {2}ground_advantage-retail\n/,
  );
  expect(out).toContain('the list 2026-10-04 now ends on 2027-01-09\n');
  expect(out).toMatch(/not imported:\n(?: {2}.+\n)* {2}Domestic \/ Priority Mail International: it is international\n/);
  expect(await run(ROOT, ...words)).toMatchObject({
    code: 0,
    out: 'data/prices/2027-01-10 was made from this source already; nothing has changed\n',
  });
  const quote = ['quote', '--service', 'GA', '--from', '10001', '--to', '94105', '--weight-oz', '20', '--json'];
  expect(JSON.parse((await run(data.root, ...quote)).out)).toMatchObject({
    price: '12.87',
    items: [{ source: 'my-page' }],
  });
});

describe('the folder to import into', () => {
  const copy = new CopiedData();
  beforeEach(() => copy.make());
  afterEach(() => copy.remove());

  test('needs no rules beside its data', async () => {
    rmSync(join(copy.root, 'rules'));
    const { code, out } = await run(ROOT, 'rates', 'import', saved('page.htm', page), '--into', copy.root);
    expect([code, out.split(':')[0]]).toEqual([0, 'data/prices/2027-01-10']);
  });

  test('has rules that the program starts on, where it has any', async () => {
    rmSync(join(copy.root, 'rules'));
    mkdirSync(join(copy.root, 'rules', 'fraud'), { recursive: true });
    writeFileSync(join(copy.root, 'rules', 'fraud', 'half.yaml'), 'id: half\n');
    const { code, err } = await run(ROOT, 'rates', 'import', saved('page.htm', page), '--into', copy.root);
    expect(code).toBe(2);
    expect(err).toMatch(/nothing is written: rules\/fraud\/half\.yaml:1/);
  });

  test.each(['.', 'nowhere'])('is refused without price lists in its data: %s', async (name) => {
    rmSync(join(copy.root, 'data', 'prices'), { recursive: true });
    const into = join(copy.root, name);
    const { code, err } = await run(ROOT, 'rates', 'import', saved('page.htm', page), '--into', into);
    expect([code, err]).toEqual([2, expect.stringContaining(`${into} holds no data/prices; name a folder`)]);
  });
});
