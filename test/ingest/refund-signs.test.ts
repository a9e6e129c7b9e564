/** Refunds imported before their sign was settled are given it, in the lines and in what is gathered of them. */
import { RefundSigns1795532000000 } from '../../src/migrations/1795532000000-refund-signs.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { NUMBER } from '../support/judge.ts';

const database = useDatabase();

afterEach(async () => database.dataSource().query('TRUNCATE charge, charge_digest'));

const line = (place: number, charge_type: string, amount: string): Record<string, string> => ({
  invoice_number: 'INV-1',
  vendor: 'Alpha',
  line_number: String(place),
  tracking_number: NUMBER,
  charge_type,
  amount,
});

async function amounts(): Promise<{ lines: number[]; gathered: number[] }> {
  const lines: { mills: number }[] = await database
    .dataSource()
    .query(`SELECT amount_mills AS mills FROM charge ORDER BY charge_key`);
  const [row]: { digest: { lines: { amountMills: number }[] } }[] = await database
    .dataSource()
    .query(`SELECT digest FROM charge_digest`);
  return {
    lines: lines.map(({ mills }) => mills),
    gathered: (row?.digest.lines ?? []).map(({ amountMills }) => amountMills),
  };
}

/** Keeps the second line as it was kept before, without a sign, and has the migration settle it. */
async function upgrade(second: string): Promise<void> {
  const runner = database.dataSource().createQueryRunner();
  try {
    await runner.query(`UPDATE charge SET amount_mills = 7310 WHERE ${second}`);
    await runner.query(`UPDATE charge_digest SET digest = jsonb_set(digest, '{lines,1,amountMills}', '7310')`);
    await new RefundSigns1795532000000().up(runner);
  } finally {
    await runner.release();
  }
}

test('a refund that was kept without a sign is kept below zero, and nothing else changes', async () => {
  const story = new Auditing(database.dataSource);
  await story.take('invoice', [
    line(1, 'postage', '7.31'),
    line(2, 'refund', '7.31'),
    line(3, 'refund', '-2.00'),
    line(4, 'adjustment', '1.85'),
  ]);
  const settled = await amounts();
  expect(settled).toEqual({ lines: [7310, -7310, -2000, 1850], gathered: [7310, -7310, -2000, 1850] });
  await upgrade(`line_number = '2'`);
  expect(await amounts()).toEqual(settled);
});

/** Of the refund below, as rows imported before the sign was settled have it. */
const KEPT_KEY = '["INV-1","aa7d1b22956ba450c1e2ea1629bb6fe0",1]';

test('a refund without a sign and without a line number that was kept before, and is sent again, is kept once', async () => {
  const story = new Auditing(database.dataSource);
  const { line_number: _, ...refund } = line(2, 'refund', '7.31');
  await story.take('invoice', [line(1, 'postage', '7.31'), refund]);
  await upgrade(`charge_key = '${KEPT_KEY}'`);
  await story.take('invoice', [line(1, 'postage', '7.31'), refund, line(3, 'postage', '1.00')]);
  const kept: unknown[] = await database
    .dataSource()
    .query(`SELECT charge_key, amount_mills FROM charge WHERE charge_type = 'refund'`);
  expect(kept).toEqual([{ charge_key: KEPT_KEY, amount_mills: -7310 }]);
  expect((await amounts()).gathered).toHaveLength(3);
});
