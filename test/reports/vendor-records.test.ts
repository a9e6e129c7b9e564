/** What counts for and against a vendor: whose fault a finding is decides, and a label counts once. */
import type { OpenFinding } from '../../src/reports/report-rows.ts';
import { recordVendors } from '../../src/reports/vendor-records.ts';
import { openFinding } from '../support/report.ts';

const sold = [{ vendor: 'V', currency: 'USD', labels: 50, chargedMills: 1, firstDay: '', lastDay: '' }];
let serial = 0;

function record(...changes: Partial<OpenFinding>[]) {
  const findings = changes.map((change) => {
    serial += 1;
    return openFinding({ id: serial.toString(16).padStart(32, '0'), vendor: 'V', ...change });
  });
  return recordVendors({ sold, answers: [], rated: [], findings })[0];
}

test.each<{ story: string; findings: Partial<OpenFinding>[]; expected: object }>([
  { story: 'a strong critical finding of the vendor', findings: [{}], expected: { criticalStrong: 1, attributed: 1 } },
  {
    story: 'two findings about one label are one label, at the surest',
    findings: [{}, { confidence: 'proven', rule: 'invalid-barcode' }, { confidence: 'indicative' }],
    expected: { criticalProven: 1, criticalStrong: 0, criticalIndicative: 0, attributed: 1 },
  },
  {
    story: 'a cloned number is not the fault of the vendor',
    findings: [{ attribution: 'third_party' }, { attribution: 'carrier' }, { attribution: 'us' }],
    expected: { criticalStrong: 0, attributed: 0, openGrave: 0 },
  },
  { story: 'what is open and grave is kept apart', findings: [{ attribution: 'open' }], expected: { openGrave: 1 } },
  {
    story: 'what is open and low does not count',
    findings: [{ attribution: 'open', severity: 'low' }],
    expected: { openGrave: 0, attributed: 0 },
  },
  {
    story: 'rules of weight are listed once',
    findings: [
      { rule: 'b' },
      { rule: 'b', saleKey: '2' },
      { rule: 'a', severity: 'high' },
      { rule: 'c', severity: 'medium' },
    ],
    expected: { graveRules: ['a', 'b'], high: 1, medium: 1 },
  },
  {
    story: 'a finding about the vendor itself',
    findings: [{ subject: 'vendor', trackingNumber: '@vendor/V', saleKey: null }],
    expected: { criticalAboutVendor: 1, criticalStrong: 0 },
  },
  {
    story: 'sources that stopped answering are kept apart from what is found',
    findings: [
      {
        subject: 'vendor',
        trackingNumber: '@vendor/V',
        saleKey: null,
        rule: 'tracking-source-lost',
        severity: 'high',
        attribution: 'open',
        evidence: { 'vendor.answered_before_share': 0.97, 'vendor.answered_after_share': 0.4 },
      },
    ],
    expected: { sourceLost: { before: 0.97, after: 0.4 }, openGrave: 1 },
  },
  { story: 'no such thing is told', findings: [{}], expected: { sourceLost: null } },
  { story: 'information counts nothing', findings: [{ severity: 'info' }], expected: { attributed: 0 } },
])('$story', ({ findings, expected }) => {
  expect(record(...findings)).toMatchObject(expected);
});

test('figures of all currencies and answers are added up, vendors sorted by name', () => {
  const [first, second] = recordVendors({
    sold: [...sold, { vendor: 'V', currency: 'CNY', labels: 5, chargedMills: 1, firstDay: '', lastDay: '' }],
    answers: [
      { vendor: 'V', answer: 'answered', labels: 40, recent: 0 },
      { vendor: 'V', answer: 'no_access', labels: 15, recent: 0 },
    ],
    rated: [{ vendor: 'V', rated: 30, recent: 0, chargedOfRatedMills: 1, expectedMills: 1 }],
    findings: [openFinding({ id: '0'.repeat(32), vendor: 'A' })],
  });
  expect(first).toMatchObject({ vendor: 'A', labels: 0, criticalStrong: 1 });
  expect(second).toMatchObject({ vendor: 'V', labels: 55, answered: 40, rated: 30 });
});
