/** Suppressions on a real database: what each kind of them hides, from what, until when, and that all of it comes back. */
import fc from 'fast-check';
import { jest } from '@jest/globals';
import { noteAlerts } from '../../src/alerts/alert.store.ts';
import { FindingService } from '../../src/audit/finding.service.ts';
import { readHidden, readHiddenIds } from '../../src/audit/suppression.query.ts';
import { SuppressionService, type SuppressionWish } from '../../src/audit/suppression.service.ts';
import { readSuspectedVendors } from '../../src/audit/suspicion.query.ts';
import { NotFoundError, UsageError } from '../../src/platform/errors.ts';
import { readReportChecks } from '../../src/reports/report-checks.query.ts';
import { readReportRows } from '../../src/reports/report.query.ts';
import { heldEvent, honestLabel } from '../support/daily.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { COUNTERFEIT } from '../support/timeline.ts';

jest.setTimeout(180_000);

const database = useDatabase();
const story = new Auditing(database.dataSource);
const number = (serial: number): string => impb('001', '900000044', serial);
const at = (text: string): Date => new Date(text);
const NOW = at('2026-11-20T08:00:00Z');
const room = (): SuppressionService => new SuppressionService(database.dataSource(), story.catalog);

const NOTHING = { rule: null, vendor: null, trackingNumber: null, labelId: null, orderId: null, expression: null };
const wish = (scope: Partial<SuppressionWish>): SuppressionWish => ({
  ...NOTHING,
  reason: 'known and accepted',
  owner: 'Ann',
  expiresOn: null,
  ...scope,
});
const add = (scope: Partial<SuppressionWish>, now = NOW) => room().add(wish(scope), { by: 'Ada', now });

/** What a report as of the instant tells of, as `<rule> <number>`. */
async function shown(now = NOW): Promise<string[]> {
  const asOf = now.getTime();
  const rows = await readReportRows(database.dataSource().manager, { asOf, importIds: [], judgedBy: '' });
  const checks = await readReportChecks(database.dataSource().manager, {
    asOf,
    outstanding: { vendors: [], from: '2026-11-01' },
  });
  expect(checks.findings).toBe(rows.findings.length);
  return rows.findings.map(({ rule, trackingNumber }) => `${rule} ${trackingNumber}`).sort();
}

const cheap = (serial: number): string => `below-floor-price ${number(serial)}`;

beforeAll(async () => {
  await story.take('labels', [
    honestLabel(1, '2026-11-10', { charged: '2.00', order_id: 'SO-1' }),
    honestLabel(2, '2026-11-10', { charged: '2.00', vendor: 'Other Labels' }),
    honestLabel(3, '2026-11-10', { charged: '1.00', vendor: 'Other Labels' }),
    honestLabel(4, '2026-11-10'),
    honestLabel(5, '2026-11-10'),
  ]);
  await story.take('tracking', [
    heldEvent(4, '2026-11-11T09:00:00Z'),
    { tracking_number: number(5), event_time: '2026-11-11T09:00:00Z', event_text: COUNTERFEIT, source: 'usps' },
  ]);
  await story.audit('2026-11-20T06:00:00Z');
});

// Nothing made by one story hides anything in another.
afterEach(() => database.dataSource().query('DELETE FROM suppression'));

test('every criterion hides what it names, at once, and ending it brings that back', async () => {
  const all = await shown();
  expect(all).toEqual(expect.arrayContaining([cheap(1), cheap(2), cheap(3)]));
  const labels: { label_id: string }[] = await database
    .dataSource()
    .query('SELECT label_id FROM label WHERE tracking_number = $1', [number(3)]);
  for (const [scope, hidden] of [
    [{ rule: 'below-floor-price' }, [cheap(1), cheap(2), cheap(3)]],
    [{ vendor: 'Other Labels', rule: 'below-floor-price' }, [cheap(2), cheap(3)]],
    [{ trackingNumber: `420850042233 ${number(2)}`, rule: 'below-floor-price' }, [cheap(2)]],
    [{ orderId: 'SO-1' }, all.filter((each) => each.endsWith(number(1)))],
    [{ vendor: 'Other Labels', labelId: labels[0]?.label_id ?? '' }, all.filter((each) => each.endsWith(number(3)))],
  ] satisfies [Partial<SuppressionWish>, string[]][]) {
    const made = await add(scope);
    expect(made.hides).toBe(hidden.length);
    const later = at('2026-11-20T08:00:01Z');
    expect(await shown(later)).toEqual(all.filter((each) => !hidden.includes(each)));
    await room().end(made.id, { reason: 'done', by: 'Bo', now: at('2026-11-20T08:01:00Z') });
    expect(await shown(at('2026-11-20T08:01:00Z'))).toEqual(all);
    // The past stays what it was.
    expect(await shown(later)).toEqual(all.filter((each) => !hidden.includes(each)));
    await database.dataSource().query('DELETE FROM suppression');
  }
});

