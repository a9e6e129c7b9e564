/** Who is to be told is not always there: nothing is lost, nobody is flooded, and the operator hears of it once. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { Alerts } from '../../src/alerts/alert.service.ts';
import { Delivery } from '../../src/alerts/delivery.service.ts';
import { Outbox } from '../../src/alerts/outbox.service.ts';
import { Alerting, attached, soldBy } from '../support/alerting.ts';
import { Days, noticeEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const number = (serial: number): string => impb('001', '900000044', serial);

describe('without ALERT_TO', () => {
  const database = useDatabase();
  const silent = new Alerting(database, { ALERT_TO: '' });
  const heard = new Alerting(database);
  beforeAll(async () => {
    await silent.open();
    await heard.open();
  });
  afterAll(async () => {
    await silent.close();
    await heard.close();
  });

  async function find(serial: number, at: string): Promise<void> {
    silent.days.at(at);
    await silent.take('labels', [soldBy('Harbor Postage', serial)]);
    await silent.take('tracking', [noticeEvent(serial, '2026-11-09T09:00:00Z')]);
    await silent.days.audit();
  }

  test('the operator is told once that alerts reach nobody, however much is found', async () => {
    await find(1, '2026-11-10T06:00:00Z');
    const [mail, ...others] = await silent.tellFound();
    expect(others).toEqual([]);
    expect(silent.server.taken.at(-1)?.to).toEqual(['operator@example.com']);
    expect(mail?.text).toContain('ALERT_TO names no address');
    await find(2, '2026-11-11T06:00:00Z');
    await find(3, '2026-11-12T06:00:00Z');
    expect(await silent.tellFound()).toEqual([]);
    expect(await silent.outcomes()).toEqual({ [number(1)]: null, [number(2)]: null, [number(3)]: null });
    expect(await silent.days.get(Alerts).waiting()).toBe(false);
  });

  test('once somebody is named, what was found in the last 48 hours is told in one mail, and the operator of the rest', async () => {
    heard.days.at('2026-11-12T07:00:00Z');
    expect(await heard.days.get(Alerts).waiting()).toBe(true);
    const mails = await heard.tellFound();
    const alert = mails.find(({ subject }) => subject?.startsWith('Counterfeit'));
    expect(mails).toHaveLength(2);
    expect(attached(alert, 'labels.csv')?.map((row) => row['tracking_number'])).toEqual([2, 3].map(number));
    const note = mails.find((mail) => mail !== alert);
    expect(note?.text).toContain('findings that were not told at once: 1.');
    expect(await heard.outcomes()).toEqual({ [number(1)]: 'untold', [number(2)]: 'told', [number(3)]: 'told' });
    expect(await heard.tellFound()).toEqual([]);
    expect(await heard.days.get(Alerts).waiting()).toBe(false);
  });
});

describe('without a mail server', () => {
  const database = useDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
  const filing = new Days(database, () => ({ DATA_DIR: folder }));
  const mailing = new Alerting(database);
  beforeAll(async () => {
    await filing.open();
    await mailing.open();
  });
  afterAll(async () => {
    await filing.close();
    await mailing.close();
    rmSync(folder, { recursive: true });
  });

  test('an alert is one file in the outbox folder; somebody who is named within two days is told all the same', async () => {
    filing.at('2026-11-10T06:00:00Z');
    await filing.take('labels', [soldBy('Harbor Postage', 1), soldBy('Harbor Postage', 2)]);
    await filing.take('tracking', [noticeEvent(1, '2026-11-09T09:00:00Z')]);
    await filing.audit();
    for (let times = 0; times < 2; times += 1) await filing.get(Alerts).tellNew(20);
    for (const id of await filing.get(Outbox).due()) await filing.get(Delivery).deliver(id);
    const names = readdirSync(join(folder, 'outbox'));
    expect(names).toEqual([expect.stringMatching(/^alert-20261110T060000Z-[0-9a-f]{8}\.eml$/)]);
    const file = await simpleParser(readFileSync(join(folder, 'outbox', names[0] ?? '')));
    expect(attached(file, 'stop-list.csv')).toHaveLength(1);
    expect(await mailing.outcomes()).toEqual({ [number(1)]: 'filed' });

    mailing.days.at('2026-11-11T06:00:00Z');
    const [mail, ...others] = await mailing.tellFound();
    expect(others).toEqual([]);
    expect(mail?.subject).toBe(file.subject);
    expect(await mailing.tellFound()).toEqual([]);
  });
});

describe('an alert whose self-check failed', () => {
  const database = useDatabase();
  const story = new Alerting(database);
  beforeAll(() => story.open());
  afterAll(() => story.close());

  test('is held until somebody asks, then composed anew and sent once', async () => {
    story.days.at('2026-11-10T06:00:00Z');
    await story.take('labels', [soldBy('Harbor Postage', 1), soldBy('Harbor Postage', 2)]);
    await story.take(
      'tracking',
      [1, 2].map((serial) => noticeEvent(serial, '2026-11-09T09:00:00Z')),
    );
    await story.days.audit();
    await story.days.get(Alerts).tellNew(20);
    await database.dataSource().query(`UPDATE mail SET state = 'held', problem = 'the text part says labels is 3'`);
    expect(await story.tellFound()).toEqual([]);
    expect(await story.days.get(Outbox).held()).toMatchObject([
      { kind: 'alert', problem: expect.stringContaining('is 3') },
    ]);
    await database.dataSource().query(`UPDATE finding SET state = 'dismissed' WHERE tracking_number = $1`, [number(2)]);
    await story.days.get(Alerts).composeHeldAgain();
    await story.send();
    const mails = await story.server.read();
    expect(mails.map(({ subject }) => subject)).toEqual(['Counterfeit notice: 1 label of Harbor Postage']);
    expect(await story.outcomes()).toEqual({ [number(1)]: 'told', [number(2)]: 'gone' });
  });
});
