/** What becomes of a mail when servers take it, refuse it, want it later, or take it for some recipients only. */
import { Delivery } from '../../src/alerts/delivery.service.ts';
import { afterTry } from '../../src/alerts/delivery.ts';
import { handoverOfFailure } from '../../src/alerts/handover.ts';
import type { MailKind } from '../../src/alerts/mail-id.ts';
import { type MailStatus, readMail } from '../../src/alerts/mail.store.ts';
import { Outbox } from '../../src/alerts/outbox.service.ts';
import { Days } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { MailServer } from '../support/mail-server.ts';

const database = useDatabase();
const server = new MailServer();
const days = new Days(database, () => ({
  SMTP_URL: server.url,
  REPORT_TO: 'a@example.com,b@example.com,c@example.com',
  OPERATOR_TO: 'operator@example.com',
}));

beforeAll(async () => {
  await server.start();
  await days.open();
});
afterAll(async () => {
  await days.close();
  await server.stop();
});
beforeEach(() => {
  server.answers = {};
  server.taken.length = 0;
  days.at('2026-12-01T06:05:00Z');
});

test('a refused login is no refusal of the mail: it waits until the password is mended', () => {
  const failure = Object.assign(new Error('Invalid login'), {
    responseCode: 535,
    command: 'AUTH PLAIN',
    response: '535 no',
  });
  expect(handoverOfFailure(failure, ['a@example.com'])).toEqual({
    accepted: [],
    refused: [],
    deferred: [{ address: 'a@example.com', why: '535 no' }],
  });
});

const to = ['a@example.com', 'b@example.com', 'c@example.com'];
const content = { subject: 'Story', severity: 'info', text: 'text', html: '<p>text</p>', attachments: [] } as const;

async function queued(about: string, kind: MailKind = 'report'): Promise<string> {
  return (await days.get(Outbox).queue({ kind, about, updates: [], to }, content)).id;
}

const deliver = (id: string): Promise<MailStatus> => days.get(Delivery).deliver(id);
const told = async (about: string, kind: MailKind = 'report'): Promise<string | null> =>
  (await days.get(Outbox).of({ kind: 'operator', about: `mail/${kind}/${about}` }))?.raw.toString('utf8') ?? null;

test('taken by all it is sent, once, however often it is tried', async () => {
  const id = await queued('taken');
  expect(await deliver(id)).toMatchObject({ state: 'sent', accepted: to, attempts: 1, problem: null });
  await deliver(id);
  expect(server.taken).toHaveLength(1);
  expect(await told('taken')).toBeNull();
});

test('a recipient who refuses for good and one who wants it later do not keep it from the third', async () => {
  const id = await queued('partial');
  server.answers.recipient = (address) =>
    address === 'a@example.com' ? '550 no such mailbox' : address === 'b@example.com' ? '451 come back later' : null;
  expect(await deliver(id)).toMatchObject({
    state: 'ready',
    accepted: ['c@example.com'],
    refused: ['a@example.com'],
    nextTryAt: new Date('2026-12-01T06:06:00Z'),
  });
  server.answers = {};
  const after = await days.at('2026-12-01T06:06:00Z').get(Delivery).deliver(id);
  expect(after).toMatchObject({
    state: 'sent',
    accepted: ['c@example.com', 'b@example.com'],
    refused: ['a@example.com'],
  });
  expect(server.taken.map((mail) => mail.to)).toEqual([['c@example.com'], ['b@example.com']]);
  expect(server.taken[0]?.raw.equals(server.taken[1]?.raw ?? Buffer.alloc(0))).toBe(true);
  expect(await told('partial')).not.toBeNull();
});

test('refused for good by all it has failed, and the operator is told why', async () => {
  const id = await queued('refused');
  server.answers.data = () => '554 5.7.1 policy: no such mail';
  expect(await deliver(id)).toMatchObject({ state: 'failed', accepted: [] });
  expect(await told('refused')).toContain('policy: no such mail');
});

test('a server that is away is tried again at growing intervals, for a day, and then given up', async () => {
  const id = await queued('away');
  server.answers.recipient = () => '421 too busy';
  const waits: number[] = [];
  let now = Date.parse('2026-12-01T06:05:00Z');
  for (let status = await deliver(id); status.state === 'ready'; status = await deliver(id)) {
    waits.push((status.nextTryAt.getTime() - now) / 60_000);
    now = status.nextTryAt.getTime();
    days.at(new Date(now).toISOString());
  }
  expect(waits.slice(0, 7)).toEqual([1, 2, 5, 15, 30, 60, 60]);
  expect(now - Date.parse('2026-12-01T06:05:00Z')).toBeGreaterThanOrEqual(24 * 3_600_000);
  expect(await readMail(database.dataSource(), id)).toMatchObject({ state: 'failed', accepted: [] });
  expect(await told('away')).toContain('too busy');
});

