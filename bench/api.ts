/** Labels sent to the running service as JSON arrays, beside bare INSERT statements of the same rows on the same server. */
import { Agent, request } from 'node:http';
import { Client } from 'pg';
import { startThrowAway } from '../src/platform/database-throwaway.ts';
import { concurrently, median, print, timed } from './measure.ts';
import { startProcess } from './service-process.ts';

const ROUNDS = 7;
const ARRAYS = 40;
const ROWS = 1000;
const CONNECTIONS = 4;
const SINGLES = 2000;
/** Requests at once where each brings a single label. */
const SINGLE_CONNECTIONS = 16;

interface Rig {
  url: string;
  client: Client;
}

/** Measures arrays of 1,000 labels over 4 connections, then labels one by one. */
export async function benchApi(): Promise<void> {
  const server = await startThrowAway();
  const service = await startProcess({ DATABASE_URL: server.url });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    await benchArrays({ url: service.url, client });
    await benchSingles({ url: service.url, client });
  } finally {
    await client.end();
    await service.stop();
    await server.stop();
  }
}

async function benchArrays({ url, client }: Rig): Promise<void> {
  const bodies = Array.from({ length: ARRAYS }, (_, at) => JSON.stringify(labels(at * ROWS, ROWS)));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const sendAll = () => concurrently(bodies, CONNECTIONS, (body) => send(agent, url, body));
  await sendAll();
  const bare = await bareInserts(client);
  const pairs: { api: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await emptyAll(client);
    const api = await timed(sendAll);
    await client.query('TRUNCATE bare');
    await client.query('CHECKPOINT');
    pairs.push({ api: api.wallMs, bare: (await timed(bare)).wallMs });
  }
  agent.destroy();
  const perSecond = (ms: number): number => (ARRAYS * ROWS) / (ms / 1000);
  print('api.labels_per_second', perSecond(median(pairs.map((pair) => pair.api))), 'labels/s');
  print('api.bare_insert_rows_per_second', perSecond(median(pairs.map((pair) => pair.bare))), 'rows/s');
  print('api.labels_vs_bare_insert', median(pairs.map((pair) => pair.bare / pair.api)), 'x');
}

async function benchSingles({ url, client }: Rig): Promise<void> {
  const bodies = labels(1_000_000, SINGLES).map((label) => JSON.stringify([label]));
  const agent = new Agent({ keepAlive: true, maxSockets: SINGLE_CONNECTIONS });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await emptyAll(client);
    times.push((await timed(() => concurrently(bodies, SINGLE_CONNECTIONS, (body) => send(agent, url, body)))).wallMs);
  }
  agent.destroy();
  print('api.single_label_posts_per_second', SINGLES / (median(times) / 1000), 'posts/s');
}

/** The columns that a vendor's export usually has. */
function labels(from: number, count: number): Record<string, string | number>[] {
  return Array.from({ length: count }, (_, offset) => {
    const at = from + offset;
    const day = String(1 + (at % 28)).padStart(2, '0');
    return {
      tracking_number: `94001118${String(at).padStart(14, '0')}`,
      vendor: at % 3 === 0 ? 'Harbor' : 'Quickship',
      label_id: `lbl_${at}`,
      purchased_at: `2026-11-${day}T14:30:00-05:00`,
      ship_date: `2026-11-${day}`,
      service: 'ground_advantage',
      packaging: 'package',
      charged: '5.10',
      currency: 'USD',
      weight_oz: 15.9,
      length_in: 10,
      width_in: 8,
      height_in: 4,
      origin_zip: '10001',
      destination_zip: '94105',
      zone: 8,
      order_id: `ord_${at}`,
      order_value: '49.95',
    };
  });
}

/** The stored labels as INSERT statements of 1,000 rows with the columns that any label states. */
async function bareInserts(client: Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT * FROM label');
  const columns = Object.keys(rows[0] ?? {}).filter((name) => rows.some((row) => row[name] !== null));
  await client.query('CREATE TABLE bare (LIKE label INCLUDING ALL)');
  const places = Array.from({ length: ROWS }, (_, row) => {
    const cells = columns.map((_name, column) => `$${row * columns.length + column + 1}`);
    return `(${cells.join(',')})`;
  });
  const text = `INSERT INTO bare (${columns.join(', ')}) VALUES ${places.join(',')}`;
  return async () => {
    for (let from = 0; from < rows.length; from += ROWS) {
      const slice = rows.slice(from, from + ROWS);
      await client.query(
        text,
        slice.flatMap((row) => columns.map((name) => row[name])),
      );
    }
  };
}

async function emptyAll(client: Client): Promise<void> {
  await client.query('TRUNCATE label, label_history, parcel, import, rejected_row, vendor_name');
  await client.query('CHECKPOINT');
}

/** Posts an array; every label must be new. */
function send(agent: Agent, url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sending = request(`${url}/api/v1/labels`, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => {
        if (answer.statusCode === 200 && text.includes('"repeated":0,"rejected":0')) resolve();
        else reject(new Error(`${answer.statusCode} ${text.slice(0, 300)}`));
      });
    });
    sending.on('error', reject).end(body);
  });
}
