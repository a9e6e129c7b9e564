/** The evidence of a number and letters over HTTP: who may have what, in which form, and what each refusal says. */
import { AccessService } from '../../src/platform/access.service.ts';
import { changesIn } from '../../src/reports/evidence-manifest.ts';
import { type Answer, Api } from '../support/api.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { keepRaw, numberOf, tellEvidence } from '../support/evidence-story.ts';

// Before the database goes.
afterAll(() => api.stop());
const database = useDatabase();
const story = new Auditing(database.dataSource);
const api = new Api(database, { JOBS: 'off' });
const keys = { viewer: '', auditor: '' };
const PATH = `/api/v1/evidence/${numberOf('sold')}`;

beforeAll(async () => {
  await tellEvidence(story);
  await keepRaw(database.dataSource());
  const access = new AccessService(database.dataSource());
  for (const role of ['viewer', 'auditor'] as const) {
    keys[role] = (await access.create({ name: `the ${role}`, role, now: new Date('2026-11-20T07:00:00Z') })).key;
  }
  await api.start();
});

const ask = (path: string, role: keyof typeof keys, headers: Record<string, string> = {}): Promise<Answer> =>
  api.get(path, { authorization: `Bearer ${keys[role]}`, ...headers });

test('an auditor gets the document, whose hashes hold, as a file of the number’s name', async () => {
  const answer = await ask(PATH, 'auditor');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="evidence-${numberOf('sold')}.json"`);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.body).toMatchObject({ trackingNumber: numberOf('sold'), asOf: '2026-11-20T08:00:00Z' });
  expect(changesIn(answer.body)).toEqual([]);
  expect((await ask(PATH, 'auditor')).text).toBe(answer.text);
});

test('the number is taken as it is written on the label', async () => {
  const written = encodeURIComponent(`420 85004 ${numberOf('sold').replaceAll(/(\d{4})/g, '$1 ')}`);
  expect((await ask(`/api/v1/evidence/${written}`, 'auditor')).body).toMatchObject({
    trackingNumber: numberOf('sold'),
  });
});

test('a viewer is refused the raw bytes with the reason, and gets the page, which has none of them', async () => {
  const refused = await ask(PATH, 'viewer');
  expect(refused.status).toBe(403);
  expect(refused.body.detail).toContain('this needs the role auditor: the raw documents in it may name people');
  const page = await ask(`${PATH}?format=html`, 'viewer');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  expect(page.text).toContain(`Evidence about ${numberOf('sold')}`);
  expect(page.text).not.toContain('Mustermann');
});

test('whoever asks for HTML gets the page, in the language asked for', async () => {
  const page = await ask(PATH, 'auditor', { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' });
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('vary')).toMatch(/accept/i);
  expect((await ask(`${PATH}?format=html&locale=zh-CN`, 'viewer')).text).toContain(`关于 ${numberOf('sold')} 的证据`);
  expect((await ask(PATH, 'auditor', { accept: '*/*' })).headers.get('content-type')).toContain('json');
});

test('of a number nobody has told of there is none, and that is all anybody is told', async () => {
  for (const role of ['viewer', 'auditor'] as const) {
    const answer = await ask('/api/v1/evidence/9400111899223197428491', role);
    expect([answer.status, answer.body.detail]).toEqual([
      404,
      'nothing is on file about the number 9400111899223197428491',
    ]);
  }
});

test.each([
  [`${PATH}?format=pdf`, 'format', 'json or html'],
  [`${PATH}?form=html`, 'form', 'format'],
  ['/api/v1/evidence/%20', 'trackingNumber', 'empty'],
])('%s is refused, naming the field and what it takes', async (path, field, allowed) => {
  const { status, body } = await ask(path, 'auditor');
  expect(status).toBe(400);
  expect(body.detail).toContain(field);
  expect(body.detail).toContain(allowed);
});

describe('a letter', () => {
  const findingOf = async (parcel: Parameters<typeof numberOf>[0]): Promise<string> =>
    (await ask(`/api/v1/findings?trackingNumber=${numberOf(parcel)}`, 'viewer')).body.items[0]?.id ?? '';

  test('comes as subject and body, or as a text file', async () => {
    const path = `/api/v1/findings/${await findingOf('sold')}/letters`;
    const { status, body } = await ask(`${path}?to=usps&locale=en`, 'viewer');
    expect(status).toBe(200);
    expect(body).toEqual({
      to: 'usps',
      case: 'counterfeit_sold',
      locale: 'en',
      subject: `Report of suspected counterfeit postage bought in good faith: ${numberOf('sold')}`,
      body: expect.stringContaining('What was seen, and by whom:'),
    });
    for (const answer of [
      await ask(`${path}?to=usps&locale=en&format=text`, 'viewer'),
      await ask(`${path}?to=usps&locale=en`, 'viewer', { accept: 'text/plain' }),
    ]) {
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="letter-usps.en.txt"');
      expect(answer.text).toBe(`Subject: ${String(body['subject'])}\n\n${String(body['body'])}`);
    }
    expect((await ask(`${path}?to=vendor&locale=zh-CN`, 'viewer')).body['body']).toContain('致 Lucky Labels');
  });

  test('is asked for by its recipient, and refused with the reason where none is apt', async () => {
    const path = `/api/v1/findings/${await findingOf('sold')}/letters`;
    expect((await ask(path, 'viewer')).body.errors).toMatchObject([{ field: 'to', message: 'must be vendor or usps' }]);
    expect((await ask(`${path}?to=judge`, 'viewer')).status).toBe(400);
    const none = await ask(`/api/v1/findings/${await findingOf('cheap')}/letters?to=vendor`, 'viewer');
    expect([none.status, none.body.detail]).toEqual([404, expect.stringContaining('no letter about the postage')]);
    expect((await ask(`/api/v1/findings/${'0'.repeat(32)}/letters?to=vendor`, 'viewer')).status).toBe(404);
  });
});
