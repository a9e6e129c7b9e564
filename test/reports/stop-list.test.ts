/** Whose labels are to be stopped, and what a report shows of them. */
import type { StoppableLabel, TransitLabel } from '../../src/reports/outstanding.ts';
import { listStops, stopListView, vendorsToStop } from '../../src/reports/stop-list.ts';
import type { OpenFinding, OutstandingRows } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { LOCALES_SHOWN, PROJECT_ROOT, openFinding, reportRows } from '../support/report.ts';

const NAMING = ['counterfeit-postage-notice', 'unpaid-piece-notice'];
const STOPPING = { stated: [...NAMING, 'held-for-postage'], naming: NAMING, vendorsAtOnce: 3 };
const english = loadWording(PROJECT_ROOT, 'en');
const notice = (digit: string, vendor: string, change: Partial<OpenFinding> = {}): OpenFinding =>
  openFinding({ id: digit.repeat(32), trackingNumber: digit, saleKey: digit, vendor, ...change });
/** What the carrier stated on the day, or at the time. */
const stated = (at: string, words = 'journey.notice'): Pick<OpenFinding, 'evidence'> => ({
  evidence: {
    [`${words}_at`]: at.includes('T') ? at : `${at}T10:00:00Z`,
    [`${words}_text`]: 'Stated.',
    'label.charged_mills': 2100,
  },
});
const toStop = (...findings: OpenFinding[]): string[] => vendorsToStop(reportRows({ findings }), STOPPING);

test.each<{ story: string; findings: OpenFinding[]; vendors: string[] }>([
  { story: 'nobody without a finding', findings: [], vendors: [] },
  { story: 'a vendor under a single notice, though only watched', findings: [notice('1', 'A')], vendors: ['A'] },
  {
    story: 'one that nobody names yet',
    findings: [notice('1', 'A', { attribution: 'open', confidence: 'indicative' })],
    vendors: ['A'],
  },
  { story: 'none for a copied number', findings: [notice('1', 'A', { attribution: 'third_party' })], vendors: [] },
  {
    story: 'none for a rule that is not told at once',
    findings: [notice('1', 'A', { rule: 'zone-mismatch' })],
    vendors: [],
  },
  {
    story: 'none where the carrier struck many at once',
    findings: ['A', 'B', 'C'].map((vendor, index) => notice(String(index), vendor)),
    vendors: [],
  },
  {
    story: 'none where it struck many on one day',
    findings: ['A', 'B', 'C'].map((vendor, index) => notice(String(index), vendor, stated('2026-11-09'))),
    vendors: [],
  },
  {
    story: 'none where it struck many in one night',
    findings: ['09T23:50:00Z', '09T23:55:00Z', '10T00:10:00Z'].map((time, index) =>
      notice(String(index), 'ABC'[index] ?? '', stated(`2026-11-${time}`)),
    ),
    vendors: [],
  },
  {
    story: 'none where it struck many in less than a day',
    findings: ['09T06:00:00Z', '09T13:00:00Z', '10T05:00:00Z'].map((time, index) =>
      notice(String(index), 'ABC'[index] ?? '', stated(`2026-11-${time}`)),
    ),
    vendors: [],
  },
  {
    story: 'everyone named in more than a day',
    findings: ['09T06:00:00Z', '09T13:00:00Z', '10T06:00:00Z'].map((time, index) =>
      notice(String(index), 'ABC'[index] ?? '', stated(`2026-11-${time}`)),
    ),
    vendors: ['A', 'B', 'C'],
  },
  {
    story: 'everyone named day after day',
    findings: ['A', 'B', 'C'].map((vendor, index) => notice(String(index), vendor, stated(`2026-11-0${index + 7}`))),
    vendors: ['A', 'B', 'C'],
  },
  {
    story: 'one named on another day than many were struck',
    findings: [
      ...['A', 'B', 'C'].map((vendor, index) => notice(String(index), vendor, stated('2026-11-09'))),
      notice('3', 'B', stated('2026-11-20')),
    ],
    vendors: ['B'],
  },
  {
    story: 'one under a notice on the day on which parcels of many were held',
    findings: [
      ...['A', 'B', 'C'].map((vendor, index) =>
        notice(String(index), vendor, {
          rule: 'held-for-postage',
          attribution: 'open',
          ...stated('2026-11-09', 'journey.hold'),
        }),
      ),
      notice('3', 'A', stated('2026-11-09')),
    ],
    vendors: ['A'],
  },
  {
    story: 'one under a notice however many vendors a rule of ours found something of',
    findings: [
      notice('0', 'A'),
      ...['A', 'B', 'C'].map((vendor, index) => notice(String(index + 1), vendor, { rule: 'never-accepted' })),
    ],
    vendors: ['A'],
  },
  {
    story: 'none where many were asked for unpaid pieces on one day',
    findings: ['A', 'B', 'C'].map((vendor, index) =>
      notice(String(index), vendor, {
        rule: 'unpaid-piece-notice',
        evidence: { 'adjustment.unmanifested_day': '2026-11-09', 'journey.unpaid_at': null },
      }),
    ),
    vendors: [],
  },
  {
    story: 'everyone asked for unpaid pieces on days of their own',
    findings: ['A', 'B', 'C'].map((vendor, index) =>
      notice(String(index), vendor, {
        rule: 'unpaid-piece-notice',
        evidence: { 'adjustment.unmanifested_day': `2026-11-0${index + 7}`, 'journey.unpaid_at': null },
      }),
    ),
    vendors: ['A', 'B', 'C'],
  },
  {
    story: 'one decided to stop even then',
    findings: [...['1', '2', '3'].map((digit) => notice(digit, 'A')), notice('4', 'B'), notice('5', 'C')],
    vendors: ['A'],
  },
  {
    story: 'one decided to stop by another rule',
    findings: ['1', '2', '3'].map((digit) => notice(digit, 'A', { rule: 'below-floor-price' })),
    vendors: ['A'],
  },
])('stopped is $story', ({ findings, vendors }) => {
  expect(toStop(...findings)).toEqual(vendors);
});

