/** A report beside the one before it: decisions that changed stand out, and less to look at is no all-clear. */
import { changedDecisions } from '../../src/reports/decision-words.ts';
import { headlineOf } from '../../src/reports/headline.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import { pageView } from '../../src/reports/page-view.ts';
import { type ReportDocument, ReportDocumentSchema } from '../../src/reports/report-document.ts';
import type { ReportInput } from '../../src/reports/report-input.ts';
import type { ReportRows } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { LOCALES_SHOWN, PROJECT_ROOT, reportInput, reportRows } from '../support/report.ts';

const wording = loadWording(PROJECT_ROOT, 'en');
const sold = reportRows().sold;

/** Nothing found, everything looked at; of the labels of the last days as many answered for as `share` says. */
function clean(share = 1, recent = 40): ReportRows {
  return reportRows({
    findings: [],
    charged: [],
    judged: { ...reportRows().judged, rated: 300 },
    outcomes: [{ code: ';;;;', purchases: 300 }],
    answers: sold.flatMap(({ vendor, labels }) => {
      const answered = Math.round(recent * share);
      return [
        { vendor, answer: 'answered' as const, labels, recent: answered },
        { vendor, answer: 'none' as const, labels: 0, recent: recent - answered },
      ];
    }),
    rated: sold.map(({ vendor, labels }) => ({
      vendor,
      rated: labels,
      recent,
      chargedOfRatedMills: 1,
      expectedMills: 1,
    })),
  });
}

const report = (rows: ReportRows, input: Partial<ReportInput> = {}) => makeReport(reportInput(input), rows, wording);
const after = (document: ReportDocument, rows: ReportRows, day = '2026-11-30', input: Partial<ReportInput> = {}) =>
  report(rows, { ...input, before: { day, document } });
const decisions = ({ document }: { document: ReportDocument }) =>
  document.vendors.map(({ vendor, decision, before }) => [vendor, decision, before?.decision ?? null]);

describe('decisions', () => {
  test('stand beside those of the report before, the changed ones first of each', () => {
    const yesterday = report(clean()).document;
    const vendors = yesterday.vendors.map((each) =>
      each.vendor === 'ParcelWorks' ? { ...each, decision: 'watch' as const } : each,
    );
    const today = after({ ...yesterday, vendors }, reportRows());
    expect(decisions(today)).toEqual([
      ['Cheap Labels', 'stop', 'buy'],
      ['ParcelWorks', 'buy', 'watch'],
      ['Honest Postage', 'buy', 'buy'],
    ]);
    expect(changedDecisions(today, wording)).toMatchObject([
      {
        vendor: 'Cheap Labels',
        tone: 'stop',
        decision: 'Stop, yesterday Buy',
        why: expect.stringContaining('61 of 80'),
      },
      { vendor: 'ParcelWorks', tone: 'buy', decision: 'Buy, yesterday Watch' },
    ]);
  });

  test('of a report some days ago name its day', () => {
    const today = after(report(clean()).document, reportRows(), '2026-11-27');
    expect(changedDecisions(today, wording)[0]?.decision).toBe('Stop, Buy in the report of 2026-11-27');
  });

  test('are by the day of the report where it lies, not by the day in London', () => {
    // 06:00 in Shanghai on 1 December is still 30 November in UTC.
    const input = { asOf: Date.UTC(2026, 10, 30, 22), timeZone: 'Asia/Shanghai' };
    const today = after(report(clean()).document, reportRows(), '2026-11-30', input);
    expect(changedDecisions(today, wording)[0]?.decision).toBe('Stop, yesterday Buy');
  });

  test('stand alone in a report without one before', () => {
    expect(decisions(report(reportRows())).map(([, , before]) => before)).toEqual([null, null, null]);
  });
});

