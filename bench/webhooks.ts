/** Deliveries of webhooks to the running service, beside bare single-row INSERTs of the same bytes on the same server. */
import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startThrowAway } from '../src/platform/database-throwaway.ts';
import { concurrently, median, print, timed } from './measure.ts';
import { startProcess } from './service-process.ts';

const ROUNDS = 7;
const DELIVERIES = 4000;
/** Connections of senders, and as many of those who insert. */
const CONNECTIONS = 32;
const KEY = 'bench-of-webhooks';

interface Delivery {
  body: Buffer;
  sign: string;
  bodySha256: string;
}

/** Measures deliveries of about 3 KB with a right signature: how many a second are stored and answered. */
export async function benchWebhooks(): Promise<void> {
  const server = await startThrowAway();
  const service = await startProcess({ DATABASE_URL: server.url, TRACK17_KEY: KEY });
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(server.url)));
  const [client] = clients;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  if (client === undefined) throw new Error('no connection was asked for');
  await client.query('CREATE TABLE bare (LIKE webhook_delivery INCLUDING ALL)');
  try {
    const pairs: { accepted: number; bare: number }[] = [];
    // The first round warms both sides up.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const deliveries = Array.from({ length: DELIVERIES }, (_, at) => delivery(round * DELIVERIES + at));
      await client.query('CHECKPOINT');
      const accepted = await timed(() =>
        concurrently(deliveries, CONNECTIONS, (each) => send(agent, service.url, each)),
      );
      await untilTaken(client);
      await client.query('CHECKPOINT');
      const bare = await timed(() => insertAll(clients, deliveries));
      if (round > 0) pairs.push({ accepted: accepted.wallMs, bare: bare.wallMs });
    }
    const perSecond = (ms: number): number => DELIVERIES / (ms / 1000);
    print('webhook.accepted_per_second', perSecond(median(pairs.map((pair) => pair.accepted))), 'deliveries/s');
    print('webhook.bare_insert_rows_per_second', perSecond(median(pairs.map((pair) => pair.bare))), 'rows/s');
    print('webhook.accepted_vs_bare_insert', median(pairs.map((pair) => pair.bare / pair.accepted)), 'x');
  } finally {
    agent.destroy();
    await Promise.all(clients.map((each) => each.end()));
    await service.stop();
    await server.stop();
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

/** What 17TRACK pushes of a parcel with eleven events, no two of them alike. */
function delivery(at: number): Delivery {
  const events = Array.from({ length: 11 }, (_, event) => ({
    time_iso: `2026-11-${String(event + 1).padStart(2, '0')}T09:30:00-08:00`,
    time_utc: `2026-11-${String(event + 1).padStart(2, '0')}T17:30:00Z`,
    description: `Arrived at USPS Regional Facility, ${at * 7 + event} pieces before it`,
    location: 'LOS ANGELES CA DISTRIBUTION CENTER',
    stage: null,
    sub_status: 'InTransit_Arrival',
    address: { country: 'US', state: 'CA', city: 'LOS ANGELES', postal_code: '90058' },
  }));
  const push = {
    event: 'TRACKING_UPDATED',
    data: {
      number: `94001118${String(at).padStart(14, '0')}`,
      carrier: 21051,
      track_info: {
        latest_status: { status: 'InTransit', sub_status: 'InTransit_Arrival' },
        tracking: { providers_hash: at, providers: [{ provider: { key: 21051, name: 'USPS' }, events }] },
      },
    },
  };
  const body = Buffer.from(JSON.stringify(push));
  return { body, sign: sha256(body, '/', KEY), bodySha256: sha256(body) };
}

function sha256(...parts: (string | Buffer)[]): string {
  return parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
}

/** What is looked into in the background would be looked into beside the statements that are to be measured. */
async function untilTaken(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM webhook_delivery WHERE state = 'waiting'`,
    );
    if (rows[0]?.waiting === 0) return;
    await sleep(100);
  }
}

function insertAll(clients: readonly Client[], deliveries: readonly Delivery[]): Promise<void> {
  const free = [...clients];
  return concurrently(deliveries, clients.length, async ({ body, bodySha256 }) => {
    const client = free.pop();
    await client?.query(
      'INSERT INTO bare (provider, body_sha256, body, received_at, state) VALUES ($1, $2, $3, $4, $5)',
      ['17track', bodySha256, body, new Date(), 'waiting'],
    );
    if (client) free.push(client);
  });
}

/** Posts a delivery, which must be new. */
function send(agent: Agent, url: string, { body, sign }: Delivery): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length, sign };
    const sending = request(`${url}/api/v1/webhooks/17track`, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => {
        if (answer.statusCode === 200 && text.includes('"repeated":false')) resolve();
        else reject(new Error(`${answer.statusCode} ${text.slice(0, 300)}`));
      });
    });
    sending.on('error', reject).end(body);
  });
}
