/** Sources that stop answering for a vendor's parcels, from files to findings and to the report's words about it. */
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { type LabelRow, sales } from '../support/vendor-sales.ts';
import { addDays } from '../../src/core/units/day.ts';

const RULE = 'tracking-source-lost';
const charged = (publishedMills: number): number => publishedMills * 0.88;

/** What a source answered about a label on a day. */
function asked({ tracking_number: number = '' }: LabelRow, day: string, outcome: string, source = 'USPS'): LabelRow {
  return { tracking_number: number, outcome, retrieved_at: `${day}T09:00:00Z`, source };
}

/** Every label is asked about on each of the days, once it was mailed three days before; `outcomeOf` says what came. */
function poll(
  labels: readonly LabelRow[],
  days: readonly string[],
  outcomeOf: (day: string, index: number) => string | null,
): LabelRow[] {
  return days.flatMap((day) =>
    labels.flatMap((label, index) => {
      const due = addDays(label['ship_date'] ?? '', 3) <= day && day <= addDays(label['ship_date'] ?? '', 7);
      const outcome = due ? outcomeOf(day, index) : null;
      return outcome === null ? [] : [asked(label, day, outcome)];
    }),
  );
}

const DAYS = Array.from({ length: 12 }, (_, index) => addDays('2025-11-10', index));
const LOST_ON = '2025-11-17';

describe('answers about the parcels of a vendor', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const lost = async (): Promise<[string | null, string][]> =>
    (await story.findings({ rule: RULE })).map(({ vendor, state }) => [vendor, state]);
  const sold = (vendor: string): LabelRow[] => sales({ vendor, count: 160, perDay: 10, charged });

  const [gone, steady, short, strange, sundays, outage] = [
    sold('Gone'),
    sold('Steady'),
    sold('Gone For A Day'),
    sold('Never Known In Part'),
    sold('Quiet Sundays'),
    sold('Outcomes Not Stated'),
  ] as const;
  const small = sales({ vendor: 'Small', count: 12, perDay: 1, charged });

  test('that stop from one day to the next are told of, once and while it lasts', async () => {
    await story.take('labels', [...gone, ...steady, ...short, ...strange, ...sundays, ...outage, ...small]);
    await story.take('tracking', [
      ...poll(gone, DAYS, (day) => (day < LOST_ON ? 'answered' : 'no_access')),
      ...poll(steady, DAYS, (_day, index) => (index % 20 === 0 ? 'error' : 'answered')),
      ...poll(short, DAYS, (day) => (day === LOST_ON ? 'error' : 'answered')),
      // One in eight is a number nobody knows: asked about every day, and no less known than the day before.
      ...poll(strange, DAYS, (_day, index) => (index % 8 === 0 ? 'not_found' : 'answered')),
      // On Sundays only the few that nobody knows are asked about.
      ...poll(sundays, DAYS, (day, index) => {
        if (index % 8 === 0) return 'not_found';
        return day === '2025-11-16' ? null : 'answered';
      }),
      ...poll(small, DAYS, (day) => (day < LOST_ON ? 'answered' : 'no_access')),
      ...outage.map((label) => ({
        tracking_number: label['tracking_number'] ?? '',
        event_time: '2025-11-14T12:00:00Z',
        event_code: '03',
        event_text: 'USPS in possession of item',
        source: 'USPS',
        retrieved_at: '2025-11-15T12:00:00Z',
      })),
    ]);
    await story.audit('2025-11-18T06:00:00Z');
    expect(await lost()).toEqual([
      ['Gone', 'open'],
      ['Gone For A Day', 'open'],
    ]);
    const rows: { evidence: Record<string, unknown>; text: string }[] = await database
      .dataSource()
      .query(`SELECT evidence, message->>'en' AS text FROM finding WHERE rule = $1 AND vendor = 'Gone'`, [RULE]);
    expect(rows[0]?.evidence).toMatchObject({
      'vendor.answers_before_day': '2025-11-16',
      'vendor.answers_after_day': LOST_ON,
      'vendor.answered_before_share': 1,
      'vendor.answered_after_share': 0,
    });
    expect(rows[0]?.text).toContain('there is no all-clear for Gone');
  });

  test('are unknown where they are few or not stated', async () => {
    expect(await story.vendorAnswers('2025-11-18T06:00:00Z', RULE)).toMatchObject({
      fires: 2,
      clear: 3,
      unknown: 2,
      missing: { 'vendor.answered_fall': 2 },
    });
  });

  test('that come back resolve it; those that stay away leave the same finding', async () => {
    await story.audit('2025-11-20T06:00:00Z');
    expect(await lost()).toEqual([
      ['Gone', 'open'],
      ['Gone For A Day', 'resolved'],
    ]);
    const [first]: { at: Date }[] = await database
      .dataSource()
      .query(`SELECT first_seen_at AS at FROM finding WHERE rule = $1 AND vendor = 'Gone'`, [RULE]);
    expect(first?.at.toISOString()).toBe('2025-11-18T06:00:00.000Z');
  });

  test('refused to everybody since the carrier closed its tracking are no loss of one vendor', async () => {
    const [usual, closed] = [
      sales({ vendor: 'In April', count: 160, perDay: 10, from: '2026-03-22', charged: () => 6000 }),
      sales({ vendor: 'Gone In April', count: 160, perDay: 10, from: '2026-03-22', charged: () => 6000 }),
    ];
    const days = Array.from({ length: 12 }, (_, index) => addDays('2026-03-28', index));
    await story.take('labels', [...usual, ...closed]);
    await story.take('tracking', [
      // A third of its numbers is served on: ours, or by a relay.
      ...poll(usual, days, (day, index) => (day < '2026-04-01' || index % 2 === 0 ? 'answered' : 'no_access')),
      ...poll(closed, days, (day, index) => {
        if (day < '2026-04-01') return 'answered';
        return index % 2 === 0 ? 'error' : 'no_access';
      }),
    ]);
    await story.audit('2026-04-07T06:00:00Z');
    expect((await lost()).filter(([vendor]) => (vendor ?? '').includes('April'))).toEqual([['Gone In April', 'open']]);
  });
});
