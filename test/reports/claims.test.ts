/** Claims that end soon: one row for each money, in the order in which it is lost, and what was let go. */
import { CLAIM_DAYS, type Claim, claimsCsv, claimsView, listClaims, passedClaims } from '../../src/reports/claims.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import { renderLists } from '../../src/reports/render.ts';
import type { ClaimRow, OpenFinding, PassedRow } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { PROJECT_ROOT, openFinding, reportInput, reportRows } from '../support/report.ts';

const DAY = '2026-12-01';
const english = loadWording(PROJECT_ROOT, 'en');
const id = (digit: string): string => digit.repeat(32);

/** A refund of USD 7.70 that ends on the day. */
function refund(digit: string, deadline: string, change: Partial<OpenFinding> = {}): OpenFinding {
  return openFinding({
    id: id(digit),
    rule: 'refund-due',
    trackingNumber: `940011189922334455667${digit}`,
    saleKey: digit,
    labelId: `L${digit}`,
    amountKind: 'recoverable',
    amountMills: 7700,
    deadline,
    message: { en: `Unused ${digit}.`, 'zh-CN': `未使用 ${digit}。` },
    ...change,
  });
}

const rowOf = ({ id: finding, trackingNumber, deadline }: OpenFinding, change: Partial<ClaimRow> = {}): ClaimRow => ({
  id: finding,
  trackingNumber,
  deadline: deadline ?? '',
  account: 'A-7',
  orderId: 'SO-1',
  purchasedDay: '2026-11-04',
  shipDate: '2026-11-05',
  ...change,
});

const list = (
  findings: readonly OpenFinding[],
  passed: { claims: Claim[]; rows: PassedRow[] } = { claims: [], rows: [] },
) =>
  listClaims({
    day: DAY,
    findings,
    claims: findings.map((finding) => rowOf(finding)),
    passed,
    words: ({ message }) => message.en,
  });

test('the first day first, of each day the greatest amount first, added up by currency', () => {
  const claims = list([
    refund('1', '2026-12-05'),
    refund('2', '2026-12-02', { amountMills: 100 }),
    refund('3', '2026-12-02', { amountMills: 5_000 }),
    refund('4', '2026-12-02', { amountMills: 9_000, currency: 'CNY' }),
  ]);
  expect(claims.items.map(({ labelId }) => labelId)).toEqual(['L4', 'L3', 'L2', 'L1']);
  expect(claims.totals).toEqual([
    { currency: 'CNY', count: 1, value: '9.00' },
    { currency: 'USD', count: 3, value: '12.80' },
  ]);
  expect([claims.from, claims.until]).toEqual([DAY, '2026-12-08']);
  expect(CLAIM_DAYS).toBe(7);
});

test('two rules about one label claim its money once: the greater amount, until the earlier day', () => {
  const label = { trackingNumber: '9400', saleKey: 'S' };
  const { items, totals } = list([
    refund('1', '2026-12-05', label),
    refund('2', '2026-12-03', { ...label, rule: 'never-accepted', amountMills: 7_000 }),
  ]);
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ deadline: '2026-12-03', amount: { value: '7.70' }, findings: [id('1'), id('2')] });
  expect(totals).toEqual([{ currency: 'USD', count: 1, value: '7.70' }]);
});

test('of equal amounts the gravest finding says why', () => {
  const label = { trackingNumber: '9400', saleKey: 'S' };
  const { items } = list([
    refund('1', '2026-12-05', { ...label, rule: 'never-accepted', severity: 'low' }),
    refund('2', '2026-12-05', { ...label, severity: 'medium' }),
  ]);
  expect(items).toMatchObject([{ rule: 'refund-due', reason: 'Unused 2.' }]);
});

test('what is claimed of one label in two ways is two claims, each with its own day', () => {
  const label = { trackingNumber: '9400', saleKey: 'S' };
  const { items } = list([
    refund('1', '2026-12-05', label),
    refund('2', '2026-12-03', { ...label, rule: 'claim-due', amountMills: 100_000 }),
  ]);
  expect(items.map(({ claim, deadline, amount }) => [claim, deadline, amount.value])).toEqual([
    ['insurance', '2026-12-03', '100.00'],
    ['refund', '2026-12-05', '7.70'],
  ]);
});

