/** The door of webhooks: who proves himself is heard, each delivery is kept once and as it came, and no secret is told. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { PROVIDERS, type Provider } from '../../src/core/mapping/providers/provider.ts';
import { projectRoot, readConfig } from '../../src/platform/config.ts';
import { Log } from '../../src/platform/log.ts';
import { type Service, startService } from '../../src/service.ts';
import { useDatabase } from '../support/database.ts';
import { type Told, call } from '../support/http-app.ts';
import { until } from '../support/until.ts';
import { type Delivery, SECRETS, deliver, delivery, movedPush, numberOf, uspsSignature } from '../support/webhooks.ts';

// Before the database goes.
afterAll(async () => {
  for (const service of running) await service.stop();
});
const database = useDatabase();
const running: Service[] = [];
const lines: string[] = [];
let now = '2026-11-20T08:00:00Z';
let url = '';

/** A service that leaves the looking into to others, so that what comes stays as it came. */
async function start(variables: Record<string, string>): Promise<string> {
  const config = readConfig({ PORT: '0', DATABASE_URL: database.url(), JOBS: 'off', ...variables });
  const log = new Log({ level: 'debug', stream: { write: (line) => void lines.push(line) } });
  const service = await startService(config, projectRoot(), { now: () => new Date(now) }, log);
  running.push(service);
  return service.url;
}

beforeAll(async () => {
  url = await start(SECRETS);
});
beforeEach(() => database.dataSource().query('TRUNCATE webhook_delivery'));

interface Kept {
  provider: string;
  body: Buffer;
  received_at: Date;
  state: string;
}
const kept = (): Promise<Kept[]> =>
  database.dataSource().query('SELECT * FROM webhook_delivery ORDER BY provider, body_sha256');
const count = async (): Promise<number> => (await kept()).length;
const documentOf = ({ text }: Told): Record<string, unknown> => JSON.parse(text);

describe.each(PROVIDERS)('a delivery of %s', (provider) => {
  const PUSH = delivery(provider, `{"from": "${provider}"}`);

  test('is kept and answered, at both addresses and whatever its type is said to be', async () => {
    const types: Record<string, string>[] = [
      {},
      { 'content-type': 'application/json' },
      { 'content-type': 'text/plain; charset=latin1' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ];
    for (const [at, headers] of types.entries()) {
      const told = await deliver(at % 2 === 0 ? url : `${url}/api/v1`, delivery(provider, `[${at}]`), headers);
      expect([told.status, told.text]).toEqual([200, '{"accepted":true,"repeated":false}']);
    }
    expect(await count()).toBe(types.length);
  });

  test('is kept byte for byte, with when it came and as one that waits', async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x00, 0x5c, 0x22, 0x0d, 0x0a, 0x7d, 0x20, 0xc3]);
    expect((await deliver(url, delivery(provider, bytes))).status).toBe(200);
    const [one] = await kept();
    expect(one).toMatchObject({ provider, state: 'waiting', received_at: new Date(now) });
    expect(one?.body.equals(bytes)).toBe(true);
  });

  test('that comes again is answered alike and changes nothing', async () => {
    await deliver(url, PUSH);
    const before = await kept();
    now = '2026-11-20T09:00:00Z';
    for (const base of [url, `${url}/api/v1`]) {
      const told = await deliver(base, PUSH);
      expect([told.status, told.text]).toEqual([200, '{"accepted":true,"repeated":true}']);
    }
    expect(await kept()).toEqual(before);
  });

  test('is not kept when only half of it comes', async () => {
    const { host, port } = { host: '127.0.0.1', port: Number(new URL(url).port) };
    const socket = connect(port, host);
    const headers = Object.entries(PUSH.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const half = PUSH.body.subarray(0, 9).toString();
    socket.write(`POST ${PUSH.path} HTTP/1.1\r\nHost: x\r\n${headers.join('')}Content-Length: 20\r\n\r\n${half}`);
    socket.end();
    await once(socket.resume(), 'close');
    expect(await count()).toBe(0);
  });

  test('is taken up to a mebibyte, announced or not, and refused beyond', async () => {
    const most = 1024 * 1024;
    expect((await deliver(url, delivery(provider, 'x'.repeat(most)))).status).toBe(200);
    const larger = delivery(provider, 'x'.repeat(most + 1));
    const told = await deliver(url, larger);
    expect([told.status, documentOf(told)['detail']]).toEqual([413, expect.stringContaining('1048576')]);
    expect(await inPieces(larger)).toBe(413);
    expect(await count()).toBe(1);
  });
});