test('it hides through its last day and no longer, by time alone', async () => {
  const all = await shown();
  await add({ rule: 'below-floor-price', expiresOn: '2026-11-25' });
  expect(await shown(at('2026-11-25T23:59:59Z'))).toHaveLength(all.length - 3);
  expect(await shown(at('2026-11-26T00:00:00Z'))).toEqual(all);
  const { items } = await room().list({ states: ['expired'], limit: 10 }, at('2026-11-26T00:00:00Z'));
  expect(items).toMatchObject([{ state: 'expired', hides: 0, expiresSoon: false, idle: false }]);
});

test('an expression hides after the next audit, what it is true of and nothing else', async () => {
  const made = await add({ rule: 'below-floor-price', expression: 'label.charged_mills < 1500.0' });
  expect(made.hides).toBe(0);
  expect(await story.audit('2026-11-20T09:00:00Z')).toBeGreaterThan(0);
  const now = at('2026-11-20T09:00:00Z');
  const left = await shown(now);
  expect(left).toEqual(expect.arrayContaining([cheap(1), cheap(2)]));
  expect(left).not.toContain(cheap(3));
  expect(await story.history(number(3), 'below-floor-price')).toEqual(['found: open']);
  await room().end(made.id, { reason: null, by: 'Ada', now });
  expect(await shown(now)).toContain(cheap(3));
  await story.audit('2026-11-20T10:00:00Z');
  expect(await story.history(number(3), 'below-floor-price')).toEqual(['found: open']);
});

test('an expression is asked again when time or facts change', async () => {
  await add({ rule: 'below-floor-price', expression: 'audit.as_of < 1795500000000.0' });
  await story.audit('2026-11-20T11:00:00Z');
  expect(await shown(at('2026-11-20T11:00:00Z'))).not.toContain(cheap(1));
  // 1795500000000 is 2026-11-24T06:00:00Z: nothing about the parcels changed since.
  await story.audit('2026-11-24T07:00:00Z');
  expect(await shown(at('2026-11-24T07:00:00Z'))).toContain(cheap(1));
});

test('counterfeit postage is shown whatever names its vendor or its rule, but for both with its number', async () => {
  const rule = 'counterfeit-postage-notice';
  const [found] = (await story.findings({ number: number(5) })).filter((each) => each.rule === rule);
  expect(found).toMatchObject({ severity: 'critical', verdict: 'payment_unproven' });
  const later = at('2026-11-20T12:00:00Z');
  const line = `${rule} ${number(5)}`;
  const expression = 'label.charged_mills > 0.0';
  for (const scope of [
    { rule },
    { trackingNumber: number(5) },
    { rule, vendor: 'Story Labels' },
    { expression },
    { rule, vendor: 'Story Labels', expression },
  ] satisfies Partial<SuppressionWish>[]) {
    const { id } = await add(scope);
    await story.audit('2026-11-20T12:00:00Z');
    const made = await room().one(id, later);
    expect(made.spares).toBeGreaterThan(0);
    expect(await shown(later)).toContain(line);
    await database.dataSource().query('DELETE FROM suppression');
  }
  expect(await add({ rule, trackingNumber: number(5) })).toMatchObject({ hides: 1, spares: 0 });
  expect(await shown(later)).not.toContain(line);
});

test('what is hidden is not told, raises no suspicion, and is told when it is shown again', async () => {
  const rules = ['held-for-postage', 'below-floor-price'];
  const later = at('2026-11-20T12:00:00Z');
  const made = await add({ rule: 'held-for-postage' });
  const price = await add({ rule: 'below-floor-price' });
  expect(await noteAlerts(database.dataSource(), { rules, now: later })).toBe(0);
  expect(await readSuspectedVendors(database.dataSource(), later)).not.toContain('Other Labels');
  const end = { reason: null, by: 'Ada', now: at('2026-11-20T13:00:00Z') };
  await room().end(price.id, end);
  expect(await readSuspectedVendors(database.dataSource(), at('2026-11-20T13:00:00Z'))).toContain('Other Labels');
  await room().end(made.id, end);
  expect(
    await noteAlerts(database.dataSource(), { rules: ['held-for-postage'], now: at('2026-11-20T13:00:01Z') }),
  ).toBe(1);
});

test('a decision about a hidden finding is kept, and it is not hidden twice', async () => {
  const made = await add({ rule: 'held-for-postage' });
  const [held] = await database
    .dataSource()
    .query<{ id: string }[]>(`SELECT id FROM finding WHERE rule = 'held-for-postage'`);
  const decide = { state: 'dismissed', note: 'paid since' } as const;
  await new FindingService(database.dataSource()).decide([{ id: held?.id ?? '' }], decide, { by: 'Ada', now: NOW });
  expect((await room().one(made.id, NOW)).hides).toBe(0);
});

