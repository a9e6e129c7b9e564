/** What the schedule mails by itself: one edition of a day, and of a report that fits no mail a word to the operator. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReportMail } from '../../src/alerts/report-mail.service.ts';
import { Outbox } from '../../src/alerts/outbox.service.ts';
import { ConflictError } from '../../src/platform/errors.ts';
import { Days, heldEvent, honestLabel } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';

const DAY = '2026-11-10';
const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
const days = new Days(database, () => ({ DATA_DIR: folder }));
const mail = () => days.get(ReportMail);

let first = '';
beforeAll(async () => {
  await days.open();
  await days.at(`${DAY}T05:00:00Z`).take('labels', [honestLabel(1, '2026-11-08')]);
  first = (await days.at(`${DAY}T06:05:00Z`).report(DAY)).report.edition;
});
afterAll(async () => {
  await days.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => database.dataSource().query('DELETE FROM mail'));

async function mailed(): Promise<string[]> {
  const rows = await database
    .dataSource()
    .query<{ about: string }[]>(`SELECT about FROM mail WHERE kind = 'report' ORDER BY created_at, about`);
  return rows.map(({ about }) => about);
}

test('a report kept by an earlier release that fits no mail is told once, and mailed when it is made again', async () => {
  await database.dataSource().query(`UPDATE report SET view = view - 'headline'`);
  const now = new Date(`${DAY}T06:06:00Z`);
  const remedy = `npm run cli -- report --date ${DAY} --send`;
  await mail().queueScheduled({ day: DAY, edition: first });
  expect(await mailed()).toEqual([]);
  const told = await days.get(Outbox).of({ kind: 'operator', about: `mail/report/${DAY}/${first}` });
  expect(String(told?.raw).replaceAll('=\r\n', '')).toContain(remedy);
  expect(await mail().forgotten(now)).toBeNull();
  await expect(mail().queue(DAY, first)).rejects.toThrow(ConflictError);
  await expect(mail().queue(DAY, first)).rejects.toThrow(remedy);

  expect((await days.report(DAY)).report.edition).toBe(first);
  expect(await mail().queue(DAY, first)).toMatchObject({ state: 'ready' });
});

test('of two editions rung for at once one is mailed; the other goes out when somebody asks for it', async () => {
  await days.at(`${DAY}T07:00:00Z`).take('tracking', [heldEvent(1, '2026-11-09T09:00:00Z')], 'late.csv');
  const second = (await days.at(`${DAY}T07:05:00Z`).report(DAY)).report.edition;
  expect(second).not.toBe(first);
  await Promise.all([first, second].map((edition) => mail().queueScheduled({ day: DAY, edition })));
  const [one, ...others] = await mailed();
  expect(others).toEqual([]);
  const other = one === ReportMail.about(DAY, first) ? second : first;
  expect(await mail().queue(DAY, other)).toMatchObject({ state: 'ready' });
  expect(await mailed()).toHaveLength(2);
});