/** Sends it without saying how long it is. */
async function inPieces({ path, headers, body }: Delivery): Promise<number> {
  const sent = request(`${url}${path}`, { method: 'POST', headers, agent: false });
  sent.on('error', () => undefined);
  sent.write(body.subarray(0, 1000));
  sent.end(body.subarray(1000));
  const [answer] = await once(sent, 'response');
  return answer.resume().statusCode;
}

describe('what does not prove who sent it', () => {
  const HMAC = { USPS_WEBHOOK_HMAC_SECRET: 'signs the notifications' };
  const wrongOf: Record<Provider, (right: Delivery) => Delivery[]> = {
    '17track': (right) => [
      { ...right, headers: {} },
      { ...right, headers: { sign: '0'.repeat(64) } },
      { ...right, headers: { sign: '' } },
      { ...right, body: Buffer.from(`${right.body.toString()} `) },
      { ...right, headers: delivery('easypost', right.body).headers },
    ],
    easypost: (right) => [
      { ...right, headers: {} },
      { ...right, headers: { 'x-hmac-signature': `hmac-sha256-hex=${'0'.repeat(64)}` } },
      { ...right, body: Buffer.from('{}') },
      { ...right, headers: delivery('17track', right.body).headers },
    ],
    shippo: (right) => [
      { ...right, path: '/webhooks/shippo/known-to-shippo-alonE' },
      { ...right, path: '/webhooks/shippo/x' },
      { ...right, path: `/webhooks/shippo/${SECRETS.USPS_WEBHOOK_SECRET}` },
      { ...right, path: `/webhooks/shippo/${'x'.repeat(4000)}` },
    ],
    usps: (right) => [
      { ...right, path: '/webhooks/usps/known-to-usps-alonE' },
      { ...right, path: `/webhooks/usps/${SECRETS.SHIPPO_WEBHOOK_SECRET}` },
    ],
  };
  let nothingSet = '';
  let signing = '';
  beforeAll(async () => {
    nothingSet = await start({});
    signing = await start({ ...SECRETS, ...HMAC });
  });

  /** What is the same of all refusals. */
  const told = (answer: Told): unknown[] => {
    const { title, detail, status } = documentOf(answer);
    return [answer.status, answer.headers['content-type'], answer.headers['www-authenticate'], title, detail, status];
  };

  test('is refused alike, be it wrong, missing or not expected here, and is not kept', async () => {
    const answers: unknown[][] = [];
    for (const provider of PROVIDERS) {
      const right = delivery(provider, movedPush(numberOf(1)));
      for (const wrong of wrongOf[provider](right)) {
        answers.push(told(await deliver(url, wrong)), told(await deliver(`${url}/api/v1`, wrong)));
      }
      answers.push(told(await deliver(nothingSet, right)));
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.slice(0, 3)).toEqual([401, 'application/problem+json; charset=utf-8', 'Webhook']);
    expect(await count()).toBe(0);
  });

  test('is a notification of USPS without its signature, once a second secret is set', async () => {
    const right = delivery('usps', movedPush(numberOf(2)));
    const secret = HMAC.USPS_WEBHOOK_HMAC_SECRET;
    const other = delivery('usps', 'another body');
    expect((await deliver(signing, right)).status).toBe(401);
    expect((await deliver(signing, right, uspsSignature('of another', right, 'hex'))).status).toBe(401);
    expect((await deliver(signing, right, uspsSignature(secret, other, 'hex'))).status).toBe(401);
    const elsewhere = { ...right, path: '/webhooks/usps/known-to-nobody-at-all' };
    expect((await deliver(signing, elsewhere, uspsSignature(secret, right, 'hex'))).status).toBe(401);
    expect(await count()).toBe(0);
    expect((await deliver(signing, right, uspsSignature(secret, right, 'hex'))).status).toBe(200);
    expect((await deliver(signing, right, uspsSignature(secret, right, 'base64'))).text).toContain('"repeated":true');
  });

  test('is told to the operator once a minute, with the setting to look at', async () => {
    const said = (): string[] =>
      lines.map((line): { msg: string } => JSON.parse(line)).flatMap(({ msg }) => (/refused/.test(msg) ? [msg] : []));
    lines.length = 0;
    const unset = await start({ SHIPPO_WEBHOOK_SECRET: SECRETS.SHIPPO_WEBHOOK_SECRET });
    for (const provider of PROVIDERS) await deliver(unset, delivery(provider, '{}'));
    for (let again = 0; again < 5; again += 1) await deliver(unset, delivery('usps', '{}'));
    await deliver(unset, { ...delivery('shippo', '{}'), path: '/webhooks/shippo/no' });
    expect(said().sort()).toEqual([
      'a delivery of 17track was refused: TRACK17_KEY is not set',
      'a delivery of easypost was refused: EASYPOST_WEBHOOK_SECRET is not set',
      'a delivery of shippo was refused: the address does not end with SHIPPO_WEBHOOK_SECRET',
      'a delivery of usps was refused: USPS_WEBHOOK_SECRET is not set',
    ]);
  });
});

