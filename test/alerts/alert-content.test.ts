/** However many labels an alert tells of its mail stays readable, and one that says another number than was found is found out. */
import { simpleParser } from 'mailparser';
import { alertDifferences } from '../../src/alerts/alert-check.ts';
import { alertMailContent } from '../../src/alerts/alert-mail-content.ts';
import { type BatchRows, alertMatter } from '../../src/alerts/alert-matter.ts';
import type { StoppableLabel, TransitLabel } from '../../src/reports/outstanding.ts';
import { type Letter, compose } from '../../src/alerts/compose.ts';
import { loadRuleBook } from '../../src/catalog/rules.ts';
import { type Locale, inEveryLocale } from '../../src/core/rules/answer.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { COUNTERFEIT } from '../support/timeline.ts';
import { LOCALES_SHOWN, PROJECT_ROOT, openFinding } from '../support/report.ts';

const { rules } = loadRuleBook(PROJECT_ROOT, sha256Hex);
const VENDOR = 'Harbor Postage';
const number = (serial: number): string => String(9_400_000_000 + serial).padEnd(22, '0');

/** A batch of so many labels, with as many to stop and in transit; every order in transit is worth USD 10. */
function batchOf(count: number, over: { name?: string; words?: string } = {}): BatchRows {
  const { name = VENDOR, words = COUNTERFEIT } = over;
  const serials = Array.from({ length: count }, (_, serial) => serial);
  const labels = serials.map((serial) => ({
    trackingNumber: number(serial),
    vendor: name,
    labelId: `L${serial}`,
    orderId: `SO-${serial}`,
    purchasedAt: '2026-11-28T09:00:00Z',
    shipDate: '2026-11-29',
  }));
  const stoppable: StoppableLabel[] = labels.map((label) => ({
    ...label,
    chargedMills: 4_100,
    currency: 'USD',
    tracked: true,
  }));
  const transit: TransitLabel[] = labels.map((label) => ({
    ...label,
    orderMills: 10_000,
    orderCurrency: 'USD',
    lastScanAt: null,
    standing: 'scanned',
  }));
  return {
    findings: serials.map((serial) =>
      openFinding({
        id: serial.toString(16).padStart(32, '0'),
        rule: 'counterfeit-postage-notice',
        trackingNumber: number(serial),
        vendor: name,
        saleKey: String(serial),
        attribution: 'vendor',
        message: inEveryLocale(() => words),
        evidence: {
          'journey.notice_at': '2026-11-30T09:00:00Z',
          'journey.notice_text': words,
          'journey.notice_source': 'usps',
        },
      }),
    ),
    sales: labels.map(({ trackingNumber, vendor, orderId }, serial) => {
      return { trackingNumber, vendor, saleKey: String(serial), orderId, chargedMills: 4_100, currency: 'USD' };
    }),
    stoppable,
    transit,
    toldBefore: [],
    counts: { findings: count, labels: count, stop: count, transit: count, orderMills: { USD: 10_000 * count } },
  };
}

function made(rows: BatchRows, locale: Locale = 'en') {
  const wording = loadWording(PROJECT_ROOT, locale);
  const now = Date.UTC(2026, 11, 1, 6);
  const matter = alertMatter(rows, rules);
  const { content, checked } = alertMailContent({
    matter,
    now,
    days: 30,
    publicUrl: 'https://x.example.com',
    wording,
    rules,
  });
  const letter: Letter = {
    ...content,
    from: 'auditor@example.com',
    to: ['counsel@example.com'],
    messageId: '<alert.story@example.com>',
    references: [],
    date: new Date(now),
  };
  const composed = (change: Partial<Letter> = {}): Promise<Buffer> => compose({ ...letter, ...change });
  return { letter, checked, composed };
}

