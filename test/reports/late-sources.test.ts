/** Files that should have come and have not: the report says so, and never "nothing found" plainly. */
import { type Delivery, lateSources } from '../../src/reports/late-sources.ts';
import { headlineOf } from '../../src/reports/headline.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import type { LateSource } from '../../src/reports/report-input.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { Days, honestLabel, movedEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { AS_OF, PROJECT_ROOT, reportInput, reportRows } from '../support/report.ts';

const HOUR = 3_600_000;
const came = (kind: Delivery['kind'], hoursAgo: number, vendor: string | null = null): Delivery => ({
  kind,
  vendor,
  at: AS_OF - hoursAgo * HOUR,
});

test.each([
  { story: 'everything came in time', deliveries: [came('labels', 1), came('tracking', 35)], late: [] },
  {
    story: 'no tracking for two days',
    deliveries: [came('labels', 1), came('tracking', 48)],
    late: [{ kind: 'tracking', vendor: null, hours: 48 }],
  },
  {
    story: 'nothing ever came',
    deliveries: [],
    late: [
      { kind: 'labels', vendor: null, hours: null },
      { kind: 'tracking', vendor: null, hours: null },
    ],
  },
  {
    story: 'labels of one vendor of two',
    deliveries: [came('labels', 2), came('labels', 2, 'A'), came('labels', 50, 'B'), came('tracking', 1)],
    late: [{ kind: 'labels', vendor: 'B', hours: 50 }],
  },
  {
    story: 'labels of nobody: the vendors are not told one by one',
    deliveries: [came('labels', 40), came('labels', 40, 'A'), came('tracking', 1)],
    late: [{ kind: 'labels', vendor: null, hours: 40 }],
  },
])('$story', ({ deliveries, late }) => {
  expect(lateSources(deliveries, { asOf: AS_OF, withinHours: 36 })).toEqual(late);
});

test('a report without a finding but with a late source does not say plainly that nothing was found', () => {
  const wording = loadWording(PROJECT_ROOT, 'en');
  const lateSource: LateSource = { kind: 'tracking', vendor: null, hours: 48 };
  const labels = { vendor: 'A', labels: 5 };
  const rows = reportRows({
    received: 5,
    sold: [{ ...labels, currency: 'USD', chargedMills: 1, firstDay: '2026-11-01', lastDay: '2026-11-01' }],
    answers: [{ ...labels, answer: 'answered', recent: 0 }],
    rated: [{ vendor: 'A', rated: 5, recent: 0, chargedOfRatedMills: 1, expectedMills: 1 }],
    judged: { audited: 5, rated: 5, chargedOfRatedMills: 1, expectedMills: 1 },
    outcomes: [{ purchases: 5, code: ';;;;' }],
    findings: [],
    charged: [],
  });
  const line = (missed: LateSource[]) =>
    headlineOf(makeReport(reportInput({ lateSources: missed }), rows, wording), wording);
  expect(line([])).toMatchObject({ line: 'Nothing found.' });
  expect(line([lateSource])).toMatchObject({
    line: 'Nothing found in what could be checked.',
    detail: 'No tracking file has come for 48 hours; what the carrier did since is not in this report.',
    tone: 'watch',
  });
});

describe('over a database', () => {
  const database = useDatabase();
  const days = new Days(database);
  beforeAll(() => days.open());
  afterAll(() => days.close());

  test('a vendor whose labels stopped coming is named, and the file that came late is not missed any more', async () => {
    days.at('2026-11-09T05:00:00Z');
    await days.take('labels', [honestLabel(1, '2026-11-08', { vendor: 'Slow Labels' })], 'slow.csv');
    days.at('2026-11-11T05:00:00Z');
    await days.take('labels', [honestLabel(2, '2026-11-10')], 'story.csv');
    await days.take('tracking', [movedEvent(2, '2026-11-11T01:00:00Z')]);
    await days.at('2026-11-11T06:05:00Z').report('2026-11-11');
    const late = async () =>
      (await days.document('2026-11-11')).notChecked.filter(({ what }) => what === 'source_late');
    expect(await late()).toEqual([
      {
        what: 'source_late',
        why: expect.stringContaining('No labels file of Slow Labels has come for 49 hours'),
        count: 1,
      },
    ]);
    days.at('2026-11-11T07:00:00Z');
    await days.take('labels', [honestLabel(3, '2026-11-10', { vendor: 'Slow Labels' })], 'slow.csv');
    await days.at('2026-11-11T07:30:00Z').report('2026-11-11');
    expect(await late()).toEqual([]);
  });
});
