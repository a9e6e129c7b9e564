/** A folder of contracts: what a vendor's prices become, which line decides, and what is refused with file and line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashData } from '../../src/catalog/data-version.ts';
import { loadContracts } from '../../src/catalog/contracts.ts';
import { type ContractedParcel, contractPriceOf } from '../../src/core/rating/contract.ts';
import { postageOf } from '../../src/core/rating/postage.ts';
import { ROOT, shippedTables } from '../support/rating.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contracts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** The contract's postage in mills of a two-pound Ground Advantage package to zone 5 in November 2026; or why not. */
function priceOf(vendor: string, over: Partial<ContractedParcel> = {}): number | string | null {
  const contract = loadContracts(folder).of(vendor);
  if (!contract) return null;
  const parcel: ContractedParcel = {
    service: 'ground_advantage',
    packaging: 'package',
    weightMilliOz: 32_000,
    zone: 5,
    day: '2026-11-05',
    ...over,
  };
  const zone = { known: true, zone: parcel.zone ?? 5 } as const;
  const answer = contractPriceOf(contract, parcel, (priceList) =>
    postageOf({ ...parcel, priceList, dimensions: null }, zone, shippedTables),
  );
  if (answer === null) return null;
  return answer.known ? answer.mills : answer.reason;
}

const HEAD = 'vendors: [Harbor Postage, Harbor]\neffective_from: 2026-06-01\nlines:\n';

describe('a discount', () => {
  // Notice 123 of 2026-07-12, Ground Advantage commercial, zone 5, 2 lb: 9.95; the peak season of 2026 adds 0.55.
  const published = postageOf(
    {
      service: 'ground_advantage',
      packaging: 'package',
      priceList: 'commercial',
      weightMilliOz: 32_000,
      dimensions: null,
      day: '2026-11-05',
    },
    { known: true, zone: 5 },
    shippedTables,
  );
  if (!published.known) throw new Error(published.message);
  const [base = 0, peak = 0] = published.items.map(({ mills }) => mills);

  test('leaves the peak-season increase in full, unless the contract says otherwise', () => {
    write('harbor.yaml', `${HEAD}  - { services: [ground_advantage], discount: 0.10 }\n`);
    expect(priceOf('Harbor')).toBe(Math.round((base * 0.9) / 10) * 10 + peak);
    write('harbor.yaml', `${HEAD}  - { services: [ground_advantage], discount: 0.10, peak: included }\n`);
    expect(priceOf('Harbor')).toBe(Math.round(((base + peak) * 0.9) / 10) * 10);
  });

  // Ground Advantage commercial, zone 5, 2 lb, 2026-07-12: 9.95; less 9 % that is 9.0545, less 9.4 % 9.0147.
  test.each([
    [0.09, 9050],
    [0.094, 9010],
    [0.1, 8960],
    [0.15, 8460],
  ])('of %d is rounded once, to the nearest cent', (share, mills) => {
    expect(base).toBe(9950);
    write('harbor.yaml', `${HEAD}  - { discount: ${share} }\n`);
    expect(priceOf('Harbor', { day: '2026-08-03' })).toBe(mills);
  });

  test('holds for every spelling of the vendor, and for nobody else', () => {
    write('harbor.yaml', `${HEAD}  - { discount: 0.10 }\n`);
    expect(priceOf('  HARBOR   postage ')).not.toBeNull();
    expect(priceOf('Harbour')).toBeNull();
  });

  test('ends with the contract', () => {
    write('harbor.yaml', `${HEAD}  - { discount: 0.10, to: 2026-10-31 }\n`);
    expect(priceOf('Harbor')).toBeNull();
  });

  test('off a list that is not published leaves the price unknown', () => {
    write('harbor.yaml', `${HEAD}  - { discount: 0.10 }\n`);
    expect(priceOf('Harbor', { service: 'priority_mail_express' })).toBe('contract_price');
  });
});

describe('prices of its own', () => {
  const table = `  - services: [ground_advantage]
    peak: included
    prices:
      - { not_over_oz: 16, price: 5.20 }
      - { not_over_oz: 32, by_zone: { 4: 6.90, 5: 7.35 } }
`;

  test('are read by weight and zone', () => {
    write('harbor.yaml', HEAD + table);
    expect(priceOf('Harbor')).toBe(7350);
    expect(priceOf('Harbor', { zone: 4 })).toBe(6900);
    expect(priceOf('Harbor', { weightMilliOz: 16_000, zone: 8 })).toBe(5200);
  });

  test('end where the table ends', () => {
    write('harbor.yaml', HEAD + table);
    expect(priceOf('Harbor', { zone: 6 })).toBeNull();
    expect(priceOf('Harbor', { weightMilliOz: 32_001 })).toBeNull();
  });

  test('cannot be told without the weight or zone they depend on', () => {
    write('harbor.yaml', HEAD + table);
    expect(priceOf('Harbor', { weightMilliOz: null })).toBe('contract_price');
    expect(priceOf('Harbor', { zone: null })).toBe('contract_price');
  });
});

