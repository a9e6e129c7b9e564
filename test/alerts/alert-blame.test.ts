/** An alert names no vendor for what is not of his making: a day of the carrier, our own error, a copied number. */
import { load } from 'cheerio';
import type { ParsedMail } from 'mailparser';
import { Alerting, attached, soldBy } from '../support/alerting.ts';
import { heldEvent, noticeEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const number = (serial: number): string => impb('001', '900000044', serial);
const both = (mail: ParsedMail | undefined): string => `${mail?.text}\n${load(mail?.html || '').text()}`;

/** Both parts and every table, without what is quoted from the carrier. */
function everything(mail: ParsedMail | undefined): string {
  const files = mail?.attachments.map(({ content }) => content.toString('utf8')) ?? [];
  return [mail?.subject, both(mail), ...files].join('\n').replaceAll(/Tracking information will not[^."]*[^"]*/g, '');
}

/** Runs one story over a database of its own. */
function told(rows: { labels: Record<string, string>[]; tracking: Record<string, string>[] }, variables = {}) {
  const story = new Alerting(useDatabase(), variables);
  const mails: ParsedMail[] = [];
  beforeAll(async () => {
    await story.open();
    story.days.at('2026-11-10T06:05:00Z');
    await story.take('labels', rows.labels);
    await story.take('tracking', rows.tracking);
    mails.push(...(await story.tell()));
  });
  afterAll(() => story.close());
  return { story, mails };
}

describe('notices about labels of three vendors at once', () => {
  const vendors = ['Zeta Post', 'Alpha Post', 'Mid Post'];
  const { story, mails } = told({
    labels: vendors.flatMap((vendor, index) => [soldBy(vendor, index + 1), soldBy(vendor, index + 11)]),
    tracking: vendors.map((_, index) => noticeEvent(index + 1, `2026-11-09T0${index + 1}:00:00Z`)),
  });

  test('are one alert that says where the cause probably lies', () => {
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe(
      'Many vendors at once: 3 labels of 3 vendors, the cause probably lies with the carrier',
    );
    for (const words of ['not to any one vendor', 'Hold off on paying', 'Ask the Postal Service', number(1)]) {
      expect(both(mails[0])).toContain(words);
    }
  });

  test('name the vendors as affected, in the order of their names, and blame or stop none', () => {
    const text = mails[0]?.text ?? '';
    const order = ['== Alpha Post ==', '== Mid Post ==', '== Zeta Post =='].map((name) => text.indexOf(name));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(mails[0]?.attachments.map(({ filename }) => filename)).toEqual(['labels.csv']);
    expect(everything(mails[0])).not.toMatch(
      /attributed|attribution|payment_unproven|not proven|not shown|Do not hand over|Stop using|critical|proof of payment/i,
    );
  });

  test('are told once, and a notice about one vendor on the next day is an ordinary alert with a caution', async () => {
    expect(await story.tell()).toEqual([]);
    story.days.at('2026-11-10T18:05:00Z');
    await story.take('labels', [soldBy('Fourth Post', 31)]);
    await story.take('tracking', [noticeEvent(31, '2026-11-10T17:00:00Z')]);
    const [mail] = await story.tell();
    expect(mail?.subject).toBe('Counterfeit notice: 1 label of Fourth Post');
    expect(both(mail)).toContain('Within a day labels of 4 vendors were told of (Alpha Post, Fourth Post and 2 more)');
    story.days.at('2026-11-12T18:05:00Z');
    await story.take('labels', [soldBy('Fifth Post', 41)]);
    await story.take('tracking', [noticeEvent(41, '2026-11-12T17:00:00Z')]);
    expect(both((await story.tell())[0])).not.toContain('Within a day');
  });
});

describe('a notice about labels of one vendor and a mere hold of each of two others', () => {
  const { mails } = told({
    labels: [soldBy('Alpha Post', 1), soldBy('Alpha Post', 2), soldBy('Beta Post', 11), soldBy('Gamma Post', 21)],
    tracking: [
      noticeEvent(1, '2026-11-09T09:00:00Z'),
      ...[11, 21].map((serial) => heldEvent(serial, '2026-11-09T10:00:00Z')),
    ],
  });

  test('stop the labels of the first, and no cause is laid to the carrier', () => {
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).not.toContain('Many vendors at once');
    expect(attached(mails[0], 'stop-list.csv')?.map((row) => row['tracking_number'])).toEqual([number(2)]);
    expect(both(mails[0])).toContain('Within a day labels of 3 vendors were told of');
  });
});

describe('a day on which parcels of many vendors were held', () => {
  const vendors = ['Alpha Post', 'Beta Post', 'Gamma Post'];
  const serials = vendors.map((_, index) => [0, 1, 2, 3].map((each) => 10 * (index + 1) + each));
  const { story, mails } = told({
    labels: vendors.flatMap((vendor, index) => (serials[index] ?? []).map((serial) => soldBy(vendor, serial))),
    tracking: serials.flat().map((serial) => heldEvent(serial, '2026-11-09T09:00:00Z')),
  });

  test('is one alert about the carrier, in the words of its finding', () => {
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe(
      'Many vendors at once: 12 parcels held for postage, the cause probably lies with the carrier',
    );
    for (const words of [
      'On 2026-11-09 parcels of 3 vendors were held for postage',
      'Affected, in alphabetical order: Alpha Post (4 parcels), Beta Post (4 parcels), Gamma Post (4 parcels).',
      'Ask the carrier about the day before you write to any vendor',
    ]) {
      expect(both(mails[0])).toContain(words);
    }
    expect(mails[0]?.attachments).toEqual([]);
  });

  test('is told once, also when more of its parcels become known', async () => {
    await story.take('labels', [soldBy('Gamma Post', 99)]);
    await story.take('tracking', [heldEvent(99, '2026-11-09T11:00:00Z')]);
    expect(await story.tell()).toEqual([]);
  });
});

