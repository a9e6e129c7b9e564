/** What services take and flat-rate items hold is read from data/, and what is wrong there is found at start and named. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEligibility } from '../../src/catalog/eligibility.ts';
import { type Packaging, SERVICES } from '../../src/core/label/label.ts';
import { ROOT, shippedTables } from '../support/rating.ts';

const { eligibility, lists } = shippedTables;

describe('the shipped limits', () => {
  test.each(SERVICES)('of %s agree with those that its prices end at', (service) => {
    const { general = [], byPackaging = {} } = eligibility.services[service] ?? {};
    const maximum = (measure: string, among = general): number | undefined =>
      among.find((limit) => limit.measure === measure)?.maximum;
    for (const { limits, products } of lists) {
      const lengthPlusGirth = maximum('length_plus_girth');
      if (lengthPlusGirth !== undefined) {
        expect(lengthPlusGirth).toBe(limits.oversizedToMilliIn[service] ?? limits.oversizeLengthPlusGirthMilliIn);
      }
      for (const { byWeight } of Object.values(products[service] ?? {})) {
        for (const [packaging, { steps }] of Object.entries(byWeight)) {
          const own = byPackaging[packaging as Packaging];
          // A list that is at hand in part ends earlier.
          expect(steps.at(-1)).toBeLessThanOrEqual(maximum('weight', own) ?? 0);
        }
      }
    }
    const [full] = lists;
    const ends = Object.values(full?.products[service] ?? {}).flatMap(({ byWeight }) =>
      Object.entries(byWeight).map(([packaging, { steps }]) => [
        steps.at(-1),
        maximum('weight', byPackaging[packaging as Packaging]),
      ]),
    );
    for (const [end, most] of ends) expect(end).toBe(most);
  });

  test('of a packaging stand beside the general ones of other measures', () => {
    const postcard = eligibility.services.first_class_mail?.byPackaging.postcard ?? [];
    expect(postcard.map(({ measure, maximum }) => [measure, maximum])).toEqual(
      expect.arrayContaining([
        ['longest_side', 9000],
        ['weight', 13_000],
      ]),
    );
  });

  test('have every flat-rate item that a price is published of', () => {
    const priced = lists.flatMap(({ products }) =>
      Object.entries(products).flatMap(([service, byList]) =>
        Object.values(byList).flatMap(({ items }) => Object.keys(items).map((item) => [service, item] as const)),
      ),
    );
    const missing = priced.filter(
      ([service, item]) =>
        item.includes('flat_rate') &&
        service !== 'usps_connect_local' &&
        !Object.entries(eligibility.flatRate).some(
          ([name, { services }]) => name === item && services.some((sold) => sold === service),
        ),
    );
    expect(missing).toEqual([]);
  });
});

describe('what is wrong is named by file, row and field', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'eligibility-'));
    cpSync(join(ROOT, 'data', 'eligibility'), join(root, 'data', 'eligibility'), { recursive: true });
    cpSync(join(ROOT, 'data', 'sources.yaml'), join(root, 'data', 'sources.yaml'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const items = 'flat-rate-items.csv';
  test.each<[string, [string, string, string], RegExp]>([
    ['an unknown service', ['services.yaml', 'bound_printed_matter]', 'media_post]'], /services\.yaml \(limits/],
    ['a weight in inches', ['services.yaml', 'maximum_lb: 15', 'maximum_in: 15'], /services\.yaml .*needs one maximum/],
    ['two maxima', ['services.yaml', 'maximum_lb: 15', 'maximum_lb: 15\n    maximum_oz: 3'], /needs one maximum/],
    [
      'a source nobody explains',
      ['services.yaml', 'source: usps-dmm-401-2012', 'source: hearsay'],
      /hearsay is not in/,
    ],
    ['a day there is not', ['services.yaml', '2012-01-22', '2012-02-30'], /is not a day/],
    ['an item there is not', [items, 'small_flat_rate_box', 'tiny_flat_rate_box'], /items\.csv:5 \(item\)/],
    ['a side left out', [items, '8.6875,5.4375', ',5.4375'], /items\.csv:5 \(outside_length\): "" is not a length/],
    ['an inside larger than the outside', [items, '8.625,5.375', '9.625,5.375'], /:5 \(inside_length\): .*larger/],
    ['an envelope standing on its side', [items, '15,9.5', '9.5,15'], /:3 \(outside_width\): is greater/],
    [
      'shapes of one item sold by different services',
      [items, 'medium_flat_rate_box,box,priority_mail,13', 'medium_flat_rate_box,box,priority_mail_express,13'],
      /:7 \(services\): differs/,
    ],
  ])('%s', (_, [file, from, to], message) => {
    const path = join(root, 'data', 'eligibility', file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
    expect(() => loadEligibility(root)).toThrow(message);
  });
});
