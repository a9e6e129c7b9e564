/** How others stand beside a vendor that is named: the same rule, the same weeks, whoever is named for it. */
import { accusedWeeks, comparePeers, peersText } from '../../src/reports/peers.ts';
import type { ChargedRow, OpenFinding, PeerRow } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { LOCALES_SHOWN, PROJECT_ROOT, openFinding } from '../support/report.ts';

const RULES = ['below-floor-price', 'counterfeit-postage-notice'];
const wording = loadWording(PROJECT_ROOT, 'en');

/** A finding about a label bought on the day. */
function found(
  digit: string,
  day: string,
  change: Partial<OpenFinding> = {},
): { finding: OpenFinding; sale: ChargedRow } {
  const finding = openFinding({
    id: digit.repeat(32),
    trackingNumber: digit,
    saleKey: digit,
    vendor: 'Bad',
    ...change,
  });
  const sale = {
    trackingNumber: digit,
    vendor: finding.vendor ?? '',
    saleKey: digit,
    chargedMills: 2_100,
    invoicedMills: 0,
    currency: 'USD',
    orderId: null,
    purchasedDay: day,
  };
  return { finding, sale };
}

const rowsOf = (...all: ReturnType<typeof found>[]) => ({
  findings: all.map(({ finding }) => finding),
  charged: all.map(({ sale }) => sale),
});
const row = (vendor: string, week: string, code: string, purchases: number): PeerRow => ({
  vendor,
  week,
  code,
  purchases,
});

test('the weeks are whole, from the first label to the last', () => {
  const rows = rowsOf(found('1', '2026-11-08'), found('2', '2026-11-18'));
  expect(accusedWeeks(rows)).toEqual({ from: '2026-11-02', to: '2026-11-23' });
});

test.each<{ story: string; change: Partial<OpenFinding> }>([
  { story: 'nobody is named', change: { attribution: 'open' } },
  { story: 'somebody else is', change: { attribution: 'third_party' } },
  { story: 'it is a lesser matter', change: { severity: 'medium' } },
  { story: 'it is about the vendor as a whole', change: { subject: 'vendor' } },
])('nothing is compared where $story', ({ change }) => {
  const rows = rowsOf(found('1', '2026-11-08', change));
  expect(accusedWeeks(rows)).toBeNull();
  expect(comparePeers({ ...rows, peers: [row('Bad', '2026-11-02', ';!', 1)] }, RULES).size).toBe(0);
});

test('counted is what the rule could answer, for each vendor and in these weeks only', () => {
  const rows = rowsOf(
    found('1', '2026-11-10'),
    found('2', '2026-11-10', { rule: 'below-floor-price', severity: 'high' }),
  );
  const peers = [
    row('Bad', '2026-11-09', '!;!', 2),
    row('Bad', '2026-11-09', ';', 178),
    row('Bad', '2026-11-09', ';?journey.notice_at', 40),
    row('Bad', '2026-11-16', ';!', 7),
    row('Good', '2026-11-09', ';!', 1),
    row('Good', '2026-11-09', ';', 1_999),
    row('Fine', '2026-11-09', '?price.floor_mills;', 400),
    row('Blind', '2026-11-09', '?price.floor_mills;?journey.notice_at', 90),
  ];
  expect(comparePeers({ ...rows, peers }, RULES).get('Bad')).toEqual([
    {
      rule: 'counterfeit-postage-notice',
      from: '2026-11-09',
      to: '2026-11-16',
      fires: 2,
      answered: 180,
      others: { vendors: 2, fires: 1, answered: 2_400 },
    },
    {
      rule: 'below-floor-price',
      from: '2026-11-09',
      to: '2026-11-16',
      fires: 2,
      answered: 220,
      others: { vendors: 1, fires: 0, answered: 2_000 },
    },
  ]);
});

const peers = (fires: number, answered: number, others: { vendors: number; fires: number; answered: number }) => ({
  rule: 'counterfeit-postage-notice',
  from: '2026-11-09',
  to: '2026-11-16',
  fires,
  answered,
  others,
});

test('a rate stands beside that of the others, however small it is', () => {
  expect(peersText(peers(2, 180, { vendors: 2, fires: 1, answered: 2_400 }), { title: 'Notice', wording })).toBe(
    'Notice: 2 of 180 labels (1.1%, at least 0.31%), bought 2026-11-09 to 2026-11-15; of labels of other vendors (2) in the same weeks 1 of 2,400 (0.04%, at most 0.24%).',
  );
});

test('a difference that chance explains is said to be one', () => {
  expect(peersText(peers(1, 30, { vendors: 1, fires: 1, answered: 90 }), { title: 'Notice', wording })).toContain(
    'So few can differ by chance (95% confidence).',
  );
});

test.each(LOCALES_SHOWN)('without others nothing is compared, and in %s the report says so', (locale) => {
  const text = peersText(peers(1, 30, { vendors: 0, fires: 0, answered: 0 }), {
    title: 'Notice',
    wording: loadWording(PROJECT_ROOT, locale),
  });
  expect(text).toContain(locale === 'en' ? 'there is nothing to compare with' : '无从比较');
  expect(text).not.toContain('{');
});
