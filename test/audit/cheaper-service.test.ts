import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

/** A heavy parcel by Priority Mail, by weight, at far more than the flat-rate box it would go into is published at. */
function dear(serial: number, over: Record<string, string> = {}): Record<string, string> {
  return {
    tracking_number: impb('055', '900000071', serial),
    vendor: 'Alpha Labels',
    label_id: `L${serial}`,
    purchased_at: '2025-11-12T09:00:00Z',
    ship_date: '2025-11-12',
    service: 'priority_mail',
    rate_type: 'weight',
    packaging: 'package',
    weight_oz: '480',
    length_in: '10',
    width_in: '8',
    height_in: '5',
    origin_zip: '10001',
    destination_zip: '94105',
    charged: '125.00',
    ...over,
  };
}

/** A two-pound parcel that goes into no flat-rate item this cheap: only Ground Advantage, which is slower, costs less. */
const ONLY_SLOWER = { weight_oz: '32', length_in: '12', width_in: '9', height_in: '6', charged: '60.00' };

const RULE = { rule: 'cheaper-service' };
const MONDAY = '2025-11-24T06:00:00Z';

describe('labels that a cheaper service would have carried', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const serials = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);
  const savings = (): Promise<unknown[]> => database.dataSource().query('SELECT * FROM label_saving ORDER BY 1, 2, 3');
  const weeks = async (): Promise<[string | null, string, string][]> => {
    const rows: { vendor: string; state: string; week: string }[] = await database
      .dataSource()
      .query(
        `SELECT vendor, state, evidence->>'week.start' AS week FROM finding WHERE rule = 'cheaper-service' ORDER BY 1, 3`,
      );
    return rows.map(({ vendor, state, week }) => [vendor, week, state]);
  };

  test('are told once a vendor and week, with their sum, under no number', async () => {
    await story.take('labels', [
      ...serials(1, 6).map((serial) => dear(serial)),
      ...serials(11, 6).map((serial) =>
        dear(serial, { purchased_at: '2025-11-19T09:00:00Z', ship_date: '2025-11-19' }),
      ),
      ...serials(21, 6).map((serial) => dear(serial, { vendor: 'Beta Labels' })),
    ]);
    await story.audit(MONDAY);
    expect(await weeks()).toEqual([
      ['Alpha Labels', '2025-11-10', 'open'],
      ['Alpha Labels', '2025-11-17', 'open'],
      ['Beta Labels', '2025-11-10', 'open'],
    ]);
    const [first] = await story.findings(RULE);
    expect(first).toMatchObject({ tracking_number: '@vendor/Alpha Labels', severity: 'info', attribution: 'us' });
    const [sum]: { mills: number }[] = await database
      .dataSource()
      .query(
        `SELECT sum(saving_mills)::bigint AS mills FROM label_saving WHERE vendor = 'Alpha Labels' AND week = '2025-11-10'`,
      );
    expect(first?.amount_mills).toBe(sum?.mills);
  });

  test('change nothing when they are audited again', async () => {
    const record = async (): Promise<unknown> => [
      await savings(),
      await database.dataSource().query('SELECT * FROM finding ORDER BY tracking_number, id'),
      await database.dataSource().query('SELECT * FROM finding_history ORDER BY tracking_number, id, sequence'),
      await database.dataSource().query('SELECT * FROM run ORDER BY id'),
    ];
    const before = await record();
    await story.audit(MONDAY);
    expect(await record()).toEqual(before);
  });

  test('are not written again by another book that finds the same, and are by another charge', async () => {
    const written = (): Promise<unknown> =>
      database.dataSource().query('SELECT tracking_number, xmin, saving_mills FROM label_saving ORDER BY 1');
    const before = await written();
    await database.dataSource().query('DELETE FROM judged');
    expect(await story.audit(MONDAY)).toBe(18);
    expect(await written()).toEqual(before);
    const [first] = await savings();
    await story.take('labels', [dear(1, { charged: '0.50' })]);
    await story.audit(MONDAY);
    expect(await savings()).not.toContainEqual(first);
    await story.take('labels', [dear(1)]);
    await story.audit(MONDAY);
    expect(await savings()).toContainEqual(first);
  });

  test('no longer count when a later import voids them, and the other weeks stand', async () => {
    const voided = { status: 'voided', voided_at: '2025-11-20T09:00:00Z', voided_by: 'us' };
    const in2nd = { purchased_at: '2025-11-19T09:00:00Z', ship_date: '2025-11-19' };
    await story.take(
      'labels',
      serials(11, 3).map((serial) => dear(serial, { ...in2nd, ...voided })),
    );
    await story.audit(MONDAY);
    expect(await weeks()).toEqual([
      ['Alpha Labels', '2025-11-10', 'open'],
      ['Alpha Labels', '2025-11-17', 'resolved'],
      ['Beta Labels', '2025-11-10', 'open'],
    ]);
  });

  test('count as of an earlier day only when they were known by then, and again afterwards', async () => {
    await story.audit('2025-11-18T06:00:00Z');
    expect(await weeks()).toContainEqual(['Alpha Labels', '2025-11-10', 'open']);
    await story.audit('2025-11-11T06:00:00Z');
    expect(await savings()).toEqual([]);
    expect((await weeks()).map(([, , state]) => state)).toEqual(['resolved', 'resolved', 'resolved']);
    await story.audit(MONDAY);
    expect(await weeks()).toContainEqual(['Alpha Labels', '2025-11-10', 'reopened']);
  });

  test('are left out with a promised date, hazardous contents, or as returns', async () => {
    const of = (over: Record<string, string>, from: number): Record<string, string>[] =>
      serials(from, 6).map((serial) => dear(serial, { vendor: 'Gamma Labels', ...over }));
    await story.take('labels', [
      ...of({ 'Deliver By': '2025-11-14' }, 31),
      ...of({ Hazmat: 'lithium' }, 41),
      ...of({ kind: 'return' }, 51),
    ]);
    await story.audit(MONDAY);
    expect((await weeks()).filter(([vendor]) => vendor === 'Gamma Labels')).toEqual([]);
  });

  test('are not known to be none in a week of which no label has a published price', async () => {
    const nowhere = { vendor: 'Delta Labels', destination_zip: '', weight_oz: '' };
    await story.take(
      'labels',
      serials(61, 6).map((serial) => dear(serial, nowhere)),
    );
    await story.audit(MONDAY);
    const [run]: { outcomes: unknown }[] = await database
      .dataSource()
      .query(`SELECT vendor_outcomes AS outcomes FROM run WHERE as_of = $1`, [MONDAY]);
    expect(run?.outcomes).toContainEqual(
      expect.objectContaining({ rule: 'cheaper-service', unknown: 1, missing: { 'week.saving_labels': 1 } }),
    );
  });

  test('by a slower one alone are neither told nor cleared, for no file says what the buyers were promised', async () => {
    await story.take('labels', [
      ...serials(71, 6).map((serial) => dear(serial, { vendor: 'Epsilon Labels', ...ONLY_SLOWER })),
      ...serials(81, 6).map((serial) =>
        dear(serial, { vendor: 'Zeta Labels', ...ONLY_SLOWER, 'Deliver By': '2025-11-14' }),
      ),
    ]);
    await story.audit(MONDAY);
    const slower: unknown[] = await database
      .dataSource()
      .query(`SELECT DISTINCT vendor FROM label_saving WHERE slower`);
    expect(slower).toEqual([{ vendor: 'Epsilon Labels' }]);
    expect((await weeks()).filter(([vendor]) => /Epsilon|Zeta/.test(vendor ?? ''))).toEqual([]);
  });

  test('say how often the rule answered, for the report', async () => {
    const [run]: { outcomes: unknown }[] = await database
      .dataSource()
      .query(`SELECT vendor_outcomes AS outcomes FROM run WHERE as_of = $1`, [MONDAY]);
    // The outbound labels of Gamma and Zeta had prices, and none that could be had for less.
    expect(run?.outcomes).toContainEqual({
      rule: 'cheaper-service',
      fires: 2,
      clear: 3,
      unknown: 2,
      missing: { 'week.promises_known': 1, 'week.saving_labels': 1 },
    });
  });
});