describe('no all-clear', () => {
  const yesterday = report(clean()).document;

  test('as much as yesterday is one', () => {
    const today = after(yesterday, clean(0.95));
    expect(decisions(today).map(([, decision]) => decision)).toEqual(['buy', 'buy', 'buy']);
    expect(headlineOf(today, wording)).toMatchObject({ line: 'Nothing found.', tone: 'buy' });
  });

  test('where tracking answered for less: nobody is bought from without a look, and the headline says why', () => {
    const today = after(yesterday, clean(0.5));
    expect(decisions(today).map(([, decision]) => decision)).toEqual(['watch', 'watch', 'watch']);
    expect(headlineOf(today, wording)).toEqual({
      tone: 'watch',
      line: 'Nothing found in what could be checked.',
      detail:
        'Less could be looked at than before: Of all vendors together tracking answered for only 60 of 120 labels bought in the 7 days before (50%), after 100% in the report of 2026-11-30.',
    });
    expect(today.document.vendors[0]?.reasons[0]).toBe(
      'Tracking answered for only 20 of 40 labels bought in the 7 days before (50%), after 100% in the report of 2026-11-30.',
    );
  });

  test('nor on the days after, while it stays so; once it is back it is one again', () => {
    const fallen = after(yesterday, clean(0.5)).document;
    const next = after(ReportDocumentSchema.parse(fallen), clean(0.5), '2026-12-01');
    expect(decisions(next).map(([, decision]) => decision)).toEqual(['watch', 'watch', 'watch']);
    const mended = after(next.document, clean(0.98), '2026-12-02');
    expect(decisions(mended).map(([, decision]) => decision)).toEqual(['buy', 'buy', 'buy']);
    expect(mended.document.coverage?.fellFrom).toBeNull();
  });

  test('nor where the few labels of a quiet week look well', () => {
    const fallen = after(yesterday, clean(0.5)).document;
    const quiet = after(ReportDocumentSchema.parse(fallen), clean(1, 3), '2026-12-01');
    expect(quiet.document.vendors[0]).toMatchObject({ decision: 'watch', fellFrom: { shares: ['answered'] } });
    expect(quiet.document.vendors[0]?.reasons[0]).toBe(
      'Tracking answered for less before than the 100% in the report of 2026-11-30; 3 labels bought in the 7 days before are too few to show that it is back.',
    );
    const more = after(quiet.document, clean(0.98), '2026-12-02');
    expect(decisions(more).map(([, decision]) => decision)).toEqual(['buy', 'buy', 'buy']);
  });

  test('where only few labels of each vendor were bought, their sum tells', () => {
    const few = report(clean(1, 10)).document;
    const today = after(few, clean(0.5, 10));
    expect(today.document.vendors[0]?.reasons[0]).toMatch(/^Of all vendors together .* 15 of 30 labels/);
    expect(headlineOf(today, wording).tone).toBe('watch');
  });

  test('where a file stays away: its vendor is watched, another is not', () => {
    const lateSources = [{ kind: 'labels' as const, vendor: 'ParcelWorks', hours: 30 }];
    const today = after(yesterday, clean(), '2026-11-30', { lateSources });
    expect(decisions(today)).toEqual([
      ['ParcelWorks', 'watch', 'buy'],
      ['Cheap Labels', 'buy', 'buy'],
      ['Honest Postage', 'buy', 'buy'],
    ]);
    expect(today.document.vendors[0]?.reasons[0]).toContain('has come for 30 hours');
  });

  test('where nothing is on file any more of a vendor that was', () => {
    const gone = { ...yesterday.vendors[0], vendor: 'Gone Labels' } as ReportDocument['vendors'][number];
    const today = after({ ...yesterday, vendors: [...yesterday.vendors, gone] }, clean());
    const { line, detail, tone } = headlineOf(today, wording);
    expect([line, tone]).toEqual(['Nothing found in what could be checked.', 'watch']);
    expect(detail).toContain('nothing of Gone Labels any more, of whom the report of 2026-11-30 told');
    expect(pageView(today, wording).lost).toHaveLength(1);
  });

  test('a report of an earlier release, which counted none of this, is compared by decisions alone', () => {
    const { coverage: _coverage, stopList: _stopList, claims: _claims, ...older } = structuredClone(yesterday);
    const vendors = older.vendors.map(({ vendor, labels, decision, reasons }) => ({
      vendor,
      labels,
      decision,
      reasons,
    }));
    const today = after(ReportDocumentSchema.parse({ ...older, vendors }), clean(0.1));
    expect(decisions(today).map(([, decision, before]) => [decision, before])).toEqual([
      ['buy', 'buy'],
      ['buy', 'buy'],
      ['buy', 'buy'],
    ]);
  });
});

test.each(LOCALES_SHOWN)('every sentence of it is there in %s', (locale) => {
  const words = loadWording(PROJECT_ROOT, locale);
  const yesterday = makeReport(reportInput({ locale }), clean(), words).document;
  const rows = clean(0.5);
  const today = makeReport(
    reportInput({ locale, before: { day: '2026-11-30', document: yesterday } }),
    { ...rows, rated: rows.rated.map((row) => ({ ...row, recent: 4 })) },
    words,
  );
  expect(JSON.stringify(pageView(today, words))).not.toMatch(/\{\w+\}/);
  expect(today.document.vendors[0]?.reasons).toHaveLength(2);
});