describe.each([
  {
    story: 'our own void before the notice',
    labels: [soldBy('Harbor Postage', 1, { status: 'voided', voided_by: 'us', voided_at: '2026-11-08T12:00:00Z' })],
    more: [],
    subject: 'Counterfeit notice: 1 label (our own error)',
    why: 'by our own records the label had been voided before it was used',
  },
  {
    story: 'a number that was delivered all the same',
    labels: [soldBy('Harbor Postage', 1)],
    more: [{ ...noticeEvent(1, '2026-11-09T12:00:00Z'), event_code: '01', event_text: 'Delivered' }],
    subject: 'Counterfeit notice: 1 label (number cloned)',
    why: 'the statement may be about a copy of the number',
  },
  {
    story: 'a parcel that was stopped and let go',
    labels: [soldBy('Harbor Postage', 1)],
    more: [{ ...noticeEvent(1, '2026-11-09T12:00:00Z'), event_code: 'T1', event_text: 'Departed USPS Facility' }],
    subject: 'Counterfeit notice: 1 label (intercepted though paid)',
    why: 'the carrier appears to have stopped the parcel and let it go',
  },
])('$story', ({ labels, more, subject, why }) => {
  const { mails } = told({
    labels: [...labels, soldBy('Harbor Postage', 2)],
    tracking: [noticeEvent(1, '2026-11-09T09:00:00Z'), ...more],
  });

  test('names no vendor in its subject, stops no label, and says why', () => {
    expect(mails.map((mail) => mail.subject)).toEqual([subject]);
    expect(both(mails[0])).toContain(why);
    expect(both(mails[0])).toContain('other labels of Harbor Postage');
    expect(attached(mails[0], 'stop-list.csv')).toBeNull();
    expect(everything(mails[0])).not.toMatch(/attributed to the vendor|Do not hand over|Stop using|not proven/);
  });
});

describe('a vendor with a notice against it and a copied number', () => {
  const { mails } = told({
    labels: [1, 2, 3].map((serial) => soldBy('Harbor Postage', serial)),
    tracking: [
      ...[1, 2].map((serial) => noticeEvent(serial, '2026-11-09T09:00:00Z')),
      { ...noticeEvent(2, '2026-11-09T12:00:00Z'), event_code: '01', event_text: 'Delivered' },
    ],
  });

  test('is told of in one mail, and its other labels are stopped for the first', () => {
    expect(mails.map((mail) => mail.subject)).toEqual(['Counterfeit notice: 2 labels of Harbor Postage']);
    expect(attached(mails[0], 'stop-list.csv')).toHaveLength(1);
    expect(both(mails[0])).toContain('number cloned · attributed to a third party');
  });
});

describe('hostile names', () => {
  const evil = 'Evil\r\nBcc: x@example.com <script>alert(1)</script> {{say}} \u202Egnp 9400111899223344556677';
  const { mails } = told({
    labels: [
      soldBy(evil, 1, { order_id: '=HYPERLINK("http://evil.example","x")' }),
      soldBy(evil, 2, { order_id: '@SUM(1+1)', label_id: '+1' }),
    ],
    tracking: [noticeEvent(1, '2026-11-09T09:00:00Z')],
  });

  test('are shown as text, on one line, and run nowhere', () => {
    const [mail, ...others] = mails;
    expect(others).toEqual([]);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.subject).not.toMatch(/[\r\n\u202E]|9400111899223344556677/);
    expect(mail?.html).not.toMatch(/<script>alert|\u202E/);
    expect(load(mail?.html || '')('h2').text()).toContain('<script>alert(1)</script> {{say}}');
    expect(mail?.text).not.toMatch(/^Bcc|\u202E/m);
    expect(attached(mail, 'labels.csv')?.[0]?.['order_id']).toMatch(/^'=HYPERLINK/);
    expect(attached(mail, 'stop-list.csv')?.[0]).toMatchObject({ order_id: "'@SUM(1+1)", label_id: "'+1" });
  });
});

describe('in Chinese', () => {
  const { mails } = told(
    {
      labels: [soldBy('港口邮资', 1), soldBy('港口邮资', 2)],
      tracking: [noticeEvent(1, '2026-11-09T09:00:00Z')],
    },
    { REPORT_LOCALE: 'zh-CN' },
  );

  test('the same is said', () => {
    expect(mails.map((mail) => mail.subject)).toEqual(['伪造邮资通知：1 张面单（港口邮资）']);
    const shown = both(mails[0]);
    for (const words of ['物流信息来源（usps）就 1 张面单显示：“Tracking', '请勿交寄 港口邮资 的 1 张面单', '在途']) {
      expect(shown).toContain(words);
    }
    expect(attached(mails[0], 'stop-list.csv')?.[0]?.['reason']).toContain('没有物流信息');
    const ours = (mails[0]?.text ?? '').replaceAll(/[\w-]+\.csv|“[^”]*”|https?:\S+/g, '');
    expect(ours).not.toMatch(/[a-z]{5}/i);
  });
});
