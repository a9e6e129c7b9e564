/** Reports day after day: what each is as of, what is new in it, what it lists, and what it refuses. */
import { ConflictError, NotFoundError } from '../../src/platform/errors.ts';
import { DailyReportService } from '../../src/reports/daily.service.ts';
import { ReportArchive } from '../../src/reports/report-archive.service.ts';
import { ArrayService } from '../../src/ingest/array.service.ts';
import { Days, heldEvent, honestLabel, movedEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';

describe('day after day', () => {
  const database = useDatabase();
  const days = new Days(database);
  beforeAll(() => days.open());
  afterAll(() => days.close());

  test('the first report lists every file, and everything in it is new', async () => {
    days.at('2026-11-10T05:00:00Z');
    await days.take('labels', [honestLabel(1, '2026-11-08'), honestLabel(2, '2026-11-08')]);
    await days.take('tracking', [heldEvent(1, '2026-11-09T09:00:00Z'), movedEvent(2, '2026-11-09T09:00:00Z')]);
    const { report, fresh } = await days.at('2026-11-10T06:05:00Z').report('2026-11-10');
    expect(fresh).toBe(true);
    expect(report).toMatchObject({ day: '2026-11-10', asOf: new Date('2026-11-10T06:00:00Z'), timeZone: 'UTC' });
    expect(report.changes).toMatchObject({ since: null, stillOpen: [], resolved: [], reopened: [] });
    const document = await days.document('2026-11-10');
    expect(report.changes.new).toEqual(document.findings.map(({ id }) => id));
    expect(report.changes.new.length).toBeGreaterThan(0);
    expect(document.sources.map(({ file }) => file)).toEqual(['labels.csv', 'tracking.csv']);
  });

  test('made again without news it is the same edition, and nothing is written twice', async () => {
    const before = await days.get(ReportArchive).of('2026-11-10');
    const { report, fresh } = await days.at('2026-11-10T07:00:00Z').report('2026-11-10');
    expect(fresh).toBe(false);
    expect(report.edition).toBe(before?.edition);
    expect(await days.get(ReportArchive).editions('2026-11-10')).toHaveLength(1);
  });

  test('what is lifted is resolved, what stays is still open, what comes is new; only the new files are listed', async () => {
    days.at('2026-11-10T12:00:00Z');
    await days.take('labels', [honestLabel(3, '2026-11-09')], 'second.csv');
    await days.take('tracking', [
      heldEvent(3, '2026-11-10T10:00:00Z'),
      heldEvent(2, '2026-11-10T10:00:00Z'),
      movedEvent(1, '2026-11-10T10:30:00Z'),
    ]);
    await days.at('2026-11-11T06:01:00Z').report('2026-11-11');
    const { report } = await days.at('2026-11-12T06:01:00Z').report('2026-11-12');
    const second = await days.get(ReportArchive).of('2026-11-11');
    expect(second?.changes).toMatchObject({ since: '2026-11-10', reopened: [] });
    expect(second?.changes.resolved.length).toBeGreaterThan(0);
    expect(second?.changes.new.length).toBeGreaterThan(0);
    expect((await days.document('2026-11-11')).sources.map(({ file }) => file)).toEqual(['second.csv', 'tracking.csv']);
    expect((await days.document('2026-11-12')).sources).toEqual([]);
    expect(report.changes).toMatchObject({ since: '2026-11-11', new: [], resolved: [] });
  });

  test('what comes back is reopened, not new', async () => {
    const first = await days.get(ReportArchive).of('2026-11-10');
    days.at('2026-11-12T12:00:00Z');
    await days.take('tracking', [heldEvent(1, '2026-11-12T11:00:00Z')]);
    const { report } = await days.at('2026-11-13T06:01:00Z').report('2026-11-13');
    expect(report.changes.new).toEqual([]);
    expect(report.changes.reopened.length).toBeGreaterThan(0);
    expect(first?.changes.new).toEqual(expect.arrayContaining(report.changes.reopened));
  });

  test('news after the report makes another edition of the day; the earlier one stays', async () => {
    days.at('2026-11-13T08:00:00Z');
    await days.take('tracking', [heldEvent(3, '2026-11-13T05:00:00Z')], 'late.csv');
    const archive = days.get(ReportArchive);
    const earlier = await archive.of('2026-11-13');
    const { report, fresh } = await days.at('2026-11-13T09:00:00Z').report('2026-11-13');
    expect(fresh).toBe(true);
    expect(report.edition).not.toBe(earlier?.edition);
    expect(await archive.editions('2026-11-13')).toEqual([earlier?.edition, report.edition]);
    const { day, edition, asOf, madeAt } = report;
    expect(await archive.lastEdition('2026-11-13')).toEqual({ day, edition, asOf, madeAt });
    expect((await archive.of('2026-11-13'))?.edition).toBe(report.edition);
    expect((await days.document('2026-11-13')).sources.map(({ file }) => file)).toEqual(['tracking.csv', 'late.csv']);
  });

  test('a day gone by is answered from the archive; one that was never made is refused with what to do', async () => {
    const kept = await days.get(ReportArchive).of('2026-11-10');
    const { report, fresh } = await days.report('2026-11-10');
    expect([report.edition, fresh]).toEqual([kept?.edition, false]);
    await expect(days.report('2026-11-05')).rejects.toThrow(ConflictError);
    await expect(days.report('2026-11-05')).rejects.toThrow('npm run audit -- FILES --as-of 2026-11-05T06:00:00Z');
  });

  test('the archive lists days, the last first, page by page, and names the nearest of a day without a report', async () => {
    const archive = days.get(ReportArchive);
    const first = await archive.list({ limit: 3 });
    expect(first.items.map(({ day, editions }) => [day, editions])).toEqual([
      ['2026-11-13', 2],
      ['2026-11-12', 1],
      ['2026-11-11', 1],
    ]);
    expect(first.items[0]?.changes).toMatchObject({ since: '2026-11-12', reopened: 1 });
    const rest = await archive.list({ limit: 3, cursor: first.nextCursor });
    expect([rest.items.map(({ day }) => day), rest.nextCursor]).toEqual([['2026-11-10'], null]);
    await expect(archive.list({ limit: 3, cursor: 'nonsense' })).rejects.toThrow('cursor');
    await expect(archive.mustHave('2026-11-09')).rejects.toThrow(NotFoundError);
    await expect(archive.mustHave('2026-11-14')).rejects.toThrow('the nearest are of 2026-11-13');
    expect((await archive.latest())?.day).toBe('2026-11-13');
    expect((await archive.view('2026-11-13'))?.title).toBe('Postage audit');
    expect(await archive.file('2026-11-13', '../secrets')).toBeNull();
  });

  test('asked for once it is made once, unless it was made before its time', async () => {
    const service = days.get(DailyReportService);
    await days.at('2026-11-13T10:00:00Z').report('2026-11-14');
    expect(await service.isWanted('2026-11-14')).toBe(true);
    const now = () => new Date('2026-11-14T06:00:30Z');
    await service.makeOnce('2026-11-14', { now });
    expect(await service.isWanted('2026-11-14')).toBe(false);
    expect((await service.makeOnce('2026-11-14', { now })).fresh).toBe(false);
  });
});

describe('arrays sent piece by piece', () => {
  const database = useDatabase();
  const days = new Days(database);
  beforeAll(() => days.open());
  afterAll(() => days.close());

  test('are one source a vendor, with all their rows and every row that was refused; files stay by themselves', async () => {
    const post = (serial: number, vendor = 'Story Labels') => {
      const label = honestLabel(serial, '2026-11-09', { vendor });
      return days
        .get(ArrayService)
        .take({ kind: 'labels', vendor: null, items: [{ ...label, charged: 'much' }, label] });
    };
    await days.at('2026-11-10T04:00:00Z').take('labels', [honestLabel(1, '2026-11-09')]);
    for (let serial = 2; serial < 22; serial += 1) await post(serial);
    await post(22, 'Other Labels');
    const { report } = await days.at('2026-11-10T06:05:00Z').report('2026-11-10');
    const array = { file: 'POST /labels', kind: 'labels', repeated: 0 };
    const { sources } = await days.document('2026-11-10');
    expect(sources).toHaveLength(3);
    expect(sources).toEqual(
      expect.arrayContaining([
        { ...array, vendor: 'Story Labels', rows: 40, accepted: 20, rejected: 20 },
        { ...array, vendor: 'Other Labels', rows: 2, accepted: 1, rejected: 1 },
        { ...array, file: 'labels.csv', vendor: 'Story Labels', rows: 1, accepted: 1, rejected: 0 },
      ]),
    );
    const file = await days.get(ReportArchive).fileOf(report, 'rejected-rows.csv');
    expect(String(file?.content).match(/^POST \/labels,0,charged,/gm)).toHaveLength(21);
  });
});
