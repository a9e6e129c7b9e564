/** A saved page of the price list becomes a price folder that the catalog loads and quotes answer from. */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { hashData } from '../../src/catalog/data-version.ts';
import { loadRateTables } from '../../src/catalog/rating.ts';
import { type Imported, importRates } from '../../src/catalog/rates-import/rates-import.ts';
import { priceOf } from '../../src/core/rating/price.ts';
import type { RateTables } from '../../src/core/rating/tables.ts';
import { noticePage, priceTable, zoneTable } from '../support/notice-page.ts';
import {
  CopiedData,
  OPTIONS,
  groundCommercial,
  july,
  mediaRetail,
  on,
  page,
  pageWith,
  parts,
  zones,
} from '../support/rates-import.ts';
import { ROOT, aParcel } from '../support/rating.ts';

describe('a whole page in the markup of the notice', () => {
  const whole = new CopiedData();
  let imported: Imported;
  let tables: RateTables;
  beforeAll(async () => {
    whole.make();
    imported = await whole.import(page);
    tables = loadRateTables(whole.root);
  });
  afterAll(() => whole.remove());

  test('becomes a folder that the catalog loads and quotes answer from', () => {
    expect(imported).toMatchObject({ outcome: 'written', folder: whole.prices(on) });
    const quote = (over: Parameters<typeof aParcel>[0]): unknown => {
      const answer = priceOf(aParcel({ day: on, zone: 8, ...over }), tables);
      return answer.known ? answer.mills : answer.reason;
    };
    const retail = { priceList: 'retail' } as const;
    expect(quote({ weightMilliOz: 4000 })).toBe(8400);
    expect(quote({ weightMilliOz: 4000, ...retail })).toBe(9450);
    expect(quote({ weightMilliOz: 32_000 })).toBe(12_870);
    expect(quote({ weightMilliOz: 70 * 16_000, zone: 9, ...retail })).toBe(196_800);
    expect(quote({ service: 'media_mail', weightMilliOz: 160_000, ...retail })).toBe(11_020);
    expect(quote({ service: 'media_mail', weightMilliOz: 160_000 })).toBe('not_covered');
    expect(quote({ service: 'first_class_mail', packaging: 'letter', weightMilliOz: 3500, ...retail })).toBe(1690);
    expect(quote({ service: 'first_class_mail', packaging: 'letter', weightMilliOz: 1000 })).toBe(780);
    expect(quote({ service: 'first_class_mail', packaging: 'postcard', weightMilliOz: 500 })).toBe(650);
    expect(quote({ service: 'priority_mail', packaging: 'medium_flat_rate_box', ...retail })).toBe(24_800);
    expect(quote({ service: 'priority_mail_express', packaging: 'legal_flat_rate_envelope', ...retail })).toBe(36_200);
    const small = { lengthMilliIn: 10_000, widthMilliIn: 8000, heightMilliIn: 4000 };
    expect(quote({ packaging: 'cubic', dimensions: small })).toBe(11_150);
  });

  test('ends the list before it on the day before, and touches nothing else of it', () => {
    const before = readFileSync(join(ROOT, 'data', 'prices', '2026-10-04', 'manifest.yaml'), 'utf8');
    const after = readFileSync(whole.prices('2026-10-04', 'manifest.yaml'), 'utf8');
    expect(after).toBe(before.replace('effective_to: 2027-01-17', 'effective_to: 2027-01-09'));
    const lists = tables.lists.map(({ from, to }) => `${from} ${to}`);
    expect(lists.slice(-2)).toEqual(['2026-10-04 2027-01-09', '2027-01-10 2028-01-09']);
  });

  test('names its source, with its hash and size, among the sources in order', () => {
    const before = readFileSync(join(ROOT, 'data', 'sources.yaml'), 'utf8');
    const after = readFileSync(join(whole.root, 'data', 'sources.yaml'), 'utf8');
    const added = after.split('\n').filter((line) => !before.split('\n').includes(line));
    expect(added).toEqual([
      'usps-notice-123-2027-01-10:',
      '  title: "USPS Notice 123, Price List, effective 2027-01-10"',
      expect.stringMatching(/^ {2}note: "Imported from the web page, \d+ bytes, SHA-256 [0-9a-f]{64}\."$/) as string,
    ]);
    const ids = [...after.matchAll(/^([a-z][^:\s]*):/gm)].map(([, id = '']) => id);
    expect(ids).toContain('usps-notice-123-2027-01-10');
    const at = ids.indexOf('usps-notice-123-2027-01-10');
    expect(ids.slice(at - 1, at + 2)).toEqual(ids.slice(at - 1, at + 2).toSorted());
  });

  test('tells what it holds besides and what is not in it', () => {
    if (imported.outcome !== 'written') throw new Error(imported.outcome);
    expect(imported.plan.leftOut.map(({ place, why }) => `${place}: ${why}`)).toEqual([
      'Retail—Single Piece / Keys and Identification Devices: it is no product of its own',
      'Domestic / Priority Mail International: it is international',
      'Domestic / Stamp Fulfillment Services: its heading names no service that is rated',
    ]);
    expect(imported.plan.lacking).toContain('priority_mail-commercial');
    expect(imported.plan.lacking).not.toContain('ground_advantage-retail');
    expect(imported.plan.uncertainties.join(' ')).toMatch(
      /names no list for priority_mail by item; its prices are taken for retail/,
    );
    const manifest = readFileSync(whole.prices(on, 'manifest.yaml'), 'utf8');
    expect(manifest).toContain('status: partial');
    expect(manifest).toContain('Media Mail—Retail (3)');
  });
});

