/** The rule book over HTTP: every rule there is, page by page, and a rule that somebody wrote checked and not kept. */
import { exampleBody } from '../../src/api/openapi/curl.ts';
import { ruleOperations } from '../../src/api/openapi/rules.ts';
import { Api } from '../support/api.ts';
import { useDatabase } from '../support/database.ts';
import { shippedBook } from '../support/judge.ts';

// Before the database goes.
afterAll(() => api.stop());
const api = new Api(useDatabase(), { JOBS: 'off' });
beforeAll(() => api.start());

const [, check] = ruleOperations;
const { text } = JSON.parse((check && exampleBody(check)?.text) ?? '') as { text: string };

test('every rule is listed once, page by page, by id', async () => {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await api.get(`/api/v1/rules?limit=20${cursor === '' ? '' : `&cursor=${cursor}`}`);
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  expect(ids).toEqual(shippedBook.rules.map(({ id }) => id));
});

test('a rule is told with what judges: its parameters, severities and the version findings name', async () => {
  const { body } = await api.get('/api/v1/rules?limit=500');
  const rule = shippedBook.rules.find(({ id }) => id === 'never-accepted');
  expect(body.items.find(({ id }) => id === 'never-accepted')).toMatchObject({
    title: rule?.title,
    status: 'active',
    hash: rule?.version,
    severities: expect.arrayContaining(['low', 'medium']),
    parameters: expect.arrayContaining([expect.objectContaining({ name: 'business_days', value: 7 })]),
    dismissed: null,
  });
});

test('a rule that holds is answered, and kept nowhere', async () => {
  const before = (await api.get('/api/v1/rules?limit=500')).text;
  const { status, body } = await api.ask('POST', '/api/v1/rules', { body: { text } });
  expect([status, body]).toMatchObject([200, { rule: { id: 'dear-label', status: 'draft' }, examples: 3 }]);
  expect((await api.get('/api/v1/rules?limit=500')).text).toBe(before);
});

test.each([
  ['no fact has the name', text.replace('when: label.charged_mills', 'when: label.charge_mills'), 'when', 'line 12: '],
  [
    'an example answers otherwise',
    text.replace('expect: clear', 'expect: { unknown: [label.kind] }'),
    'examples.1.expect',
    '',
  ],
  ['a part is missing', text.replace('verdict: process_gap\n', ''), 'verdict', ''],
  ['it is no YAML', 'id: [', 'text', 'line 1: '],
])('a rule is refused with the place of its fault: %s', async (_why, faulty, field, line) => {
  const { status, body } = await api.ask('POST', '/api/v1/rules', { body: { text: faulty } });
  expect(status).toBe(422);
  expect(body).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ field })]) });
  expect(JSON.stringify(body)).toContain(line);
});