test('the same bytes of two senders are two deliveries', async () => {
  for (const provider of PROVIDERS) await deliver(url, delivery(provider, '{}'));
  expect((await kept()).map(({ provider }) => provider)).toEqual([...PROVIDERS].sort());
});

test('a browser finds nothing there, and no sender is sent to sign in', async () => {
  const asked = await call(`${url}/webhooks/shippo/known-to-shippo-alone`, { headers: { accept: 'text/html' } });
  expect([asked.status, asked.headers['allow']]).toEqual([405, 'POST, OPTIONS']);
  const wrong = { ...delivery('easypost', '{}'), headers: { accept: 'text/html' } };
  const refused = await deliver(url, wrong);
  expect([refused.status, refused.headers['content-type']]).toEqual([401, 'application/problem+json; charset=utf-8']);
});

test('no secret is told: not in problems, not in the log, not in the measures', async () => {
  const secret = SECRETS.SHIPPO_WEBHOOK_SECRET;
  const right = delivery('shippo', '{}');
  const paths = [
    `/webhooks/shippo/${secret}`,
    `/api/v1/webhooks/shippo/${secret}/`,
    `/API/v1/Webhooks/Shippo/${secret}`,
    `/webhooks/shippo/${secret}/more`,
    `/webhooks//shippo/${secret}`,
    `/webhooks/other/${secret}`,
    `/webhooks/shippo/${secret}%E0%A4%A`,
    `/webhooks/usps/${secret}`,
    `/webhooks/shippo/${secret}?secret=${secret}`,
  ];
  const told: string[] = [];
  for (const path of paths) {
    for (const method of ['POST', 'GET', 'PUT']) {
      told.push((await call(`${url}${path}`, { method, headers: { accept: 'application/json' }, body: '{}' })).text);
      told.push((await call(`${url}${path}`, { method, headers: { accept: 'text/html' }, body: '{}' })).text);
    }
  }
  told.push((await deliver(url, { ...right, body: Buffer.alloc(1024 * 1024 + 1) })).text);
  told.push((await call(`${url}/metrics`)).text);
  await until(() => lines.some((line) => line.includes('/webhooks/shippo/:secret')));
  for (const text of [...told, ...lines]) expect(text).not.toContain(secret);
  expect(documentOf(await call(`${url}/webhooks/usps/${secret}`, { method: 'POST' }))).toMatchObject({
    status: 401,
    instance: '/webhooks/usps/***',
  });
});

test('deliveries are counted by sender and by what became of them', async () => {
  const measure = async (outcome: string): Promise<number> => {
    const { text } = await call(`${url}/metrics`);
    const line = new RegExp(`^webhook_deliveries_total\\{provider="easypost",outcome="${outcome}"\\} (\\d+)$`, 'm');
    return Number(line.exec(text)?.[1] ?? 0);
  };
  const outcomes = ['stored', 'repeated', 'refused'];
  const before = await Promise.all(outcomes.map(measure));
  const right = delivery('easypost', '{"counted": true}');
  for (let again = 0; again < 3; again += 1) await deliver(url, right);
  await deliver(url, right, { 'x-hmac-signature': '' });
  const after = await Promise.all(outcomes.map(measure));
  expect(after.map((value, at) => value - (before[at] ?? 0))).toEqual([1, 2, 1]);
  expect((await call(`${url}/metrics`)).text).toMatch(/^webhook_deliveries_waiting 1$/m);
});

test('two thousand at once, every tenth of them twice, are all answered and kept once', async () => {
  const pushes = Array.from({ length: 2000 }, (_, at) =>
    delivery(at % 3 === 0 ? '17track' : 'easypost', movedPush(numberOf(at - (at % 10 === 9 ? 1 : 0)))),
  );
  const agent = new Agent({ keepAlive: true });
  const answers = await Promise.all(pushes.map((push) => sendOn(agent, push)));
  agent.destroy();
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const distinct = new Set(pushes.map(({ provider, body }) => `${provider} ${body.toString()}`));
  expect(answers.filter(({ text }) => text.includes('"repeated":false'))).toHaveLength(distinct.size);
  const stored = (await kept()).map(({ provider, body }) => `${provider} ${body.toString()}`);
  expect(stored.length).toBe(distinct.size);
  expect(new Set(stored)).toEqual(distinct);
}, 60_000);

function sendOn(agent: Agent, { path, headers, body }: Delivery): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(body.length) };
    const sent = request(`${url}${path}`, { method: 'POST', headers: { ...headers, ...length }, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end(body);
  });
}