test('an alert is tried until it is taken, never more than five minutes apart', async () => {
  const id = await queued('urgent', 'alert');
  const busy = { accepted: [], refused: [], deferred: to.map((address) => ({ address, why: '421 too busy' })) };
  const began = Date.parse('2026-12-01T06:05:00Z');
  const waits: number[] = [];
  let now = began;
  let status: MailStatus | null = await readMail(database.dataSource(), id);
  while (status !== null && now < began + 48 * 3_600_000) {
    status = afterTry(status, busy, new Date(now));
    expect(status.state).toBe('ready');
    waits.push((status.nextTryAt.getTime() - now) / 60_000);
    now = status.nextTryAt.getTime();
  }
  expect([waits.slice(0, 3), Math.max(...waits)]).toEqual([[1, 2, 5], 5]);
});

test('an alert that waits while the server is away arrives once when it is back', async () => {
  const id = await queued('back again', 'alert');
  server.answers.recipient = () => '421 too busy';
  for (const at of ['06:05', '06:06', '06:08']) {
    expect(await days.at(`2026-12-01T${at}:00Z`).get(Outbox).due()).toContain(id);
    expect(await deliver(id)).toMatchObject({ state: 'ready' });
  }
  expect(await told('back again', 'alert')).toBeNull();
  server.answers = {};
  expect(await days.at('2026-12-01T06:13:00Z').get(Outbox).due()).toContain(id);
  expect(await deliver(id)).toMatchObject({ state: 'sent', accepted: to, attempts: 4 });
  expect(server.taken).toHaveLength(1);
});

test('of a recipient who refuses an alert the operator is told at once, while the others are still tried', async () => {
  const id = await queued('urgent and refused', 'alert');
  server.answers.recipient = (address) => (address === 'a@example.com' ? '550 no such mailbox' : '451 later');
  expect(await deliver(id)).toMatchObject({ state: 'ready', refused: ['a@example.com'] });
  const note = await told('urgent and refused', 'alert');
  expect(note).toContain('no such mailbox');
  expect(note?.replaceAll('=\r\n', '')).toContain('alerts send');
  server.answers = {};
  await deliver(id);
  expect(server.taken.map((mail) => mail.to)).toEqual([['b@example.com', 'c@example.com']]);
});

test('only mails whose time has come are due', async () => {
  const id = await queued('due');
  expect(await days.get(Outbox).due()).toContain(id);
  server.answers.recipient = () => '450 later';
  await deliver(id);
  expect(await days.get(Outbox).due()).not.toContain(id);
  expect(await days.at('2026-12-01T06:06:00Z').get(Outbox).due()).toContain(id);
});

test.each(['operator', 'test'] as const)('a mail of kind %s that nobody takes is told to nobody', async (kind) => {
  const id = await queued(`lost ${kind}`, kind);
  server.answers.data = () => '550 no';
  expect(await deliver(id)).toMatchObject({ state: 'failed' });
  const rows: unknown[] = await database
    .dataSource()
    .query(`SELECT id FROM mail WHERE about LIKE '%lost ${kind}' AND id <> $1`, [id]);
  expect(rows).toEqual([]);
});

test('a test mail is tried once', async () => {
  const id = await queued('once', 'test');
  server.answers.recipient = () => '450 later';
  expect(await deliver(id)).toMatchObject({ state: 'failed', attempts: 1 });
});

test('a mail server that cannot be reached leaves the mail to the next try', async () => {
  const locked = new Days(database, () => ({ SMTP_URL: 'smtp://127.0.0.1:1', OPERATOR_TO: 'operator@example.com' }));
  await locked.open();
  try {
    const id = await queued('unreachable');
    expect(await locked.at('2026-12-01T06:05:00Z').get(Delivery).deliver(id)).toMatchObject({
      state: 'ready',
      attempts: 1,
    });
  } finally {
    await locked.close();
  }
  expect(await deliver(await queued('unreachable'))).toMatchObject({ state: 'sent', attempts: 2 });
});

test('two processes at once hand it over once', async () => {
  const id = await queued('raced');
  const other = new Days(database, () => ({ SMTP_URL: server.url }));
  await other.open();
  try {
    await Promise.all([deliver(id), other.at('2026-12-01T06:05:00Z').get(Delivery).deliver(id)]);
  } finally {
    await other.close();
  }
  expect(server.taken).toHaveLength(1);
});