const bought = (vendor: string, serial: number) => ({
  trackingNumber: `94${serial}`,
  vendor,
  labelId: null,
  orderId: `SO-${Math.floor(serial / 2)}`,
  purchasedAt: '2026-11-28T09:00:00Z',
  shipDate: null,
});
const stoppable = (vendor: string, serial: number): StoppableLabel => ({
  ...bought(vendor, serial),
  chargedMills: 2_100,
  currency: 'USD',
  tracked: serial > 0,
});
const inTransit = (vendor: string, serial: number, orderMills: number | null): TransitLabel => ({
  ...bought(vendor, serial),
  orderMills,
  orderCurrency: 'USD',
  lastScanAt: null,
  standing: 'scanned',
});
const rows: OutstandingRows = {
  vendors: ['A', 'B'],
  from: '2026-11-01',
  stop: Array.from({ length: 12 }, (_, serial) => stoppable('A', serial)),
  transit: [inTransit('A', 0, 40_000), inTransit('A', 1, 40_000), inTransit('A', 2, null)],
};

test('the document has every label, and an order in two parcels once in its worth', () => {
  const list = listStops(rows);
  expect(list.vendors).toEqual([
    { vendor: 'A', labels: 12, inTransit: 3, orders: [{ value: '40.00', currency: 'USD' }] },
    { vendor: 'B', labels: 0, inTransit: 0, orders: [] },
  ]);
  expect([list.labels.length, list.inTransit.length]).toEqual([12, 3]);
  expect(list.labels[0]).toMatchObject({ charged: { value: '2.10', currency: 'USD' }, tracked: false });
  expect(list.inTransit[2]?.order).toBeNull();
});

test('the page shows the first, counts the rest, and says plainly where there is none', () => {
  const view = stopListView(rows, english);
  expect(view?.vendors).toEqual([
    'Do not hand over 12 labels of A until it is proven that their postage was paid. 3 parcels of A are in transit. The goods of their orders are worth USD 40.00. Of 1 the value of the order is not stated.',
    'No label of B waits to be handed over. No parcel of B is in transit.',
  ]);
  expect(view?.stop).toHaveLength(10);
  expect(view?.stop[0]).toMatchObject({ about: 'A · order SO-0', bought: 'bought 2026-11-28' });
  expect(view?.moreStop).toBe('And 2 more labels not to be handed over; all are listed in report.xlsx.');
  expect(view?.stopBasis[1]).toContain('Of 1 of them no source of tracking has told anything');
});

test.each(LOCALES_SHOWN)('there is no list where no vendor is to be stopped (%s)', (locale) => {
  const none = { ...rows, vendors: [], stop: [], transit: [] };
  expect(stopListView(none, loadWording(PROJECT_ROOT, locale))).toBeNull();
});