test('the day is that of the claim, which people may have set earlier than the rule', () => {
  const finding = refund('1', '2026-12-05');
  const claims = [rowOf(finding, { deadline: '2026-12-02' })];
  const input = { day: DAY, findings: [finding], claims, passed: { claims: [], rows: [] }, words: () => '' };
  expect(listClaims(input).items[0]?.deadline).toBe('2026-12-02');
});

test('charges of one number are claims of their own, and have no number where none was printed', () => {
  const charge = { subject: 'charge' as const, trackingNumber: '@Harbor/INV-1', saleKey: null, labelId: null };
  const { items } = list([refund('1', '2026-12-05', charge), refund('2', '2026-12-05', charge)]);
  expect(items.map(({ trackingNumber, claim }) => [trackingNumber, claim])).toEqual([
    [null, 'refund'],
    [null, 'refund'],
  ]);
});

test.each([
  ['refund-due', 'refund'],
  ['never-accepted', 'refund'],
  ['adjustment-disputable', 'dispute'],
  ['claim-due', 'insurance'],
  ['overcharged', 'credit'],
])('%s is claimed as a %s', (rule, kind) => {
  expect(list([refund('1', '2026-12-05', { rule })]).items[0]?.claim).toBe(kind);
});

test('the table has what a form asks for, and runs nothing in a spreadsheet', () => {
  const { items } = list([refund('1', '2026-12-05', { vendor: '=HYPERLINK("x")', labelId: '+1' })]);
  expect(claimsCsv(items).split('\n')).toEqual([
    'deadline,claim,vendor,account,tracking_number,label_id,order_id,purchased_on,ship_date,amount,currency,reason,rule,evidence',
    `2026-12-05,refund,"'=HYPERLINK(""x"")",A-7,9400111899223344556671,'+1,SO-1,2026-11-04,2026-11-05,7.70,USD,Unused 1.,refund-due,${id('1')}`,
    '',
  ]);
});

describe('what was let go', () => {
  const earlier = list([refund('1', '2026-11-30'), refund('2', '2026-11-30'), refund('3', DAY)]);

  test('only what ended before the day has passed', () => {
    expect(passedClaims(earlier, DAY).map(({ labelId }) => labelId)).toEqual(['L1', 'L2']);
    expect(passedClaims(null, DAY)).toEqual([]);
  });

  test('is told with its sum; what was filed or came in is not', () => {
    const rows: PassedRow[] = [
      { id: id('1'), standing: 'missed' },
      { id: id('2'), standing: 'filed' },
    ];
    const claims = list([], { claims: passedClaims(earlier, DAY), rows });
    expect(claims.missed.map(({ labelId }) => labelId)).toEqual(['L1']);
    const view = claimsView(claims, english);
    expect(view.line).toBe('No claim ends by 2026-12-08.');
    expect(view.missed).toBe('Missed: USD 7.70 (1), the last of it on 2026-11-30. By our records nothing was filed.');
  });
});

describe('of two findings about the same money', () => {
  const label = { trackingNumber: '9400', saleKey: 'S' };
  const { items } = list([
    refund('1', '2026-11-30', label),
    refund('2', '2026-11-30', { ...label, rule: 'never-accepted' }),
  ]);

  test.each<{ story: string; first: PassedRow['standing']; missed: number }>([
    { story: 'what was filed for one was filed', first: 'filed', missed: 0 },
    { story: 'what was closed of one does not close the other', first: 'ended', missed: 1 },
  ])('$story', ({ first, missed }) => {
    const rows: PassedRow[] = [
      { id: id('1'), standing: first },
      { id: id('2'), standing: 'missed' },
    ];
    expect(list([], { claims: passedClaims({ ...list([]), items }, DAY), rows }).missed).toHaveLength(missed);
  });
});

test('a page shows the first of many; the table has them all', () => {
  const findings = Array.from({ length: 30 }, (_, serial) =>
    refund('1', '2026-12-05', { id: serial.toString(16).padStart(32, '0'), saleKey: String(serial) }),
  );
  const rows = reportRows({ findings, claims: findings.map((finding) => rowOf(finding)) });
  const model = makeReport(reportInput(), rows, english);
  const { claims } = model.document;
  if (claims === null) throw new Error('a report of this release lists claims');
  const view = claimsView(claims, english);
  expect(view.line).toBe('30 claims worth USD 231.00 end by 2026-12-08.');
  expect(view.shown).toHaveLength(12);
  expect(view.more).toBe('And 18 more claims; all are listed in report.xlsx.');
  expect(renderLists(model, english)['claims.csv'].trimEnd().split('\n')).toHaveLength(31);
});