test('one that hid nothing for 30 days is idle; the last time it did is kept by audits', async () => {
  await add({ vendor: 'Other Labels', rule: 'held-for-postage', expiresOn: '2027-02-01' });
  const useful = await add({ rule: 'below-floor-price', expiresOn: '2027-02-01' });
  await story.audit('2026-11-25T06:00:00Z');
  const { items } = await room().list({ states: ['active'], limit: 10 }, at('2026-12-21T08:00:00Z'));
  expect(Object.fromEntries(items.map(({ rule, idle }) => [rule, idle]))).toEqual({
    'below-floor-price': false,
    'held-for-postage': true,
  });
  expect((await room().one(useful.id, NOW)).lastHidAt).toEqual(at('2026-11-25T06:00:00Z'));
});

test('what cannot be is refused, naming the field', async () => {
  for (const [scope, told] of [
    [{}, 'at least one of'],
    [{ labelId: 'L' }, 'labelId'],
    [{ rule: 'no-such-rule' }, 'rule: '],
    [{ vendor: 'Nobody at all' }, 'vendor: '],
    [{ expression: 'label.nothing == 1.0' }, 'expression: '],
    [{ rule: 'below-floor-price', expiresOn: '2026-11-19' }, 'expiresOn: '],
    [{ rule: 'below-floor-price', expiresOn: '2027-11-22' }, 'expiresOn: '],
  ] satisfies [Partial<SuppressionWish>, string][]) {
    await expect(add(scope)).rejects.toThrow(UsageError);
    await expect(add(scope)).rejects.toThrow(told);
  }
  expect((await add({ rule: 'below-floor-price', expiresOn: '2027-11-21' })).expiresOn).toBe('2027-11-21');
  expect((await add({ rule: 'below-floor-price' })).expiresOn).toBe('2027-02-18');
  await expect(room().end('f'.repeat(32), { reason: null, by: 'Ada', now: NOW })).rejects.toThrow(NotFoundError);
});

test('one that is ended twice says who ended it first', async () => {
  const { id } = await add({ rule: 'below-floor-price' });
  await room().end(id, { reason: 'first', by: 'Ada', now: NOW });
  const again = await room().end(id, { reason: 'second', by: 'Bo', now: at('2026-11-21T08:00:00Z') });
  expect(again).toMatchObject({ state: 'ended', endedBy: 'Ada', endReason: 'first', endedAt: NOW, hides: 0 });
});

describe('any suppressions together', () => {
  const scope: fc.Arbitrary<Partial<SuppressionWish>> = fc.constantFrom(
    { rule: 'below-floor-price' },
    { rule: 'held-for-postage' },
    { vendor: 'Other Labels' },
    { vendor: 'Story Labels' },
    { trackingNumber: number(1) },
    { trackingNumber: number(3), rule: 'below-floor-price' },
    { orderId: 'SO-1' },
    { expression: 'label.charged_mills < 3000.0' },
    { rule: 'below-floor-price', expression: 'label.charged_mills < 1500.0' },
  );

  test('hide what each hides alone, and ending one brings back exactly what no other hides', async () => {
    let hour = 0;
    const next = (): Date => at(new Date(Date.UTC(2026, 10, 26, (hour += 1))).toISOString());
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(scope, { minLength: 1, maxLength: 4 }), fc.nat(3), async (scopes, which) => {
        await database.dataSource().query('DELETE FROM suppression');
        const before = await shown(next());
        const made = [];
        for (const each of scopes) made.push(await add(each, next()));
        await story.audit(next().toISOString());
        const now = next();
        const hidden = await readHidden(database.dataSource().manager, now);
        const hiddenIds = await readHiddenIds(database.dataSource().manager, now);
        const during = await shown(now);
        expect(during.length + hiddenIds.length).toBe(before.length);
        expect(hidden.reduce((sum, { findings }) => sum + findings, 0)).toBeGreaterThanOrEqual(hiddenIds.length);
        const ended = made[which % made.length];
        if (ended === undefined) return;
        const alone = await hiddenByOthers(ended.id, now);
        await room().end(ended.id, { reason: null, by: 'Ada', now });
        expect(await readHiddenIds(database.dataSource().manager, now)).toEqual(alone);
        for (const { id } of made) await room().end(id, { reason: null, by: 'Ada', now });
        expect(await shown(now)).toEqual(before);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });

  async function hiddenByOthers(id: string, now: Date): Promise<string[]> {
    return database.dataSource().transaction(async (manager) => {
      await manager.query('DELETE FROM suppression WHERE id = $1', [id]);
      const ids = await readHiddenIds(manager, now);
      await manager.query('ROLLBACK');
      await manager.query('BEGIN');
      return ids;
    });
  }
});
