/** The first line of a report, in each situation a reader can be in. */
import { headlineOf } from '../../src/reports/headline.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import type { ReportRows } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { PROJECT_ROOT, openFinding, reportInput, reportRows } from '../support/report.ts';

const wording = loadWording(PROJECT_ROOT, 'en');
const clean = { findings: [], charged: [] };
const complete: Partial<ReportRows> = {
  ...clean,
  judged: { ...reportRows().judged, rated: 300 },
  rated: reportRows().sold.map(({ vendor, labels }) => ({
    vendor,
    rated: labels,
    recent: 0,
    chargedOfRatedMills: 1,
    expectedMills: 1,
  })),
  answers: reportRows().sold.map(({ vendor, labels }) => ({ vendor, answer: 'answered', labels, recent: 0 })),
  outcomes: [{ code: ';;;;', purchases: 300 }],
};
const headline = (rows: Partial<ReportRows>) =>
  headlineOf(makeReport(reportInput(), reportRows(rows), wording), wording);
/** Three labels of a vendor under a statement of the carrier: one alone would be a question. */
const ofVendor = (vendor: string, digit: string) =>
  ['a', 'b', 'c'].map((number) =>
    openFinding({
      id: `${digit}${number}`.repeat(16),
      vendor,
      confidence: 'proven',
      saleKey: vendor,
      trackingNumber: `${digit}${number}`,
    }),
  );

test.each<{ story: string; rows: Partial<ReportRows>; line: string; detail: string }>([
  {
    story: 'fakes',
    rows: {},
    line: 'Stop buying from Cheap Labels.',
    detail: '61 of 80 labels carry a critical finding attributed to this vendor.',
  },
  {
    story: 'three vendors to stop',
    rows: {
      findings: [...ofVendor('ParcelWorks', '1'), ...ofVendor('Cheap Labels', '2'), ...ofVendor('Honest Postage', '3')],
    },
    line: 'Stop buying from Cheap Labels, Honest Postage and ParcelWorks.',
    detail: '3 of 80 labels carry a critical finding attributed to this vendor; 3 of them are proven.',
  },
  {
    story: 'one grave open finding',
    rows: { ...complete, findings: [openFinding({ id: '1'.repeat(32), severity: 'high', attribution: 'open' })] },
    line: 'Keep a close eye on Cheap Labels.',
    detail: 'One grave finding is open; nobody has been named for it yet.',
  },
  {
    story: 'a minor finding, everything checked',
    rows: { ...complete, findings: [openFinding({ id: '1'.repeat(32), severity: 'low' })] },
    line: 'One minor finding, none that speaks against a vendor.',
    detail: 'All 300 labels were priced, answered for by tracking, and judged by every rule.',
  },
  {
    story: 'nothing found, everything checked',
    rows: complete,
    line: 'Nothing found.',
    detail: 'All 300 labels were priced, answered for by tracking, and judged by every rule.',
  },
  {
    story: 'nothing found, some of it could not be checked',
    rows: clean,
    line: 'Nothing found in what could be checked.',
    detail: '39 of 300 labels could not be checked in full. Most often: The lowest published price cannot be stated: a',
  },
  {
    story: 'everything that was found is suppressed',
    rows: { ...complete, hiddenIds: ['1'.repeat(32), '2'.repeat(32)] },
    line: 'Nothing is shown; 2 findings are suppressed.',
    detail: 'All 300 labels were priced, answered for by tracking, and judged by every rule.',
  },
  {
    story: 'all but a minor finding is suppressed',
    rows: {
      ...complete,
      findings: [openFinding({ id: '1'.repeat(32), severity: 'low' })],
      hiddenIds: ['2'.repeat(32)],
    },
    line: 'One minor finding, none that speaks against a vendor.',
    detail: 'One more finding is suppressed. All 300 labels were priced',
  },
  {
    story: 'no tracking at all',
    rows: {
      ...complete,
      answers: reportRows().sold.map(({ vendor, labels }) => ({ vendor, answer: 'none', labels, recent: 0 })),
    },
    line: 'Nothing found in what could be checked.',
    detail: '300 of 300 labels could not be checked in full. Most often: No source was asked',
  },
  {
    story: 'no label',
    rows: {
      ...clean,
      sold: [],
      answers: [],
      rated: [],
      outcomes: [],
      received: 0,
      judged: { ...reportRows().judged, audited: 0, rated: 0 },
    },
    line: 'There was no label to audit.',
    detail: 'What was received',
  },
])('$story', ({ rows, line, detail }) => {
  const said = headline(rows);
  expect(said.line).toBe(line);
  expect(said.detail.slice(0, detail.length)).toBe(detail);
});
