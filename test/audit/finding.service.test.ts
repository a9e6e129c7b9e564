/** What people decide about findings, and what audits leave of it. */
import { SETTABLE_STATES, type SettableState } from '../../src/core/finding/lifecycle.ts';
import { lookAgain } from '../../src/audit/decision.store.ts';
import { FindingService } from '../../src/audit/finding.service.ts';
import { takeTurnWithFindings } from '../../src/audit/finding.store.ts';
import { ConflictError, NotFoundError } from '../../src/platform/errors.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
const NOW = new Date('2026-11-20T08:00:00Z');
const number = (serial: number): string => impb('001', '900000044', serial);

interface HistoryRow {
  state: string;
  reason: string;
  by: string | null;
  note: string | null;
}

/** A label far below any price, so that one rule fires for its amount. */
async function sell(serial: number, charged: string, day = '2026-11-10'): Promise<void> {
  await story.take('labels', [
    {
      tracking_number: number(serial),
      vendor: 'Story Labels',
      label_id: `S${serial}`,
      purchased_at: `${day}T09:00:00Z`,
      ship_date: day,
      service: 'ground_advantage',
      rate_type: 'weight',
      packaging: 'package',
      weight_oz: '8',
      origin_zip: '90058',
      destination_zip: '85004',
      charged,
    },
  ]);
}

async function idOf(serial: number): Promise<string> {
  const rows: { id: string }[] = await database
    .dataSource()
    .query('SELECT id FROM finding WHERE tracking_number = $1', [number(serial)]);
  expect(rows).toHaveLength(1);
  return rows[0]?.id ?? '';
}

async function stateOf(serial: number): Promise<string | undefined> {
  return (await story.findings({ number: number(serial) }))[0]?.state;
}

async function historyOf(serial: number): Promise<HistoryRow[]> {
  return database
    .dataSource()
    .query('SELECT state, reason, by, note FROM finding_history WHERE tracking_number = $1 ORDER BY sequence', [
      number(serial),
    ]);
}

async function decide(serial: number, state: SettableState, reason = 'because we looked'): Promise<void> {
  const service = new FindingService(database.dataSource());
  await service.setState({ id: await idOf(serial), state, reason, by: 'Ada', now: NOW });
}

