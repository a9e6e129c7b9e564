/** The pages of findings: what the filters do, how a long list goes on, and what the form of a decision answers. */
import { Api } from '../support/api.ts';
import { Auditing } from '../support/auditing.ts';
import { heldEvent, honestLabel } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

// Before the database goes.
afterAll(() => api.stop());
const database = useDatabase();
const story = new Auditing(database.dataSource);
const api = new Api(database, { JOBS: 'off', REPORT_TIME_ZONE: 'America/Los_Angeles' });
const number = (serial: number): string => impb('001', '900000044', serial);
const CHEAP = 60;
const asked = (outcome: string, at: string) => ({
  tracking_number: number(2),
  outcome,
  source: 'portal',
  event_time: at,
  retrieved_at: at,
});

beforeAll(async () => {
  await api.start();
  await story.take('labels', [
    honestLabel(1, '2026-11-10'),
    honestLabel(2, '2026-11-10', { order_id: 'SO-2', reference: '<b>bold</b>' }),
    ...Array.from({ length: CHEAP }, (_, index) => honestLabel(100 + index, '2026-11-10', { charged: '1.00' })),
  ]);
  await story.take('tracking', [
    heldEvent(2, '2026-11-11T09:00:00Z'),
    ...['2026-11-12T09:00:00Z', '2026-11-13T09:00:00Z', '2026-11-15T10:30:00Z'].map((at) => asked('answered', at)),
    asked('not_found', '2026-11-14T09:00:00Z'),
  ]);
  await story.audit('2026-11-20T06:00:00Z');
});

const page = async (path: string): Promise<string> => (await api.get(path, { accept: 'text/html' })).text;
const rows = (html: string): number => html.match(/<th scope="row">/g)?.length ?? 0;
const linkOf = (html: string, text: string): string =>
  new RegExp(`href="([^"]+)">${text}`).exec(html)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? '';

async function heldFinding(): Promise<string> {
  const list = await page(`/findings?trackingNumber=${number(2)}&rule=held-for-postage`);
  return linkOf(list, '(?!Clear)[^<]+</a><br>');
}

function decide(path: string, form: Record<string, string>): Promise<Response> {
  return fetch(`${api.url}${path}/state`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { accept: 'text/html' },
    redirect: 'manual',
  });
}

test('a long list goes on where it stopped, without losing or repeating one', async () => {
  const first = await page('/findings?rule=below-floor-price&severity=');
  const second = await page(linkOf(first, 'Further findings'));
  expect([rows(first), rows(second)]).toEqual([50, CHEAP - 50]);
  expect(second).not.toContain('Further findings');
  const numbers = [...`${first}${second}`.matchAll(/<bdi class="number">(\d+)</g)].map(([, found]) => found);
  expect(new Set(numbers).size).toBe(CHEAP);
});

test('what is shown is added up by currency', async () => {
  const html = await page(`/findings?trackingNumber=${number(100)}&rule=below-floor-price`);
  const [, amount] = /<td class="figure">(USD [\d.]+)<\/td>/.exec(html) ?? [];
  expect(html).toContain(`<caption>One finding shown · ${amount}</caption>`);
});

test('a filter stays in its field, and can be cleared', async () => {
  const html = await page('/findings?severity=critical&vendor=Nobody');
  expect(html).toContain('<option value="critical" selected>');
  expect(html).toContain('value="Nobody"');
  expect(html).toContain('No finding like that.');
  expect(linkOf(html, 'Clear the filters')).toBe('/findings');
});

