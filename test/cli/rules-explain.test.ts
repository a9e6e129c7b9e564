/** `rules explain`: a rule's answer taken apart, for what fires, is clear or unknown, for numbers and for vendors. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CliIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/program.ts';
import { registerRules } from '../../src/cli/rules.command.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { schema } from '../../src/schema.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);

const NUMBER = '9400111899223197428497';
const LABEL = {
  tracking_number: NUMBER,
  vendor: 'Lucky Parcel',
  purchased_at: '2026-11-05T10:00:00Z',
  service: 'ground_advantage',
  charged: '2.40',
  label_id: 'L1',
  weight_oz: '32',
  length_in: '8',
  width_in: '6',
  height_in: '4',
  packaging: 'package',
  origin_zip: '90210',
  destination_zip: '10001',
};
const HELD = {
  tracking_number: NUMBER,
  event_time: '2026-11-08T10:00:00Z',
  event_text: 'Package delayed for postage assessment and held awaiting payment',
  source: 'usps',
  outcome: 'answered',
  retrieved_at: '2026-11-19T10:00:00Z',
};

const STRANGER = '9400111899223197428404';
const LINE = {
  invoice_number: 'LP-11',
  vendor: 'Lucky Parcel',
  charge_type: 'postage',
  amount: '2.40',
  invoice_date: '2026-11-15',
  period_from: '2026-11-01',
  period_to: '2026-11-15',
  charged_at: '2026-11-05',
  tracking_number: NUMBER,
};

beforeAll(async () => {
  await story.take('labels', [LABEL, { ...LABEL, tracking_number: '9400111899223197428503', label_id: 'L2' }]);
  await story.take('invoice', [
    { ...LINE, line_number: '1' },
    { ...LINE, line_number: '2' },
    { ...LINE, line_number: '3', tracking_number: STRANGER, amount: '5.10' },
    { ...LINE, invoice_number: 'LP-12', line_number: '1' },
    { ...LINE, invoice_number: 'LP-12', line_number: '2' },
    { ...LINE, invoice_number: 'LP-12', line_number: '3', tracking_number: STRANGER, amount: '5.10' },
  ]);
  await story.take('adjustments', [
    {
      tracking_number: NUMBER,
      vendor: 'Lucky Parcel',
      adjustment_id: 'A-1',
      assessed_at: '2026-11-10',
      reason: 'weight',
      amount: '3.00',
    },
  ]);
  await story.take('tracking', [HELD]);
});

const RULES_ABOUT_CHARGES = story.catalog.rules.rules
  .filter(({ subject }) => subject === 'charge')
  .map(({ id, level }) => [id, level] as const);

async function explain(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io: CliIo = { stdout, stderr, now: () => Date.UTC(2026, 10, 20, 8), root: projectRoot() };
  const commands = {
    rules: async () => (program: Parameters<typeof registerRules>[0], cliIo: CliIo) =>
      registerRules(program, cliIo, async () => schema),
  };
  const code = await runCli(['rules', 'explain', ...words, '--database', database.url()], commands, io);
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

test('a price far under the floor: the parts that decided, what they were worked out from, and the parameters', async () => {
  const { code, out } = await explain('below-floor-price', NUMBER);
  expect(code).toBe(0);
  expect(out).toMatch(/^Lucky Parcel: fires$/m);
  expect(out).toMatch(/^rule version \d+ \([0-9a-f]{16}\), active; data \w+; book [0-9a-f]{32}$/m);
  expect(out).toMatch(/^\* true {5}all of$/m);
  expect(out).toMatch(/^\* true {7}label\.kind != "pay_on_use"$/m);
  expect(out).toMatch(/^\* true {7}one of$/m);
  expect(out).toMatch(/^\* true {9}under_any_cell$/m);
  expect(out).toMatch(/^\* false {14}price\.floor_known$/m);
  expect(out).toMatch(/^ {2}false {8}under_floor$/m);
  expect(out).toMatch(/^ {2}unknown {6}floor_open$/m);
  expect(out).toMatch(/^ {2}price\.paid_mills +2\.40 USD$/m);
  expect(out).toMatch(/^ {2}least_mills +\d+\.\d\d USD$/m);
  expect(out).toMatch(/^ {2}params\.suspect_share +20%$/m);
  expect(out).toMatch(/^severity is high, since under_any_cell \|\| far_under_floor$/m);
});

test('a rule that is clear, or unknown: which part decided, and what is missing', async () => {
  const clear = await explain('counterfeit-postage-notice', NUMBER);
  expect(clear.out).toMatch(/^Lucky Parcel: clear$/m);
  expect(clear.out).toMatch(/^\* false +journey\.notice$/m);
  const unknown = await explain('label-destination-not-order', NUMBER);
  expect(unknown.out).toMatch(/^Lucky Parcel: unknown for want of .*order\./m);
  expect(unknown.out).toMatch(/^\* unknown/m);
});

test('it holds as of an earlier time, and tells more in JSON', async () => {
  const { out } = await explain('held-for-postage', NUMBER, '--as-of', '2026-11-07T00:00:00Z', '--json');
  const document = JSON.parse(out) as { asOf: string; answers: { answer: string; parts: { depth: number }[] }[] };
  expect(document).toMatchObject({ asOf: '2026-11-07T00:00:00Z', answers: [{ vendor: 'Lucky Parcel' }] });
  expect(document.answers[0]?.answer).not.toBe('fires');
  const now = JSON.parse((await explain('held-for-postage', NUMBER, '--json')).out) as typeof document;
  expect(now.answers[0]).toMatchObject({ answer: 'fires', ruleNumber: expect.any(Number) });
  expect(now.answers[0]?.parts[0]?.depth).toBe(0);
});

test('a rule about vendors is explained by the name of the vendor', async () => {
  const { code, out } = await explain('mailer-id-shared', 'Lucky Parcel');
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/^Lucky Parcel: \w+/m) });
  expect(await explain('mailer-id-shared', 'Lucky Parcle')).toMatchObject({
    err: expect.stringContaining('did you mean Lucky Parcel?'),
  });
});

test('a rule or number that is not there is said so', async () => {
  expect(await explain('held-for-postge', NUMBER)).toMatchObject({
    err: expect.stringContaining('did you mean held-for-postage?'),
  });
  expect(await explain('held-for-postage', '9400111899223197428480')).toMatchObject({
    err: expect.stringContaining('no purchase under the number'),
  });
});

test('a rule about charges is explained line by line, clear or not, also where no label is known', async () => {
  const { code, out } = await explain('duplicate-charge', NUMBER);
  expect(code).toBe(0);
  expect(out).toMatch(/^Lucky Parcel, line 1 of invoice LP-11, postage 2\.40 USD: clear$/m);
  expect(out).toMatch(/^Lucky Parcel, line 2 of invoice LP-11, postage 2\.40 USD: fires$/m);
  expect(out).toMatch(/^ {2}charge\.open_mills +2\.40 USD$/m);
  const stranger = await explain('charge-without-label', STRANGER, '--json');
  const document = JSON.parse(stranger.out) as { answers: { about: string; parts: unknown[] }[] };
  expect(document.answers).toHaveLength(2);
  expect(document.answers[0]).toMatchObject({
    about: 'line 3 of invoice LP-11, postage 5.10 USD',
    vendor: 'Lucky Parcel',
  });
  expect(await explain('duplicate-charge', '9400111899223197428503')).toMatchObject({
    err: expect.stringContaining('no charge under 9400111899223197428503 was known by then'),
  });
});

test('a rule about numbers says that it judges the number itself', async () => {
  expect((await explain('own-mailer-id-abused', STRANGER)).out).toMatch(/^the number itself: \w+/m);
});

test('charges are explained as they were known by then', async () => {
  expect(await explain('duplicate-charge', NUMBER, '--as-of', '2026-11-10T00:00:00Z')).toMatchObject({
    err: expect.stringContaining('no charge under'),
  });
});

test('a rule about invoices is explained by the number of the invoice, with or without its vendor', async () => {
  const { code, out } = await explain('duplicate-invoice', 'LP-12');
  expect(code).toBe(0);
  expect(out).toMatch(/^Lucky Parcel, invoice LP-12 in USD: fires$/m);
  for (const written of ['@Lucky Parcel/LP-11', '@invoice/Lucky Parcel/LP-11']) {
    expect((await explain('duplicate-invoice', written)).out).toMatch(/^Lucky Parcel, invoice LP-11 in USD: clear$/m);
  }
  expect(await explain('duplicate-invoice', 'LP-13')).toMatchObject({
    err: expect.stringMatching(/nothing is known of an invoice LP-13; did you mean LP-1[12]\?/),
  });
});

test.each(RULES_ABOUT_CHARGES)('%s answers for what it judges as it did in the audit', async (id, level) => {
  await story.audit('2026-11-20T08:00:00Z');
  const asked = level === 'invoice' ? ['LP-11', 'LP-12'] : [NUMBER, STRANGER];
  const found = await story.findings({ rule: id });
  let fires = 0;
  for (const subject of asked) {
    const { out, err } = await explain(id, subject, '--json');
    if (out === '') expect(err).toMatch(/^no adjustment under/);
    else fires += (JSON.parse(out) as { answers: { answer: string }[] }).answers.filter(isFiring).length;
  }
  expect(fires).toBe(found.length);
});

function isFiring({ answer }: { answer: string }): boolean {
  return answer === 'fires';
}