const data = new CopiedData();

describe('a price list', () => {
  beforeEach(() => data.make());
  afterEach(() => data.remove());

  describe('in the markup of the notice', () => {
    test('changes nothing when it comes a second time, and is refused in another edition of the same day', async () => {
      await data.import(page);
      const before = hashData(data.root);
      expect(await data.import(page)).toEqual({ outcome: 'unchanged', folder: data.prices(on) });
      expect(hashData(data.root)).toBe(before);
      expect(await data.problemsOf(page.replace('0.82', '0.83'))).toEqual([
        'notice.htm: there is a price list of 2027-01-10 already, made from another source; remove its folder first to replace it',
      ]);
    });

    test('is kept beside its tables when asked', async () => {
      await data.import(page, { keep: true });
      expect(readFileSync(data.prices(on, 'source.html.txt'), 'utf8')).toBe(page);
      expect(loadRateTables(data.root).lists).toHaveLength(5);
    });

    test('gives the Media Mail prices that were published for July 2026', async () => {
      for (const folder of [july, '2026-10-04']) rmSync(data.prices(folder), { recursive: true });
      await data.import(noticePage('July 12, 2026', parts));
      const answers = [1, 2, 10].map((pounds) => {
        const parcel = aParcel({
          service: 'media_mail',
          priceList: 'retail',
          weightMilliOz: pounds * 16_000,
          day: july,
        });
        const answer = priceOf(parcel, loadRateTables(data.root));
        return answer.known && answer.mills;
      });
      expect(answers).toEqual([4390, 5130, 11_020]);
    });

    test('that is fetched gives the same folder as the saved one', async () => {
      const server = createServer((request, response) => {
        // Reading a page takes seconds, in which a connection that is kept would be given up at this end unseen.
        response.setHeader('connection', 'close');
        if (request.url === '/moved') response.writeHead(302, { location: '/Notice123.htm' }).end();
        else if (request.url === '/Notice123.htm') response.end(page);
        else response.writeHead(404).end();
      });
      await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
      try {
        const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const imported = await importRates(data.root, `${address}/moved`, OPTIONS);
        expect(imported.outcome).toBe('written');
        expect(await data.import(page)).toMatchObject({ outcome: 'unchanged' });
        await expect(importRates(data.root, `${address}/none`, OPTIONS)).rejects.toThrow(/answers 404; save the page/);
      } finally {
        server.close();
        server.closeAllConnections();
      }
      await expect(importRates(data.root, 'http://example.org/x', OPTIONS)).rejects.toThrow(/is not https/);
    });
  });

  describe('what a person may decide', () => {
    test('prices that really are published falling are taken and listed', async () => {
      const falling = pageWith(
        /Commercial-Parcels/,
        zoneTable(
          groundCommercial.map((row) => (row[0] === '10' ? (row.with(1, '1.00') as [string, ...string[]]) : row)),
          { first: 'Weight Not Over' },
        ),
      );
      expect((await data.import(falling, { acceptFalling: true })).outcome).toBe('written');
      expect(readFileSync(data.prices(on, 'manifest.yaml'), 'utf8')).toContain('not_monotone: ["1/160"]');
    });

    test('a table that ends early is taken as far as it goes', async () => {
      const short = pageWith(
        /Commercial-Parcels/,
        zoneTable(
          groundCommercial
            .slice(0, 24)
            .map((row) =>
              Number(row[0]) > 10 ? ((row.slice(0, 9) as [string]).concat([null as never]) as [string]) : row,
            ),
          { first: 'Weight Not Over' },
        ),
      );
      expect((await data.problemsOf(short)).join()).toMatch(/ends at 20 lb where the list before goes to 70 lb/);
      await data.import(short, { partial: true });
      expect(readFileSync(data.prices(on, 'manifest.yaml'), 'utf8')).toContain('zones_known_to_lb: { 9: 10 }');
      const heavy = priceOf(aParcel({ day: on, zone: 5, weightMilliOz: 21 * 16_000 }), loadRateTables(data.root));
      expect(heavy).toMatchObject({ known: false, reason: 'not_covered' });
      const manifest = readFileSync(data.prices(on, 'manifest.yaml'), 'utf8');
      expect(manifest).toContain('ends at 20 lb where the list before goes to 70 lb.');
    });

    test('a part of a page that is whole in itself is read as one', async () => {
      const body = page.slice(page.indexOf('<p>Price'), page.lastIndexOf('</div></body>'));
      expect((await data.import(body)).outcome).toBe('written');
    });

    test('tables that name no list are taken for the one a person names', async () => {
      const bare = noticePage('January 10, 2027', [
        { level: 2, heading: 'Media Mail', body: priceTable(['Weight Not Over (lbs.)', 'Price'], mediaRetail) },
      ]);
      await data.import(bare, { unlabelled: 'commercial' });
      expect(existsSync(data.prices(on, 'media_mail-commercial.csv'))).toBe(true);
    });

    test('but never where they cost less than the commercial prices beside them', async () => {
      const cheap = [
        ...parts.filter(({ heading }) => !heading.endsWith('Retail')),
        { level: 2, heading: 'Ground Advantage', body: zoneTable([['1', ...zones('1.00')]]) },
      ];
      expect((await data.problemsOf(noticePage('January 10, 2027', cheap))).join()).toMatch(
        /costs less than the commercial price, and its heading names no list/,
      );
    });
  });

  test('a list between two others ends where the next begins', async () => {
    expect(await data.import(page.replace('January 10, 2027', 'September 1, 2026'))).toMatchObject({
      outcome: 'written',
      plan: { days: { from: '2026-09-01', to: '2026-10-03' } },
    });
  });

  test('prices the catalog cannot start on', async () => {
    writeFileSync(
      data.prices('limits.yaml'),
      readFileSync(data.prices('limits.yaml'), 'utf8').replace('maximum_weight_lb', 'maximum_lb'),
    );
    const before = hashData(data.root);
    await expect(data.import(page)).rejects.toThrow(
      /cannot be used, so nothing is written: data\/prices\/limits\.yaml/,
    );
    expect(hashData(data.root)).toBe(before);
    expect(readdirSync(join(data.root, 'data')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('a file that cannot be had is named', async () => {
    await expect(importRates(data.root, join(data.root, 'none.htm'), OPTIONS)).rejects.toThrow(
      /none\.htm cannot be found/,
    );
    await expect(importRates(data.root, data.root, OPTIONS)).rejects.toThrow(/is a folder; name a file/);
    await expect(data.import('')).rejects.toThrow(/is empty/);
  });
});