test.each([
  'severity=grave',
  'state=closed',
  'cursor=YWJj',
  'rule=a&rule=b',
  'vendor=a%00b',
  `cursor=${'a'.repeat(999)}`,
])('?%s is refused on a page that says why', async (query) => {
  const { status, headers, text } = await api.get(`/findings?${query}`, { accept: 'text/html' });
  expect([status, headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  expect(text).toContain('<h1>That cannot be done</h1>');
  expect(text).toContain(query.split('=')[0]);
  expect(text).not.toMatch(/Invalid \w+: |Too (big|small): |expected/);
});

test('one finding shows its journey in the time zone of the report, its purchase and what the number says', async () => {
  const html = await page(await heldFinding());
  expect(html).toContain('<time datetime="2026-11-11T09:00:00Z">2026-11-11 01:00</time>');
  expect(html).toMatch(/<li class="grave">/);
  expect(html).toContain('SO-2');
  expect(html).toContain('&lt;b&gt;bold&lt;/b&gt;');
  expect(html).toContain('USPS Intelligent Mail package barcode');
  expect(html).toContain('Found by an audit');
});

test('a finding shows whether it was told at once', async () => {
  const path = await heldFinding();
  expect(await page(path)).not.toContain('Told at once');
  const outcome = async (text: string | null): Promise<string> => {
    await database.dataSource().query(`DELETE FROM alert`);
    await database.dataSource().query(
      `INSERT INTO alert (tracking_number, finding_id, rule, vendor, found_at, noted_at, batch, outcome, settled_at)
        SELECT tracking_number, id, rule, vendor, $2, $2, 'story', $3::text, CASE WHEN $3::text IS NOT NULL THEN $2::timestamptz END
        FROM finding WHERE id = $1`,
      [path.split('/').at(-1), '2026-11-20T08:05:00Z', text],
    );
    return /<dt>Told at once<\/dt><dd><bdi>(.*?)<\/bdi>/.exec(await page(path))?.[1] ?? '';
  };
  expect(await outcome(null)).toBe('not yet');
  expect(await outcome('gone')).toBe('not told; it was closed before its mail was written');
  expect(await outcome('filed')).toContain('as a file in the outbox, 2026-11-20 00:05');
  await database.dataSource().query(
    `INSERT INTO mail (id, kind, about, message_id, subject, recipients, accepted, refused, raw, state, attempts, created_at,
        next_try_at, sent_at) VALUES ('1', 'alert', 'story', '', '', '{a@example.com}', '{}', '{}', '', 'sent', 1, $1, $1, $1)`,
    ['2026-11-20T08:06:00Z'],
  );
  expect(await outcome('told')).toBe('by mail, 2026-11-20 00:06');
  await database.dataSource().query(`UPDATE mail SET state = 'ready', sent_at = NULL`);
  expect(await outcome('told')).toBe('at 2026-11-20 00:05; the mail waits to be sent');
});

test('equal answers of a source are one line with their number and span', async () => {
  const [, list = ''] = /<ul class="plain-list">([^]*?)<\/ul>/.exec(await page(await heldFinding())) ?? [];
  expect([...list.matchAll(/<bdi>(.*?)<\/bdi>/g)].map(([, line]) => line)).toEqual([
    '2026-11-12 01:00 to 2026-11-15 02:30 · portal · answered · 3 times',
    '2026-11-14 01:00 · portal · did not know the number',
  ]);
});

describe('a decision', () => {
  test('without a reason comes back as it was filled in', async () => {
    const path = await heldFinding();
    const answer = await decide(path, { state: 'disputed', reason: ' a ' });
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toContain('say in at least three letters why');
    expect(html).toContain('value="disputed" required checked');
    expect(html).toContain('> a </textarea>');
  });

  test('is kept with who took it and why, and leads back to the finding', async () => {
    const path = await heldFinding();
    const answer = await decide(path, { state: 'dismissed', reason: 'Paid; <receipt> on file.' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    const html = await page(path);
    expect(html).toContain('Set to: dismissed');
    expect(html).toContain('<bdi>local</bdi>');
    expect(html).toContain('Paid; &lt;receipt&gt; on file.');
  });

  test('loses what no text can hold, and is kept', async () => {
    const list = await page(`/findings?trackingNumber=${number(101)}&rule=below-floor-price`);
    const path = linkOf(list, '(?!Clear)[^<]+</a><br>');
    const answer = await decide(path, { state: 'acknowledged', reason: 'Seen \u0000by us.' });
    expect(answer.status).toBe(303);
    expect(await page(path)).toContain('Seen by us.');
  });

  test('that cannot follow is refused with those that can', async () => {
    const [held] = await database
      .dataSource()
      .query<{ id: string }[]>(`SELECT id FROM finding WHERE state = 'dismissed'`);
    const answer = await decide(`/findings/${held?.id}`, { state: 'recovered', reason: 'Money came.' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('it can become open');
  });

  test('about a finding that is not there is answered with a page', async () => {
    const answer = await decide(`/findings/${'0'.repeat(32)}`, { state: 'open', reason: 'Because.' });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is no such page');
  });
});

describe('what people keep about a finding', () => {
  const post = (path: string, form: Record<string, string>): Promise<Response> =>
    fetch(`${api.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
  const cheapFinding = async (serial: number): Promise<string> =>
    linkOf(await page(`/findings?trackingNumber=${number(serial)}&rule=below-floor-price`), '(?!Clear)[^<]+</a><br>');
  const versionOf = (html: string): string => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
  const form = {
    assignee: 'Ann',
    ownDeadline: '2026-11-25',
    disputeReference: 'D-7',
    recovered: '1.50',
    currency: 'usd',
  };

  test('is set by a form, shown, and found by the list', async () => {
    const path = await cheapFinding(110);
    const version = versionOf(await page(path));
    expect((await post(`${path}/handling`, { ...form, version })).status).toBe(303);
    const html = await page(path);
    expect(html).toContain('<dt>Money recovered</dt><dd><bdi>USD 1.50</bdi>');
    expect(html).toMatch(/<dt>Still to come back<\/dt><dd><bdi>USD /);
    expect(html).toContain('Assigned to: from nothing to Ann');
    const list = await page('/findings?assignee=Ann&due=7');
    expect(rows(list)).toBe(1);
    expect(list).toContain('Act by 2026-11-25');
    expect(rows(await page('/findings?assignee=Ann&due=overdue'))).toBe(0);
  });

  test('is not overwritten by who saw an earlier version; what they typed is still there', async () => {
    const path = await cheapFinding(111);
    const version = versionOf(await page(path));
    await post(`${path}/handling`, { ...form, version });
    const late = await post(`${path}/handling`, { ...form, assignee: 'Bea <b>', version });
    expect(late.status).toBe(409);
    const html = await late.text();
    expect(html).toContain('Somebody changed this finding after you opened it.');
    expect(html).toContain('value="Bea &lt;b&gt;"');
    expect((await post(`${path}/handling`, { ...form, assignee: 'Bea', version: versionOf(html) })).status).toBe(303);
  });

  test('is refused where it makes no sense', async () => {
    const path = await cheapFinding(112);
    for (const wrong of [{ ownDeadline: '2026-02-30' }, { recovered: '-1' }, { recovered: 'all' }, { currency: '$' }]) {
      const answer = await post(`${path}/handling`, { ...form, ...wrong });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('The day must exist')]);
    }
    expect((await post(`${path}/comments`, { comment: ' ' })).status).toBe(400);
  });

  test('takes comments, whatever version they were written on', async () => {
    const path = await cheapFinding(113);
    await post(`${path}/comments`, { comment: 'Asked <them>.', version: '0' });
    expect(await page(path)).toContain('<bdi>Asked &lt;them&gt;.</bdi>');
  });
});

describe('one decision about a whole list', () => {
  const filter = { rule: 'below-floor-price', state: 'open', vendor: 'Story Labels' };
  const address = `/findings/decide?${new URLSearchParams(filter).toString()}`;
  const send = (form: Record<string, string>): Promise<Response> =>
    fetch(`${api.url}/findings/decide`, {
      method: 'POST',
      body: new URLSearchParams({ ...filter, ...form }),
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
  const markOf = (html: string): string => /name="seen" value="(\w+)"/.exec(html)?.[1] ?? '';
  const open = async (): Promise<number> => {
    const [row] = await database
      .dataSource()
      .query<{ count: number }[]>(`SELECT count(*)::int AS count FROM finding WHERE rule = $1 AND state = 'open'`, [
        filter.rule,
      ]);
    return row?.count ?? 0;
  };

  test('shows what it is about first, and is made once', async () => {
    const before = await open();
    expect(before).toBeGreaterThan(50);
    const html = await page(address);
    expect(html).toContain(`${before} findings`);
    expect(rows(html)).toBe(10);
    const late = await send({ seen: 'an earlier list', set: 'dismissed', reason: 'agreed prices' });
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('nothing was decided')]);
    expect((await send({ seen: markOf(html), set: 'dismissed', reason: '' })).status).toBe(409);
    expect(await open()).toBe(before);
    const done = await send({ seen: markOf(html), set: 'dismissed', reason: 'agreed prices' });
    expect([done.status, done.headers.get('location')]).toEqual([
      303,
      expect.stringContaining('rule=below-floor-price'),
    ]);
    expect(await open()).toBe(0);
    expect(await page(address)).toContain('No finding like that.');
  });

  test('asks for one state first where there is none that all can be set to', async () => {
    const [one] = await database
      .dataSource()
      .query<{ id: string }[]>(`SELECT id FROM finding WHERE rule = $1 AND state = 'dismissed' LIMIT 1`, [filter.rule]);
    expect((await decide(`/findings/${one?.id}`, { state: 'open', reason: 'not this one' })).status).toBe(303);
    const html = await page('/findings/decide?state=all');
    expect(html).toContain('Narrow the list to one state first.');
    expect(html).not.toContain('<form method="post" action="/findings/decide"');
  });
});

describe('the history beside the list', () => {
  const historyOf = async (path: string): Promise<URL> =>
    new URL(
      /href="([^"]+)" download>/
        .exec(await page(path))?.[1]
        ?.replaceAll('&amp;', '&')
        .replaceAll('&#x3D;', '=') ?? '',
      api.url,
    );

  test('is narrowed as the list is, by everything it was narrowed by', async () => {
    const query = 'severity=medium&state=all&rule=below-floor-price&due=overdue&suppressed=any';
    const { searchParams } = await historyOf(`/findings?${query}`);
    expect(Object.fromEntries(searchParams)).toEqual({
      severity: 'medium',
      state: 'open,reopened,acknowledged,disputed,recovered,written_off,dismissed,resolved',
      rule: 'below-floor-price',
      dueBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      suppressed: 'any',
    });
    expect(Object.fromEntries((await historyOf('/findings')).searchParams)).toEqual({ suppressed: 'no' });
    expect((await historyOf('/findings?suppressed=only')).searchParams.get('suppressed')).toBe('only');
  });

  test('knows people and vendors whose names have a comma', async () => {
    const [held] = await database
      .dataSource()
      .query<{ id: string }[]>(`SELECT id FROM finding WHERE rule = 'held-for-postage' LIMIT 1`);
    const { status } = await api.ask('PATCH', `/api/v1/findings/${held?.id}`, { body: { assignee: 'Smith, Ann' } });
    expect(status).toBe(200);
    const path = '/findings?state=all&assignee=Smith%2C+Ann';
    expect(rows(await page(path))).toBe(1);
    const { pathname, search } = await historyOf(path);
    const { text } = await api.get(`${pathname}${search}`);
    expect(text).toContain(number(2));
    expect(text).not.toContain(number(100));
    const list = await api.get('/api/v1/findings?state=resolved&state=open,reopened&assignee=Bea,Smith%5C%2C%20Ann');
    expect(list.status).toBe(200);
  });
});