test('5,000 labels: the page under 100 KB, the lists cut where people stop reading, everything in the tables', async () => {
  const { composed, checked } = made(batchOf(5_000));
  const raw = await composed();
  const { html, text, subject, attachments } = await simpleParser(raw, { skipTextToHtml: true });
  expect(subject).toBe('Counterfeit notice: 5,000 labels of Harbor Postage');
  expect(Buffer.byteLength(html || '')).toBeLessThan(100_000);
  expect(Buffer.byteLength(text ?? '')).toBeLessThan(100_000);
  for (const part of [html || '', text ?? '']) {
    expect(part).toContain('And 4,950 more in stop-list.csv.');
    expect(part).toContain('And 4,980 more in in-transit.csv.');
    expect(part).toContain('50,000.00');
  }
  const lines = attachments.map(({ filename, content }) => [
    filename,
    content.toString('utf8').trimEnd().split('\n').length,
  ]);
  expect(lines).toEqual([
    ['labels.csv', 5_001],
    ['stop-list.csv', 5_001],
    ['in-transit.csv', 5_001],
  ]);
  expect(await alertDifferences(raw, checked)).toBeNull();
});

test('names and statements as long as a page do not burst it', async () => {
  const { composed, checked } = made(
    batchOf(200, { name: 'N'.repeat(3_000), words: `${'W'.repeat(5_000)}\r\nLabels told of: 3` }),
  );
  const raw = await composed();
  const { html, text, subject } = await simpleParser(raw, { skipTextToHtml: true });
  expect(Buffer.byteLength(html || '')).toBeLessThan(100_000);
  expect(Buffer.byteLength(text ?? '')).toBeLessThan(260_000);
  expect(subject?.length).toBeLessThanOrEqual(140);
  expect(await alertDifferences(raw, checked)).toBeNull();
});

test.each(LOCALES_SHOWN)('an honest mail in %s passes its self-check', async (locale) => {
  const { composed, checked } = made(batchOf(3), locale);
  expect(await alertDifferences(await composed(), checked)).toBeNull();
});

describe('a mail that says another number than was found is found out', () => {
  const rows = batchOf(3);

  test.each([
    {
      story: 'in its subject',
      change: { subject: 'Counterfeit notice: 4 labels of Harbor Postage' },
      says: 'the subject says count is 4, the list says 3',
    },
    {
      story: 'in its text',
      change: (letter: Letter) => ({ text: letter.text.replace('Labels told of: 3', 'Labels told of: 2') }),
      says: 'the text part says labels is 2',
    },
    {
      story: 'in its text, by a line left out',
      change: (letter: Letter) => ({ text: letter.text.replace(/Goods of their orders \(USD\): .*\n/, '') }),
      says: 'the text part says worth.USD is nothing',
    },
    {
      story: 'in its page',
      change: (letter: Letter) => ({ html: letter.html.replace(/(data-figure="stop"[^>]*>)3/, '$17') }),
      says: 'the HTML part says stop is 7',
    },
    {
      story: 'by a table left out',
      change: (letter: Letter) => ({ attachments: letter.attachments.slice(1) }),
      says: 'labels.csv is not attached',
    },
    {
      story: 'by a row left out',
      change: (letter: Letter) => ({ attachments: withoutLastRow(letter, 'stop-list.csv') }),
      says: 'stop-list.csv says stop is 2, the list says 3',
    },
    {
      story: 'by another amount',
      change: (letter: Letter) => ({ attachments: replaced(letter, 'in-transit.csv', ',10.00,', ',11.00,') }),
      says: 'in-transit.csv says worth.USD is 31.00, the list says 30.00',
    },
  ])('$story', async ({ change, says }) => {
    const { letter, checked, composed } = made(rows);
    expect(
      await alertDifferences(await composed(typeof change === 'function' ? change(letter) : change), checked),
    ).toContain(says);
  });

  test.each(['findings', 'labels', 'stop', 'transit'] as const)('as the database counted its %s', async (name) => {
    const { composed, checked } = made({ ...rows, counts: { ...rows.counts, [name]: 5 } });
    expect(await alertDifferences(await composed(), checked)).toContain(
      `the database says ${name} is 5, the list says 3`,
    );
  });
});

function withoutLastRow({ attachments }: Letter, filename: string): Letter['attachments'] {
  return changed(attachments, filename, (text) => text.replace(/[^\n]*\n$/, ''));
}

function replaced({ attachments }: Letter, filename: string, from: string, to: string): Letter['attachments'] {
  return changed(attachments, filename, (text) => text.replace(from, to));
}

function changed(
  files: Letter['attachments'],
  filename: string,
  change: (text: string) => string,
): Letter['attachments'] {
  return files.map((file) =>
    file.filename === filename ? { ...file, content: Buffer.from(change(file.content.toString('utf8'))) } : file,
  );
}
