/** What people decide about findings, and what audits leave of it. */
import { SETTABLE_STATES, type SettableState } from '../../src/core/finding/lifecycle.ts';
import { lookAgain } from '../../src/audit/decision.store.ts';
import { FindingService } from '../../src/audit/finding.service.ts';
import { takeTurnWithFindings } from '../../src/audit/finding.store.ts';
import { ConflictError, NotFoundError, OutdatedError } from '../../src/platform/errors.ts';
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

test('whose work it is, until when, under which reference and what came back are kept, field by field', async () => {
  await sell(90, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  const service = new FindingService(database.dataSource());
  const id = await idOf(90);
  const ada = { by: 'Ada', now: NOW };
  await service.decide(
    [{ id }],
    { assignee: 'Bo', ownDeadline: '2026-12-01', disputeReference: 'D-7', note: null },
    ada,
  );
  await service.decide([{ id }], { recovered: { mills: 1500, currency: 'USD' }, note: 'first half' }, ada);
  // The same once more is no change.
  await service.decide([{ id }], { recovered: { mills: 1500, currency: 'USD' }, note: 'first half' }, ada);
  await service.decide([{ id }], { note: 'they promise the rest' }, ada);
  await service.decide([{ id }], { note: 'they promise the rest' }, ada);
  await service.decide([{ id }], { assignee: null, note: null }, { by: 'Bo', now: NOW });
  const rows: object[] = await database
    .dataSource()
    .query('SELECT reason, by, note, changes FROM finding_history WHERE id = $1 ORDER BY sequence', [id]);
  expect(rows.slice(1)).toEqual([
    {
      reason: 'edited',
      by: 'Ada',
      note: null,
      changes: { assignee: [null, 'Bo'], ownDeadline: [null, '2026-12-01'], disputeReference: [null, 'D-7'] },
    },
    {
      reason: 'edited',
      by: 'Ada',
      note: 'first half',
      changes: { recovered: [null, { mills: 1500, currency: 'USD' }] },
    },
    { reason: 'commented', by: 'Ada', note: 'they promise the rest', changes: {} },
    { reason: 'edited', by: 'Bo', note: null, changes: { assignee: ['Bo', null] } },
  ]);
  await story.audit('2026-11-21T06:00:00Z');
  expect((await story.findings({ number: number(90) }))[0]).toMatchObject({
    state: 'open',
    assignee: null,
    own_deadline: '2026-12-01',
    dispute_reference: 'D-7',
    recovered_mills: 1500,
  });
});

test('a comment on a closed finding is no new decision: what was decided on stays what it was', async () => {
  await sell(91, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  await decide(91, 'dismissed');
  await sell(91, '2.50');
  await story.audit('2026-11-20T07:00:00Z');
  const service = new FindingService(database.dataSource());
  await service.decide([{ id: await idOf(91) }], { note: 'less than it was' }, { by: 'Bo', now: NOW });
  await sell(91, '2.10');
  await story.audit('2026-11-20T08:00:00Z');
  expect(await stateOf(91)).toBe('dismissed');
});

test('who decides on an earlier standing is refused, and neither is overwritten', async () => {
  await sell(92, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  const service = new FindingService(database.dataSource());
  const id = await idOf(92);
  const bo = { by: 'Bo', now: NOW };
  await service.decide([{ id, version: 1 }], { assignee: 'Ada', note: null }, { by: 'Ada', now: NOW });
  const late = service.decide([{ id, version: 1 }], { assignee: 'Bo', note: null }, bo);
  await expect(late).rejects.toThrow(OutdatedError);
  await expect(late).rejects.toThrow('changed by "Ada"');
  // Who sends their own change again, for want of an answer, is told that it stands.
  await service.decide([{ id, version: 1 }], { assignee: 'Ada', note: null }, { by: 'Ada', now: NOW });
  await service.decide([{ id, version: 2 }], { assignee: 'Bo', note: null }, bo);
  expect(await historyOf(92)).toHaveLength(3);
});

test('many are decided about at once, or none of them', async () => {
  const serials = [93, 94, 95];
  for (const serial of serials) await sell(serial, '2.00');
  await story.audit('2026-11-20T06:00:00Z');
  const service = new FindingService(database.dataSource());
  const seen = await Promise.all(serials.map(async (serial) => ({ id: await idOf(serial) })));
  const all = { state: 'dismissed', note: 'agreed prices' } as const;
  await decide(95, 'recovered');
  await expect(service.decide(seen, all, { by: 'Ada', now: NOW })).rejects.toThrow(ConflictError);
  expect(await Promise.all(serials.map(stateOf))).toEqual(['open', 'open', 'recovered']);
  await service.decide(seen.slice(0, 2), all, { by: 'Ada', now: NOW });
  expect(await Promise.all(serials.map(stateOf))).toEqual(['dismissed', 'dismissed', 'recovered']);
  const tooMany = Array.from({ length: 501 }, () => ({ id: seen[0]?.id ?? '' }));
  await expect(service.decide(tooMany, all, { by: 'Ada', now: NOW })).rejects.toThrow('more than 500');
});

test('the history is only added to: its owner has no right to rewrite it', async () => {
  const dataSource = database.dataSource();
  const owner = `clerk_${process.pid}`;
  await dataSource.query(`CREATE ROLE ${owner}`);
  try {
    await dataSource.transaction(async (manager) => {
      // As a service that is no superuser owns its tables.
      await manager.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${owner}`);
      await manager.query(`ALTER TABLE finding_history OWNER TO ${owner}`);
      await manager.query(`SET LOCAL ROLE ${owner}`);
      const refusals: string[] = [];
      for (const sql of [
        `UPDATE finding_history SET note = 'nothing'`,
        'DELETE FROM finding_history',
        'TRUNCATE finding_history',
      ]) {
        await manager.query('SAVEPOINT before');
        await manager.query(sql).catch((error: Error) => refusals.push(error.message));
        await manager.query('ROLLBACK TO SAVEPOINT before');
      }
      expect(refusals).toEqual(Array(3).fill('permission denied for table finding_history'));
      await manager.query('SELECT FROM finding_history');
      await manager.query('RESET ROLE');
      await manager.query('ALTER TABLE finding_history OWNER TO CURRENT_USER');
      await manager.query(`DROP OWNED BY ${owner}`);
    });
  } finally {
    await dataSource.query(`DROP ROLE ${owner}`);
  }
});