test('a decision is kept with who, when and why, and the same once more changes nothing', async () => {
  await sell(1, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  await decide(1, 'disputed', 'claim 4711 sent');
  await decide(1, 'disputed', 'claim 4711 sent');
  expect(await stateOf(1)).toBe('disputed');
  expect(await historyOf(1)).toEqual([
    { state: 'open', reason: 'found', by: null, note: null },
    { state: 'disputed', reason: 'set', by: 'Ada', note: 'claim 4711 sent' },
  ]);
  await decide(1, 'disputed', 'they asked for a photo');
  expect((await historyOf(1)).map(({ note }) => note)).toEqual([null, 'claim 4711 sent', 'they asked for a photo']);
});

test('a state that cannot follow is refused, naming those that can; an unknown finding is not found', async () => {
  await sell(2, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  await decide(2, 'dismissed');
  await expect(decide(2, 'disputed')).rejects.toThrow(ConflictError);
  await expect(decide(2, 'disputed')).rejects.toThrow('it can become open');
  expect(await historyOf(2)).toHaveLength(2);
  const service = new FindingService(database.dataSource());
  const nowhere = { id: 'f'.repeat(32), state: 'open', reason: 'no', by: 'Ada', now: NOW } as const;
  await expect(service.setState(nowhere)).rejects.toThrow(NotFoundError);
});

test.each(['dismissed', 'written_off', 'recovered', 'acknowledged', 'disputed'] as const)(
  'an audit by other rows leaves %s as it is, and doubles nothing',
  async (state) => {
    const serial = 10 + SETTABLE_STATES.indexOf(state);
    await sell(serial, '2.00');
    await story.audit('2026-11-20T06:00:00Z');
    await decide(serial, state);
    await story.take('tracking', [
      { tracking_number: number(serial), event_time: '2026-11-12T09:00:00Z', event_code: '03', source: 'usps' },
    ]);
    await story.audit('2026-11-21T06:00:00Z');
    await story.audit('2026-11-22T06:00:00Z');
    expect(await stateOf(serial)).toBe(state);
    expect((await historyOf(serial)).filter(({ reason }) => reason === 'set')).toHaveLength(1);
  },
);

test('a finding somebody dismissed opens again when more is at stake, not when less is', async () => {
  await sell(30, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  await decide(30, 'dismissed', 'one label, not worth it');
  // Charged more: less is missing.
  await sell(30, '2.50');
  await story.audit('2026-11-20T07:00:00Z');
  expect(await stateOf(30)).toBe('dismissed');
  // More is missing than the audit before saw, less than the person decided on.
  await sell(30, '2.10');
  await story.audit('2026-11-20T08:00:00Z');
  expect(await stateOf(30)).toBe('dismissed');
  await sell(30, '1.00');
  await story.audit('2026-11-20T09:00:00Z');
  expect(await stateOf(30)).toBe('reopened');
  expect((await historyOf(30)).map(({ state, reason }) => `${reason}: ${state}`)).toEqual([
    'found: open',
    'set: dismissed',
    'changed: dismissed',
    'changed: dismissed',
    'grown: reopened',
  ]);
});

test('money that came back stays recovered when the price is put right', async () => {
  await sell(40, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  await decide(40, 'recovered', 'credit note 12');
  await sell(40, '7.31');
  await story.audit('2026-11-20T07:00:00Z');
  expect(await stateOf(40)).toBe('recovered');
});

test('a decision taken back after its cause is gone is resolved by the next audit', async () => {
  await sell(41, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  await decide(41, 'dismissed');
  await sell(41, '7.31');
  await story.audit('2026-11-20T07:00:00Z');
  await decide(41, 'open', 'dismissed by mistake');
  expect(await stateOf(41)).toBe('open');
  await story.audit('2026-11-20T07:00:00Z');
  expect(await stateOf(41)).toBe('resolved');
});

test('a decision taken back while its cause stands stays open', async () => {
  await sell(42, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  await decide(42, 'written_off');
  await decide(42, 'open', 'the vendor wants to talk');
  await story.audit('2026-11-20T07:00:00Z');
  expect(await stateOf(42)).toBe('open');
});

test('decisions made while an audit runs are all kept', async () => {
  const serials = Array.from({ length: 12 }, (_, index) => 60 + index);
  for (const serial of serials) await sell(serial, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  for (const serial of serials) await sell(serial, '1.90');
  const audit = story.audit('2026-11-20T08:00:00Z');
  await Promise.all(serials.map((serial) => decide(serial, 'acknowledged')));
  await audit;
  expect(await Promise.all(serials.map(stateOf))).toEqual(serials.map(() => 'acknowledged'));
  for (const serial of serials) {
    const history = await historyOf(serial);
    expect(history.map(({ reason }) => reason).sort()).toEqual(['changed', 'found', 'set']);
  }
});

test('a decision taken back while an audit writes the same parcel stops neither of them', async () => {
  await sell(80, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  await sell(80, '1.90');
  const waiting = (): Promise<{ waits: boolean }[]> =>
    database.dataSource().query(
      `SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()) AS waits`,
    );
  let audit: Promise<number> = Promise.resolve(0);
  // The two steps of a decision, with the audit arriving between them.
  await database.dataSource().transaction(async (manager) => {
    await takeTurnWithFindings(manager);
    audit = story.audit('2026-11-20T08:00:00Z');
    audit.catch(() => undefined);
    await until(async () => (await waiting())[0]?.waits === true);
    await lookAgain(manager, number(80));
  });
  expect(await audit).toBeGreaterThan(0);
});