test('the most specific line decides, wherever it stands', () => {
  write(
    'harbor.yaml',
    `${HEAD}  - { services: [ground_advantage], discount: 0.10 }
  - { services: [ground_advantage], zones: [5], not_over_oz: 32, peak: included, prices: [{ price: 7 }] }
  - { services: [ground_advantage], zones: [5], discount: 0.20 }
`,
  );
  expect(priceOf('Harbor')).toBe(7000);
  const inZone5 = priceOf('Harbor', { weightMilliOz: 48_000 });
  const elsewhere = priceOf('Harbor', { weightMilliOz: 48_000, zone: 6 });
  expect([typeof inZone5, typeof elsewhere]).toEqual(['number', 'number']);
  expect(inZone5).not.toBe(elsewhere);
});

test('the contract in docs/HOWTO.md can be used as it stands', () => {
  const [, example = ''] =
    /audit --contracts FOLDER`[^\n]*\n\n((?: {4}[^\n]*\n)+)/.exec(
      readFileSync(join(ROOT, 'docs', 'HOWTO.md'), 'utf8'),
    ) ?? [];
  write('harbor.yaml', example.replaceAll(/^ {4}/gm, ''));
  expect(priceOf('harbor postage', { zone: 3 })).toBe(6300);
  expect(priceOf('harbor postage', { zone: 4 })).toEqual(expect.any(Number));
  expect(priceOf('harbor postage', { service: 'priority_mail' })).toEqual(expect.any(Number));
});

describe('is refused', () => {
  test.each<[string, string, RegExp]>([
    [
      'when two lines hold for one parcel and neither is a special case of the other',
      `${HEAD}  - { zones: [5], discount: 0.1 }\n  - { not_over_oz: 32, discount: 0.2 }\n`,
      /line 5 and .*line 4 both hold/,
    ],
    [
      'when two lines say the same',
      `${HEAD}  - { discount: 0.1 }\n  - { discount: 0.2 }\n`,
      /both hold for some parcel/,
    ],
    ['with a discount of 12 instead of 0.12', `${HEAD}  - { discount: 12 }\n`, /harbor\.yaml:4: lines\.0\.discount/],
    ['with neither discount nor prices', `${HEAD}  - { zones: [5] }\n`, /harbor\.yaml:4: .*either discount or prices/],
    [
      'with a service nobody has',
      `${HEAD}  - { services: [gound_advantage], discount: 0.1 }\n`,
      /harbor\.yaml:4: lines\.0\.services/,
    ],
    [
      'with weights that do not rise',
      `${HEAD}  - prices: [{ not_over_oz: 8, price: 5 }, { not_over_oz: 4, price: 4 }]\n`,
      /harbor\.yaml:4: the line has weights/,
    ],
    ['without vendors', 'effective_from: 2026-06-01\nlines:\n  - { discount: 0.1 }\n', /vendors/],
    ['when it is no YAML', 'vendors: [Harbor\n', /harbor\.yaml:\d+: is not YAML/],
  ])('%s', (_, text, message) => {
    write('harbor.yaml', text);
    expect(() => loadContracts(folder)).toThrow(message);
  });

  test('when a vendor has two', () => {
    write('harbor.yaml', `${HEAD}  - { discount: 0.1 }\n`);
    write('other.yaml', `${HEAD}  - { discount: 0.1 }\n`);
    expect(() => loadContracts(folder)).toThrow(/other\.yaml: Harbor Postage has a contract in harbor, too/);
  });

  test('when the folder is not there, or holds something else', () => {
    expect(() => loadContracts(join(folder, 'none'))).toThrow(/cannot be read/);
    write('harbor.xlsx', '');
    expect(() => loadContracts(folder)).toThrow(/holds \.yaml files only/);
  });
});

test('another contract makes another data version, and so every label is judged again', () => {
  const without = hashData(ROOT);
  write('harbor.yaml', `${HEAD}  - { discount: 0.1 }\n`);
  const tenth = hashData(ROOT, { contracts: folder });
  write('harbor.yaml', `${HEAD}  - { discount: 0.2 }\n`);
  const fifth = hashData(ROOT, { contracts: folder });
  expect(new Set([without, tenth, fifth]).size).toBe(3);
});
