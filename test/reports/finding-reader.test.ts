/** Findings as readers get them: the order of reports page by page, filters, and one with all that is known. */
import { FindingService } from '../../src/audit/finding.service.ts';
import { RuleArchive } from '../../src/audit/rule-archive.service.ts';
import { readConfig } from '../../src/platform/config.ts';
import { NotFoundError, UsageError } from '../../src/platform/errors.ts';
import type { ListedFinding } from '../../src/reports/finding-detail.ts';
import type { FindingFilters } from '../../src/reports/finding-list.query.ts';
import { FindingReader } from '../../src/reports/finding-reader.service.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
/** Each vendor has a mailer id of his own. */
const number = (serial: number): string => impb('001', serial % 2 === 0 ? '900000044' : '900000045', serial);

function label(serial: number, over: Record<string, string> = {}): Record<string, string> {
  return {
    tracking_number: number(serial),
    vendor: serial % 2 === 0 ? 'Even Labels' : 'Odd Labels',
    label_id: `S${serial}`,
    purchased_at: '2026-11-10T09:00:00Z',
    ship_date: '2026-11-10',
    service: 'ground_advantage',
    rate_type: 'weight',
    packaging: 'package',
    weight_oz: '8',
    origin_zip: '90058',
    destination_zip: '85004',
    charged: '7.31',
    ...over,
  };
}

beforeAll(async () => {
  const cheap = Array.from({ length: 9 }, (_, n) => label(n, { charged: `${1 + (n % 3)}.00` }));
  await story.take('labels', [...cheap, label(20)]);
  const held = { tracking_number: number(20), source: 'usps' };
  await story.take('tracking', [
    { ...held, event_time: '2026-11-11T09:00:00Z', event_code: '03', event_text: 'Accepted', city: 'LOS ANGELES' },
    { ...held, event_time: '2026-11-12T09:00:00Z', event_text: 'Package held awaiting payment of postage' },
  ]);
  await story.audit('2026-11-20T06:00:00Z');
});

function reader(): FindingReader {
  return new FindingReader(database.dataSource(), story.catalog, readConfig({}), new RuleArchive(), {
    now: () => new Date('2026-11-21T00:00:00Z'),
  });
}

async function all(filters: FindingFilters, limit: number): Promise<ListedFinding[]> {
  const found: ListedFinding[] = [];
  let cursor: string | null = null;
  do {
    const page = await reader().list(filters, { cursor, limit, locale: 'en' });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

const amounts = (findings: readonly ListedFinding[]) =>
  findings.map(({ amount }) => Number(amount?.value ?? Number.NaN));

test('pages of any size add up to the same list, in the order of reports', async () => {
  const whole = await all({}, 500);
  expect(whole).toHaveLength(10);
  expect(await all({}, 1)).toEqual(whole);
  expect(await all({}, 3)).toEqual(whole);
  const cheap = whole.filter(({ rule }) => rule === 'below-floor-price');
  expect(amounts(cheap)).toEqual(amounts(cheap).toSorted((a, b) => b - a));
});

test('a list goes on where it was left although findings before that place went away', async () => {
  const filters = { rules: ['below-floor-price'] };
  const first = await reader().list(filters, { limit: 4, locale: 'en' });
  const rest = (await all(filters, 500)).slice(4);
  const [gone] = first.items;
  const service = new FindingService(database.dataSource());
  const decision = { id: gone?.id ?? '', reason: 'seen', by: 'Ada', now: new Date('2026-11-20T07:00:00Z') };
  await service.setState({ ...decision, state: 'dismissed' });
  const next = await reader().list(filters, { cursor: first.nextCursor, limit: 500, locale: 'en' });
  expect(next.items).toEqual(rest);
  expect(rest).toHaveLength(5);
  expect((await all({ states: ['dismissed'] }, 10)).map(({ id }) => id)).toEqual([gone?.id]);
  await service.setState({ ...decision, state: 'open', reason: 'seen again' });
});

test('filters narrow the list together', async () => {
  const even = await all({ vendors: ['Even Labels'], rules: ['below-floor-price'] }, 10);
  expect(new Set(even.map(({ vendor }) => vendor))).toEqual(new Set(['Even Labels']));
  expect(even).toHaveLength(5);
  expect(await all({ vendors: ['Even Labels'], trackingNumber: number(1) }, 10)).toEqual([]);
  expect(await all({ severities: ['info'] }, 10)).toEqual([]);
  const counts = await reader().countOpen();
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(10);
  expect((await reader().countOpen('Even Labels')).critical).toBeLessThanOrEqual(counts.critical);
});

test('a cursor of somewhere else is refused', async () => {
  for (const cursor of ['x', '', Buffer.from('hello').toString('base64url')]) {
    await expect(reader().list({}, { cursor, limit: 1, locale: 'en' })).rejects.toThrow(UsageError);
  }
});

test('one finding tells its evidence, its sale, its journey and who decided what', async () => {
  const [held] = await all({ trackingNumber: number(20) }, 1);
  const service = new FindingService(database.dataSource());
  const now = new Date('2026-11-20T07:00:00Z');
  await service.setState({ id: held?.id ?? '', state: 'disputed', reason: 'claim 12', by: 'Ada', now });
  const detail = await reader().one(held?.id ?? '', 'en');
  expect(detail).toMatchObject({
    rule: 'held-for-postage',
    state: 'disputed',
    nextStates: ['open', 'acknowledged', 'recovered', 'written_off', 'dismissed'],
    changedAt: '2026-11-20T07:00:00Z',
  });
  expect(detail.history.map(({ reason, by, note }) => [reason, by, note])).toEqual([
    ['found', null, null],
    ['set', 'Ada', 'claim 12'],
  ]);
  expect(detail.purchases).toMatchObject([
    { concerned: true, vendor: 'Even Labels', weightOz: '8', charged: { value: '7.31', currency: 'USD' } },
  ]);
  expect(detail.journey.events.map(({ stage, city, source }) => [stage, city, source])).toEqual([
    ['accepted', 'LOS ANGELES', 'usps'],
    ['hold_for_postage', null, 'usps'],
  ]);
  expect(detail.journey.milestones.map(({ what, at }) => [what, at])).toEqual([
    ['first_scan', '2026-11-11T09:00:00Z'],
    ['hold', '2026-11-12T09:00:00Z'],
  ]);
  expect(detail.barcode).toMatchObject({ valid: true, kind: 'impb', mailerId: '900000044' });
  expect(detail.evidenceInWords.length).toBeGreaterThan(0);
  expect((await reader().one(held?.id ?? '', 'zh-CN')).journey.milestones[0]?.text).toBe('首次实物扫描。');
});

test('an unknown finding is not found', async () => {
  await expect(reader().one('0'.repeat(32), 'en')).rejects.toThrow(NotFoundError);
});
