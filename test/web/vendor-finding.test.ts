/** Findings about a vendor: how a list, a page and the interface of other programs show what has no number. */
import { Api } from '../support/api.ts';
import { Auditing } from '../support/auditing.ts';
import { honestLabel } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';

// Before the database goes.
afterAll(() => api.stop());
const database = useDatabase();
const story = new Auditing(database.dataSource);
const api = new Api(database, { JOBS: 'off' });

beforeAll(async () => {
  await api.start();
  // It would have gone into a flat-rate box of the same service, whose price is published for that day.
  const sides = { length_in: '10', width_in: '8', height_in: '5' };
  const dear = { service: 'priority_mail', weight_oz: '480', charged: '60.00', ...sides };
  await story.take(
    'labels',
    Array.from({ length: 6 }, (_, index) => honestLabel(100 + index, '2026-08-11', dear)),
  );
  await story.audit('2026-08-21T06:00:00Z');
});

const page = async (path: string): Promise<string> => (await api.get(path, { accept: 'text/html' })).text;

test('a list names the vendor where a number would stand, and adds no saving to its sum', async () => {
  const html = await page('/findings?rule=cheaper-service');
  expect(html).toContain('the vendor as a whole');
  expect(html).toContain('<caption>One finding shown</caption>');
});

test('its page shows the saving and what it rests on, and no journey', async () => {
  const list = await page('/findings?rule=cheaper-service');
  const [, path = ''] = /href="(\/findings\/[0-9a-f]{32})"/.exec(list) ?? [];
  const html = await page(path);
  expect(html).toContain('Could have been spent less');
  expect(html).toContain('<dt>to</dt><dd><bdi>USPS Priority Mail</bdi></dd>');
  expect(html).toContain('<dt>then packed as</dt><dd><bdi>Medium Flat Rate Box</bdi></dd>');
  expect(html).not.toContain('No source told of this parcel');
  expect(html).not.toContain('@vendor');
});

test('other programs are told the subject, the vendor and the kind of amount, and no number', async () => {
  const { items } = JSON.parse((await api.get('/api/v1/findings?rule=cheaper-service')).text) as {
    items: Record<string, unknown>[];
  };
  expect(items).toMatchObject([
    {
      subject: 'vendor',
      vendor: 'Story Labels',
      trackingNumber: null,
      labelId: null,
      amountKind: 'saving',
      severity: 'info',
    },
  ]);
});
